// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace clipkiln {

/// A key and what it does, as the list of all keys shows it.
struct Shortcut
{
    QString keys;
    QString text;
};

struct ShortcutGroup
{
    QString title;
    QList<Shortcut> rows;
};

/// A tool tip with the key beside the name: "Loop (l)".
[[nodiscard]] QString withKey(const QString& name, const QString& key);

} // namespace clipkiln
