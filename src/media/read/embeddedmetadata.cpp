// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/embeddedmetadata.h"

#include "core/text.h"

namespace clipkiln {

QString removalNote(EmbeddedMetadata removed)
{
    switch (removed) {
    case EmbeddedMetadata::None:
        break;
    case EmbeddedMetadata::Other:
        return Text::tr("Comments and other hidden data removed.");
    case EmbeddedMetadata::Camera:
        return Text::tr("Camera data removed.");
    case EmbeddedMetadata::Location:
        return Text::tr("Location and camera data removed.");
    }
    return {};
}

} // namespace clipkiln
