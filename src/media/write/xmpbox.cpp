// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/write/xmpbox.h"

#include "core/files.h"
#include "media/read/xmpbox.h"

#include <QFile>
#include <QtEndian>

namespace clipkiln {

QByteArray xmpBox(const QByteArray& xmp)
{
    QByteArray size(4, '\0');
    qToBigEndian(static_cast<quint32>(8 + 16 + xmp.size()), size.data());
    return size + "uuid" + xmpBoxUuid() + xmp;
}

Result<bool> putXmpBehind(qint64 bytes, const QString& mp4, const QByteArray& xmp)
{
    QFile file(mp4);
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return diskError(mp4, file.errorString());
    if (file.size() < bytes || !file.resize(bytes))
        return diskError(mp4, file.errorString());
    if (!findXmp(file).takesBox)
        return false;
    const QByteArray box = xmpBox(xmp);
    if (!file.seek(bytes) || file.write(box) != box.size()) {
        const Error error = diskError(mp4, file.errorString());
        // Details are not worth a wait: the clip goes on without them.
        if (!file.resize(bytes))
            return error;
        return false;
    }
    file.close();
    if (const auto error = durableSync(mp4))
        return *error;
    return true;
}

} // namespace clipkiln
