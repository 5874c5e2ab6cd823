// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulk/bulkdelegate.h"

#include "core/plaintext.h"
#include "gui/bulk/bulkmodel.h"
#include "gui/look/listpainting.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"
#include "media/read/thumbnails.h"

#include <QFileInfo>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr QSize pictureSize{64, 40};
constexpr int markSize = 16;
constexpr int markRadius = 4;

/// Where everything in the first cell of a row stands, left to right; mirrored when painted.
struct RowLayout
{
    QRect mark, picture, text, prompt, below;
    int height = 0;

    RowLayout(const QRect& cell, const Theme& theme)
    {
        const int body = QFontMetrics(theme.font(Theme::TextSize::Body)).height();
        const int small = QFontMetrics(theme.font(Theme::TextSize::Small)).height();
        height = std::max(pictureSize.height(), body + small + 2) + 2 * Theme::gap2;
        const auto centred = [&cell](int left, const QSize& size) {
            return QRect(QPoint(left, cell.top() + (cell.height() - size.height()) / 2), size);
        };
        mark = centred(cell.left() + Theme::gap3, {markSize, markSize});
        picture = centred(mark.right() + 1 + Theme::gap3, pictureSize);
        const int left = picture.right() + 1 + Theme::gap3;
        const int width = std::max(0, cell.right() + 1 - Theme::gap2 - left);
        text = centred(left, {width, body + small + 2});
        prompt = QRect(text.topLeft(), QSize(width, body));
        below = QRect(left, text.bottom() + 1 - small, width, small);
    }
};

/// What stands below the prompt: what is wrong, else what is known of the picture.
QString lineBelow(const BulkRow& row)
{
    if (!row.trouble.isEmpty())
        return row.trouble;
    if (row.isLoading)
        return BulkDelegate::tr("Reading…");
    QStringList parts{displayName(row.request.mode())};
    if (!row.image.isEmpty())
        parts.append(QFileInfo(row.image).fileName());
    else if (const auto* image = std::get_if<FromImage>(&row.request.inputs)) {
        if (const auto* remote = std::get_if<RemoteUrl>(&image->image))
            parts.append(remote->url.host());
    }
    return cleanLine((parts + row.imageNotes).join(u" · "_s));
}

} // namespace

BulkDelegate::BulkDelegate(Theme& theme, Thumbnails& thumbnails, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_thumbnails(thumbnails)
{
}

QRect BulkDelegate::markRect(const QStyleOptionViewItem& option) const
{
    // Larger than the box, for fingers and hurry.
    const QRect mark =
        RowLayout(option.rect, m_theme).mark.adjusted(-Theme::gap2, -Theme::gap3, Theme::gap2, Theme::gap3);
    return QStyle::visualRect(option.direction, option.rect, mark);
}

void BulkDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    const QRect& all = option.rect;
    if (option.state & QStyle::State_Selected)
        painter->fillRect(all, m_theme.color(Token::Selected));
    painter->fillRect(QRect(all.left(), all.bottom(), all.width(), 1), m_theme.color(Token::Line));
    if (index.column() == BulkModel::ClipColumn) {
        paintClip(*painter, option, index);
    } else {
        const auto row = index.data(BulkModel::RowRole).value<BulkRow>();
        const bool isPrice = index.column() == BulkModel::PriceColumn;
        painter->setFont(m_theme.font(Theme::TextSize::Body));
        painter->setPen(m_theme.color(isPrice && row.isChosen() ? Token::Text : Token::Text2));
        paintLine(*painter, all.adjusted(Theme::gap2, 0, -Theme::gap2, 0), isPrice ? Qt::AlignRight : Qt::AlignLeft,
                  index.data().toString(), option.direction, Qt::ElideMiddle);
    }
    painter->restore();
}

void BulkDelegate::paintClip(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto row = index.data(BulkModel::RowRole).value<BulkRow>();
    const RowLayout layout(option.rect, m_theme);
    const auto seen = [&](const QRect& rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
    const bool isSelected = option.state & QStyle::State_Selected;
    const QColor quiet = m_theme.color(isSelected ? Token::Text2 : Token::Text3);

    const QRect mark = seen(layout.mark);
    if (row.isChosen()) {
        drawBox(painter, mark, m_theme.color(Token::Accent), {}, markRadius);
        const QPixmap check =
            m_theme.pixmap(u"check"_s, markSize, m_theme.color(Token::OnAccent), painter.device()->devicePixelRatioF());
        painter.drawPixmap(mark.topLeft(), check);
    } else {
        const bool canBe = row.trouble.isEmpty();
        drawBox(painter, mark, canBe ? m_theme.color(Token::Raised) : QColor(),
                m_theme.color(canBe ? Token::Text3 : Token::Line), markRadius);
    }

    const QPixmap picture = row.image.isEmpty() ? QPixmap() : m_thumbnails.find(row.image);
    paintCover(painter, seen(layout.picture), picture, Theme::thumbnailRadius, m_theme,
               row.request.mode() == Mode::Image ? u"image"_s : u"text"_s);

    const bool hasPrompt = !row.request.prompt.isEmpty();
    painter.setFont(m_theme.font(Theme::TextSize::Body));
    painter.setPen(row.isChosen() && hasPrompt ? m_theme.color(Token::Text) : quiet);
    paintLine(painter, seen(layout.prompt), Qt::AlignLeft,
              hasPrompt ? cleanLine(row.request.prompt).simplified() : tr("No prompt"), option.direction);
    painter.setFont(m_theme.font(Theme::TextSize::Small));
    painter.setPen(row.trouble.isEmpty() ? quiet : m_theme.color(Token::Failed));
    paintLine(painter, seen(layout.below), Qt::AlignLeft, lineBelow(row), option.direction);

    if (option.state & QStyle::State_HasFocus) {
        painter.setPen(m_theme.color(Token::Accent));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

QSize BulkDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& index) const
{
    const QFontMetrics metrics(m_theme.font(Theme::TextSize::Body));
    return {metrics.horizontalAdvance(index.data().toString()) + 2 * Theme::gap2 + 2, RowLayout({}, m_theme).height};
}

QWidget* BulkDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& /*option*/,
                                    const QModelIndex& /*index*/) const
{
    auto* editor = new QLineEdit(parent);
    editor->setObjectName(u"promptCellEdit"_s);
    editor->setAccessibleName(tr("Prompt"));
    return editor;
}

void BulkDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                        const QModelIndex& /*index*/) const
{
    QRect place = RowLayout(option.rect, m_theme).text;
    place.setHeight(std::max(place.height(), editor->sizeHint().height()));
    place.moveTop(option.rect.top() + (option.rect.height() - place.height()) / 2);
    editor->setGeometry(QStyle::visualRect(option.direction, option.rect, place.adjusted(-Theme::gap2, 0, 0, 0)));
}

bool BulkDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                               const QModelIndex& index)
{
    const bool isClick = event->type() == QEvent::MouseButtonRelease || event->type() == QEvent::MouseButtonPress ||
                         event->type() == QEvent::MouseButtonDblClick;
    if (!isClick || index.column() != BulkModel::ClipColumn ||
        !markRect(option).contains(static_cast<QMouseEvent*>(event)->position().toPoint()))
        return false;
    if (event->type() == QEvent::MouseButtonRelease) {
        const bool isChecked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        model->setData(index, isChecked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    }
    return true; // a click on the mark does nothing else
}

} // namespace clipkiln
