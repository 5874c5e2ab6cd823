// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/job.h"
#include "core/spendlimits.h"
#include "gui/models/clipactions.h"
#include "gui/models/jobactions.h"
#include "gui/settings/settingsdialog.h"
#include "gui/widgets/notice.h"
#include "jobs/cancelreport.h"

#include <QObject>

#include <functional>
#include <optional>

namespace clipkiln {

class Dialogs;
class JobModel;
class JobsProxy;
class ModelTable;
class ServiceAccess;

/// Submits jobs and does with them what a person chooses. What was chosen is checked against the job as it is when the
/// action fires: a menu may have been open while it changed.
class JobController final : public QObject
{
    Q_OBJECT

public:
    JobController(JobsProxy& engine, const ServiceAccess& access, const ModelTable& models, JobModel& jobs,
                  Dialogs& dialogs, QWidget* window);

    /// So many takes of the request; the estimate is of one.
    void generate(const GenerationRequest& request, std::optional<Money> estimate, int takes);
    /// The jobs of one submit; ends in submitEnded().
    QList<JobId> generateAll(const QList<NewJob>& jobs);
    void perform(JobAction action, const JobId& id);
    /// The same for several jobs of one submit: one question, one notice, one submit.
    void performOnGroup(JobAction action, const QList<JobId>& ids);
    void runAgain(const Clip& clip);

Q_SIGNALS:
    /// A sentence for the person; then, when not empty, does what actionText says.
    void noticed(clipkiln::Notice::Subject subject, clipkiln::Notice::Kind kind, const QString& sentence,
                 const QString& actionText, const std::function<void()>& then);
    /// The system's words behind the sentence are within reach.
    void failed(const QString& sentence, const QString& detail);
    /// All jobs of a submit were taken in, or none; also because a person decided so at a limit.
    void submitEnded(const QList<clipkiln::Job>& jobs, bool isTaken);
    void clipActionRequested(clipkiln::ClipAction action, const clipkiln::Clip& clip);
    void refillRequested(const clipkiln::GenerationRequest& request);
    void settingsRequested(clipkiln::SettingsDialog::Page page);

private:
    void run(JobAction action, const QList<Job>& jobs);
    void performOnClip(ClipAction action, const Job& job);
    void saveElsewhere(const Job& job);
    void repeat(const QList<Job>& jobs);
    void reportChanged();
    void reportCancelled(const CancelReport& report);
    void reportRemoved(const QList<JobId>& ids);
    void reportFailed(const Error& error);
    void decideAtLimit(const QList<Job>& jobs, const LimitPassed& limit);

    JobsProxy& m_engine;
    const ServiceAccess& m_access;
    const ModelTable& m_models;
    JobModel& m_jobs;
    Dialogs& m_dialogs;
    QWidget* m_window;
};

} // namespace clipkiln
