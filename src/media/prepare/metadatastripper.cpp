// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/prepare/metadatastripper.h"

#include "media/read/exif.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace clipkiln {

namespace {

constexpr QByteArrayView exifMark("Exif\0\0", 6);

EmbeddedMetadata kindOfExif(const Exif& exif)
{
    return exif.hasLocation ? EmbeddedMetadata::Location : EmbeddedMetadata::Camera;
}

EmbeddedMetadata kindOfXmp(QByteArrayView xmp)
{
    return xmp.contains("GPSLatitude") || xmp.contains("GPSLongitude") ? EmbeddedMetadata::Location
                                                                       : EmbeddedMetadata::Camera;
}

/// What lies behind the end of a picture: phones put a second picture or a short video there, with data of its own.
EmbeddedMetadata kindOfTail(QByteArrayView tail)
{
    const bool isPadding = std::all_of(tail.begin(), tail.end(), [](char byte) { return byte == 0; });
    if (isPadding)
        return EmbeddedMetadata::None;
    constexpr char videoLocation[] = "\xA9xyz";
    if (tail.contains(videoLocation) || kindOfXmp(tail) == EmbeddedMetadata::Location)
        return EmbeddedMetadata::Location;
    constexpr int mostPictures = 8; // a made-up tail may have millions of marks
    constexpr qsizetype mostExifBytes = 64 * 1024;
    EmbeddedMetadata kind = EmbeddedMetadata::Other;
    qsizetype at = tail.indexOf(exifMark);
    for (int i = 0; i < mostPictures && at >= 0 && kind != EmbeddedMetadata::Location; ++i) {
        const QByteArrayView tiff = tail.sliced(at + exifMark.size());
        kind = std::max(kind, kindOfExif(readExif(tiff.first(std::min(tiff.size(), mostExifBytes)))));
        at = tail.indexOf(exifMark, at + 1);
    }
    return kind;
}

/// Collects what is kept of a file.
class MetadataStripper
{
public:
    explicit MetadataStripper(const QByteArray& file) : m_file(file) { m_part.bytes.reserve(file.size()); }

    void keep(QByteArrayView bytes) { m_part.bytes.append(bytes); }
    void drop(EmbeddedMetadata kind) { m_part.hidden = std::max(m_part.hidden, kind); }
    void dropExif(QByteArrayView tiff)
    {
        const Exif exif = readExif(tiff);
        drop(kindOfExif(exif));
        m_part.orientation = exif.orientation;
    }
    void setAnimated() { m_part.isAnimated = true; }
    QByteArray& bytes() { return m_part.bytes; }

    StrippedPicture finish()
    {
        if (m_part.hidden == EmbeddedMetadata::None)
            m_part.bytes = m_file;
        return std::move(m_part);
    }

private:
    const QByteArray& m_file;
    StrippedPicture m_part;
};

// ---- JPEG: segments of a mark and a length, coded picture between them

/// The first `bytes` of a segment that says in its first bytes how long it is; the rest is a thumbnail or a comment.
QByteArray shortened(QByteArrayView segment, qsizetype bytes)
{
    QByteArray kept = segment.first(std::min(bytes, segment.size())).toByteArray();
    qToBigEndian(static_cast<quint16>(kept.size() - 2), kept.data() + 2);
    return kept;
}

/// segment: with its mark and length.
void siftSegment(MetadataStripper& stripper, int mark, QByteArrayView segment)
{
    const QByteArrayView content = segment.sliced(4);
    constexpr qsizetype adobeBytes = 16; // with mark and length
    constexpr qsizetype jfifBytes = 18;
    const bool isTable = mark == 0xDB || mark == 0xDD || mark == 0xDC || (mark >= 0xC0 && mark <= 0xCF);
    if (isTable || (mark == 0xE2 && content.startsWith(QByteArrayView("ICC_PROFILE\0", 12)))) {
        stripper.keep(segment);
    } else if (mark == 0xE0 && content.startsWith(QByteArrayView("JFIF\0", 5)) && segment.size() >= jfifBytes) {
        QByteArray jfif = shortened(segment, jfifBytes);
        if (segment.size() > jfifBytes) {
            stripper.drop(EmbeddedMetadata::Other);
            jfif[16] = jfif[17] = 0; // no thumbnail
        }
        stripper.keep(jfif);
    } else if (mark == 0xEE && content.startsWith("Adobe") && segment.size() >= adobeBytes) {
        if (segment.size() > adobeBytes)
            stripper.drop(EmbeddedMetadata::Other);
        stripper.keep(shortened(segment, adobeBytes));
    } else if (mark == 0xE1 && content.startsWith(exifMark)) {
        stripper.dropExif(content.sliced(exifMark.size()));
    } else {
        stripper.drop(mark == 0xE1 ? kindOfXmp(content) : EmbeddedMetadata::Other);
    }
}

/// Where the coded picture that begins at `at` ends: at the next mark that is no stuffing and no restart.
qsizetype codedEnd(QByteArrayView file, qsizetype at)
{
    for (at = file.indexOf('\xFF', at); at >= 0 && at + 1 < file.size(); at = file.indexOf('\xFF', at + 1)) {
        const auto next = static_cast<unsigned char>(file[at + 1]);
        if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7))
            return at;
    }
    return file.size();
}

