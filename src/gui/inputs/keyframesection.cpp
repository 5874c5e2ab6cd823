// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/keyframesection.h"

#include "gui/inputs/addressrow.h"
#include "gui/inputs/keyframepin.h"
#include "gui/inputs/keyframeruler.h"
#include "gui/look/theme.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace clipkiln {

KeyframeSection::KeyframeSection(Theme& theme, Dialogs& dialogs, PreparationPool& pool, QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_address(new QPushButton(tr("Address…"), this))
    , m_add(new QPushButton(tr("+ Keyframe"), this))
    , m_addressRow(new AddressRow(tr("Address of the image"), u"keyframeAddressEdit"_s, this))
    , m_ruler(new KeyframeRuler(theme, dialogs, pool, this))
    , m_warning(new QWidget(this))
    , m_warningText(new QLabel(m_warning))
{
    setObjectName(u"keyframeSection"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(Theme::gap1);
    addHead();
    column->addWidget(m_addressRow);
    column->addWidget(m_ruler);
    addWarning();
    m_ruler->setAccessibleName(tr("Keyframes"));
    m_ruler->setFocusProxy(m_add);
    setFocusProxy(m_add);
    connect(m_ruler, &KeyframeRuler::changed, this, &KeyframeSection::follow);
    follow();
}

void KeyframeSection::addHead()
{
    m_title->setObjectName(u"keyframeLabel"_s);
    setRole(m_title, "label");
    m_address->setObjectName(u"keyframeAddressButton"_s);
    m_address->setAccessibleName(tr("Add a keyframe from an address"));
    m_address->setToolTip(tr("Use an image on the web"));
    setRole(m_address, "link");
    m_add->setObjectName(u"addKeyframeButton"_s);
    m_add->setAccessibleName(tr("Add a keyframe"));
    m_add->setToolTip(tr("An image that the clip passes through at a time you choose"));
    setRole(m_add, "link");

    auto* head = new QHBoxLayout;
    head->setSpacing(Theme::gap3);
    head->addWidget(m_title, 1);
    head->addWidget(m_address);
    head->addWidget(m_add);
    static_cast<QVBoxLayout*>(layout())->addLayout(head);
    m_addressRow->hide();
    connect(m_add, &QPushButton::clicked, m_ruler, &KeyframeRuler::choose);
    connect(m_address, &QPushButton::clicked, m_addressRow, [this] {
        m_addressRow->show();
        m_addressRow->begin();
    });
    connect(m_addressRow, &AddressRow::entered, this, [this](const QUrl& url) {
        m_addressRow->hide();
        m_ruler->add(RemoteUrl{url});
    });
    connect(m_addressRow, &AddressRow::left, m_addressRow, &QWidget::hide);
}

void KeyframeSection::addWarning()
{
    m_warningText->setObjectName(u"keyframeWarningLabel"_s);
    m_warningText->setWordWrap(true);
    setRole(m_warningText, "warn");
    auto* move = new QPushButton(tr("Move inside"), m_warning);
    move->setObjectName(u"moveKeyframesButton"_s);
    setRole(move, "link");
    connect(move, &QPushButton::clicked, m_ruler, &KeyframeRuler::moveInside);
    auto* row = new QHBoxLayout(m_warning);
    row->setContentsMargins({});
    row->setSpacing(Theme::gap2);
    row->addWidget(m_warningText, 1);
    row->addWidget(move);
    layout()->addWidget(m_warning);
}

void KeyframeSection::setMost(int most)
{
    m_ruler->setMost(most);
    follow();
}

void KeyframeSection::setSeconds(int seconds)
{
    m_ruler->setSeconds(seconds);
    follow();
}

void KeyframeSection::follow()
{
    m_title->setText(
        tr("Keyframes · %1 of %2").arg(QLocale().toString(m_ruler->count()), QLocale().toString(m_ruler->most())));
    m_add->setEnabled(m_ruler->hasRoom());
    m_address->setEnabled(m_ruler->hasRoom());
    const int outside = m_ruler->outsideCount();
    m_warningText->setText(outside == 1 ? tr("1 keyframe is outside the clip.")
                                        : tr("%n keyframes are outside the clip.", nullptr, outside));
    m_warning->setVisible(outside > 0);

    QWidget* before = m_add;
    const auto pins = m_ruler->pins();
    for (KeyframePin* pin : pins) {
        setTabOrder(before, pin);
        before = pin;
    }
}

} // namespace clipkiln
