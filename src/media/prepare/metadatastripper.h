// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/read/embeddedmetadata.h"
#include "media/read/filetype.h"

#include <QByteArray>

#include <optional>

namespace clipkiln {

/// A picture file without what does not paint, and what that was.
struct StrippedPicture
{
    QByteArray bytes; ///< the same file when nothing was hidden in it
    EmbeddedMetadata hidden = EmbeddedMetadata::None;
    int orientation = 1; ///< as EXIF said it
    bool isAnimated = false;
};

/// Keeps of a JPEG, PNG or WebP only what a decoder needs, byte for byte, and nothing behind the picture's end: all
/// else is dropped without knowing what it is. Nothing for other kinds, and for a file that does not follow its format.
[[nodiscard]] std::optional<StrippedPicture> stripMetadata(FileType type, const QByteArray& file);

} // namespace clipkiln
