// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/pendingsubmitnote.h"

#include "gui/look/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace clipkiln {

PendingSubmitNote::PendingSubmitNote(QWidget* parent) : QWidget(parent)
{
    auto* label = new QLabel(tr("Sends when the input is ready."));
    label->setObjectName(u"pendingSubmitNoteLabel"_s);
    label->setWordWrap(true);
    setRole(label, "warn");
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(u"pendingSubmitNoteCancelButton"_s);
    cancel->setAccessibleName(tr("Do not send when the input is ready"));
    cancel->setAutoDefault(false);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(Theme::gap2);
    layout->addWidget(label, 1);
    layout->addWidget(cancel);
    hide();

    connect(cancel, &QPushButton::clicked, this, &PendingSubmitNote::cancelled);
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    connect(escape, &QShortcut::activated, this, &PendingSubmitNote::cancelled);
}

} // namespace clipkiln
