// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QString>

QT_BEGIN_NAMESPACE
class QPainter;
class QRect;
class QWidget;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// What rows and tiles have in common when they are painted.

/// A picture that fills rect, cut at its longer sides, with round corners; without one a quiet field with the icon.
void paintCover(QPainter& painter, const QRect& rect, const QPixmap& picture, int radius, const Theme& theme,
                const QString& placeholderIcon);

/// One line of text, elided where it does not fit, at the edge of rect as the layout direction has it; the text itself
/// runs as its own script does.
void paintLine(QPainter& painter, const QRect& rect, Qt::Alignment edge, const QString& text,
               Qt::LayoutDirection direction, Qt::TextElideMode elide = Qt::ElideRight);

/// What an empty list says about itself, centred near the top.
void paintEmptyHint(QWidget& viewport, const Theme& theme, const QString& text);

} // namespace clipkiln
