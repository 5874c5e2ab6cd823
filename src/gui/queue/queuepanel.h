// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/job.h"
#include "gui/models/clipactions.h"
#include "gui/models/jobactions.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QStackedWidget;
QT_END_NAMESPACE

namespace clipkiln {

class DetailsPanel;
class JobModel;
class PanelTabs;
class QueueView;
class Theme;
class Thumbnails;

/// The queue and, behind the second tab, the details of what was chosen last: a job here or a clip of the library.
class QueuePanel final : public QWidget
{
    Q_OBJECT

public:
    QueuePanel(const Theme& theme, Thumbnails& thumbnails, JobModel& jobs, QWidget* parent = nullptr);

    /// Puts a clip into the details; the open tab stays.
    void showClip(const Clip& clip);
    /// The shown clip left the library.
    void forgetClip(const ClipId& id);
    void select(const JobId& id);
    /// The list itself, ready for the keys.
    void openQueue();
    void openDetails();

Q_SIGNALS:
    /// What is to be done by others; copying a request id and showing an error are done here.
    void actionRequested(clipkiln::JobAction action, const clipkiln::JobId& id);
    void groupActionRequested(clipkiln::JobAction action, const QList<clipkiln::JobId>& ids);
    void clipActionRequested(clipkiln::ClipAction action, const clipkiln::Clip& clip);
    /// An empty id: none.
    void selectionChanged(const clipkiln::JobId& id);

private:
    void perform(JobAction action, const JobId& id);
    void showJob(const JobId& id);
    void refreshDetails();

    JobModel& m_jobs;
    PanelTabs* m_tabs;
    QStackedWidget* m_pages;
    QueueView* m_view;
    DetailsPanel* m_details;
    JobId m_shownJob;   ///< in the details; empty for a clip or nothing
    ClipId m_shownClip; ///< in the details; empty for a job or nothing
};

} // namespace clipkiln
