// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/stallmeter.h"

#include <algorithm>

#ifdef Q_OS_UNIX
#include <ctime>
#endif

using namespace Qt::StringLiterals;

namespace clipkiln::bench {

namespace {

/// Of this thread; nothing where the system counts in steps too coarse to be of use.
std::optional<std::chrono::nanoseconds> processorTime()
{
#ifdef Q_OS_UNIX
    timespec time{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
#endif
    return std::nullopt;
}

double milliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

} // namespace

StallMeter::StallMeter()
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(std::chrono::milliseconds(1));
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
}

void StallMeter::start()
{
    m_longest = m_mostWork = std::chrono::nanoseconds(0);
    m_last = Clock::now();
    m_lastWork = processorTime();
    m_timer.start();
}

QJsonObject StallMeter::stop()
{
    tick(); // a stall may be under way
    m_timer.stop();
    QJsonObject figures{{u"stall"_s, milliseconds(m_longest)}};
    if (m_lastWork)
        figures[u"work"_s] = milliseconds(m_mostWork);
    return figures;
}

void StallMeter::tick()
{
    const Clock::time_point now = Clock::now();
    m_longest = std::max<std::chrono::nanoseconds>(m_longest, now - std::exchange(m_last, now));
    if (const auto work = processorTime(); work && m_lastWork)
        m_mostWork = std::max(m_mostWork, *work - *std::exchange(m_lastWork, work));
}

} // namespace clipkiln::bench
