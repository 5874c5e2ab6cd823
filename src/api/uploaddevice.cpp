// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/uploaddevice.h"

#include <algorithm>

namespace clipkiln {

UploadDevice::UploadDevice(BodyReader body, QObject* parent) : QIODevice(parent), m_body(std::move(body))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void UploadDevice::commit()
{
    if (std::exchange(m_committed, true))
        return;
    Q_EMIT readyRead();
}

qint64 UploadDevice::bytesAvailable() const
{
    return limit() - m_sent + QIODevice::bytesAvailable();
}

qint64 UploadDevice::readData(char* data, qint64 most)
{
    // Signals of a device in the middle of a read wait until the read is over.
    const qint64 left = limit() - m_sent;
    if (left == 0) {
        if (!m_committed && !std::exchange(m_announced, true))
            QMetaObject::invokeMethod(this, &UploadDevice::waitsForCommit, Qt::QueuedConnection);
        return m_committed ? -1 : 0;
    }
    const qint64 got = m_body.read(data, std::min(most, left));
    m_sent += got;
    if (const auto& error = m_body.error())
        QMetaObject::invokeMethod(
            this, [this, error] { Q_EMIT failed(*error); }, Qt::QueuedConnection);
    if (got > 0)
        QMetaObject::invokeMethod(this, &UploadDevice::advanced, Qt::QueuedConnection);
    return got;
}

qint64 UploadDevice::writeData(const char*, qint64)
{
    return -1;
}

} // namespace clipkiln
