// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/engineworker.h"

#include "jobs/enginepaths.h"
#include "store/library.h"

#include <chrono>
#include <utility>

namespace clipkiln {

namespace {

/// What keeps a key that the service knows from being of use; nothing for a good one.
std::optional<Error> troubleIn(const KeyReport& report)
{
    if (report.blocked)
        return Error{ErrorKind::KeyRefused, QStringLiteral("%1: blocked or disabled").arg(report.redacted)};
    if (report.outOfCredits)
        return Error{ErrorKind::OutOfCredits, {}};
    return std::nullopt;
}

} // namespace

Result<std::unique_ptr<EngineWorker>> EngineWorker::open(const EnginePaths& paths,
                                                         std::function<QUrl()> simulatorAddress)
{
    const auto library = openLibrary(paths.databaseFile, QDate::currentDate());
    if (!library)
        return library.error();
    return std::unique_ptr<EngineWorker>(new EngineWorker(*library, paths, std::move(simulatorAddress)));
}

EngineWorker::EngineWorker(const Library& library, const EnginePaths& paths, std::function<QUrl()> simulatorAddress)
    : m_recovery(library.recovery)
    , m_backups(paths.databaseFile)
    , m_jobs(library.database)
    , m_clips(library.database)
    , m_inputs(paths.inputsFolder)
    , m_uploads(library.database)
    , m_queue(m_client, m_jobs, m_clips, m_inputs, m_uploads, std::move(simulatorAddress))
    , m_spend(m_queue, [this] { return m_jobs.spendSince({}); })
    , m_prompts(library.database)
    , m_promptWatch(m_queue, m_prompts)
    , m_clipFiles(m_clips)
    , m_libraryWork(library.database, paths.inputsFolder)
    , m_remoteFiles(m_client, m_uploads, [this](const Origin& origin) { return m_queue.endpoint(origin); })
{
    connect(&m_queue, &JobQueue::trouble, this, &EngineWorker::trouble);
    connect(&m_promptWatch, &PromptWatch::trouble, this, &EngineWorker::trouble);
    connect(&m_clipFiles, &ClipFiles::trouble, this, &EngineWorker::trouble);
    connect(&m_queue, &JobQueue::idle, this, &EngineWorker::backUpWhenIdle, Qt::QueuedConnection);
    connect(&m_backupTimer, &QTimer::timeout, this, &EngineWorker::backUpWhenIdle);
    connect(&m_libraryWork, &LibraryWork::ended, this, [this] {
        m_spend.start(); // jobs that came back have a cost and a prompt
        m_promptWatch.start();
    });
}

Result<EngineWorker::Restored> EngineWorker::restore()
{
    auto jobs = m_queue.restore();
    auto clips = m_clips.load();
    m_promptWatch.start();
    m_spend.start();
    m_backupTimer.start(std::chrono::hours(1)); // a window may be open for days
    QTimer::singleShot(0, this, &EngineWorker::backUpWhenIdle);
    if (!jobs)
        return jobs.error();
    if (!clips)
        return clips.error();
    return Restored{*std::move(jobs), *std::move(clips)};
}

void EngineWorker::backUpWhenIdle()
{
    const QDate today = QDate::currentDate();
    if (m_queue.hasWork() || !m_backups.isDue(today))
        return;
    if (const auto error = m_backups.make(today)) {
        m_backupTimer.stop(); // said once in a run
        disconnect(&m_queue, &JobQueue::idle, this, &EngineWorker::backUpWhenIdle);
        Q_EMIT trouble(*error);
    }
}

Result<std::optional<LimitPassed>> EngineWorker::submit(const QList<Job>& jobs)
{
    auto passed = m_queue.limitPassedBy(jobs);
    if (passed && !*passed) {
        if (const auto error = enqueueAnyway(jobs))
            return *error;
    }
    return passed;
}

std::optional<Error> EngineWorker::enqueueAnyway(const QList<Job>& jobs)
{
    // In one turn of the loop: nothing is sent in between.
    if (const auto taken = m_queue.enqueueAll(jobs); !taken)
        return taken.error();
    for (const Job& job : jobs) {
        if (job.state() == State::Held)
            m_queue.hold(job.id);
    }
    return std::nullopt;
}

CancelReport EngineWorker::cancel(const QList<JobId>& ids)
{
    CancelReport report;
    for (const JobId& id : ids) {
        const auto before = m_queue.find(id);
        m_queue.cancel(id);
        const auto after = m_queue.find(id);
        const auto* cancelled = after ? std::get_if<Cancelled>(&after->phase) : nullptr;
        if (before && before->state() == State::Cancelled)
            continue; // asked for twice
        if (!before || !cancelled) {
            ++report.over;
        } else if (!cancelled->unanswered && cancelled->requestId.isEmpty()) {
            report.unsent.append(*before);
        } else {
            report.stopped.append(id);
            report.isUnanswered = report.isUnanswered || cancelled->requestId.isEmpty();
        }
    }
    return report;
}

QList<JobId> EngineWorker::remove(const QList<JobId>& ids)
{
    QList<JobId> gone;
    for (const JobId& id : ids) {
        if (m_queue.remove(id))
            gone.append(id);
    }
    return gone;
}

void EngineWorker::checkKey(const Endpoint& endpoint)
{
    auto* call = m_client.checkKey(endpoint);
    connect(call, &Call::finished, this, [this, call] {
        const auto* report = std::get_if<KeyReport>(&call->result());
        Q_EMIT keyChecked(report ? report->name : QString(),
                          report ? troubleIn(*report) : std::get<Error>(call->result()));
    });
}

} // namespace clipkiln
