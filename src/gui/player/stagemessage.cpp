// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/stagemessage.h"

#include "core/plaintext.h"
#include "gui/look/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int iconSize = 32;

} // namespace

StageMessage::StageMessage(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_detail(new QLabel(this))
    , m_button(new QPushButton(this))
{
    m_sentence->setObjectName(u"stageSentence"_s);
    m_button->setObjectName(u"stageMessageButton"_s);
    setRole(m_sentence, "stageText");
    setRole(m_detail, "stageLabel");
    setRole(m_button, "stage");
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::gap5, Theme::gap4, Theme::gap5, Theme::gap4);
    column->setSpacing(Theme::gap2);
    for (QLabel* label : {m_icon, m_sentence, m_detail}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(label != m_icon);
        label->setTextFormat(Qt::PlainText);
        column->addWidget(label);
    }
    column->addSpacing(Theme::gap1);
    column->addWidget(m_button, 0, Qt::AlignCenter);
    connect(m_button, &QPushButton::clicked, this, &StageMessage::buttonClicked);
    connect(&theme, &Theme::changed, this, &StageMessage::refreshIcon);
}

void StageMessage::setContent(const QString& icon, const QString& sentence, const QString& detail,
                              const QString& button)
{
    m_iconName = icon;
    refreshIcon();
    m_sentence->setText(cleanText(sentence));
    m_detail->setText(cleanText(detail));
    m_button->setText(button);
    m_icon->setVisible(!icon.isEmpty());
    m_detail->setVisible(!detail.isEmpty());
    m_button->setVisible(!button.isEmpty());
}

void StageMessage::refreshIcon()
{
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(m_theme.pixmap(m_iconName, iconSize, m_theme.onStage(Token::Text3), devicePixelRatioF()));
}

} // namespace clipkiln
