// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/timelabel.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace clipkiln {

TimeLabel::TimeLabel(QWidget* parent) : QLabel(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void TimeLabel::setTexts(const QStringList& texts)
{
    if (texts == m_texts)
        return;
    const bool newLength = m_texts.isEmpty() || m_texts.first().size() != texts.first().size();
    m_texts = texts;
    setAccessibleName(texts.first());
    if (newLength)
        updateGeometry();
    update();
}

QSize TimeLabel::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    // A little more than now: figures are not all of one width in every font.
    return {metrics.horizontalAdvance(m_texts.value(0)) + metrics.averageCharWidth(), metrics.height()};
}

QSize TimeLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_texts.isEmpty() ? QString() : m_texts.last()), fontMetrics().height()};
}

void TimeLabel::paintEvent(QPaintEvent*)
{
    if (m_texts.isEmpty())
        return;
    const auto fits = [this](const QString& text) { return fontMetrics().horizontalAdvance(text) <= width(); };
    const auto text = std::find_if(m_texts.begin(), m_texts.end() - 1, fits);
    QPainter painter(this);
    const auto alignment = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter;
    style()->drawItemText(&painter, rect(), static_cast<int>(alignment), palette(), isEnabled(), *text,
                          foregroundRole());
}

} // namespace clipkiln
