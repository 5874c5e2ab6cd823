// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets/shortcut.h"

#include <QDialog>
#include <QList>

QT_BEGIN_NAMESPACE
class QAction;
QT_END_NAMESPACE

namespace clipkiln {

/// Every key in one list: the window's actions and those of the player.
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(const QList<ShortcutGroup>& groups, QWidget* parent = nullptr);

    /// A row of an action: its keys as this system writes them, its text without mnemonic.
    [[nodiscard]] static Shortcut rowOf(const QAction* action);
};

} // namespace clipkiln
