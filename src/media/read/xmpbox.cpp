// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/xmpbox.h"

#include "core/clipdetails.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 uuidHeaderBytes = 8 + 16;
constexpr int mostBoxes = 4096; // fragmented files have one or two a fragment

/// The box of a C2PA manifest, which vouches for every byte of the file (C2PA Technical Specification, A.5).
const QByteArray& manifestUuid()
{
    static const QByteArray uuid = QByteArray::fromHex("d8fec3d61b0e483c92975828877ec481");
    return uuid;
}

/// What is too long for a packet of ours is not read.
QByteArray packetIn(QIODevice& mp4, const XmpPlace& place)
{
    const qint64 bytes = place.boxEnd - place.boxAt - uuidHeaderBytes;
    if (place.boxAt == 0 || bytes > mostXmpBytes || !mp4.seek(place.boxAt + uuidHeaderBytes))
        return {};
    return mp4.read(bytes);
}

} // namespace

QByteArray xmpBoxUuid()
{
    return QByteArray::fromHex("be7acfcb97a942e89c71999491e3afac");
}

XmpPlace findXmp(QIODevice& mp4)
{
    XmpPlace place;
    bool hasManifest = false;
    qint64 at = 0;
    const qint64 end = mp4.size();
    for (int boxes = 0; at < end; ++boxes) {
        if (boxes == mostBoxes || !mp4.seek(at))
            return place;
        const QByteArray header = mp4.read(uuidHeaderBytes);
        if (header.size() < 8 || (at == 0 && header.mid(4, 4) != "ftyp"))
            return place;
        qint64 size = qFromBigEndian<quint32>(header.constData());
        if (size == 1 && header.size() >= 16)
            size = qFromBigEndian<qint64>(header.constData() + 8);
        if (size < 8 || size > end - at) // 0: to the end of the file, whatever follows
            return place;
        if (header.mid(4, 4) == "uuid" && header.size() == uuidHeaderBytes && size >= uuidHeaderBytes &&
            qFromBigEndian<quint32>(header.constData()) != 1) {
            hasManifest = hasManifest || header.mid(8) == manifestUuid();
            if (header.mid(8) == xmpBoxUuid()) {
                place.boxAt = at;
                place.boxEnd = at + size;
            }
        }
        at += size;
    }
    place.takesBox = end > 0 && !hasManifest;
    return place;
}

QByteArray readXmp(const QString& mp4)
{
    QFile file(mp4);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    if (const XmpPlace place = findXmp(file); place.boxAt > 0)
        return packetIn(file, place);
    const QFileInfo beside(sidecarOf(mp4));
    QFile sidecar(beside.filePath());
    if (!beside.isFile() || beside.size() > mostXmpBytes || !sidecar.open(QIODevice::ReadOnly))
        return {};
    return sidecar.read(mostXmpBytes);
}

QString sidecarOf(const QString& mp4)
{
    const QFileInfo info(mp4);
    return info.path() + u'/' + info.completeBaseName() + u".xmp"_s;
}

std::optional<qint64> bytesBeforeDetails(const QString& mp4)
{
    QFile file(mp4);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const XmpPlace place = findXmp(file);
    if (place.boxAt == 0 || place.boxEnd != file.size() || !detailsFromXmp(packetIn(file, place)))
        return std::nullopt;
    return place.boxAt;
}

} // namespace clipkiln
