// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/queue/queuepanel.h"

#include "gui/look/theme.h"
#include "gui/models/jobmodel.h"
#include "gui/queue/detailspanel.h"
#include "gui/queue/queueview.h"
#include "gui/widgets/paneltabs.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QFrame>
#include <QGuiApplication>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace clipkiln {
namespace {

enum Page { QueuePage, DetailsPage };

} // namespace

QueuePanel::QueuePanel(const Theme& theme, Thumbnails& thumbnails, JobModel& jobs, QWidget* parent)
    : QWidget(parent)
    , m_jobs(jobs)
    , m_tabs(new PanelTabs(theme, this))
    , m_pages(new QStackedWidget(this))
    , m_view(new QueueView(theme, thumbnails, jobs, this))
    , m_details(new DetailsPanel(theme, this))
{
    setRole(this, "panel");
    setMinimumWidth(Theme::queueMinimumWidth);
    m_tabs->setObjectName(u"tabs"_s);
    m_tabs->setAccessibleName(tr("Queue and details"));
    m_tabs->addTab(tr("Queue"));
    m_tabs->addTab(tr("Details"));
    m_tabs->setCount(QueuePage, jobs.unfinishedCount());
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_details);
    auto* line = new QFrame(this);
    setRole(line, "separator");

    auto* head = new QHBoxLayout;
    head->setContentsMargins(Theme::gap3 - PanelTabs::padding, 0, Theme::gap3, 0);
    head->addWidget(m_tabs);
    head->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(line);
    layout->addWidget(m_pages, 1);

    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(&jobs, &JobModel::unfinishedCountChanged, this, [this](int count) { m_tabs->setCount(QueuePage, count); });
    connect(m_view, &QueueView::actionRequested, this, &QueuePanel::perform);
    connect(m_view, &QueueView::groupActionRequested, this, &QueuePanel::groupActionRequested);
    connect(m_details, &DetailsPanel::jobActionRequested, this, &QueuePanel::perform);
    connect(m_details, &DetailsPanel::clipActionRequested, this, &QueuePanel::clipActionRequested);
    connect(m_view, &QueueView::detailsRequested, this, [this](const JobId& id) {
        showJob(id);
        openDetails();
    });
    connect(m_view, &QueueView::jobSelected, this, [this](const JobId& id) {
        if (!id.isEmpty())
            showJob(id);
        Q_EMIT selectionChanged(id);
    });
    connect(&jobs, &QAbstractItemModel::dataChanged, this, &QueuePanel::refreshDetails);
    connect(&jobs, &QAbstractItemModel::rowsRemoved, this, &QueuePanel::refreshDetails);
    connect(&jobs, &QAbstractItemModel::modelReset, this, &QueuePanel::refreshDetails);
}

void QueuePanel::showClip(const Clip& clip)
{
    m_shownJob = {};
    m_shownClip = clip.id;
    m_details->showClip(clip);
}

void QueuePanel::forgetClip(const ClipId& id)
{
    if (id.isEmpty() || id != m_shownClip)
        return;
    m_shownClip = {};
    m_details->clear();
}

void QueuePanel::select(const JobId& id)
{
    const QModelIndex index = m_jobs.indexOf(id);
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void QueuePanel::openQueue()
{
    m_tabs->setCurrentIndex(QueuePage);
    m_view->setFocus(Qt::ShortcutFocusReason);
}

void QueuePanel::openDetails()
{
    m_tabs->setCurrentIndex(DetailsPage);
}

void QueuePanel::perform(JobAction action, const JobId& id)
{
    // The menu may have been open while the job changed: what is not offered any more goes on, to be answered there.
    const auto job = m_jobs.find(id);
    const bool isOffered = job && actionsFor(*job).contains(action);
    if (isOffered && action == JobAction::ShowError) {
        showJob(id);
        m_details->showRaw();
        openDetails();
    } else if (isOffered && action == JobAction::CopyRequestId) {
        QGuiApplication::clipboard()->setText(requestIdOf(job->phase).toString());
    } else {
        Q_EMIT actionRequested(action, id);
    }
}

void QueuePanel::showJob(const JobId& id)
{
    m_shownClip = {};
    m_shownJob = id;
    refreshDetails();
}

void QueuePanel::refreshDetails()
{
    if (m_shownJob.isEmpty())
        return;
    if (const auto job = m_jobs.find(m_shownJob)) {
        m_details->showJob(*job, m_jobs.clipOf(m_shownJob), m_jobs.isOnHold());
    } else {
        m_shownJob = {};
        m_details->clear();
    }
}

} // namespace clipkiln
