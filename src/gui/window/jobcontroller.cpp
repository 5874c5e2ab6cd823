// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/jobcontroller.h"

#include "core/modeltable.h"
#include "gui/models/groupactions.h"
#include "gui/models/jobmodel.h"
#include "gui/settings/serviceaccess.h"
#include "gui/widgets/dialogs.h"
#include "jobs/engineproxies.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// Where credits and limits are looked after.
const QUrl console(u"https://console.x.ai"_s);

QList<JobId> idsOf(const QList<Job>& jobs)
{
    QList<JobId> ids;
    for (const Job& job : jobs)
        ids.append(job.id);
    return ids;
}

} // namespace

JobController::JobController(JobsProxy& engine, const ServiceAccess& access, const ModelTable& models, JobModel& jobs,
                             Dialogs& dialogs, QWidget* window)
    : QObject(window)
    , m_engine(engine)
    , m_access(access)
    , m_models(models)
    , m_jobs(jobs)
    , m_dialogs(dialogs)
    , m_window(window)
{
    connect(&m_engine, &JobsProxy::submitFailed, this, &JobController::reportFailed);
    connect(&m_engine, &JobsProxy::submitEnded, this, &JobController::submitEnded);
    connect(&m_engine, &JobsProxy::limitReached, this, &JobController::decideAtLimit);
    connect(&m_engine, &JobsProxy::cancelled, this, &JobController::reportCancelled);
    connect(&m_engine, &JobsProxy::removeEnded, this, &JobController::reportRemoved);
}

void JobController::generate(const GenerationRequest& request, std::optional<Money> estimate, int takes)
{
    m_engine.enqueueAll(takesOf(request, estimate, takes), m_access.origin());
}

QList<JobId> JobController::generateAll(const QList<NewJob>& jobs)
{
    return m_engine.enqueueAll(jobs, m_access.origin());
}

void JobController::perform(JobAction action, const JobId& id)
{
    const std::optional<Job> job = m_jobs.find(id);
    if (job && actionsFor(*job).contains(action))
        run(action, {*job});
    else
        reportChanged();
}

void JobController::performOnGroup(JobAction action, const QList<JobId>& ids)
{
    QList<Job> jobs;
    for (const JobId& id : ids) {
        if (const auto job = m_jobs.find(id); job && isOfferedInGroup(action, *job))
            jobs.append(*job);
    }
    if (jobs.isEmpty())
        reportChanged();
    else
        run(action, jobs);
}

void JobController::run(JobAction action, const QList<Job>& jobs)
{
    const auto each = [this, &jobs](void (JobsProxy::*call)(const JobId&)) {
        for (const Job& job : jobs)
            (m_engine.*call)(job.id);
    };
    switch (action) {
    case JobAction::RunNext:
        for (const Job& job : jobs)
            m_jobs.putFirst(job.id);
        each(&JobsProxy::runNext);
        break;
    case JobAction::Hold:
        each(&JobsProxy::hold);
        break;
    case JobAction::Release:
        each(&JobsProxy::release);
        break;
    case JobAction::Cancel:
        m_engine.cancel(idsOf(jobs));
        break;
    case JobAction::TryAgain:
    case JobAction::RunAgain:
        repeat(jobs);
        break;
    case JobAction::WatchAgain:
        each(&JobsProxy::watchAgain);
        break;
    case JobAction::ShowClip:
        performOnClip(ClipAction::Play, jobs.first());
        break;
    case JobAction::SaveAs:
        performOnClip(ClipAction::SaveAs, jobs.first());
        break;
    case JobAction::ShowInFolder:
        performOnClip(ClipAction::ShowInFolder, jobs.first());
        break;
    case JobAction::EditAndRun:
        Q_EMIT refillRequested(jobs.first().request);
        break;
    case JobAction::OpenKeySettings:
        Q_EMIT settingsRequested(SettingsDialog::Page::Service);
        break;
    case JobAction::OpenFolderSettings:
        Q_EMIT settingsRequested(SettingsDialog::Page::Folders);
        break;
    case JobAction::SaveElsewhere:
        saveElsewhere(jobs.first());
        break;
    case JobAction::CheckCredits:
        QDesktopServices::openUrl(console);
        break;
    case JobAction::ShowError: // the queue panel's own
    case JobAction::CopyRequestId:
        break;
    case JobAction::Remove:
        m_engine.remove(idsOf(jobs));
        break;
    }
}

void JobController::performOnClip(ClipAction action, const Job& job)
{
    if (const auto clip = m_jobs.clipOf(job.id))
        Q_EMIT clipActionRequested(action, *clip);
    else
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Info, tr("The clip is not in the library any more."), {},
                       {});
}

void JobController::saveElsewhere(const Job& job)
{
    const auto* downloading = std::get_if<Downloading>(&job.phase);
    const QString name = downloading ? QFileInfo(downloading->target).fileName() : QString();
    const QString movies = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
    const QString path =
        m_dialogs.saveFile(m_window, tr("Save clip as"), QDir(movies).filePath(name), tr("MP4 video (*.mp4)"));
    if (!path.isEmpty())
        m_engine.saveElsewhere(job.id, path);
}

