// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/exif.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace clipkiln {

namespace {

constexpr quint16 orientationTag = 0x0112;
constexpr quint16 locationTag = 0x8825; // the offset of a list of its own
constexpr quint16 latitudeTag = 2;      // in that list
constexpr quint16 longitudeTag = 4;
constexpr qsizetype entryBytes = 12;
constexpr int mostEntries = 512; // of a list; cameras write some dozens

/// Numbers at places in a TIFF structure; what lies outside of it reads as 0.
class TiffReader
{
public:
    explicit TiffReader(QByteArrayView tiff) : m_tiff(tiff), m_bigEndian(tiff.startsWith("MM")) {}

    [[nodiscard]] quint16 shortAt(qsizetype at) const { return numberAt<quint16>(at); }
    [[nodiscard]] quint32 longAt(qsizetype at) const { return numberAt<quint32>(at); }

    /// The place of a tag's value in the list at `list`; 0 when it has none.
    [[nodiscard]] qsizetype find(qsizetype list, quint16 tag) const
    {
        const int count = std::min<int>(shortAt(list), mostEntries);
        for (int i = 0; i < count; ++i) {
            const qsizetype entry = list + 2 + i * entryBytes;
            if (shortAt(entry) == tag)
                return entry + 8;
        }
        return 0;
    }

private:
    template <typename T>
    [[nodiscard]] T numberAt(qsizetype at) const
    {
        if (at < 0 || at > m_tiff.size() - qsizetype(sizeof(T)))
            return 0;
        return m_bigEndian ? qFromBigEndian<T>(m_tiff.data() + at) : qFromLittleEndian<T>(m_tiff.data() + at);
    }

    QByteArrayView m_tiff;
    bool m_bigEndian;
};

} // namespace

Exif readExif(QByteArrayView tiff)
{
    Exif exif;
    if (!tiff.startsWith("MM") && !tiff.startsWith("II"))
        return exif;
    const TiffReader reader(tiff);
    const qsizetype main = reader.longAt(4);
    if (const qsizetype at = reader.find(main, orientationTag)) {
        const int orientation = reader.shortAt(at);
        exif.orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
    }
    if (const qsizetype at = reader.find(main, locationTag)) {
        const qsizetype location = reader.longAt(at);
        exif.hasLocation = reader.find(location, latitudeTag) != 0 || reader.find(location, longitudeTag) != 0;
    }
    return exif;
}

QTransform uprightTransform(int orientation)
{
    static const std::array<QTransform, 8> transforms{
        QTransform(),                   // upright
        QTransform(-1, 0, 0, 1, 0, 0),  // mirrored
        QTransform(-1, 0, 0, -1, 0, 0), // upside down
        QTransform(1, 0, 0, -1, 0, 0),  // upside down, mirrored
        QTransform(0, 1, 1, 0, 0, 0),   // along the falling diagonal
        QTransform(0, 1, -1, 0, 0, 0),  // a quarter to the right
        QTransform(0, -1, -1, 0, 0, 0), // along the rising diagonal
        QTransform(0, -1, 1, 0, 0, 0),  // a quarter to the left
    };
    return orientation >= 1 && orientation <= 8 ? transforms.at(static_cast<size_t>(orientation - 1)) : QTransform();
}

} // namespace clipkiln
