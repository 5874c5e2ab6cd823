// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QTransform>

namespace clipkiln {

/// What we look at in the EXIF data of a picture.
struct Exif
{
    int orientation = 1; ///< 1 to 8, as EXIF counts them; 1: upright
    bool hasLocation = false;
};

/// From the TIFF structure, which begins with "II" or "MM"; whatever is broken in it counts as not there.
[[nodiscard]] Exif readExif(QByteArrayView tiff);

/// What makes a picture of this orientation upright.
[[nodiscard]] QTransform uprightTransform(int orientation);

} // namespace clipkiln
