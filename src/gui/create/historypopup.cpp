// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/historypopup.h"

#include "gui/create/prompthistory.h"
#include "gui/look/listpainting.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int popupHeight = 360;
constexpr int popupWidth = 420; ///< at least: enough of each prompt to know it by

/// A prompt in one line and, small, how often and when it was used.
class PastPromptDelegate final : public QStyledItemDelegate
{
public:
    PastPromptDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const override
    {
        const int lines = option.fontMetrics.height() + smallMetrics().height();
        return {0, lines + 2 * Theme::gap2};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        if (isSelected || option.state.testFlag(QStyle::State_MouseOver))
            drawBox(*painter, option.rect, m_theme.color(isSelected ? Token::Selected : Token::Hover), {},
                    Theme::thumbnailRadius);
        QRect line = option.rect.adjusted(Theme::gap2, Theme::gap2, -Theme::gap2, 0);
        line.setHeight(option.fontMetrics.height());
        painter->save();
        painter->setFont(option.font);
        painter->setPen(m_theme.color(Token::Text));
        paintLine(*painter, line, Qt::AlignLeading, index.data().toString(), option.direction);
        line.moveTop(line.bottom() + 1);
        line.setHeight(smallMetrics().height());
        painter->setFont(m_theme.font(Theme::TextSize::Small));
        painter->setPen(m_theme.color(isSelected ? Token::Text2 : Token::Text3));
        paintLine(*painter, line, Qt::AlignLeading, index.data(PromptHistory::FactsRole).toString(), option.direction);
        painter->restore();
    }

private:
    [[nodiscard]] QFontMetrics smallMetrics() const { return QFontMetrics(m_theme.font(Theme::TextSize::Small)); }

    const Theme& m_theme;
};

} // namespace

HistoryPopup::HistoryPopup(Theme& theme, PromptHistory& history, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_history(history)
    , m_filter(new PromptFilter(this))
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_hint(new QLabel(this))
{
    setObjectName(u"historyPopup"_s);
    setAccessibleName(tr("Prompt history"));
    setRole(this, "raised");
    m_filter->setSourceModel(&m_history);
    m_search->setObjectName(u"historySearchEdit"_s);
    m_search->setAccessibleName(tr("Search the prompt history"));
    m_search->setPlaceholderText(tr("Search earlier prompts"));
    m_search->installEventFilter(this);
    m_list->setObjectName(u"historyView"_s);
    m_list->setAccessibleName(tr("Earlier prompts"));
    setRole(m_list, "bare");
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new PastPromptDelegate(theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->installEventFilter(this);
    m_hint->setObjectName(u"historyHintLabel"_s);
    m_hint->setWordWrap(true);
    setRole(m_hint, "hint");

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::gap2, Theme::gap2, Theme::gap2, Theme::gap2);
    column->setSpacing(Theme::gap2);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addWidget(m_hint);
    connect(m_search, &QLineEdit::textChanged, this, &HistoryPopup::search);
    connect(m_list, &QListView::clicked, this, &HistoryPopup::take);
    connect(m_filter, &QAbstractItemModel::modelReset, this, [this] {
        choose(0);
        showHint();
    });
    hide();
}

void HistoryPopup::openAt(const QWidget& widget)
{
    m_search->clear();
    search({});
    const QRect screen = widget.screen()->availableGeometry();
    const QSize size(std::min(std::max(widget.width(), popupWidth), screen.width()),
                     std::min(popupHeight, screen.height()));
    const QRect anchor(widget.mapToGlobal(QPoint()), widget.size());
    QPoint corner(isRightToLeft() ? anchor.right() + 1 - size.width() : anchor.left(), anchor.bottom() + Theme::gap1);
    if (corner.y() + size.height() > screen.bottom())
        corner.setY(anchor.top() - Theme::gap1 - size.height());
    corner.setX(std::clamp(corner.x(), screen.left(), screen.right() + 1 - size.width()));
    corner.setY(std::clamp(corner.y(), screen.top(), screen.bottom() + 1 - size.height()));
    setGeometry({corner, size});
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

void HistoryPopup::search(const QString& text)
{
    m_filter->setSearch(text);
    choose(0);
    showHint();
}

void HistoryPopup::showHint()
{
    if (m_history.rowCount() == 0)
        m_hint->setText(tr("Prompts gather here once they are sent."));
    else if (m_filter->rowCount() == 0)
        m_hint->setText(tr("No earlier prompt has all these words."));
    else
        m_hint->setText(tr("Enter takes a prompt. Delete takes it out of this list; jobs and costs stay."));
}

void HistoryPopup::choose(int row)
{
    const int last = m_filter->rowCount() - 1;
    m_list->setCurrentIndex(m_filter->index(std::clamp(row, 0, std::max(0, last)), 0));
}

void HistoryPopup::take(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const QString prompt = index.data(PromptHistory::PromptRole).toString();
    hide();
    Q_EMIT taken(prompt);
}

void HistoryPopup::forget()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    const QString prompt = index.data(PromptHistory::PromptRole).toString();
    const int row = index.row();
    m_history.remove(prompt);
    choose(row);
    showHint();
    Q_EMIT forgotten(prompt);
}

bool HistoryPopup::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const int row = m_list->currentIndex().row();
    const int page = std::max(1, m_list->viewport()->height() / std::max(1, m_list->sizeHintForRow(0)));
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        take(m_list->currentIndex());
        return true;
    case Qt::Key_Up:
        choose(row - 1);
        return true;
    case Qt::Key_Down:
        choose(row + 1);
        return true;
    case Qt::Key_PageUp:
        choose(row - page);
        return true;
    case Qt::Key_PageDown:
        choose(row + page);
        return true;
    case Qt::Key_Delete:
        // In the midst of the words searched for it is theirs.
        if (watched == m_search && m_search->cursorPosition() < m_search->text().size() &&
            !key->modifiers().testFlag(Qt::ShiftModifier))
            break;
        if (!key->isAutoRepeat())
            forget();
        return true;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace clipkiln
