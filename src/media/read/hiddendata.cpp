// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/hiddendata.h"

#include "core/text.h"

namespace clipkiln {

QString removalNote(HiddenData removed)
{
    switch (removed) {
    case HiddenData::None:
        break;
    case HiddenData::Other:
        return Text::tr("Comments and other hidden data removed.");
    case HiddenData::Camera:
        return Text::tr("Camera data removed.");
    case HiddenData::Location:
        return Text::tr("Location and camera data removed.");
    }
    return {};
}

} // namespace clipkiln
