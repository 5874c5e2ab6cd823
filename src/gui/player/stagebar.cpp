// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/stagebar.h"

#include "gui/look/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace clipkiln {

namespace {

constexpr int grooveHeight = 4;
constexpr int handleSize = 14;
constexpr int barHeight = 20;
constexpr int length = 72; // at least, and what the volume takes

} // namespace

StageBar::StageBar(Theme& theme, QWidget* parent) : QAbstractSlider(parent), m_theme(theme)
{
    setOrientation(Qt::Horizontal);
    setLayoutDirection(Qt::LeftToRight);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize StageBar::sizeHint() const
{
    return {length, barHeight};
}

double StageBar::xOf(int value) const
{
    // The groove takes the whole width; the handle stays inside.
    const double part =
        maximum() > minimum() ? static_cast<double>(value - minimum()) / static_cast<double>(maximum() - minimum()) : 0;
    return handleSize / 2.0 + part * (width() - handleSize);
}

int StageBar::valueAt(double x) const
{
    const double part = std::clamp((x - handleSize / 2.0) / std::max(1, width() - handleSize), 0.0, 1.0);
    return minimum() + qRound(part * (maximum() - minimum()));
}

void StageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double middle = height() / 2.0;
    const double x = xOf(sliderPosition());
    const QRectF groove(0, middle - grooveHeight / 2.0, width(), grooveHeight);
    painter.setBrush(m_theme.onStage(Token::Line));
    painter.drawRoundedRect(groove, grooveHeight / 2.0, grooveHeight / 2.0);
    if (!isEnabled())
        return;
    painter.setBrush(m_theme.onStage(Token::Accent));
    painter.drawRoundedRect(QRectF(groove.topLeft(), QPointF(x, groove.bottom())), grooveHeight / 2.0,
                            grooveHeight / 2.0);
    painter.setBrush(m_theme.onStage(Token::Text));
    painter.drawEllipse(QPointF(x, middle), handleSize / 2.0, handleSize / 2.0);
    if (hasFocus()) {
        constexpr double ring = 2;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.onStage(Token::Accent), ring));
        painter.drawEllipse(QPointF(x, middle), (handleSize + ring) / 2, (handleSize + ring) / 2);
    } else if (underMouse()) {
        painter.setBrush(Qt::white);
        painter.drawEllipse(QPointF(x, middle), handleSize / 2.0, handleSize / 2.0);
    }
}

void StageBar::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return QAbstractSlider::mousePressEvent(event);
    setSliderDown(true);
    setSliderPosition(valueAt(event->position().x()));
    update();
}

void StageBar::mouseMoveEvent(QMouseEvent* event)
{
    const int value = valueAt(event->position().x());
    if (isSliderDown())
        setSliderPosition(value);
    if (m_tip && isEnabled())
        QToolTip::showText(event->globalPosition().toPoint(), m_tip(value), this);
}

void StageBar::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && isSliderDown())
        setSliderDown(false);
    update();
}

void StageBar::enterEvent(QEnterEvent* event)
{
    QAbstractSlider::enterEvent(event);
    update();
}

void StageBar::leaveEvent(QEvent* event)
{
    QAbstractSlider::leaveEvent(event);
    update();
}

} // namespace clipkiln
