// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/memory.h"

#include <QByteArray>
#include <QFile>

#include <algorithm>

namespace clipkiln::bench {

namespace {

/// A line of /proc/self/status such as "VmHWM:     10240 kB", in MB.
std::optional<double> statusLine(const QByteArray& name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith(name + ':'))
            return line.sliced(name.size() + 1).simplified().split(' ').first().toDouble() * 1024 / 1e6;
    }
    return std::nullopt;
}

} // namespace

void MemoryMeter::start()
{
    QFile peak(QStringLiteral("/proc/self/clear_refs"));
    const bool reset = peak.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && peak.write("5") == 1; // see proc(5)
    m_before = reset ? statusLine("VmRSS") : std::nullopt;
}

std::optional<double> MemoryMeter::rise() const
{
    const std::optional<double> most = statusLine("VmHWM");
    return m_before && most ? std::optional(std::max(0.0, *most - *m_before)) : std::nullopt;
}

} // namespace clipkiln::bench
