// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/shortcutsdialog.h"

#include "gui/look/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace clipkiln {

ShortcutsDialog::ShortcutsDialog(const QList<ShortcutGroup>& groups, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* list = new QWidget;
    setRole(list, "panel");
    auto* grid = new QGridLayout(list);
    grid->setContentsMargins(Theme::gap5, Theme::gap4, Theme::gap5, Theme::gap4);
    grid->setHorizontalSpacing(Theme::gap5);
    grid->setVerticalSpacing(Theme::gap2);
    int row = 0;
    for (const ShortcutGroup& group : groups) {
        auto* title = new QLabel(group.title);
        setRole(title, "strong");
        if (row > 0)
            grid->setRowMinimumHeight(row++, Theme::gap2);
        grid->addWidget(title, row++, 0, 1, 2);
        for (const Shortcut& entry : group.rows) {
            auto* keys = new QLabel(entry.keys);
            setRole(keys, "value");
            grid->addWidget(new QLabel(entry.text), row, 0);
            grid->addWidget(keys, row++, 1);
        }
    }
    grid->setColumnStretch(0, 1);

    auto* scroll = new QScrollArea;
    scroll->setWidget(list);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(windowTitle());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, Theme::gap3);
    layout->addWidget(scroll);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(Theme::gap3, 0, Theme::gap3, 0);
    bottom->addWidget(buttons);
    layout->addLayout(bottom);
    resize(520, 560);
}

Shortcut ShortcutsDialog::rowOf(const QAction* action)
{
    QStringList keys;
    for (const QKeySequence& sequence : action->shortcuts())
        keys << sequence.toString(QKeySequence::NativeText);
    return {keys.join(u", "_s), QString(action->text()).remove(u'&').remove(u'…')};
}

} // namespace clipkiln
