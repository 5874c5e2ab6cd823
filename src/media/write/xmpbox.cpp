// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/write/xmpbox.h"

#include "core/files.h"
#include "media/read/xmpbox.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <algorithm>

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

Result<NewFile> copyFirst(qint64 bytes, const QString& mp4, const QString& folder, const QString& name)
{
    QFile from(mp4);
    if (!from.open(QIODevice::ReadOnly))
        return diskError(mp4, from.errorString());
    Result<NewFile> file = NewFile::create(folder, name.isEmpty() ? QFileInfo(mp4).fileName() : name);
    if (!file)
        return file;
    QFile to(file->path());
    if (!to.open(QIODevice::WriteOnly))
        return diskError(to.fileName(), to.errorString());
    QByteArray piece(1024 * 1024, Qt::Uninitialized);
    while (bytes > 0) {
        const qint64 got = from.read(piece.data(), std::min<qint64>(piece.size(), bytes));
        if (got <= 0)
            return diskError(mp4, from.errorString());
        if (to.write(piece.constData(), got) != got)
            return diskError(to.fileName(), to.errorString());
        bytes -= got;
    }
    if (!to.flush())
        return diskError(to.fileName(), to.errorString());
    return file;
}

} // namespace clipkiln
