// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/queue/jobdelegate.h"

#include "gui/look/listpainting.h"
#include "gui/look/theme.h"
#include "gui/models/jobmodel.h"
#include "gui/models/jobrow.h"
#include "media/read/thumbnails.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {
namespace {

constexpr QSize pictureSize{72, 46};
constexpr int top = 10;
constexpr int bottom = 5;
constexpr int lineGap = 3;

/// Where everything in a row stands, left to right; mirrored when painted.
struct RowLayout
{
    QRect picture, prompt, settings, state, bar;
    int height = 0;

    RowLayout(const QRect& row, const Theme& theme)
    {
        const int body = QFontMetrics(theme.font(Theme::TextSize::Body)).height();
        const int small = QFontMetrics(theme.font(Theme::TextSize::Small)).height();
        picture = QRect(row.topLeft() + QPoint(Theme::gap3, top), pictureSize);
        const int left = picture.right() + 1 + Theme::gap3;
        const int width = std::max(0, row.right() + 1 - Theme::gap3 - left);
        int y = row.top() + top - 1;
        const auto line = [&](int lineHeight, int gapAfter) {
            const QRect rect(left, y, width, lineHeight);
            y += lineHeight + gapAfter;
            return rect;
        };
        prompt = line(body, 1);
        settings = line(small, lineGap);
        state = line(small, lineGap);
        bar = line(Theme::progressBarHeight, bottom + 1); // and the separator
        height = std::max({Theme::queueRowHeight, y - row.top(), top + pictureSize.height() + top});
    }
};

/// A quiet bracket at the leading edge, over all rows of one submit.
void paintBracket(QPainter& painter, const QRect& all, const JobRow& row, const QColor& color, Qt::LayoutDirection way)
{
    if (!row.joinsAbove && !row.joinsBelow)
        return;
    constexpr int inset = 5;
    constexpr int hook = 4;
    QRect line(all.left() + inset, all.top(), 1, all.height());
    if (!row.joinsAbove)
        line.setTop(all.top() + top);
    if (!row.joinsBelow)
        line.setBottom(all.bottom() - top);
    painter.fillRect(QStyle::visualRect(way, all, line), color);
    if (!row.joinsAbove)
        painter.fillRect(QStyle::visualRect(way, all, {line.topLeft(), QSize(hook, 1)}), color);
    if (!row.joinsBelow)
        painter.fillRect(QStyle::visualRect(way, all, {line.bottomLeft(), QSize(hook, 1)}), color);
}

/// The part of a line that a text takes at its trailing edge.
QRect trailing(const QRect& line, const QFontMetrics& metrics, const QString& text)
{
    // Advances are rounded: without a pixel to spare the text would be elided in its own width.
    const int taken = std::min(metrics.horizontalAdvance(text) + 2, line.width());
    return {line.right() + 1 - taken, line.top(), taken, line.height()};
}

QString placeholderFor(const QModelIndex& index)
{
    const Mode mode = index.data(JobModel::JobRole).value<Job>().request.mode();
    return mode == Mode::Text ? u"text"_s : mode == Mode::Image || mode == Mode::Reference ? u"image"_s : u"film"_s;
}

} // namespace

JobDelegate::JobDelegate(const Theme& theme, Thumbnails& thumbnails, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_thumbnails(thumbnails)
{
}

QRect JobDelegate::actionRect(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto row = index.data(JobModel::RowRole).value<JobRow>();
    if (!row.sideIsAction)
        return {};
    const QFontMetrics metrics(m_theme.font(Theme::TextSize::Small));
    const QRect line = RowLayout(option.rect, m_theme).state;
    const QRect text = trailing(line, metrics, row.side);
    // Wider than the words, for fingers and hurry.
    return QStyle::visualRect(option.direction, option.rect,
                              text.adjusted(-Theme::gap2, -Theme::gap1, Theme::gap2, Theme::gap2));
}

void JobDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto row = index.data(JobModel::RowRole).value<JobRow>();
    const RowLayout layout(option.rect, m_theme);
    const auto direction = option.direction;
    const auto seen = [&](const QRect& rect) { return QStyle::visualRect(direction, option.rect, rect); };
    painter->save();

    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, m_theme.color(Token::Selected));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, m_theme.color(Token::Hover));
    const QRect& all = option.rect;
    painter->fillRect(QRect(all.left(), all.bottom(), all.width(), 1), m_theme.color(Token::Line));

    paintBracket(*painter, all, row, m_theme.color(Token::Text3), direction);

    const auto file = index.data(JobModel::ThumbnailRole).toString();
    const QPixmap picture = file.isEmpty() ? QPixmap() : m_thumbnails.find(file);
    paintCover(*painter, seen(layout.picture), picture, Theme::thumbnailRadius, m_theme, placeholderFor(index));

    painter->setFont(m_theme.font(Theme::TextSize::Body));
    painter->setPen(m_theme.color(Token::Text));
    paintLine(*painter, seen(layout.prompt), Qt::AlignLeft, row.prompt, direction);

    const QFont small = m_theme.font(Theme::TextSize::Small);
    const QFontMetrics metrics(small);
    painter->setFont(small);
    // A price or a time cut short would say another one: where both do not fit, what stands before them gives way.
    const auto pair = [&](const QRect& line, const QString& leadingText, const QColor& leadingColor,
                          const QString& trailingText, const QColor& trailingColor) {
        const QRect end = trailing(line, metrics, trailingText);
        painter->setPen(leadingColor);
        paintLine(*painter, seen(line.adjusted(0, 0, -end.width() - Theme::gap2, 0)), Qt::AlignLeft, leadingText,
                  direction);
        painter->setPen(trailingColor);
        paintLine(*painter, seen(end), Qt::AlignRight, trailingText, direction);
    };
    const QColor quiet = m_theme.color(Token::Text2);
    pair(layout.settings, row.settings, quiet, row.price, quiet);

    if (row.sideIsAction && m_hovered == index) {
        QFont underlined = small;
        underlined.setUnderline(true);
        painter->setFont(underlined);
        pair(layout.state, {}, quiet, row.side, m_theme.color(Token::Accent));
        painter->setFont(small);
    }
    pair(layout.state, row.state, m_theme.color(row.stateColor), row.side,
         row.sideIsAction ? m_theme.color(Token::Accent) : quiet);

    if (row.progress) {
        QRect done = layout.bar;
        done.setWidth(qRound(layout.bar.width() * std::clamp(*row.progress, 0.0, 1.0)));
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        constexpr double round = Theme::progressBarHeight / 2.0;
        painter->setBrush(m_theme.color(Token::Line));
        painter->drawRoundedRect(seen(layout.bar), round, round);
        painter->setBrush(m_theme.color(row.stateColor));
        painter->drawRoundedRect(seen(done), round, round);
    }

    if (option.state & QStyle::State_HasFocus) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setPen(m_theme.color(Token::Accent));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(all.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize JobDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {pictureSize.width() * 2, RowLayout({}, m_theme).height};
}

} // namespace clipkiln
