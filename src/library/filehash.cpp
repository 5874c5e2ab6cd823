// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/filehash.h"

#include "core/files.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>

namespace clipkiln {

Result<QString> hashOfFirst(qint64 bytes, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return diskError(path, file.errorString());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray piece(256 * 1024, Qt::Uninitialized);
    while (bytes > 0) {
        const qint64 got = file.read(piece.data(), std::min<qint64>(bytes, piece.size()));
        if (got <= 0)
            return diskError(path, file.errorString());
        hash.addData(QByteArrayView(piece.constData(), got));
        bytes -= got;
    }
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace clipkiln
