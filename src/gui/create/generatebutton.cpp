// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/generatebutton.h"

#include "gui/look/theme.h"

#include <QKeySequence>
#include <QStyle>
#include <QStyleOptionButton>
#include <QStylePainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr double shortcutOpacity = 0.85; // still 4.5 to 1 on the accent

/// "Ctrl ⏎"; a Mac has its own signs for both keys.
QString shortcutText()
{
    const QString native = QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText);
    return native.contains(u'+') ? native.section(u'+', 0, 0) + u" ⏎"_s : native;
}

} // namespace

GenerateButton::GenerateButton(Theme& theme, QWidget* parent)
    : QPushButton(tr("Generate"), parent), m_theme(theme), m_shortcut(shortcutText())
{
    setObjectName(u"generateButton"_s);
    setAccessibleName(text());
    setAutoDefault(false);
    setRole(this, "primary");
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void GenerateButton::setCount(int count)
{
    setText(count == 1 ? tr("Generate") : tr("Generate %1").arg(count));
    setAccessibleName(text());
}

QSize GenerateButton::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(Theme::TextSize::Body, true));
    return {textWidth() + 2 * Theme::gap4, std::max(Theme::primaryHeight, metrics.height() + Theme::gap4)};
}

void GenerateButton::paintEvent(QPaintEvent* /*event*/)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    painter.drawControl(QStyle::CE_PushButtonBevel, option);

    painter.setPen(m_theme.color(isEnabled() ? Token::OnAccent : Token::Text3));
    const QRect all = QStyle::alignedRect(layoutDirection(), Qt::AlignCenter, {textWidth(), height()}, rect());
    painter.setFont(m_theme.font(Theme::TextSize::Body, true));
    painter.drawText(
        all, static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)), text());
    painter.setFont(m_theme.font(Theme::TextSize::Small));
    painter.setOpacity(shortcutOpacity);
    painter.drawText(all,
                     static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignRight | Qt::AlignVCenter)),
                     m_shortcut);
}

int GenerateButton::textWidth() const
{
    return QFontMetrics(m_theme.font(Theme::TextSize::Body, true)).horizontalAdvance(text()) + Theme::gap3 +
           QFontMetrics(m_theme.font(Theme::TextSize::Small)).horizontalAdvance(m_shortcut);
}

} // namespace clipkiln
