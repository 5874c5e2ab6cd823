// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/engine.h"

#include "jobs/enginethread.h"
#include "jobs/engineworker.h"

#include <QHash>

#include <utility>

namespace clipkiln {

class Engine::Private
{
public:
    void connectWorker(EngineWorker& worker, Engine& engine) const;

    EnginePaths paths;
    std::function<QUrl()> simulatorAddress;
    QHash<QString, std::pair<Origin, Secret>> keys; ///< by origin; on the window's thread
    JobsProxy jobs{thread};
    ClipsProxy clips{thread};
    RemoteFilesProxy remoteFiles{thread};
    HistoryProxy history{thread};
    EngineThread thread; // last: it ends while all that it reports to is there
};

// The senders live on the engine's thread and the receivers on the window's: all of these are queued.
void Engine::Private::connectWorker(EngineWorker& worker, Engine& engine) const
{
    connect(&worker, &EngineWorker::trouble, &engine, &Engine::trouble);
    connect(&worker, &EngineWorker::keyChecked, &engine, &Engine::keyChecked);
    connect(&worker.queue(), &JobQueue::changed, &jobs, &JobsProxy::changed);
    connect(&worker.queue(), &JobQueue::removed, &jobs, &JobsProxy::removed);
    connect(&worker.queue(), &JobQueue::clipAdded, &clips, &ClipsProxy::added);
    connect(&worker.clipFiles(), &ClipFiles::removed, &clips, &ClipsProxy::removed);
    connect(&worker.clipFiles(), &ClipFiles::restored, &clips, &ClipsProxy::restored);
    connect(&worker.clipFiles(), &ClipFiles::copied, &clips, &ClipsProxy::copied);
    connect(&worker.clipFiles(), &ClipFiles::copyFailed, &clips, &ClipsProxy::copyFailed);
    connect(&worker.libraryWork(), &LibraryWork::progressed, &clips, &ClipsProxy::libraryProgressed);
    connect(&worker.libraryWork(), &LibraryWork::clipChanged, &clips, &ClipsProxy::restored);
    connect(&worker.libraryWork(), &LibraryWork::jobAdded, &jobs, &JobsProxy::changed);
    connect(&worker.libraryWork(), &LibraryWork::ended, &clips, &ClipsProxy::libraryEnded);
    connect(&worker.remoteFiles(), &RemoteFiles::listed, &remoteFiles, &RemoteFilesProxy::listed);
    connect(&worker.remoteFiles(), &RemoteFiles::deletionEnded, &remoteFiles, &RemoteFilesProxy::deletionEnded);
    connect(&worker.prompts(), &PromptWatch::changed, &history, &HistoryProxy::promptsChanged);
    connect(&worker.spend(), &SpendWatch::changed, &history, &HistoryProxy::spendChanged);
}

Engine::Engine(EnginePaths paths, std::function<QUrl()> simulatorAddress, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->paths = std::move(paths);
    d->simulatorAddress = std::move(simulatorAddress);
    connect(this, &Engine::loaded, &d->jobs, [this](const QList<Job>& jobs) {
        for (const Job& job : jobs)
            d->jobs.follow(job);
    });
}

Engine::~Engine() = default;

void Engine::start(const QueueSettings& settings)
{
    // Whatever is emitted while the worker starts arrives before loaded(): a loaded window shows all its figures.
    d->thread.open([this, paths = d->paths, address = d->simulatorAddress, settings,
                    keys = d->keys]() -> std::unique_ptr<EngineWorker> {
        auto opened = EngineWorker::open(paths, address);
        if (!opened) {
            EngineThread::deliver(*this, [this, error = opened.error()] {
                d->jobs.failFromNowOn(error);
                Q_EMIT trouble(error);
            });
            return nullptr;
        }
        EngineWorker& worker = **opened;
        d->connectWorker(worker, *this);
        worker.queue().configure(settings);
        for (const auto& [origin, key] : keys)
            worker.queue().setKey(origin, key);
        const auto restored = worker.restore();
        EngineThread::deliver(*this, [this, restored, recovery = worker.recovery()] {
            if (!recovery.isEmpty())
                Q_EMIT recovered(recovery);
            if (restored)
                Q_EMIT loaded(restored->jobs, restored->clips);
            else
                Q_EMIT trouble(restored.error());
        });
        return *std::move(opened);
    });
}

void Engine::configure(const QueueSettings& settings)
{
    d->thread.post([settings](EngineWorker& worker) { worker.queue().configure(settings); });
}

void Engine::setKey(const Origin& origin, const Secret& key)
{
    d->keys.insert(origin.toString(), {origin, key}); // for start()
    d->thread.post([origin, key](EngineWorker& worker) { worker.queue().setKey(origin, key); });
}

void Engine::checkKey(const Origin& origin, const Secret& key)
{
    d->thread.post([origin, key](EngineWorker& worker) { worker.checkKey({origin.address(), key}); });
}

JobsProxy& Engine::jobs()
{
    return d->jobs;
}

ClipsProxy& Engine::clips()
{
    return d->clips;
}

RemoteFilesProxy& Engine::remoteFiles()
{
    return d->remoteFiles;
}

HistoryProxy& Engine::history()
{
    return d->history;
}

} // namespace clipkiln
