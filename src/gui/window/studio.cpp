// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/studio.h"

#include "core/files.h"
#include "core/modeltable.h"
#include "gui/models/clipmodel.h"
#include "gui/models/jobmodel.h"
#include "gui/settings/serviceaccess.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/reveal.h"
#include "jobs/engine.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QStandardPaths>
#include <QWidget>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// Where credits and limits are looked after.
const QUrl console(u"https://console.x.ai"_s);

} // namespace

Studio::Studio(Engine& engine, ServiceAccess& access, const ModelTable& models, JobModel& jobs, ClipModel& clips,
               Dialogs& dialogs, QWidget* window)
    : QObject(window)
    , m_engine(engine)
    , m_access(access)
    , m_models(models)
    , m_jobs(jobs)
    , m_clips(clips)
    , m_dialogs(dialogs)
    , m_window(window)
{
    connect(&m_engine, &Engine::loaded, this, [this](const QList<Job>& all, const QList<Clip>& finished) {
        m_jobs.setJobs(all);
        m_jobs.setClips(finished);
        m_clips.setClips(finished);
        Q_EMIT loaded();
    });
    connect(&m_engine.jobs(), &JobsProxy::changed, this, &Studio::takeIn);
    connect(&m_engine.jobs(), &JobsProxy::removed, this, [this](const JobId& id) { m_jobs.remove(id); });
    connect(&m_engine.clips(), &ClipsProxy::added, this, [this](const Clip& clip) {
        m_jobs.addClip(clip);
        m_clips.update(clip);
        Q_EMIT clipFinished(clip);
    });
    connect(&m_engine.clips(), &ClipsProxy::restored, this, [this](const Clip& clip) {
        m_jobs.addClip(clip);
        m_clips.update(clip);
    });
    connect(&m_engine.clips(), &ClipsProxy::removed, this, [this](const ClipId& id) {
        m_jobs.removeClip(id);
        m_clips.remove(id);
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Info, tr("The clip is in the bin."), tr("Undo"),
                       [this, id] { m_engine.clips().restore(id); });
    });
    connect(&m_engine.clips(), &ClipsProxy::copied, this, [this](const ClipId&, const QString& path) {
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Done,
                       tr("Saved as %1.").arg(QDir::toNativeSeparators(path)), tr("Show in folder"),
                       [path] { revealInFolder(path); });
    });
    connect(&m_engine.clips(), &ClipsProxy::copyFailed, this,
            [this](const ClipId&, const Error& error) { Q_EMIT copyFailed(error); });
    connect(&m_engine, &Engine::trouble, this, &Studio::troubled);
    connect(&m_engine.jobs(), &JobsProxy::submitEnded, this, &Studio::submitEnded);
    connect(&m_engine.jobs(), &JobsProxy::limitReached, this, &Studio::meetLimit);
    connect(&m_engine.history(), &HistoryProxy::spendChanged, this, [this](const SpendReport& report) {
        m_spend = report;
        tellSpend();
    });
    m_midnight.setSingleShot(true);
    connect(&m_midnight, &QTimer::timeout, this, &Studio::tellSpend);
}

void Studio::generate(const GenerationRequest& request, std::optional<Money> estimate, int takes)
{
    m_engine.jobs().enqueueAll(takesOf(request, estimate, takes), m_access.origin());
}

QList<JobId> Studio::generateAll(const QList<NewJob>& jobs)
{
    return m_engine.jobs().enqueueAll(jobs, m_access.origin());
}

void Studio::takeIn(const Job& job)
{
    m_jobs.update(job);
    if (isUnfinished(job.state()) || !m_cancelling.contains(job.id))
        return;
    const Job before = m_cancelling.take(job.id);
    if (job.state() == State::Cancelled)
        noteCancelled(before, job);
    if (m_cancelling.isEmpty())
        tellCancelled();
}

/// By what became of it, not by what was seen when it was asked for: it may have been sent in between, and Undo would
/// then pay twice.
void Studio::noteCancelled(const Job& before, const Job& now)
{
    const auto& cancelled = std::get<Cancelled>(now.phase);
    if (!cancelled.unanswered && cancelled.requestId.isEmpty()) {
        m_taken.append(before);
        return;
    }
    m_left.append(now.id);
    m_leftUnanswered = m_leftUnanswered || cancelled.requestId.isEmpty();
}

void Studio::tellCancelled()
{
    const QList<Job> taken = std::exchange(m_taken, {});
    const QList<JobId> left = std::exchange(m_left, {});
    const bool isUnanswered = std::exchange(m_leftUnanswered, false);
    const auto takenCount = static_cast<int>(taken.size());
    const auto leftCount = static_cast<int>(left.size());
    if (takenCount > 0)
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Info,
                       takenCount == 1 ? tr("Cancelled before anything was sent.")
                                       : tr("%n jobs were cancelled before they were sent.", nullptr, takenCount),
                       tr("Undo"), [this, taken] { m_engine.jobs().bringBack(taken); });
    if (leftCount == 0)
        return;
    const QString sentence =
        leftCount == 1 ? tr("Not watched any more. The service may still finish the clip and charge for it.")
                       : tr("%n jobs are not watched any more. The service may still finish and charge for them.",
                            nullptr, leftCount);
    if (isUnanswered)
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Warn, sentence, {}, {});
    else
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Warn, sentence, tr("Watch again"), [this, left] {
            for (const JobId& id : left)
                m_engine.jobs().watchAgain(id);
        });
}

