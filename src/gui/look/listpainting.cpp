// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/listpainting.h"

#include "gui/look/painting.h"
#include "gui/look/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>
#include <QStyle>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace clipkiln {
namespace {

/// The middle of the picture, scaled for a size; kept, for rows are painted far more often than they change.
QPixmap middleOf(const QPixmap& picture, const QSize& pixels)
{
    const auto key = u"clipkiln/cover/%1/%2x%3"_s.arg(picture.cacheKey()).arg(pixels.width()).arg(pixels.height());
    QPixmap result;
    if (!QPixmapCache::find(key, &result)) {
        const QPixmap scaled = picture.scaled(pixels, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
        const QPoint corner((scaled.width() - pixels.width()) / 2, (scaled.height() - pixels.height()) / 2);
        result = scaled.copy({corner, pixels});
        QPixmapCache::insert(key, result);
    }
    return result;
}

} // namespace

void paintCover(QPainter& painter, const QRect& rect, const QPixmap& picture, int radius, const Theme& theme,
                const QString& placeholderIcon)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    if (!picture.isNull()) {
        QPainterPath shape;
        shape.addRoundedRect(rect, radius, radius);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setClipPath(shape, Qt::IntersectClip);
        painter.drawPixmap(rect, middleOf(picture, rect.size() * ratio));
        painter.restore();
        return;
    }
    constexpr int iconSize = 24;
    drawBox(painter, rect, theme.color(Token::Raised), theme.color(Token::Line), radius);
    const QRect iconRect = QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, {iconSize, iconSize}, rect);
    painter.drawPixmap(iconRect.topLeft(), theme.pixmap(placeholderIcon, iconSize, theme.color(Token::Text3), ratio));
}

void paintLine(QPainter& painter, const QRect& rect, Qt::Alignment edge, const QString& text,
               Qt::LayoutDirection direction, Qt::TextElideMode elide)
{
    const auto elided = painter.fontMetrics().elidedText(text, elide, rect.width());
    const auto alignment = QStyle::visualAlignment(direction, edge) | Qt::AlignAbsolute | Qt::AlignVCenter;
    const auto run = text.isRightToLeft() ? Qt::TextForceRightToLeft : Qt::TextForceLeftToRight;
    painter.drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine | run, elided);
}

void paintEmptyHint(QWidget& viewport, const Theme& theme, const QString& text)
{
    QPainter painter(&viewport);
    painter.setFont(theme.font(Theme::TextSize::Body));
    painter.setPen(theme.color(Token::Text3));
    const QRect room = viewport.rect().adjusted(Theme::gap4, Theme::gap5, -Theme::gap4, -Theme::gap2);
    painter.drawText(room, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text);
}

} // namespace clipkiln
