// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtEndian>

/// EXIF data and the pictures that carry it, byte by byte, as a phone writes them.
namespace clipkiln::test {

inline QByteArray bytesOf16(int value)
{
    QByteArray bytes(2, '\0');
    qToBigEndian(static_cast<quint16>(value), bytes.data());
    return bytes;
}

inline QByteArray bytesOf32(qsizetype value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(static_cast<quint32>(value), bytes.data());
    return bytes;
}

/// Who made it, and where: what must not be found in anything that is sent.
inline const QByteArray cameraMaker = "Kilnworks";
inline const QByteArray cameraModel = "Ember 7";
/// 48° 51' 29.6" north.
inline const QByteArray latitude =
    bytesOf32(48) + bytesOf32(1) + bytesOf32(51) + bytesOf32(1) + bytesOf32(2960) + bytesOf32(100);

/// The TIFF structure of EXIF: make, model, orientation (1 to 8), and where it was unless told.
inline QByteArray exifTiff(int orientation, bool withLocation = true)
{
    const auto entry = [](int tag, int type, qsizetype count, const QByteArray& value) {
        return bytesOf16(tag) + bytesOf16(type) + bytesOf32(count) + value;
    };
    const int entries = withLocation ? 4 : 3;
    const QByteArray make = cameraMaker + '\0';
    const QByteArray model = cameraModel + '\0';
    const qsizetype values = 8 + 2 + entries * 12 + 4; // behind the list
    const qsizetype location = values + make.size() + model.size();
    QByteArray tiff = QByteArray("MM\0*\0\0\0\x08", 8) + bytesOf16(entries) +
                      entry(0x010F, 2, make.size(), bytesOf32(values)) +
                      entry(0x0110, 2, model.size(), bytesOf32(values + make.size())) +
                      entry(0x0112, 3, 1, bytesOf16(orientation) + bytesOf16(0));
    if (withLocation)
        tiff += entry(0x8825, 4, 1, bytesOf32(location));
    tiff += bytesOf32(0) + make + model;
    if (withLocation)
        tiff += bytesOf16(2) + entry(1, 2, 2, QByteArray("N\0\0\0", 4)) +
                entry(2, 5, 3, bytesOf32(location + 2 + 2 * 12 + 4)) + bytesOf32(0) + latitude;
    return tiff;
}

inline QByteArray jpegSegment(int mark, const QByteArray& content)
{
    return QByteArray("\xFF") + static_cast<char>(mark) + bytesOf16(static_cast<int>(content.size()) + 2) + content;
}

/// Puts a segment behind the first one of a JPEG.
inline QByteArray withSegment(const QByteArray& jpeg, int mark, const QByteArray& content)
{
    return jpeg.first(2) + jpegSegment(mark, content) + jpeg.sliced(2);
}

inline QByteArray withExif(const QByteArray& jpeg, const QByteArray& tiff)
{
    return withSegment(jpeg, 0xE1, QByteArray("Exif\0\0", 6) + tiff);
}

inline QByteArray pngChunk(const QByteArray& name, const QByteArray& content)
{
    quint32 checksum = 0xFFFFFFFF;
    for (const char byte : name + content) {
        checksum ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            checksum = (checksum >> 1) ^ (checksum & 1 ? 0xEDB88320 : 0);
    }
    return bytesOf32(content.size()) + name + content + bytesOf32(qsizetype(~checksum));
}

/// Puts a chunk behind the header of a PNG.
inline QByteArray withChunk(const QByteArray& png, const QByteArray& name, const QByteArray& content)
{
    constexpr qsizetype headerEnd = 33;
    return png.first(headerEnd) + pngChunk(name, content) + png.sliced(headerEnd);
}

inline QByteArray riffChunk(const QByteArray& name, const QByteArray& content)
{
    QByteArray length(4, '\0');
    qToLittleEndian(static_cast<quint32>(content.size()), length.data());
    return name + length + content + QByteArray(content.size() % 2, '\0');
}

/// A WebP of that size with more chunks behind its picture; flags as in VP8X.
inline QByteArray withRiffChunks(const QByteArray& webp, int width, int height, int flags, const QByteArray& chunks)
{
    QByteArray header(10, '\0');
    header[0] = static_cast<char>(flags);
    const auto put = [&header](qsizetype at, int value) {
        header[at] = static_cast<char>(value & 0xFF);
        header[at + 1] = static_cast<char>((value >> 8) & 0xFF);
    };
    put(4, width - 1);
    put(7, height - 1);
    // Where the writer made an extended file already, only its picture is taken over.
    const qsizetype picture = webp.mid(12, 4) == "VP8X" ? 12 + 8 + 10 : 12;
    return riffChunk("RIFF", "WEBP" + riffChunk("VP8X", header) + webp.sliced(picture) + chunks);
}

} // namespace clipkiln::test
