// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/shortcut.h"

#include "core/text.h"

#include <QKeyEvent>

namespace clipkiln {

QString withKey(const QString& name, const QString& key)
{
    //: the name of a command and its key, as in "Loop (l)"
    return Text::tr("%1 (%2)").arg(name, key);
}

bool typesCharacter(const QKeyEvent& event)
{
    const QString text = event.text();
    return !text.isEmpty() && text.front().isPrint();
}

} // namespace clipkiln
