// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/bodyreader.h"

#include <QFileInfo>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr qint64 chunkSize = 3 * 16 * 1024; // bytes of a file; a multiple of 3, so that base64 pads only at the end

qint64 encodedSize(const wire::Segment& segment, qint64 fileSize)
{
    return segment.encoding == wire::Segment::Encoding::Base64 ? (fileSize + 2) / 3 * 4 : fileSize;
}

} // namespace

BodyReader::BodyReader(QList<wire::Segment> segments) : m_segments(std::move(segments))
{
    for (const wire::Segment& segment : std::as_const(m_segments)) {
        qint64 fileSize = 0;
        if (!segment.file.isEmpty()) {
            const QFileInfo info(segment.file);
            if (!info.isFile() || !info.isReadable())
                fail(segment.file, info.exists() ? u"cannot be read"_s : u"does not exist"_s);
            fileSize = info.size();
        }
        m_fileSizes.append(fileSize);
        m_size += segment.file.isEmpty() ? segment.bytes.size() : encodedSize(segment, fileSize);
    }
}

qint64 BodyReader::read(char* data, qint64 most)
{
    qint64 filled = 0;
    while (filled < most) {
        if (m_pendingBegin == m_pending.size())
            refill();
        const qint64 length = std::min<qint64>(most - filled, m_pending.size() - m_pendingBegin);
        if (length == 0)
            break;
        std::memcpy(data + filled, m_pending.constData() + m_pendingBegin, static_cast<size_t>(length));
        m_pendingBegin += length;
        filled += length;
    }
    return filled;
}

/// The next bytes into m_pending; leaves it empty at the end and after an error.
void BodyReader::refill()
{
    m_pending.clear();
    m_pendingBegin = 0;
    while (!m_error && m_pending.isEmpty() && m_current < m_segments.size()) {
        const wire::Segment& segment = m_segments.at(m_current);
        if (segment.file.isEmpty()) {
            m_pending = segment.bytes;
            ++m_current;
        } else {
            refillFromFile(m_fileSizes.at(m_current));
        }
    }
}

void BodyReader::refillFromFile(qint64 expected)
{
    const wire::Segment& segment = m_segments.at(m_current);
    const QString& path = segment.file;
    if (!m_file) {
        m_file = std::make_unique<QFile>(path);
        if (!m_file->open(QIODevice::ReadOnly))
            return fail(path, m_file->errorString());
    }
    const qint64 before = m_file->pos();
    const QByteArray chunk = m_file->read(chunkSize);
    // Less or more than was measured would make a body of another length than its header says.
    if (before + chunk.size() != std::min(before + chunkSize, expected) || m_file->size() != expected)
        return fail(path, u"changed while it was read"_s);
    m_pending = segment.encoding == wire::Segment::Encoding::Base64 ? chunk.toBase64() : chunk;
    if (m_file->pos() == expected) {
        m_file.reset();
        ++m_current;
    }
}

void BodyReader::fail(const QString& path, const QString& reason)
{
    m_error = Error{ErrorKind::InputUnusable, u"%1: %2"_s.arg(path, reason)};
}

} // namespace clipkiln
