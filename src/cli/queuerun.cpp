// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/queuerun.h"

#include "cli/commandcontext.h"
#include "cli/report.h"
#include "cli/stopsignals.h"
#include "core/text.h"
#include "settings/settings.h"
#include "store/backups.h"
#include "store/library.h"
#include "store/profile.h"

#include <QEventLoop>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <algorithm>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

/// Why a job that is not over is followed no further.
Error whyLeft(const Job& job)
{
    const Error limit{isSent(job.state()) ? ErrorKind::StillRunning : ErrorKind::Timeout, {}};
    return errorOf(job.phase).value_or(limit);
}

/// One call of QueueRun::follow().
class Following : public QObject
{
public:
    Following(JobQueue& queue, const ClipStore& clips, const QSet<JobId>& jobs, bool untilAccepted,
              const QueueRun::Ended& ended)
        : m_queue(queue)
        , m_clips(clips)
        , m_open(jobs)
        , m_isOneOfMany(jobs.size() > 1)
        , m_untilAccepted(untilAccepted)
        , m_ended(ended)
    {
        connect(&queue, &JobQueue::changed, this, &Following::onChanged);
        connect(&queue, &JobQueue::letGo, this, [this](const Job& job) { end(job, whyLeft(job)); });
        // Later: the change that made the queue idle may be emitted after it.
        connect(&queue, &JobQueue::idle, &m_loop, &QEventLoop::quit, Qt::QueuedConnection);
        connect(&queue, &JobQueue::trouble, this, reportError);
        connect(&m_signals, &StopSignals::caught, this, &Following::onStop);
        m_patience.setSingleShot(true);
        connect(&m_patience, &QTimer::timeout, &m_loop, &QEventLoop::quit);
    }

    void run()
    {
        const QSet<JobId> jobs = m_open;
        for (const JobId& id : jobs) {
            if (const Result<Job> job = m_queue.find(id))
                onChanged(*job);
        }
        if (!m_open.isEmpty() && m_queue.hasWork())
            m_loop.exec();
        // What is left waits for a person: for a key, or for another run.
        const QSet<JobId> left = m_open;
        for (const JobId& id : left) {
            if (const Result<Job> job = m_queue.find(id))
                end(*job, whyLeft(*job));
        }
    }

private:
    bool isOver(const Job& job) const
    {
        if (m_untilAccepted && !requestIdOf(job.phase).isEmpty())
            return true;
        return !isUnfinished(job.state());
    }

    void onChanged(const Job& job)
    {
        if (m_open.contains(job.id)) {
            if (isOver(job) || isStuckUnsent(job))
                end(job, m_untilAccepted && isSent(job.state()) ? std::nullopt : errorOf(job.phase));
            else
                sayProgress(job);
        }
        if (m_stopping && !m_queue.awaitsAnswer())
            m_loop.quit();
    }

    /// By trouble of this computer: there is no use in waiting for its disk here.
    static bool isStuckUnsent(const Job& job)
    {
        const auto error = errorOf(job.phase);
        return job.state() == State::Queued && error && exitCodeOf(*error) == ExitCode::LocalTrouble;
    }

    void sayProgress(const Job& job)
    {
        const QString text = progressText(job);
        QString& last = m_said[job.id];
        if (text == last)
            return;
        last = text;
        say(m_isOneOfMany ? job.id.toString().left(8) + u"  "_s + text : text);
    }

    void end(const Job& job, std::optional<Error> error)
    {
        if (!m_open.remove(job.id))
            return;
        const auto unkept = m_queue.unkept(job.id);
        if (unkept)
            error = unkept->error;
        const bool isAccepted = m_untilAccepted && !error && isUnfinished(job.state());
        m_ended({job, unkept ? unkept->file : fileOf(job, m_clips), error,
                 isAccepted ? ExitCode::Done : exitCodeOf(job, error), !unkept});
        if (m_open.isEmpty())
            m_loop.quit();
    }

    void onStop(bool isInterrupt)
    {
        if (m_stopping) {
            if (isInterrupt)
                m_loop.quit();
            return;
        }
        m_stopping = true;
        m_queue.settle();
        if (!m_queue.awaitsAnswer()) {
            m_loop.quit();
            return;
        }
        m_patience.start(QueueSettings::answerPatience);
        say(Text::tr(
            "Waiting for the answer to the submit. Press Ctrl+C to end at once; the job is then unconfirmed."));
    }

    JobQueue& m_queue;
    const ClipStore& m_clips;
    QSet<JobId> m_open;
    bool m_isOneOfMany;
    bool m_untilAccepted;
    const QueueRun::Ended& m_ended;
    QEventLoop m_loop;
    StopSignals m_signals;
    QTimer m_patience; ///< for an answer, once it is stopped
    QHash<JobId, QString> m_said;
    bool m_stopping = false;
};

} // namespace

Result<std::unique_ptr<QueueRun>> QueueRun::open(const CommandContext& context, const Arguments& arguments)
{
    if (const auto error = context.profile.makeFolders())
        return *error;
    Result<std::shared_ptr<FileLock>> lock = context.profile.lock();
    if (!lock)
        return lock.error();
    const Result<Library> library = openLibrary(context.profile.databaseFile(), QDate::currentDate());
    if (!library)
        return library.error();
    if (!library->recovery.isEmpty())
        say(library->recovery);

    std::unique_ptr<QueueRun> run(new QueueRun(context, *lock, library->database));
    QueueSettings settings;
    settings.concurrency = context.settings.concurrency();
    settings.pollInterval = arguments.pollInterval;
    settings.followLimit = arguments.timeout;
    const bool asFile = context.settings.sendVideos() == Settings::SendVideos::AsFile;
    settings.uploadVideos = arguments.uploadVideos.value_or(asFile);
    settings.describeClips = context.settings.describeClips();
    settings.uploadLife = context.settings.uploadLife();
    settings.limits = context.settings.spendLimits();
    settings.models = context.models;
    settings.freeRoom = context.freeRoom;
    const QString chosen = context.settings.clipsFolder();
    settings.clipsFolder = chosen.isEmpty() ? context.profile.clipsFolder() : chosen;
    run->m_queue.configure(settings);
    return run;
}

QueueRun::~QueueRun()
{
    const Backups backups(m_databaseFile);
    const QDate today = QDate::currentDate();
    if (!backups.isDue(today))
        return;
    if (const auto error = backups.make(today))
        say(Text::tr("The backup of the library could not be made: %1").arg(error->detail));
}

QueueRun::QueueRun(const CommandContext& context, std::shared_ptr<FileLock> lock, std::shared_ptr<Database> database)
    : m_lock(std::move(lock))
    , m_databaseFile(context.profile.databaseFile())
    , m_jobs(database)
    , m_clips(database)
    , m_inputs(context.profile.inputsFolder())
    , m_uploads(database)
    , m_queue(m_client, m_jobs, m_clips, m_inputs, m_uploads,
              [address = context.simulatorAddress] { return address().value_or(QUrl()); })
{
}

void QueueRun::follow(const QSet<JobId>& jobs, bool untilAccepted, const Ended& ended)
{
    Following(m_queue, m_clips, jobs, untilAccepted, ended).run();
}

} // namespace clipkiln::cli