void Studio::performOnAll(JobAction action, const QList<JobId>& ids)
{
    QList<Job> jobs;
    for (const JobId& id : ids) {
        if (const auto job = m_jobs.find(id))
            jobs.append(*job);
    }
    if (action == JobAction::Cancel)
        return cancel(jobs);
    if (action == JobAction::TryAgain)
        return repeat(jobs);
    for (const Job& job : std::as_const(jobs))
        perform(action, job.id);
}

void Studio::cancel(const QList<Job>& jobs)
{
    for (const Job& job : jobs) {
        m_cancelling.insert(job.id, job);
        m_engine.jobs().cancel({job.id});
    }
}

void Studio::perform(JobAction action, const JobId& id)
{
    const std::optional<Job> job = m_jobs.find(id);
    if (!job)
        return;
    const std::optional<Clip> clip = m_jobs.clipOf(id);
    switch (action) {
    case JobAction::RunNext:
        m_engine.jobs().runNext(id);
        break;
    case JobAction::Hold:
        m_engine.jobs().hold(id);
        break;
    case JobAction::Release:
        m_engine.jobs().release(id);
        break;
    case JobAction::Cancel:
        cancel({*job});
        break;
    case JobAction::TryAgain:
    case JobAction::RunAgain:
        repeat({*job});
        break;
    case JobAction::WatchAgain:
        m_engine.jobs().watchAgain(id);
        break;
    case JobAction::ShowClip:
        if (clip)
            Q_EMIT clipWanted(*clip);
        break;
    case JobAction::SaveAs:
        if (clip)
            saveAs(*clip);
        break;
    case JobAction::ShowInFolder:
        if (clip)
            showInFolder(*clip);
        break;
    case JobAction::EditAndRun:
        Q_EMIT refillWanted(job->request);
        break;
    case JobAction::OpenKeySettings:
        Q_EMIT keySettingsWanted();
        break;
    case JobAction::OpenFolderSettings:
        Q_EMIT folderSettingsWanted();
        break;
    case JobAction::CheckCredits:
        QDesktopServices::openUrl(console);
        break;
    case JobAction::ShowError: // the queue panel's own
    case JobAction::CopyRequestId:
        break;
    case JobAction::Remove:
        m_engine.jobs().remove({id});
        break;
    }
}

void Studio::performOn(ClipAction action, const Clip& clip)
{
    switch (action) {
    case ClipAction::Play:
        Q_EMIT clipWanted(clip);
        break;
    case ClipAction::SaveAs:
        saveAs(clip);
        break;
    case ClipAction::ShowInFolder:
        showInFolder(clip);
        break;
    case ClipAction::CopyFile: // the library's own: it has the files of all that is selected
        break;
    case ClipAction::Extend:
        Q_EMIT sourceWanted(Mode::Extend, clip);
        break;
    case ClipAction::Edit:
        Q_EMIT sourceWanted(Mode::Edit, clip);
        break;
    case ClipAction::RunAgain:
        runAgain(clip);
        break;
    case ClipAction::EditAndRun:
        Q_EMIT refillWanted(clip.request);
        break;
    case ClipAction::Bin:
        moveToBin(clip);
        break;
    }
}

void Studio::runAgain(const Clip& clip)
{
    Job job;
    job.id = clip.job;
    job.request = clip.request;
    job.origin = clip.origin;
    repeat({job});
}

void Studio::repeat(const QList<Job>& jobs)
{
    const auto hasAddress = [](const Job& job) { return job.request.uploadUrl.has_value(); };
    const auto addressed = std::find_if(jobs.begin(), jobs.end(), hasAddress);
    if (addressed != jobs.end()) {
        Q_EMIT refillWanted(addressed->request);
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
    m_engine.jobs().enqueueAll(submit, origin);
}

void Studio::saveAs(const Clip& clip)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
    const QString suggested = QDir(folder).filePath(safeFileName(clip.request.prompt) + u".mp4"_s);
    const QString path = m_dialogs.saveFile(m_window, tr("Save clip as"), suggested, tr("MP4 video (*.mp4)"));
    if (!path.isEmpty())
        m_engine.clips().copy(clip.id, path, true);
}

void Studio::showInFolder(const Clip& clip)
{
    revealInFolder(clip.path);
}

void Studio::openInSystemPlayer(const Clip& clip)
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(clip.path)))
        Q_EMIT noticed(Notice::Subject::Event, Notice::Kind::Failed, tr("The system has no player for MP4 files."),
                       tr("Show in folder"), [path = clip.path] { revealInFolder(path); });
}

void Studio::moveToBin(const Clip& clip)
{
    Q_EMIT clipLeft(clip.id); // some systems do not move a file that is being played
    m_engine.clips().bin(clip.id);
}

void Studio::tellSpend()
{
    const QDateTime now = QDateTime::currentDateTime();
    m_midnight.start(std::chrono::milliseconds(now.msecsTo(now.date().addDays(1).startOfDay()) + 1));
    Q_EMIT spendChanged(m_spend);
}

void Studio::meetLimit(const QList<Job>& jobs, const LimitPassed& limit)
{
    if (limit.isRefused) {
        Q_EMIT noticed(Notice::Subject::Form, Notice::Kind::Warn, tr("Nothing was sent. %1").arg(limit.sentence()),
                       tr("Limits…"), [this] { Q_EMIT moneySettingsWanted(); });
        Q_EMIT submitEnded(jobs, false);
        return;
    }
    const Dialogs::Question question{tr("Spend more than the limit?"), limit.sentence(), {}, tr("Send it anyway"), {}};
    QWidget* over = QApplication::activeModalWidget(); // the table of many jobs, which is still open
    if (m_dialogs.ask(over ? over : m_window, question))
        m_engine.jobs().enqueueAnyway(jobs);
    else
        Q_EMIT submitEnded(jobs, false);
}

} // namespace clipkiln
