// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/filetype.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

bool hasAt(QByteArrayView bytes, qsizetype offset, QByteArrayView expected)
{
    return bytes.size() >= offset + expected.size() && bytes.sliced(offset, expected.size()) == expected;
}

/// ISO base media files name what they are in the "brands" of their first box.
FileType isoFileType(QByteArrayView bytes)
{
    const auto boxSize = static_cast<qsizetype>(qFromBigEndian<quint32>(bytes.data()));
    const qsizetype end = std::min(boxSize, bytes.size());
    const QByteArrayView major = bytes.sliced(8, 4);
    if (major == "avif" || major == "avis")
        return FileType::Avif;
    static constexpr std::array<QByteArrayView, 8> heicBrands{"heic", "heix", "hevc", "hevx",
                                                              "heim", "heis", "mif1", "msf1"};
    if (std::find(heicBrands.begin(), heicBrands.end(), major) != heicBrands.end()) {
        for (qsizetype at = 16; at + 4 <= end; at += 4) {
            if (bytes.sliced(at, 4) == "avif")
                return FileType::Avif;
        }
        return FileType::Heic;
    }
    return major == "qt  " ? FileType::QuickTime : FileType::Mp4;
}

FileType textFileType(QByteArrayView bytes)
{
    const QByteArray start = bytes.toByteArray().trimmed().toLower();
    if (start.startsWith("<!doctype html") || start.startsWith("<html"))
        return FileType::WebPage;
    if (start.startsWith("<svg") || (start.startsWith("<?xml") && start.contains("<svg")))
        return FileType::Svg;
    return FileType::Unknown;
}

} // namespace

FileType fileTypeOf(QByteArrayView start)
{
    if (start.isEmpty())
        return FileType::Empty;
    if (hasAt(start, 0, "\xFF\xD8\xFF"))
        return FileType::Jpeg;
    if (hasAt(start, 0, "\x89PNG\r\n\x1A\n"))
        return FileType::Png;
    if (hasAt(start, 0, "RIFF"))
        return hasAt(start, 8, "WEBP")   ? FileType::WebP
               : hasAt(start, 8, "AVI ") ? FileType::OtherVideo
                                         : FileType::Unknown;
    if (hasAt(start, 0, "GIF8"))
        return FileType::Gif;
    if (hasAt(start, 0, "BM") && start.size() > 26)
        return FileType::Bmp;
    if (hasAt(start, 0, QByteArrayView("II*\0", 4)) || hasAt(start, 0, QByteArrayView("MM\0*", 4)))
        return FileType::Tiff;
    if (hasAt(start, 0, "\xFF\x0A") || hasAt(start, 4, "JXL "))
        return FileType::JpegXl;
    if (hasAt(start, 0, "%PDF"))
        return FileType::Pdf;
    if (hasAt(start, 4, "ftyp") && start.size() >= 12)
        return isoFileType(start);
    if (hasAt(start, 4, "moov") || hasAt(start, 4, "mdat") || hasAt(start, 4, "wide"))
        return FileType::QuickTime;
    if (hasAt(start, 0, "\x1A\x45\xDF\xA3"))
        return FileType::Matroska;
    if (hasAt(start, 0, QByteArrayView("\0\0\1\xBA", 4)) || hasAt(start, 0, "FLV") || hasAt(start, 0, "OggS") ||
        hasAt(start, 0, "\x30\x26\xB2\x75") || (hasAt(start, 0, "G") && hasAt(start, 188, "G")))
        return FileType::OtherVideo;
    return textFileType(start);
}

bool isVideo(FileType type)
{
    return type == FileType::Mp4 || type == FileType::QuickTime || type == FileType::Matroska ||
           type == FileType::OtherVideo;
}

QString pictureName(FileType type)
{
    switch (type) {
    case FileType::Jpeg:
        return u"JPEG"_s;
    case FileType::Png:
        return u"PNG"_s;
    case FileType::WebP:
        return u"WebP"_s;
    case FileType::Gif:
        return u"GIF"_s;
    case FileType::Bmp:
        return u"BMP"_s;
    case FileType::Tiff:
        return u"TIFF"_s;
    case FileType::Heic:
        return u"HEIC"_s;
    case FileType::Avif:
        return u"AVIF"_s;
    case FileType::JpegXl:
        return u"JPEG XL"_s;
    case FileType::Svg:
        return u"SVG"_s;
    default:
        return {};
    }
}

QString mimeOf(FileType type)
{
    switch (type) {
    case FileType::Jpeg:
        return u"image/jpeg"_s;
    case FileType::Png:
        return u"image/png"_s;
    case FileType::WebP:
        return u"image/webp"_s;
    case FileType::Mp4:
        return u"video/mp4"_s;
    case FileType::QuickTime:
        return u"video/quicktime"_s;
    case FileType::Matroska:
        return u"video/x-matroska"_s;
    case FileType::OtherVideo:
        return u"video/x-other"_s;
    default:
        return {};
    }
}

QByteArray qtFormatOf(FileType type)
{
    switch (type) {
    case FileType::Jpeg:
        return "jpeg";
    case FileType::Png:
        return "png";
    case FileType::WebP:
        return "webp";
    case FileType::Gif:
        return "gif";
    case FileType::Bmp:
        return "bmp";
    case FileType::Tiff:
        return "tiff";
    case FileType::Heic: // the two below: with plugins that do not come with Qt everywhere
        return "heic";
    case FileType::Avif:
        return "avif";
    default:
        return {};
    }
}

} // namespace clipkiln
