// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/engineproxies.h"

#include "jobs/enginethread.h"
#include "jobs/engineworker.h"

namespace clipkiln {

JobsProxy::JobsProxy(EngineThread& engine) : m_engine(engine)
{
    connect(this, &JobsProxy::changed, this, &JobsProxy::follow);
}

JobId JobsProxy::enqueue(const GenerationRequest& request, const Origin& origin, std::optional<Money> estimate,
                         const JobId& retryOf)
{
    return enqueueAll({{request, estimate, 1, 1, retryOf}}, origin).first();
}

QList<JobId> JobsProxy::enqueueAll(const QList<NewJob>& jobs, const Origin& origin)
{
    const QList<Job> all = jobsOf(jobs, origin);
    if (!all.isEmpty())
        submit(all);
    QList<JobId> ids;
    for (const Job& job : all)
        ids.append(job.id);
    return ids;
}

void JobsProxy::submit(const QList<Job>& jobs)
{
    m_engine.ask(
        *this, [jobs](EngineWorker& worker) { return worker.submit(jobs); },
        [this, jobs](const std::optional<Result<std::optional<LimitPassed>>>& answer) {
            const auto passed = answer.value_or(m_startError);
            if (passed && *passed)
                Q_EMIT limitReached(jobs, **passed);
            else
                endSubmit(jobs, passed ? std::nullopt : std::optional(passed.error()));
        });
}

void JobsProxy::enqueueAnyway(const QList<Job>& jobs)
{
    m_engine.ask(
        *this, [jobs](EngineWorker& worker) { return worker.enqueueAnyway(jobs); },
        [this, jobs](const std::optional<std::optional<Error>>& error) {
            endSubmit(jobs, error.value_or(m_startError));
        });
}

void JobsProxy::endSubmit(const QList<Job>& jobs, const std::optional<Error>& error)
{
    if (error)
        Q_EMIT submitFailed(*error);
    Q_EMIT submitEnded(jobs, !error);
}

void JobsProxy::bringBack(const QList<Job>& jobs)
{
    submit(jobs);
}

void JobsProxy::hold(const JobId& id)
{
    m_engine.post([id](EngineWorker& worker) { worker.queue().hold(id); });
}

void JobsProxy::release(const JobId& id)
{
    m_engine.post([id](EngineWorker& worker) { worker.queue().release(id); });
}

void JobsProxy::cancel(const QList<JobId>& ids)
{
    m_engine.ask(
        *this, [ids](EngineWorker& worker) { return worker.cancel(ids); },
        [this](const std::optional<CancelReport>& report) { Q_EMIT cancelled(report.value_or(CancelReport())); });
}

void JobsProxy::saveElsewhere(const JobId& id, const QString& target)
{
    m_engine.post([id, target](EngineWorker& worker) { worker.queue().saveElsewhere(id, target); });
}

void JobsProxy::watchAgain(const JobId& id)
{
    m_engine.post([id](EngineWorker& worker) { worker.queue().watchAgain(id); });
}

void JobsProxy::remove(const QList<JobId>& ids)
{
    m_engine.ask(
        *this, [ids](EngineWorker& worker) { return worker.remove(ids); },
        [this](const std::optional<QList<JobId>>& gone) { Q_EMIT removeEnded(gone.value_or(QList<JobId>())); });
}

void JobsProxy::restore(const QList<JobId>& ids)
{
    m_engine.post([ids](EngineWorker& worker) {
        for (const JobId& id : ids)
            worker.queue().putBack(id);
    });
}

void JobsProxy::runNext(const JobId& id)
{
    m_engine.post([id](EngineWorker& worker) { worker.queue().runNext(id); });
}

void JobsProxy::follow(const Job& job)
{
    if (job.state() == State::Downloading)
        m_fetching.insert(job.id);
    else
        m_fetching.remove(job.id);
}

void ClipsProxy::bin(const ClipId& id)
{
    m_engine.post([id](EngineWorker& worker) { worker.clipFiles().bin(id); });
}

void ClipsProxy::restore(const ClipId& id)
{
    m_engine.post([id](EngineWorker& worker) { worker.clipFiles().restore(id); });
}

void ClipsProxy::copy(const ClipId& id, const QString& path, bool overwrite, bool withDetails)
{
    m_engine.post([id, path, overwrite, withDetails](EngineWorker& worker) {
        worker.clipFiles().copy(id, path, overwrite, withDetails);
    });
}

void ClipsProxy::rebuild(const QStringList& folders)
{
    m_engine.post([folders](EngineWorker& worker) { worker.libraryWork().rebuild(folders); });
}

void ClipsProxy::describeAll()
{
    m_engine.post([](EngineWorker& worker) { worker.libraryWork().describeAll(); });
}

void RemoteFilesProxy::list(const Origin& origin)
{
    m_engine.post([origin](EngineWorker& worker) { worker.remoteFiles().list(origin); });
}

void RemoteFilesProxy::deleteFiles(const Origin& origin, const QStringList& ids)
{
    m_engine.post([origin, ids](EngineWorker& worker) { worker.remoteFiles().deleteFiles(origin, ids); });
}

void HistoryProxy::forgetPrompt(const QString& prompt)
{
    m_engine.post([prompt](EngineWorker& worker) { worker.prompts().forget(prompt); });
}

} // namespace clipkiln
