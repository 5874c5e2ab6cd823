// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/job.h"
#include "core/pastprompt.h"
#include "core/remotefile.h"
#include "core/secret.h"
#include "core/spend.h"
#include "jobs/queuesettings.h"

#include <QList>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace clipkiln {

/// Where the engine keeps things; a plain set of paths.
struct EnginePaths
{
    QString databaseFile;
    QString inputsFolder;
};

/// The queue on a thread of its own, as the window sees it: calls return at once, answers are signals with values.
/// Everything here is called and heard on the thread that made the Engine.
class Engine final : public QObject
{
    Q_OBJECT

public:
    /// simulatorAddress: asked (on the engine's thread) for the simulator's base address when a simulated job first
    /// needs it; starts it if need be; an invalid address with no simulator.
    Engine(EnginePaths paths, std::function<QUrl()> simulatorAddress, QObject* parent = nullptr);
    ~Engine() override; ///< stops the thread; what is under way is on disk and goes on next time

    /// Opens the database, loads what there is and takes up the jobs of the last run; emits loaded() or trouble().
    void start(const QueueSettings& settings);
    void configure(const QueueSettings& settings);
    /// The key for an origin; empty when there is none. Jobs that waited for one go on.
    void setKey(const Origin& origin, const Secret& key);

    /// Asks the service about a key without keeping it; spends nothing. Ends in keyChecked().
    void checkKey(const Origin& origin, const Secret& key);

    /// Stores a new job and sends it when its turn comes. Inputs are copied into the profile first.
    /// One that would pass a spending limit is not stored: limitReached() tells.
    JobId enqueue(const GenerationRequest& request, const Origin& origin, std::optional<Money> estimate,
                  const JobId& retryOf = {});
    /// The same for the jobs of one submit, all of them or none: it is their sum that must not pass a limit. Two and
    /// more are a group.
    QList<JobId> enqueueAll(const QList<NewJob>& jobs, const Origin& origin);
    /// The jobs of limitReached(), whatever the limits are.
    void enqueueAnyway(const QList<Job>& jobs);
    /// Takes in jobs that were cancelled before anything was sent, as they were before that: held or in line. If they
    /// would pass a spending limit they stay cancelled: limitReached() tells.
    void bringBack(const QList<Job>& jobs);
    void hold(const JobId& id);
    void release(const JobId& id);
    /// Unsent: free. Sent: stops watching; the service may still finish and charge.
    void cancel(const JobId& id);
    /// Asks the service again for a job that ended with a request id (cancelled, failed, expired), or goes on waiting.
    void watchAgain(const JobId& id);
    /// Takes the row out of the list for good; a finished clip stays in the library.
    void remove(const JobId& id);
    /// Sends a queued job next.
    void runNext(const JobId& id);

    /// Takes a prompt out of the history until it is used again; jobs and books stay as they are.
    void forgetPrompt(const QString& prompt);

    /// Moves a clip's file to the system's bin and its row out of the library.
    void binClip(const ClipId& id);
    /// Brings back what binClip() took.
    void restoreClip(const ClipId& id);
    /// Copies a clip; overwrites only when told to. Ends in copied() or copyFailed().
    void copyClip(const ClipId& id, const QString& path, bool overwrite);

    /// Asks for the files that lie with a service. Ends in filesListed().
    void listFiles(const Origin& origin);
    /// Deletes files there, one after the other. Ends in fileDeletionEnded().
    void deleteFiles(const Origin& origin, const QStringList& ids);

    /// True while a clip is being fetched: what makes quitting ask.
    [[nodiscard]] bool isFetching() const;

Q_SIGNALS:
    void loaded(const QList<clipkiln::Job>& jobs, const QList<clipkiln::Clip>& clips);
    void changed(const clipkiln::Job& job);
    void removed(const clipkiln::JobId& id);
    void clipAdded(const clipkiln::Clip& clip);
    void clipRemoved(const clipkiln::ClipId& id);
    void clipRestored(const clipkiln::Clip& clip);
    /// With an error the key cannot be used; name is what the service's console calls it.
    void keyChecked(const QString& name, const std::optional<clipkiln::Error>& error);
    void copied(const clipkiln::ClipId& id, const QString& path);
    void copyFailed(const clipkiln::ClipId& id, const clipkiln::Error& error);
    void filesListed(const clipkiln::Origin& origin, const QList<clipkiln::RemoteFile>& files,
                     const std::optional<clipkiln::Error>& error);
    void fileDeleted(const clipkiln::Origin& origin, const QString& id);
    void fileDeletionEnded(const clipkiln::Origin& origin, const std::optional<clipkiln::Error>& error);
    /// Something the person has to know that belongs to no single job (disk full, database).
    void trouble(const clipkiln::Error& error);
    /// These jobs of one submit were not taken in. enqueueAnyway() takes them, when a person says so.
    void limitReached(const QList<clipkiln::Job>& jobs, const clipkiln::LimitPassed& limit);
    /// The jobs of one submit were taken in, all of them, or none was; after limitReached() only
    /// when enqueueAnyway() took them.
    void submitEnded(const QList<clipkiln::Job>& jobs, bool isTaken);
    /// What real services have charged: just before loaded() and at each change.
    void spendChanged(const clipkiln::SpendReport& report);
    /// What was submitted so far, last used first: just before loaded() when there is any, and at each change.
    void promptsChanged(const QList<clipkiln::PastPrompt>& prompts);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace clipkiln
