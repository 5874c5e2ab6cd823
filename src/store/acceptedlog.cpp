// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/acceptedlog.h"

#include "core/files.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr qint64 reservedBytes = 64 * 1024; ///< some 200 jobs that are with the service at once
constexpr qint64 mostBytes = 16 * 1024 * 1024;

QByteArray toLine(const AcceptedLog::Entry& entry)
{
    const QJsonObject json{{u"job"_s, entry.job.toString()},
                           {u"origin"_s, entry.origin.toString()},
                           {u"requestId"_s, entry.requestId.toString()},
                           {u"time"_s, entry.time.toUTC().toString(Qt::ISODateWithMs)},
                           {u"target"_s, entry.target}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

/// Nothing for a line that is blank, was cut by a crash or is not ours.
std::optional<AcceptedLog::Entry> entryFrom(const QByteArray& line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    const auto text = [&json](const QString& key) { return json.value(key).toString(); };
    const Result<Origin> origin = Origin::fromString(text(u"origin"_s));
    const AcceptedLog::Entry entry{JobId(text(u"job"_s)), origin.value_or(Origin()), RequestId(text(u"requestId"_s)),
                                   QDateTime::fromString(text(u"time"_s), Qt::ISODateWithMs).toUTC(),
                                   text(u"target"_s)};
    const bool isWhole = origin && !entry.job.isEmpty() && !entry.requestId.isEmpty() && entry.time.isValid();
    return isWhole ? std::optional(entry) : std::nullopt;
}

/// Writes over what is at the offset; the error's text when that fails.
QString write(QFile& file, qint64 offset, const QByteArray& bytes)
{
    const bool isWritten = file.open(QIODevice::ReadWrite | QIODevice::Unbuffered) && file.seek(offset) &&
                           file.write(bytes) == bytes.size();
    const QString problem = isWritten ? QString() : file.errorString();
    file.close();
    return problem;
}

} // namespace

void AcceptedLog::read()
{
    if (m_isRead)
        return;
    QFile file(m_file);
    if (QFileInfo::exists(m_file) && (!QFileInfo(m_file).isFile() || !file.open(QIODevice::ReadOnly)))
        return; // tried again: what is in it must not be written over
    m_isRead = true;
    if (!file.isOpen())
        return;
    const QByteArray content = file.read(mostBytes);
    for (qsizetype offset = 0; offset < content.size();) {
        const qsizetype lineBreak = content.indexOf('\n', offset);
        const qsizetype end = lineBreak < 0 ? content.size() : lineBreak;
        const QByteArray line = content.mid(offset, end - offset);
        if (!line.trimmed().isEmpty())
            m_end = end;
        if (const auto entry = entryFrom(line))
            m_lines.append({*entry, offset, end - offset});
        offset = end + 1;
    }
}

QList<AcceptedLog::Line>::iterator AcceptedLog::lineOf(const JobId& job)
{
    read();
    return std::find_if(m_lines.begin(), m_lines.end(), [&](const Line& line) { return line.entry.job == job; });
}

void AcceptedLog::reserve()
{
    QFile file(m_file);
    const qint64 missing = reservedBytes - file.size();
    if (!file.exists())
        std::ignore = durableWrite(m_file, QByteArray(reservedBytes, '\n'));
    else if (missing > 0 && write(file, file.size(), QByteArray(missing, '\n')).isEmpty())
        std::ignore = durableSync(m_file);
}

std::optional<Error> AcceptedLog::note(const Entry& entry)
{
    forget(entry.job);
    if (!m_isRead)
        return diskError(m_file, u"It cannot be read"_s);
    reserve();
    // A line break before it, too: the line there may have been cut short by a crash.
    const QByteArray line = toLine(entry);
    QFile file(m_file);
    if (const QString problem = write(file, m_end, '\n' + line + '\n'); !problem.isEmpty())
        return diskError(m_file, problem);
    m_lines.append({entry, m_end + 1, line.size()});
    m_end += 1 + line.size();
    return durableSync(m_file);
}

void AcceptedLog::forget(const JobId& job)
{
    const auto line = lineOf(job);
    if (line == m_lines.end())
        return;
    QFile file(m_file);
    if (!write(file, line->offset, QByteArray(line->length, ' ')).isEmpty())
        return; // forgotten at a later start
    m_lines.erase(line);
    if (m_lines.isEmpty())
        m_end = 0;
}

bool AcceptedLog::contains(const JobId& job)
{
    return lineOf(job) != m_lines.end();
}

QList<AcceptedLog::Entry> AcceptedLog::entries()
{
    read();
    QList<Entry> entries;
    for (const Line& line : std::as_const(m_lines))
        entries.append(line.entry);
    return entries;
}

} // namespace clipkiln
