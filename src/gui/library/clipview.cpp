// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/library/clipview.h"

#include "gui/library/clipdelegate.h"
#include "gui/look/listpainting.h"
#include "gui/look/theme.h"
#include "gui/models/clipmodel.h"
#include "gui/widgets/shortcut.h"
#include "media/read/thumbnails.h"

#include <QContextMenuEvent>
#include <QDrag>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <memory>

using namespace Qt::StringLiterals;

namespace clipkiln {

ClipView::ClipView(const Theme& theme, Thumbnails& thumbnails, QAbstractItemModel& clips, QWidget* parent)
    : QListView(parent), m_theme(theme)
{
    setObjectName(u"clipView"_s);
    setAccessibleName(tr("Library"));
    setModel(&clips);
    setItemDelegate(new ClipDelegate(theme, thumbnails, this));
    setFlow(LeftToRight);
    setResizeMode(Adjust);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setSelectionMode(SingleSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    // The first tile stands under the panel's title.
    constexpr int inset = Theme::gap3 - ClipDelegate::margin;
    setViewportMargins(inset, 0, inset, 0);
    connect(&thumbnails, &Thumbnails::ready, viewport(), qOverload<>(&QWidget::update));
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void ClipView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    setAccessibleDescription(text);
    viewport()->update();
}

void ClipView::resizeEvent(QResizeEvent* event)
{
    const bool tall = height() >= 2 * itemDelegate()->sizeHint({}, {}).height();
    if (tall != isWrapping())
        setWrapping(tall);
    QListView::resizeEvent(event);
}

void ClipView::wheelEvent(QWheelEvent* event)
{
    if (isWrapping() || event->angleDelta().x() != 0 || event->modifiers() != Qt::NoModifier) {
        QListView::wheelEvent(event);
        return;
    }
    // A strip has one way to go: the ordinary wheel goes it too, towards older clips when turned down.
    QScrollBar* bar = horizontalScrollBar();
    const int step = event->pixelDelta().isNull() ? event->angleDelta().y() : event->pixelDelta().y();
    bar->setValue(bar->value() - step);
    event->accept();
}

void ClipView::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex index = currentIndex();
    const bool wanted = index.isValid() && !event->isAutoRepeat();
    if (event->matches(QKeySequence::Copy)) {
        request(ClipAction::CopyFile, index);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (wanted)
            request(ClipAction::Play, index);
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (wanted)
            request(ClipAction::Bin, index);
        return;
    default:
        if (typesCharacter(*event))
            event->ignore(); // the window's, for the player
        else
            QListView::keyPressEvent(event);
    }
}

void ClipView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        request(ClipAction::Play, indexAt(event->position().toPoint()));
}

void ClipView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPersistentModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto actions = clipActions();
    for (const ClipAction action : actions) {
        if (action == ClipAction::Extend || action == ClipAction::RunAgain || action == ClipAction::Bin)
            menu->addSeparator();
        menu->addAction(actionText(action), this, [this, action, index] { request(action, index); });
    }
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void ClipView::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (model()->rowCount() == 0)
        paintEmptyHint(*viewport(), m_theme, m_emptyText);
}

void ClipView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (const auto clip = clipAt(current))
        Q_EMIT clipSelected(*clip);
}

void ClipView::startDrag(Qt::DropActions)
{
    // Only ever a copy: a file manager that takes "move" would take the clip out of the library's folder.
    std::unique_ptr<QMimeData> files(model()->mimeData({currentIndex()}));
    if (!files)
        return;
    auto* drag = new QDrag(this);
    drag->setMimeData(files.release());
    const QRect tile = visualRect(currentIndex());
    drag->setPixmap(viewport()->grab(tile));
    drag->setHotSpot(tile.center() - tile.topLeft());
    drag->exec(Qt::CopyAction);
}

std::optional<Clip> ClipView::clipAt(const QModelIndex& index) const
{
    return index.isValid() ? std::optional(index.data(ClipModel::ClipRole).value<Clip>()) : std::nullopt;
}

void ClipView::request(ClipAction action, const QModelIndex& index)
{
    if (const auto clip = clipAt(index))
        Q_EMIT actionRequested(action, *clip);
}

} // namespace clipkiln
