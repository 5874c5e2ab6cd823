// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

QT_BEGIN_NAMESPACE
class QKeyEvent;
QT_END_NAMESPACE

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

/// The key types a character. Lists leave these to the player: item views accept them for a search by first letters,
/// which ours do not have.
[[nodiscard]] bool typesCharacter(const QKeyEvent& event);

} // namespace clipkiln