std::optional<StrippedPicture> sieveJpeg(const QByteArray& file)
{
    const QByteArrayView view(file);
    MetadataStripper stripper(file);
    stripper.keep(view.first(2));
    qsizetype at = 2;
    while (at + 2 <= view.size()) {
        if (view[at] != '\xFF')
            return std::nullopt;
        const int mark = static_cast<unsigned char>(view[at + 1]);
        if (mark == 0xFF) { // filling
            ++at;
            continue;
        }
        if (mark == 0xD9) {
            stripper.keep(view.sliced(at, 2));
            stripper.drop(kindOfTail(view.sliced(at + 2)));
            return stripper.finish();
        }
        if (mark < 0xC0 || at + 4 > view.size())
            return std::nullopt;
        const qsizetype length = qFromBigEndian<quint16>(view.data() + at + 2);
        if (length < 2 || at + 2 + length > view.size())
            return std::nullopt;
        const QByteArrayView segment = view.sliced(at, 2 + length);
        at += segment.size();
        if (mark != 0xDA) {
            siftSegment(stripper, mark, segment);
            continue;
        }
        const qsizetype end = codedEnd(view, at);
        stripper.keep(segment);
        stripper.keep(view.sliced(at, end - at));
        at = end;
    }
    return std::nullopt;
}

// ---- PNG: chunks of length, name, content, checksum

bool isOneOf(QByteArrayView name, std::initializer_list<QByteArrayView> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<StrippedPicture> sievePng(const QByteArray& file)
{
    constexpr qsizetype signatureBytes = 8;
    constexpr qsizetype frameBytes = 12; // around a chunk's content
    const QByteArrayView view(file);
    MetadataStripper stripper(file);
    stripper.keep(view.first(signatureBytes));
    qsizetype at = signatureBytes;
    while (at + frameBytes <= view.size()) {
        const qsizetype length = qFromBigEndian<quint32>(view.data() + at);
        if (length > view.size() - at - frameBytes)
            return std::nullopt;
        const QByteArrayView chunk = view.sliced(at, frameBytes + length);
        const QByteArrayView name = chunk.sliced(4, 4);
        const QByteArrayView content = chunk.sliced(8, length);
        at += chunk.size();
        if (isOneOf(name, {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV",
                           "cLLI", "sBIT", "bKGD", "pHYs"}))
            stripper.keep(chunk);
        else if (name == "eXIf")
            stripper.dropExif(content);
        else if (name == "iTXt")
            stripper.drop(content.startsWith("XML:com.adobe.xmp") ? kindOfXmp(content) : EmbeddedMetadata::Other);
        else
            stripper.drop(EmbeddedMetadata::Other);
        if (name == "acTL") // only the first picture is left
            stripper.setAnimated();
        if (name == "IEND") {
            stripper.drop(kindOfTail(view.sliced(at)));
            return stripper.finish();
        }
    }
    return std::nullopt;
}

// ---- WebP: a RIFF file, chunks of name, length, content, padded to even lengths

std::optional<StrippedPicture> sieveWebP(const QByteArray& file)
{
    constexpr qsizetype headerBytes = 12;
    const QByteArrayView view(file);
    const qsizetype end = 8 + qsizetype(qFromLittleEndian<quint32>(view.data() + 4));
    if (end > view.size())
        return std::nullopt;
    MetadataStripper stripper(file);
    stripper.keep(view.first(headerBytes));
    qsizetype at = headerBytes;
    while (at + 8 <= end) {
        const qsizetype length = qFromLittleEndian<quint32>(view.data() + at + 4);
        if (length > end - at - 8)
            return std::nullopt;
        const QByteArrayView chunk = view.sliced(at, std::min(8 + length + length % 2, end - at));
        const QByteArrayView name = chunk.first(4);
        const QByteArrayView content = chunk.sliced(8, length);
        at += chunk.size();
        if (name == "VP8X" && length >= 1) {
            constexpr char exifAndXmp = 0x08 | 0x04;
            QByteArray header = chunk.toByteArray();
            header[8] = static_cast<char>(header[8] & ~exifAndXmp);
            stripper.keep(header);
        } else if (isOneOf(name, {"VP8 ", "VP8L", "ALPH", "ICCP"})) {
            stripper.keep(chunk);
        } else if (isOneOf(name, {"ANIM", "ANMF"})) {
            stripper.keep(chunk);
            stripper.setAnimated();
        } else if (name == "EXIF") {
            stripper.dropExif(content.startsWith(exifMark) ? content.sliced(exifMark.size()) : content);
        } else {
            stripper.drop(name == "XMP " ? kindOfXmp(content) : EmbeddedMetadata::Other);
        }
    }
    stripper.drop(kindOfTail(view.sliced(end)));
    qToLittleEndian(static_cast<quint32>(stripper.bytes().size() - 8), stripper.bytes().data() + 4);
    return stripper.finish();
}

} // namespace

std::optional<StrippedPicture> stripMetadata(FileType type, const QByteArray& file)
{
    constexpr qsizetype shortest = 12;
    if (file.size() < shortest)
        return std::nullopt;
    switch (type) {
    case FileType::Jpeg:
        return sieveJpeg(file);
    case FileType::Png:
        return sievePng(file);
    case FileType::WebP:
        return sieveWebP(file);
    default:
        return std::nullopt;
    }
}

} // namespace clipkiln
