// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/origin.h"
#include "core/result.h"

#include <QDateTime>
#include <QList>

#include <utility>

namespace clipkiln {

/// What the service has accepted, noted beside the database: a request id is on disk here also when no row can be
/// written. One JSON object a line:
///
///   {"job":"…","origin":"https://api.x.ai/v1","requestId":"…","time":"2026-12-01T12:35:32.000Z","target":"/…/a.mp4"}
///
/// The file is as long as its reserve, filled with empty lines: a line is written into blocks that the disk has given
/// already, so that a disk that has become full since takes it all the same (where files are not copied on writing).
class AcceptedLog final
{
public:
    struct Entry
    {
        JobId job;
        Origin origin;
        RequestId requestId;
        QDateTime time; ///< UTC
        QString target; ///< path of the clip to be

        friend bool operator==(const Entry&, const Entry&) = default;
    };

    explicit AcceptedLog(QString file) : m_file(std::move(file)) {}

    /// Makes the file as long as its reserve; what fails here is found by note().
    void reserve();
    /// Writes an entry and syncs it; Disk or DiskFull when that fails.
    [[nodiscard]] std::optional<Error> note(const Entry& entry);
    /// Overwrites the job's entry with blanks; not synced, for its row says the same.
    void forget(const JobId& job);
    [[nodiscard]] bool contains(const JobId& job);
    /// All entries, oldest first; lines that are none are left out.
    [[nodiscard]] QList<Entry> entries();

private:
    struct Line
    {
        Entry entry;
        qint64 offset = 0;
        qint64 length = 0; ///< without its line break
    };

    void read();
    [[nodiscard]] QList<Line>::iterator lineOf(const JobId& job);

    QString m_file;
    QList<Line> m_lines;
    qint64 m_end = 0; ///< behind the last line
    bool m_isRead = false;
};

} // namespace clipkiln
