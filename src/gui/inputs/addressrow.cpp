// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/addressrow.h"

#include "gui/look/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace clipkiln {

AddressRow::AddressRow(const QString& name, const QString& objectName, QWidget* parent)
    : QWidget(parent), m_edit(new QLineEdit(this))
{
    m_edit->setObjectName(objectName);
    m_edit->setAccessibleName(name);
    m_edit->setPlaceholderText(u"https://"_s);
    m_edit->setLayoutDirection(Qt::LeftToRight);
    auto* use = new QPushButton(tr("Use"), this);
    use->setObjectName(u"useAddressButton"_s);
    auto* hint = new QLabel(tr("The service fetches it. Esc goes back."), this);
    setRole(hint, "hint");

    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::gap2);
    row->addWidget(m_edit, 1);
    row->addWidget(use);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(Theme::gap1);
    layout->addLayout(row);
    layout->addWidget(hint);
    connect(m_edit, &QLineEdit::returnPressed, this, &AddressRow::finish);
    connect(use, &QPushButton::clicked, this, &AddressRow::finish);
}

void AddressRow::begin()
{
    m_edit->clear();
    m_edit->setFocus();
}

void AddressRow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else
        QWidget::keyPressEvent(event);
}

void AddressRow::finish()
{
    const QString text = m_edit->text().trimmed();
    if (text.isEmpty())
        Q_EMIT left();
    else
        Q_EMIT entered(QUrl::fromUserInput(text));
}

} // namespace clipkiln
