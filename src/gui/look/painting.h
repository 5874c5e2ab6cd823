// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace clipkiln {

/// A rounded box with a one pixel border that lies whole inside rect. An invalid colour leaves its part out.
void drawBox(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border, qreal radius,
             Qt::PenStyle borderStyle = Qt::SolidLine);

} // namespace clipkiln
