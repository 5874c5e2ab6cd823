// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/spending/spendbars.h"

#include "gui/look/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr qreal leastHeight = 2; ///< of a day on which anything was spent
constexpr qreal barShare = 0.7;  ///< of its column's width

} // namespace

SpendBars::SpendBars(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(u"spendBars"_s);
    setAccessibleName(tr("Spent per day"));
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SpendBars::setDays(const QList<Money>& days, const QDate& lastDay)
{
    m_days = days;
    m_lastDay = lastDay;
    setAccessibleDescription(
        tr("%1 days, at most %2 on one of them").arg(QString::number(days.size()), formatUsd(highest())));
    update();
}

QSize SpendBars::sizeHint() const
{
    return {480, 140};
}

QDate SpendBars::dayAt(qsizetype index) const
{
    return m_lastDay.addDays(index - m_days.size() + 1);
}

/// The room of a day between the line of the highest sum and that of the dates.
QRectF SpendBars::columnOf(qsizetype index) const
{
    const qreal text = QFontMetricsF(m_theme.font(Theme::TextSize::Small)).height() + Theme::gap1;
    const qreal step = static_cast<qreal>(width()) / static_cast<qreal>(m_days.size());
    const qsizetype place = isRightToLeft() ? m_days.size() - 1 - index : index;
    return {step * static_cast<qreal>(place), text, step, height() - 2 * text};
}

Money SpendBars::highest() const
{
    return m_days.isEmpty() ? Money{} : *std::max_element(m_days.begin(), m_days.end());
}

bool SpendBars::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (qsizetype i = 0; i < m_days.size(); ++i) {
        const QRectF column = columnOf(i);
        if (column.left() <= help->pos().x() && help->pos().x() < column.right()) {
            const QString day = locale().toString(dayAt(i), QLocale::LongFormat);
            QToolTip::showText(help->globalPos(), tr("%1: %2").arg(day, formatUsd(m_days.at(i))), this);
            return true;
        }
    }
    return true;
}

void SpendBars::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_days.isEmpty())
        return;
    const auto most = static_cast<qreal>(std::max<std::int64_t>(highest().ticks, 1));
    painter.setPen(Qt::NoPen);
    for (qsizetype i = 0; i < m_days.size(); ++i) {
        const auto ticks = static_cast<qreal>(m_days.at(i).ticks);
        if (ticks <= 0)
            continue;
        const QRectF column = columnOf(i);
        const qreal barHeight = std::max(leastHeight, column.height() * ticks / most);
        const qreal barWidth = column.width() * barShare;
        painter.setBrush(m_theme.color(dayAt(i) == m_lastDay ? Token::Text : Token::Text3));
        painter.drawRect(QRectF(column.center().x() - barWidth / 2, column.bottom() - barHeight, barWidth, barHeight));
    }
    const QRectF column = columnOf(0);
    painter.setPen(m_theme.color(Token::Line));
    painter.drawLine(QPointF(0, column.bottom()), QPointF(width(), column.bottom()));

    painter.setFont(m_theme.font(Theme::TextSize::Small));
    painter.setPen(m_theme.color(Token::Text2));
    const auto sides = [this](Qt::Alignment side) { return QStyle::visualAlignment(layoutDirection(), side); };
    const QRectF top(0, 0, width(), column.top());
    const QRectF bottom(0, column.bottom(), width(), height() - column.bottom());
    painter.drawText(top, static_cast<int>(sides(Qt::AlignRight) | Qt::AlignTop), formatUsd(highest()));
    const auto dateText = [this](const QDate& day) { return locale().toString(day, QLocale::ShortFormat); };
    painter.drawText(bottom, static_cast<int>(sides(Qt::AlignLeft) | Qt::AlignBottom), dateText(dayAt(0)));
    painter.drawText(bottom, static_cast<int>(sides(Qt::AlignRight) | Qt::AlignBottom), dateText(m_lastDay));
}

} // namespace clipkiln
