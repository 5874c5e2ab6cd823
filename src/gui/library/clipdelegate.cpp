// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/library/clipdelegate.h"

#include "core/format.h"
#include "gui/look/listpainting.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"
#include "gui/models/clipmodel.h"
#include "media/read/thumbnails.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace clipkiln {
namespace {

constexpr QSize tileSize{150, 84};
constexpr int border = 2;

/// The dark field that makes a mark readable on any picture.
QColor badgeColor(const Theme& theme)
{
    QColor color = theme.onStage(Token::Stage);
    color.setAlphaF(0.78F);
    return color;
}

} // namespace

ClipDelegate::ClipDelegate(const Theme& theme, Thumbnails& thumbnails, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_thumbnails(thumbnails)
{
}

void ClipDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto clip = index.data(ClipModel::ClipRole).value<Clip>();
    const QRect tile = option.rect.adjusted(margin, margin, -margin, -margin);
    const auto seen = [&](const QRect& rect) { return QStyle::visualRect(option.direction, tile, rect); };
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter->save();

    paintCover(*painter, tile, m_thumbnails.find(clip.path), Theme::radius, m_theme, u"film"_s);

    const QFont small = m_theme.font(Theme::TextSize::Small);
    const QFontMetrics metrics(small);
    const auto length = formatClock(clip.seconds);
    const int badgeHeight = metrics.height() + 2;
    const QSize badgeSize(metrics.horizontalAdvance(length) + 10, badgeHeight);
    const QRect badge(QPoint(tile.right() - badgeSize.width() - 5, tile.bottom() - badgeSize.height() - 4), badgeSize);
    drawBox(*painter, seen(badge), badgeColor(m_theme), {}, Theme::thumbnailRadius);
    painter->setFont(small);
    painter->setPen(m_theme.onStage(Token::Text));
    painter->drawText(seen(badge), Qt::AlignCenter | Qt::TextSingleLine, length);

    if (clip.origin.isSimulated()) {
        constexpr int iconSize = 14;
        const QRect mark(tile.left() + 6, badge.top(), badgeHeight + 2, badgeHeight);
        drawBox(*painter, seen(mark), badgeColor(m_theme), {}, Theme::thumbnailRadius);
        const QRect icon = QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, {iconSize, iconSize}, seen(mark));
        painter->drawPixmap(icon.topLeft(), m_theme.pixmap(u"simulator"_s, iconSize, m_theme.onStage(Token::Text2),
                                                           painter->device()->devicePixelRatioF()));
    }

    if (selected || hovered) {
        const int width = selected ? border : 1;
        const QColor color = m_theme.color(selected ? Token::Accent : Token::Text3);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(color, width));
        painter->setBrush(Qt::NoBrush);
        const double out = width / 2.0;
        painter->drawRoundedRect(QRectF(tile).adjusted(-out, -out, out, out), Theme::radius + out, Theme::radius + out);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(m_theme.color(Token::Accent));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), Theme::radius + margin - 1,
                                 Theme::radius + margin - 1);
    }
    painter->restore();
}

QSize ClipDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return tileSize + QSize(2 * margin, 2 * margin);
}

} // namespace clipkiln
