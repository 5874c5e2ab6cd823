// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/painting.h"

#include <QPainter>

namespace clipkiln {

void drawBox(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border, qreal radius,
             Qt::PenStyle borderStyle)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(border.isValid() ? QPen(border, 1, borderStyle) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    // The middle of the pen runs on pixel centres, so that the line is crisp.
    const QRectF outline = border.isValid() ? rect.adjusted(0.5, 0.5, -0.5, -0.5) : rect;
    painter.drawRoundedRect(outline, radius, radius);
    painter.restore();
}

} // namespace clipkiln
