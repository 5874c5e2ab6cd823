// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/engine.h"

#include "api/client.h"
#include "jobs/clipfiles.h"
#include "jobs/jobqueue.h"
#include "jobs/promptwatch.h"
#include "jobs/remotefiles.h"
#include "jobs/spendwatch.h"
#include "store/clipstore.h"
#include "store/database.h"
#include "store/inputstore.h"
#include "store/jobstore.h"
#include "store/promptstore.h"
#include "store/uploadstore.h"

#include <QHash>
#include <QSet>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <utility>

namespace clipkiln {

namespace {

/// How long an orderly end waits for answers to submits: without them the jobs would come back as Unconfirmed.
constexpr std::chrono::seconds patienceAtTheEnd{5};

/// What keeps a key that the service knows from being of use; nothing for a good one.
std::optional<Error> troubleIn(const KeyReport& report)
{
    if (report.blocked)
        return Error{ErrorKind::KeyRefused, QStringLiteral("%1: blocked or disabled").arg(report.redacted)};
    if (report.outOfCredits)
        return Error{ErrorKind::OutOfCredits, {}};
    return std::nullopt;
}

/// All that lives on the engine's thread; made and destroyed there.
struct Works
{
    static Result<std::unique_ptr<Works>> open(const EnginePaths& paths, const std::function<QUrl()>& simulatorAddress)
    {
        auto database = Database::open(paths.databaseFile);
        if (!database)
            return database.error();
        return std::make_unique<Works>(*std::move(database), paths.inputsFolder, simulatorAddress);
    }

    Works(const std::shared_ptr<Database>& database, const QString& inputsFolder,
          const std::function<QUrl()>& simulatorAddress)
        : jobs(database)
        , clips(database)
        , inputs(inputsFolder)
        , uploads(database)
        , queue(client, jobs, clips, inputs, uploads, simulatorAddress)
        , spend(queue, jobs)
        , prompts(database)
        , promptWatch(queue, prompts)
        , files(clips)
        , remoteFiles(client, uploads, [this](const Origin& origin) { return queue.endpoint(origin); })
    {
    }

    /// A job that is Held as one that waits to be released.
    void takeIn(const QList<Job>& newJobs)
    {
        // In one turn of the loop: nothing is sent in between.
        queue.enqueueAll(newJobs);
        for (const Job& job : newJobs) {
            if (job.state() == State::Held)
                queue.hold(job.id);
        }
    }

    JobStore jobs;
    ClipStore clips;
    InputStore inputs;
    UploadStore uploads;
    Client client;
    JobQueue queue;
    SpendWatch spend;
    PromptStore prompts;
    PromptWatch promptWatch;
    ClipFiles files;
    RemoteFiles remoteFiles;
};

} // namespace

/// The engine's side of the thread boundary: the calls of Engine arrive here in the order they were made.
class Engine::Private final : public QObject
{
public:
    Private(Engine& engine, EnginePaths enginePaths, std::function<QUrl()> address)
        : q(engine), paths(std::move(enginePaths)), simulatorAddress(std::move(address))
    {
        thread.setObjectName(QStringLiteral("engine"));
        moveToThread(&thread);
        thread.start();
    }

    /// Runs on the engine's thread, later.
    template <typename Work>
    void post(Work work)
    {
        QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
    }
    /// The same, once the database is open; without one there is nothing to work on.
    template <typename Work>
    void postToWorks(Work work)
    {
        post([this, work = std::move(work)] {
            if (works)
                work(*works);
        });
    }

    /// Runs on the window's thread, later: Engine's own signals come from there.
    template <typename Work>
    void postToWindow(Work work)
    {
        QMetaObject::invokeMethod(&q, std::move(work), Qt::QueuedConnection);
    }

    void open(const QueueSettings& settings);
    void takeInWithinLimits(const QList<Job>& jobs);
    void takeIn(const QList<Job>& jobs);
    void tellEnd(const QList<Job>& jobs, bool isTaken);
    void end();

    Engine& q;
    const EnginePaths paths;
    const std::function<QUrl()> simulatorAddress;
    QThread thread;
    QSet<JobId> fetching; ///< on the window's thread

