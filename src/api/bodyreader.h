// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/wire.h"
#include "core/error.h"

#include <QFile>

#include <memory>
#include <optional>

namespace clipkiln {

/// The bytes of a request's body, one after the other, with its files read from disk and encoded as they are needed.
class BodyReader
{
public:
    explicit BodyReader(QList<wire::Segment> segments);

    /// Length of the whole body in bytes. It is final: a file that changes meanwhile is an error.
    [[nodiscard]] qint64 size() const { return m_size; }
    /// Fills up to `most` bytes and returns how many; 0 at the end and after an error.
    [[nodiscard]] qint64 read(char* data, qint64 most);
    /// InputUnusable: a file is missing, cannot be read, or is not the one that was measured.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    void refill();
    void refillFromFile(qint64 expected);
    void fail(const QString& path, const QString& reason);

    QList<wire::Segment> m_segments;
    QList<qint64> m_fileSizes; ///< one per segment, 0 where it is no file
    qint64 m_size = 0;
    qsizetype m_current = 0;
    std::unique_ptr<QFile> m_file; ///< of the current segment, once opened
    QByteArray m_pending;          ///< encoded bytes; those from m_pendingBegin on are still to be read
    qsizetype m_pendingBegin = 0;
    std::optional<Error> m_error;
};

} // namespace clipkiln
