// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/picturereader.h"

#include "media/read/exif.h"

#include <QColorSpace>
#include <QIODevice>
#include <QPixelFormat>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>

namespace clipkiln {

namespace {

constexpr qint64 maxPixels = 100'000'000;

/// Steps through a file in blocks; get() gives -1 at the end.
class ByteReader
{
public:
    explicit ByteReader(QIODevice& file) : m_file(file) {}

    int get()
    {
        if (m_at == m_size) {
            m_size = m_file.read(m_block.data(), qint64(m_block.size()));
            m_at = 0;
            if (m_size <= 0) {
                m_size = 0;
                return -1;
            }
        }
        return static_cast<unsigned char>(m_block[static_cast<size_t>(m_at++)]);
    }

    bool skip(qint64 count)
    {
        const qint64 buffered = std::min(count, m_size - m_at);
        m_at += buffered;
        count -= buffered;
        if (count == 0)
            return true;
        const qint64 target = m_file.pos() + count;
        return target <= m_file.size() && m_file.seek(target);
    }

    std::optional<quint32> bigEndian(int bytes)
    {
        quint32 value = 0;
        for (int i = 0; i < bytes; ++i) {
            const int byte = get();
            if (byte < 0)
                return {};
            value = (value << 8) | static_cast<quint32>(byte);
        }
        return value;
    }

private:
    QIODevice& m_file;
    std::array<char, 64 * 1024> m_block;
    qint64 m_at = 0;
    qint64 m_size = 0;
};

/// As EXIF counts it.
int orientationOf(QImageIOHandler::Transformations transformation)
{
    switch (transformation) {
    case QImageIOHandler::TransformationMirror:
        return 2;
    case QImageIOHandler::TransformationRotate180:
        return 3;
    case QImageIOHandler::TransformationFlip:
        return 4;
    case QImageIOHandler::TransformationFlipAndRotate90:
        return 5;
    case QImageIOHandler::TransformationRotate90:
        return 6;
    case QImageIOHandler::TransformationMirrorAndRotate90:
        return 7;
    case QImageIOHandler::TransformationRotate270:
        return 8;
    default:
        return 1;
    }
}

/// Segments have a length; the coded picture between them has none and ends at the next mark that is no stuffing.
bool isWholeJpeg(QIODevice& file)
{
    ByteReader reader(file);
    if (reader.bigEndian(2) != 0xFFD8u)
        return false;
    for (int byte = reader.get(); byte >= 0; byte = reader.get()) {
        if (byte != 0xFF)
            continue;
        int mark = reader.get();
        while (mark == 0xFF)
            mark = reader.get();
        if (mark == 0xD9)
            return true;
        const bool hasLength = mark > 0x01 && !(mark >= 0xD0 && mark <= 0xD8);
        if (!hasLength)
            continue;
        const std::optional<quint32> length = reader.bigEndian(2);
        if (!length || *length < 2 || !reader.skip(*length - 2))
            return false;
    }
    return false;
}

bool isWholePng(QIODevice& file)
{
    ByteReader reader(file);
    if (!reader.skip(8))
        return false;
    while (true) {
        const std::optional<quint32> length = reader.bigEndian(4);
        const std::optional<quint32> type = reader.bigEndian(4);
        constexpr quint32 checksumBytes = 4;
        if (!length || !type || !reader.skip(qint64(*length) + checksumBytes))
            return false;
        if (*type == 0x49454E44) // "IEND"
            return true;
    }
}

bool isWholeWebP(QIODevice& file)
{
    const QByteArray header = file.read(8);
    return header.size() == 8 && file.size() >= 8 + qint64(qFromLittleEndian<quint32>(header.constData() + 4));
}

} // namespace

PictureReader::PictureReader(QIODevice& file, FileType type) : m_reader(&file, qtFormatOf(type))
{
    // For kinds that cannot be scaled down while they are read; Qt's own limit was half of it before 6.8.
    static std::once_flag once;
    std::call_once(once, [] { QImageReader::setAllocationLimit(256); }); // MB
    m_reader.setAutoDetectImageFormat(false);
    m_reader.setAutoTransform(false); // read() does it
}

bool PictureReader::isSupported(FileType type)
{
    return QImageReader::supportedImageFormats().contains(qtFormatOf(type));
}

QSize PictureReader::size() const
{
    return swapsSides() ? m_reader.size().transposed() : m_reader.size();
}

bool PictureReader::isTooBig() const
{
    const QSize size = m_reader.size();
    return qint64(size.width()) * size.height() > maxPixels;
}

bool PictureReader::isTurnedByReading() const
{
    return m_reader.transformation() != QImageIOHandler::TransformationNone;
}

qint64 PictureReader::decodedBytes() const
{
    const QImage::Format format = m_reader.imageFormat();
    constexpr int drawnBits = 32; // what Qt scales with, however few a file has
    const int bitsPerPixel =
        format == QImage::Format_Invalid ? 64 : std::max<int>(drawnBits, QImage::toPixelFormat(format).bitsPerPixel());
    const QSize size = m_reader.size();
    return qint64(size.width()) * size.height() * bitsPerPixel / 8;
}

QImage PictureReader::read(QSize fit)
{
    const QSize full = m_reader.size();
    const QSize box = swapsSides() ? fit.transposed() : fit;
    if (full.isEmpty() || isTooBig())
        return {};
    if (full.width() > box.width() || full.height() > box.height())
        m_reader.setScaledSize(full.scaled(box, Qt::KeepAspectRatio).expandedTo({1, 1}));
    const QImage picture = m_reader.read();
    if (!isTurnedByReading())
        return picture;
    QImage turned = picture.transformed(uprightTransform(orientationOf(m_reader.transformation())));
    turned.setColorSpace(picture.colorSpace()); // turning loses it (Qt 6.4.2)
    return turned;
}

bool PictureReader::swapsSides() const
{
    return m_reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
}

bool isWholePicture(FileType type, QIODevice& file)
{
    switch (type) {
    case FileType::Jpeg:
        return isWholeJpeg(file);
    case FileType::Png:
        return isWholePng(file);
    case FileType::WebP:
        return isWholeWebP(file);
    default:
        return false;
    }
}

} // namespace clipkiln
