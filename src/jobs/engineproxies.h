// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/error.h"
#include "core/job.h"
#include "core/origin.h"
#include "core/pastprompt.h"
#include "core/remotefile.h"
#include "core/spend.h"
#include "core/spendlimits.h"
#include "jobs/cancelreport.h"

#include <QList>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <optional>

// The engine as the window sees it, one class per subject. Calls return at once and run on the engine's thread in the
// order they were made; signals arrive on the thread that made the Engine. A new wish is written in its proxy alone.

namespace clipkiln {

class EngineThread;

class JobsProxy final : public QObject
{
    Q_OBJECT

public:
    explicit JobsProxy(EngineThread& engine);

    /// Stores a new job and sends it when its turn comes. Inputs are copied into the profile first.
    /// One that would pass a spending limit is not stored: limitReached().
    JobId enqueue(const GenerationRequest& request, const Origin& origin, std::optional<Money> estimate,
                  const JobId& retryOf = {});
    /// The same for the jobs of one submit, all of them or none: it is their sum that must not pass a limit. Two and
    /// more are a group.
    QList<JobId> enqueueAll(const QList<NewJob>& jobs, const Origin& origin);
    /// The jobs of limitReached(), whatever the limits are.
    void enqueueAnyway(const QList<Job>& jobs);
    /// Takes in jobs that were cancelled before anything was sent, as they were before that: held or in line. If they
    /// would pass a spending limit they stay cancelled: limitReached().
    void bringBack(const QList<Job>& jobs);
    void hold(const JobId& id);
    void release(const JobId& id);
    /// Unsent: free. Sent: stops watching; the service may still finish and charge. Ends in cancelled().
    void cancel(const QList<JobId>& ids);
    /// Saves a clip that waits for its folder as another file.
    void saveElsewhere(const JobId& id, const QString& target);
    /// Asks the service again for a job that ended with a request id (cancelled, failed, expired), or goes on waiting.
    void watchAgain(const JobId& id);
    /// Takes the rows out of the list; finished clips stay in the library. Ends in removeEnded().
    void remove(const QList<JobId>& ids);
    /// Brings back rows that remove() took, as they were.
    void restore(const QList<JobId>& ids);
    /// Sends a queued job next.
    void runNext(const JobId& id);

    /// True while a clip is being fetched: what makes quitting ask.
    [[nodiscard]] bool isFetching() const { return !m_fetching.isEmpty(); }
    /// Notes whether the job is fetching its clip; called for what was loaded, too.
    void follow(const Job& job);
    /// The engine could not start: this is why nothing can be submitted.
    void failFromNowOn(const Error& error) { m_startError = error; }

Q_SIGNALS:
    void changed(const clipkiln::Job& job);
    void removed(const clipkiln::JobId& id);
    void cancelled(const clipkiln::CancelReport& report);
    /// The rows that are out of the list now; none when they could not be taken out.
    void removeEnded(const QList<clipkiln::JobId>& ids);
    /// These jobs of one submit were not taken in. enqueueAnyway() takes them, when a person says so.
    void limitReached(const QList<clipkiln::Job>& jobs, const clipkiln::LimitPassed& limit);
    /// Why no job of one submit could be taken in; submitEnded() follows.
    void submitFailed(const clipkiln::Error& error);
    /// The jobs of one submit were taken in, all of them, or none was; after limitReached() only when enqueueAnyway()
    /// took them.
    void submitEnded(const QList<clipkiln::Job>& jobs, bool isTaken);

private:
    void submit(const QList<Job>& jobs);
    void endSubmit(const QList<Job>& jobs, const std::optional<Error>& error);

    EngineThread& m_engine;
    QSet<JobId> m_fetching;
    Error m_startError{ErrorKind::Database, {}}; ///< also before the start
};

class ClipsProxy final : public QObject
{
    Q_OBJECT

public:
    explicit ClipsProxy(EngineThread& engine) : m_engine(engine) {}

    /// Moves a clip's file to the system's bin and its row out of the library.
    void bin(const ClipId& id);
    /// Brings back what bin() took.
    void restore(const ClipId& id);
    /// Copies a clip; overwrites only when asked to. Ends in copied() or copyFailed().
    void copy(const ClipId& id, const QString& path, bool overwrite, bool withDetails = false);
    /// Adds the clips of these folders that have no row, each by restored(). Ends in libraryEnded().
    void rebuild(const QStringList& folders);
    /// Writes what made them into all clips that do not carry it. Ends in libraryEnded().
    void describeAll();

Q_SIGNALS:
    /// Files that rebuild() or describeAll() is done with, and of how many.
    void libraryProgressed(qsizetype done, qsizetype all);
    void libraryEnded(const QString& sentences, bool hasTrouble);
    /// A job has ended in a clip.
    void added(const clipkiln::Clip& clip);
    void removed(const clipkiln::ClipId& id);
    /// It is there again, or has new values.
    void restored(const clipkiln::Clip& clip);
    void copied(const clipkiln::ClipId& id, const QString& path);
    void copyFailed(const clipkiln::ClipId& id, const clipkiln::Error& error);

private:
    EngineThread& m_engine;
};

/// The files that lie with a service.
class RemoteFilesProxy final : public QObject
{
    Q_OBJECT

public:
    explicit RemoteFilesProxy(EngineThread& engine) : m_engine(engine) {}

    /// Ends in listed().
    void list(const Origin& origin);
    /// Deletes files there, one after the other. Ends in deletionEnded().
    void deleteFiles(const Origin& origin, const QStringList& ids);

Q_SIGNALS:
    /// With an error there are no files.
    void listed(const clipkiln::Origin& origin, const QList<clipkiln::RemoteFile>& files,
                const std::optional<clipkiln::Error>& error);
    void deletionEnded(const clipkiln::Origin& origin, const std::optional<clipkiln::Error>& error);

private:
    EngineThread& m_engine;
};

/// What was submitted and what it cost.
class HistoryProxy final : public QObject
{
    Q_OBJECT

public:
    explicit HistoryProxy(EngineThread& engine) : m_engine(engine) {}

    /// Takes a prompt out of the history until it is used again; jobs and books stay as they are.
    void forgetPrompt(const QString& prompt);

Q_SIGNALS:
    /// What was submitted so far, last used first: just before Engine::loaded() when there is any, and at each change.
    void promptsChanged(const QList<clipkiln::PastPrompt>& prompts);
    /// What real services have charged: just before Engine::loaded() and at each change.
    void spendChanged(const clipkiln::SpendReport& report);

private:
    EngineThread& m_engine;
};

} // namespace clipkiln
