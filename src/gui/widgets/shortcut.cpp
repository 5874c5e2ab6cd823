// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/shortcut.h"

#include "core/text.h"

namespace clipkiln {

QString withKey(const QString& name, const QString& key)
{
    //: the name of a command and its key, as in "Loop (l)"
    return Text::tr("%1 (%2)").arg(name, key);
}

} // namespace clipkiln
