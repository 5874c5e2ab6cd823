// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/painting.h"

#include <QPainter>
#include <QPainterPath>

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

void drawPicture(QPainter& painter, const QRectF& rect, const QPixmap& picture, qreal radius)
{
    if (picture.isNull() || rect.isEmpty())
        return;
    const QSizeF size = rect.size().scaled(QSizeF(picture.size()), Qt::KeepAspectRatio);
    const QRectF source(QPointF((picture.width() - size.width()) / 2, (picture.height() - size.height()) / 2), size);
    QPainterPath path;
    path.addRoundedRect(rect, radius, radius);
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setClipPath(path);
    painter.drawPixmap(rect, picture, source);
    painter.restore();
}

} // namespace clipkiln