    // On the engine's thread:
    std::unique_ptr<Works> works;
    QHash<QString, std::pair<Origin, Secret>> keys; ///< given before there were works

private:
    void connectSignals();
};

void Engine::Private::open(const QueueSettings& settings)
{
    auto opened = Works::open(paths, simulatorAddress);
    if (!opened) {
        postToWindow([this, error = opened.error()] { Q_EMIT q.trouble(error); });
        return;
    }
    works = *std::move(opened);
    works->queue.configure(settings);
    for (const auto& [origin, key] : std::as_const(keys))
        works->queue.setKey(origin, key);
    connectSignals();

    const auto jobs = works->queue.restore();
    const auto clips = works->clips.load();
    works->promptWatch.start();
    works->spend.start(); // heard before loaded(): a loaded window shows all its figures
    postToWindow([this, jobs, clips] {
        if (jobs && clips)
            Q_EMIT q.loaded(*jobs, *clips);
        else
            Q_EMIT q.trouble(jobs ? clips.error() : jobs.error());
    });
}

/// Looked at and taken in without a turn of the loop in between: jobs submitted at once cannot pass a limit together.
void Engine::Private::takeInWithinLimits(const QList<Job>& jobs)
{
    post([this, jobs] {
        if (!works)
            return tellEnd(jobs, false);
        const auto passed = works->queue.limitPassedBy(jobs);
        if (!passed) {
            postToWindow([this, error = passed.error()] { Q_EMIT q.trouble(error); });
            tellEnd(jobs, false);
        } else if (*passed) {
            postToWindow([this, jobs, limit = **passed] { Q_EMIT q.limitReached(jobs, limit); });
        } else {
            takeIn(jobs);
        }
    });
}

void Engine::Private::takeIn(const QList<Job>& jobs)
{
    works->takeIn(jobs);
    tellEnd(jobs, true);
}

void Engine::Private::tellEnd(const QList<Job>& jobs, bool isTaken)
{
    postToWindow([this, jobs, isTaken] { Q_EMIT q.submitEnded(jobs, isTaken); });
}

// The senders live on the engine's thread and Engine on the window's: all of these are queued.
void Engine::Private::connectSignals()
{
    connect(&works->queue, &JobQueue::changed, &q, &Engine::changed);
    connect(&works->queue, &JobQueue::removed, &q, &Engine::removed);
    connect(&works->queue, &JobQueue::clipAdded, &q, &Engine::clipAdded);
    connect(&works->queue, &JobQueue::trouble, &q, &Engine::trouble);
    connect(&works->spend, &SpendWatch::changed, &q, &Engine::spendChanged);
    connect(&works->promptWatch, &PromptWatch::changed, &q, &Engine::promptsChanged);
    connect(&works->promptWatch, &PromptWatch::trouble, &q, &Engine::trouble);
    connect(&works->files, &ClipFiles::removed, &q, &Engine::clipRemoved);
    connect(&works->files, &ClipFiles::restored, &q, &Engine::clipRestored);
    connect(&works->files, &ClipFiles::copied, &q, &Engine::copied);
    connect(&works->files, &ClipFiles::copyFailed, &q, &Engine::copyFailed);
    connect(&works->files, &ClipFiles::trouble, &q, &Engine::trouble);
    connect(&works->remoteFiles, &RemoteFiles::listed, &q, &Engine::filesListed);
    connect(&works->remoteFiles, &RemoteFiles::deleted, &q, &Engine::fileDeleted);
    connect(&works->remoteFiles, &RemoteFiles::deletionEnded, &q, &Engine::fileDeletionEnded);
}

/// Sends nothing more, but hears the answers to what was sent.
void Engine::Private::end()
{
    const auto quit = [this] {
        works.reset();
        thread.quit();
    };
    if (!works)
        return quit();
    works->queue.settle();
    const auto quitWhenAnswered = [this, quit] {
        if (works && !works->queue.awaitsAnswer())
            quit();
    };
    connect(&works->queue, &JobQueue::changed, this, quitWhenAnswered, Qt::QueuedConnection);
    QTimer::singleShot(patienceAtTheEnd, this, quit);
    quitWhenAnswered();
}

Engine::Engine(EnginePaths paths, std::function<QUrl()> simulatorAddress, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(paths), std::move(simulatorAddress)))
{
    connect(this, &Engine::changed, this, [this](const Job& job) {
        if (job.state() == State::Downloading)
            d->fetching.insert(job.id);
        else
            d->fetching.remove(job.id);
    });
    connect(this, &Engine::loaded, this, [this](const QList<Job>& jobs) {
        for (const Job& job : jobs) {
            if (job.state() == State::Downloading)
                d->fetching.insert(job.id);
        }
    });
}