void JobController::runAgain(const Clip& clip)
{
    Job job;
    job.id = clip.job;
    job.request = clip.request;
    job.origin = clip.origin;
    repeat({job});
}

void JobController::repeat(const QList<Job>& jobs)
{
    const auto hasAddress = [](const Job& job) { return job.request.uploadUrl.has_value(); };
    const auto addressed = std::find_if(jobs.begin(), jobs.end(), hasAddress);
    if (addressed != jobs.end()) {
        Q_EMIT refillRequested(addressed->request);
        Q_EMIT noticed(Notice::Subject::Form, Notice::Kind::Info,
                       tr("The address for the result was for one clip. Give another one or remove it, then generate."),
                       {}, {});
        return;
    }
    QList<NewJob> submit;
    std::optional<Money> total = Money{};
    bool wasSimulated = false;
    for (const Job& job : jobs) {
        const Model* known = m_models.find(job.request.model);
        const auto price = known ? estimate(job.request, *known) : std::nullopt;
        const std::optional<Money> money = price ? std::optional(price->total) : std::nullopt;
        total = total && money ? std::optional(*total + *money) : std::nullopt;
        wasSimulated = wasSimulated || job.origin.isSimulated();
        // One alone is no take of others any more.
        const bool isAlone = jobs.size() == 1;
        submit.append({job.request, money, isAlone ? 1 : job.take, isAlone ? 1 : job.takes, job.id});
    }
    const Origin origin = m_access.origin();
    // A simulated job cost nothing; what repeats it for real is not to be a slip of the hand.
    if (wasSimulated && !origin.isSimulated()) {
        const Dialogs::Question question{
            tr("Make this clip for real?"),
            total
                ? tr("This was made on the simulator. The service would charge about %1 for it.").arg(formatUsd(*total))
                : tr("This was made on the simulator. The service would charge for it; the price is unknown."),
            {},
            tr("Make it for real"),
            {}};
        if (!m_dialogs.ask(m_window, question))
            return;
    }
    m_engine.enqueueAll(submit, origin);
}

void JobController::reportChanged()
{
    Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Info, tr("The job has changed meanwhile. Nothing was done."),
                   {}, {});
}

/// By what became of it, not by what was shown when it was chosen: the job may have been sent in between, and Undo
/// would then pay twice.
void JobController::reportCancelled(const CancelReport& report)
{
    const auto unsent = static_cast<int>(report.unsent.size());
    const auto stopped = static_cast<int>(report.stopped.size());
    if (unsent > 0)
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Info,
                       unsent == 1 ? tr("Cancelled before anything was sent.")
                                   : tr("%n jobs were cancelled before they were sent.", nullptr, unsent),
                       tr("Undo"), [this, jobs = report.unsent] { m_engine.bringBack(jobs); });
    if (stopped > 0) {
        const QString sentence =
            stopped == 1 ? tr("Not watched any more. The service may still finish the clip and charge for it.")
                         : tr("%n jobs are not watched any more. The service may still finish and charge for them.",
                              nullptr, stopped);
        if (report.isUnanswered)
            Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Warn, sentence, {}, {});
        else
            Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Warn, sentence, tr("Watch again"),
                           [this, ids = report.stopped] { performOnGroup(JobAction::WatchAgain, ids); });
    }
    if (unsent == 0 && stopped == 0 && report.over > 0)
        reportChanged();
}

void JobController::reportRemoved(const QList<JobId>& ids)
{
    if (ids.isEmpty())
        return;
    const auto count = static_cast<int>(ids.size());
    Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Info,
                   count == 1 ? tr("Removed from the list.")
                              : tr("%n jobs were removed from the list.", nullptr, count),
                   tr("Undo"), [this, ids] { m_engine.restore(ids); });
}

void JobController::reportFailed(const Error& error)
{
    Q_EMIT failed(tr("Nothing was sent. %1").arg(explain(error).sentence), error.detail);
}

void JobController::decideAtLimit(const QList<Job>& jobs, const LimitPassed& limit)
{
    if (limit.isRefused) {
        Q_EMIT noticed(Notice::Subject::Form, Notice::Kind::Warn, tr("Nothing was sent. %1").arg(limit.sentence()),
                       tr("Limits…"), [this] { Q_EMIT settingsRequested(SettingsDialog::Page::Money); });
        Q_EMIT submitEnded(jobs, false);
        return;
    }
    const Dialogs::Question question{tr("Spend more than the limit?"), limit.sentence(), {}, tr("Send it anyway"), {}};
    QWidget* over = QApplication::activeModalWidget(); // the table of many jobs, which is still open
    if (m_dialogs.ask(over ? over : m_window, question))
        m_engine.enqueueAnyway(jobs);
    else
        Q_EMIT submitEnded(jobs, false);
}

} // namespace clipkiln
