// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/queue/queueview.h"

#include "gui/look/listpainting.h"
#include "gui/look/theme.h"
#include "gui/models/groupactions.h"
#include "gui/models/jobmodel.h"
#include "gui/models/jobrow.h"
#include "gui/queue/jobdelegate.h"
#include "gui/widgets/shortcut.h"
#include "media/read/thumbnails.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace clipkiln {
namespace {

/// A menu reads in groups: what moves the job on, what makes a new one, what it is about, and its end.
bool startsGroup(JobAction action)
{
    return action == JobAction::TryAgain || action == JobAction::RunAgain || action == JobAction::ShowError ||
           action == JobAction::CopyRequestId || action == JobAction::Cancel || action == JobAction::Remove;
}

} // namespace

QueueView::QueueView(const Theme& theme, Thumbnails& thumbnails, JobModel& model, QWidget* parent)
    : QListView(parent)
    , m_theme(theme)
    , m_model(model)
    , m_delegate(new JobDelegate(theme, thumbnails, this))
    , m_ticker(this)
{
    setObjectName(u"queueView"_s);
    setAccessibleName(tr("Queue"));
    setModel(&model);
    setItemDelegate(m_delegate);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setSelectionMode(SingleSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);

    m_ticker.setObjectName(u"ticker"_s);
    m_ticker.setInterval(1s);
    connect(&m_ticker, &QTimer::timeout, this, &QueueView::tick);
    connect(&model, &JobModel::unfinishedCountChanged, this, &QueueView::updateTicker);
    connect(&model, &QAbstractItemModel::modelReset, this, &QueueView::updateEmptyText);
    updateEmptyText();
    connect(&thumbnails, &Thumbnails::ready, viewport(), qOverload<>(&QWidget::update));
    connect(&theme, &Theme::changed, this, &QueueView::scheduleDelayedItemsLayout);
}

QRect QueueView::actionRect(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return m_delegate->actionRect(option, index);
}

bool QueueView::event(QEvent* event)
{
    // The delegate paints with the application's font. A view with a style sheet gets no FontChange when that changes.
    if (event->type() == QEvent::ApplicationFontChange)
        scheduleDelayedItemsLayout();
    return QListView::event(event);
}

bool QueueView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::MouseMove)
        hoverAction(actionAt(static_cast<QMouseEvent*>(event)->position().toPoint()));
    else if (event->type() == QEvent::Leave)
        hoverAction({});
    return QListView::viewportEvent(event);
}

void QueueView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->button() == Qt::LeftButton ? actionAt(event->position().toPoint()) : QModelIndex();
    QListView::mousePressEvent(event);
}

void QueueView::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    const QPersistentModelIndex pressed = std::exchange(m_pressed, {});
    if (!pressed.isValid() || pressed != actionAt(event->position().toPoint()))
        return;
    if (const auto job = jobAt(pressed))
        request(rowActionFor(*job), *job);
}

void QueueView::mouseDoubleClickEvent(QMouseEvent* event)
{
    // The second press of a double click on an action is ignored: it could cost money twice.
    const QPoint point = event->position().toPoint();
    if (event->button() != Qt::LeftButton || actionAt(point).isValid())
        return;
    const auto job = jobAt(indexAt(point));
    if (!job)
        return;
    if (job->state() == clipkiln::State::Done)
        request(JobAction::ShowClip, *job);
    else
        Q_EMIT detailsRequested(job->id);
}

void QueueView::keyPressEvent(QKeyEvent* event)
{
    const auto job = jobAt(currentIndex());
    const bool wanted = job && !event->isAutoRepeat();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (wanted)
            request(defaultActionFor(*job), *job);
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (wanted)
            request(deleteActionFor(*job), *job);
        return;
    default:
        if (typesCharacter(*event))
            event->ignore(); // the window's, for the player
        else
            QListView::keyPressEvent(event);
    }
}

void QueueView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    const auto job = jobAt(index);
    if (!job)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto actions = actionsFor(*job);
    for (const JobAction action : actions) {
        if (startsGroup(action) && !menu->isEmpty())
            menu->addSeparator();
        menu->addAction(actionText(action, *job), this, [this, action, job = *job] { request(action, job); });
    }
    addGroupMenu(*menu, job->group);
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void QueueView::addGroupMenu(QMenu& menu, const GroupId& group)
{
    const auto jobs = m_model.groupOf(group);
    const auto actions = groupActionsFor(jobs);
    if (actions.isEmpty())
        return;
    menu.addSeparator();
    QMenu* all = menu.addMenu(groupTitle(jobs));
    for (const GroupAction& each : actions)
        all->addAction(each.text, this, [this, each] { Q_EMIT groupActionRequested(each.action, each.jobs); });
}

void QueueView::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (m_model.rowCount() == 0)
        paintEmptyHint(*viewport(), m_theme, accessibleDescription());
}

void QueueView::showEvent(QShowEvent* event)
{
    QListView::showEvent(event);
    updateTicker();
}

void QueueView::hideEvent(QHideEvent* event)
{
    QListView::hideEvent(event);
    updateTicker();
}

void QueueView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    const auto job = jobAt(current);
    Q_EMIT jobSelected(job ? job->id : JobId());
}

std::optional<Job> QueueView::jobAt(const QModelIndex& index) const
{
    return index.isValid() ? std::optional(index.data(JobModel::JobRole).value<Job>()) : std::nullopt;
}

QModelIndex QueueView::actionAt(const QPoint& point) const
{
    const QModelIndex index = indexAt(point);
    return actionRect(index).contains(point) ? index : QModelIndex();
}

void QueueView::hoverAction(const QModelIndex& index)
{
    if (m_hovered == index)
        return;
    m_hovered = index;
    m_delegate->setHoveredAction(index);
    if (index.isValid())
        viewport()->setCursor(Qt::PointingHandCursor);
    else
        viewport()->unsetCursor();
    viewport()->update();
}

void QueueView::request(std::optional<JobAction> action, const Job& job)
{
    if (action)
        Q_EMIT actionRequested(*action, job.id);
}

void QueueView::tick()
{
    const QRect visible = viewport()->rect();
    for (QModelIndex index = indexAt({visible.center().x(), 0}); index.isValid();
         index = index.siblingAtRow(index.row() + 1)) {
        if (visualRect(index).top() > visible.bottom())
            break;
        if (index.data(JobModel::RowRole).value<JobRow>().ticks)
            update(index);
    }
}

void QueueView::updateEmptyText()
{
    switch (m_model.loadState()) {
    case LoadState::Loading:
        return setAccessibleDescription(tr("Loading your jobs…"));
    case LoadState::Failed:
        return setAccessibleDescription(tr("Your jobs could not be loaded"));
    case LoadState::Loaded:
        return setAccessibleDescription(tr("Jobs appear here,\nfrom the click to the finished clip"));
    }
}

void QueueView::updateTicker()
{
    if (isVisible() && m_model.unfinishedCount() > 0)
        m_ticker.start();
    else
        m_ticker.stop();
}

} // namespace clipkiln