Engine::~Engine()
{
    d->post([this] { d->end(); });
    d->thread.wait();
}

void Engine::start(const QueueSettings& settings)
{
    d->post([this, settings] { d->open(settings); });
}

void Engine::configure(const QueueSettings& settings)
{
    d->postToWorks([settings](Works& works) { works.queue.configure(settings); });
}

void Engine::setKey(const Origin& origin, const Secret& key)
{
    d->post([this, origin, key] {
        if (d->works)
            d->works->queue.setKey(origin, key);
        else
            d->keys.insert(origin.toString(), {origin, key});
    });
}

void Engine::checkKey(const Origin& origin, const Secret& key)
{
    d->postToWorks([this, endpoint = Endpoint{origin.address(), key}](Works& works) {
        auto* call = works.client.checkKey(endpoint);
        QObject::connect(call, &Call::finished, call, [this, call] {
            const auto* report = std::get_if<KeyReport>(&call->result());
            const QString name = report ? report->name : QString();
            const auto error = report ? troubleIn(*report) : std::get<Error>(call->result());
            d->postToWindow([this, name, error] { Q_EMIT keyChecked(name, error); });
        });
    });
}

JobId Engine::enqueue(const GenerationRequest& request, const Origin& origin, std::optional<Money> estimate,
                      const JobId& retryOf)
{
    return enqueueAll({{request, estimate, 1, 1, retryOf}}, origin).first();
}

QList<JobId> Engine::enqueueAll(const QList<NewJob>& jobs, const Origin& origin)
{
    const QList<Job> all = jobsOf(jobs, origin);
    if (!all.isEmpty())
        d->takeInWithinLimits(all);
    QList<JobId> ids;
    for (const Job& job : all)
        ids.append(job.id);
    return ids;
}

void Engine::enqueueAnyway(const QList<Job>& jobs)
{
    d->postToWorks([this, jobs](Works&) { d->takeIn(jobs); });
}

void Engine::bringBack(const QList<Job>& jobs)
{
    d->takeInWithinLimits(jobs);
}

void Engine::hold(const JobId& id)
{
    d->postToWorks([id](Works& works) { works.queue.hold(id); });
}

void Engine::release(const JobId& id)
{
    d->postToWorks([id](Works& works) { works.queue.release(id); });
}

void Engine::cancel(const JobId& id)
{
    d->postToWorks([id](Works& works) { works.queue.cancel(id); });
}

void Engine::watchAgain(const JobId& id)
{
    d->postToWorks([id](Works& works) { works.queue.watchAgain(id); });
}

void Engine::remove(const JobId& id)
{
    d->postToWorks([id](Works& works) { works.queue.remove(id); });
}

void Engine::runNext(const JobId& id)
{
    d->postToWorks([id](Works& works) { works.queue.runNext(id); });
}

void Engine::forgetPrompt(const QString& prompt)
{
    d->postToWorks([prompt](Works& works) { works.promptWatch.forget(prompt); });
}

void Engine::binClip(const ClipId& id)
{
    d->postToWorks([id](Works& works) { works.files.bin(id); });
}

void Engine::restoreClip(const ClipId& id)
{
    d->postToWorks([id](Works& works) { works.files.restore(id); });
}

void Engine::copyClip(const ClipId& id, const QString& path, bool overwrite)
{
    d->postToWorks([id, path, overwrite](Works& works) { works.files.copy(id, path, overwrite); });
}

void Engine::listFiles(const Origin& origin)
{
    d->postToWorks([origin](Works& works) { works.remoteFiles.list(origin); });
}

void Engine::deleteFiles(const Origin& origin, const QStringList& ids)
{
    d->postToWorks([origin, ids](Works& works) { works.remoteFiles.deleteFiles(origin, ids); });
}

bool Engine::isFetching() const
{
    return !d->fetching.isEmpty();
}

} // namespace clipkiln
