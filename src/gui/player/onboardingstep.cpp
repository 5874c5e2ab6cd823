// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/onboardingstep.h"

#include "core/plaintext.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace clipkiln {

namespace {

constexpr int badgeSize = 28;

} // namespace

OnboardingStep::OnboardingStep(Theme& theme, int number, Kind kind, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_number(number)
    , m_kind(kind)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
{
    setRole(m_title, "stageText");
    setRole(m_text, "stageValue");
    setRole(m_button, "stage");
    m_button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* words = new QVBoxLayout;
    words->setSpacing(Theme::gap1);
    for (QLabel* label : {m_title, m_text}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        words->addWidget(label);
    }
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::gap4, Theme::gap4, Theme::gap4, Theme::gap4);
    row->setSpacing(Theme::gap4);
    row->addSpacing(badgeSize + Theme::gap4);
    row->addLayout(words, 1);
    row->addWidget(m_button);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void OnboardingStep::setTexts(const QString& title, const QString& text, const QString& button)
{
    m_title->setText(title);
    m_text->setText(cleanText(text)); // it may name a folder
    m_button->setText(button);
    m_button->setAccessibleDescription(title);
}

QRectF OnboardingStep::badge() const
{
    const QRect place(Theme::gap4, (height() - badgeSize) / 2, badgeSize, badgeSize);
    return QStyle::visualRect(layoutDirection(), rect(), place);
}

void OnboardingStep::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool now = m_kind == Kind::Now;
    drawBox(painter, rect(), m_theme.onStage(Token::Window), m_theme.onStage(now ? Token::Accent : Token::Line),
            Theme::radius, now ? Qt::DashLine : Qt::SolidLine);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.onStage(now ? Token::Accent : Token::Hover));
    painter.drawEllipse(badge());
    painter.setPen(m_theme.onStage(now ? Token::OnAccent : Token::Text));
    painter.setFont(m_theme.font(Theme::TextSize::Body, true));
    painter.drawText(badge(), Qt::AlignCenter, locale().toString(m_number));
}

} // namespace clipkiln
