// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/read/filetype.h"

#include <QImage>
#include <QImageReader>
#include <QSize>

class QIODevice;

namespace clipkiln {

/// Qt's reader for one kind of picture: no other plugin runs, sizes come from the header, EXIF rotation is applied.
class PictureReader final
{
public:
    PictureReader(QIODevice& file, FileType type);

    /// Whether Qt's plugin for this kind is installed.
    [[nodiscard]] static bool isSupported(FileType type);

    /// As shown, from the header alone; empty when there is no sound header.
    [[nodiscard]] QSize size() const;
    /// Over 100 megapixels: not opened, whatever the file's length.
    [[nodiscard]] bool isTooBig() const;
    /// Whether read() turns it, as its EXIF data says.
    [[nodiscard]] bool isTurnedByReading() const;
    /// The memory that a full decode and its scaling would take.
    [[nodiscard]] qint64 decodedBytes() const;
    /// The picture, scaled down while reading when it does not fit; null when it cannot be read or is too big.
    [[nodiscard]] QImage read(QSize fit);

private:
    [[nodiscard]] bool swapsSides() const;

    QImageReader m_reader;
};

/// Whether a JPEG, PNG or WebP reaches its own end mark; a cut-off one decodes to a picture that is half grey.
/// Reads the file once, with little memory, and decodes nothing.
[[nodiscard]] bool isWholePicture(FileType type, QIODevice& file);

} // namespace clipkiln
