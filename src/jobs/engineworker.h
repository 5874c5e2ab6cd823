// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "jobs/cancelreport.h"
#include "jobs/clipfiles.h"
#include "jobs/jobqueue.h"
#include "jobs/librarywork.h"
#include "jobs/promptwatch.h"
#include "jobs/remotefiles.h"
#include "jobs/spendwatch.h"
#include "store/backups.h"
#include "store/clipstore.h"
#include "store/inputstore.h"
#include "store/jobstore.h"
#include "store/promptstore.h"
#include "store/uploadstore.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <variant>

namespace clipkiln {

struct EnginePaths;
struct Library;

/// All that works on the engine's thread, joined: stores, client, queue and what watches it.
class EngineWorker final : public QObject
{
    Q_OBJECT

public:
    [[nodiscard]] static Result<std::unique_ptr<EngineWorker>> open(const EnginePaths& paths,
                                                                    std::function<QUrl()> simulatorAddress);

    /// What was done about a database that was damaged or gone, as a sentence; empty when nothing was.
    [[nodiscard]] const QString& recovery() const { return m_recovery; }

    /// What the last run left behind.
    struct Restored
    {
        QList<Job> jobs;
        QList<Clip> clips;
    };
    /// Takes up the jobs of the last run; the watches report for the first time.
    [[nodiscard]] Result<Restored> restore();

    /// Checks the limits and takes the jobs in without a turn of the loop in between: jobs submitted at once cannot
    /// pass a limit together. Nothing when all were taken in, the limit that kept them out, or why they could not be.
    [[nodiscard]] Result<std::optional<LimitPassed>> submit(const QList<Job>& jobs);
    /// Takes them in without a look at the limits; one that is Held waits to be released.
    [[nodiscard]] std::optional<Error> enqueueAnyway(const QList<Job>& jobs);

    [[nodiscard]] CancelReport cancel(const QList<JobId>& ids);
    /// Returns those that are out of the list now.
    [[nodiscard]] QList<JobId> remove(const QList<JobId>& ids);

    /// Ends in keyChecked().
    void checkKey(const Endpoint& endpoint);

    [[nodiscard]] JobQueue& queue() { return m_queue; }
    [[nodiscard]] ClipFiles& clipFiles() { return m_clipFiles; }
    [[nodiscard]] LibraryWork& libraryWork() { return m_libraryWork; }
    [[nodiscard]] RemoteFiles& remoteFiles() { return m_remoteFiles; }
    [[nodiscard]] PromptWatch& prompts() { return m_promptWatch; }
    [[nodiscard]] SpendWatch& spend() { return m_spend; }

Q_SIGNALS:
    void keyChecked(const QString& name, const std::optional<clipkiln::Error>& error);
    /// From any of the parts.
    void trouble(const clipkiln::Error& error);

private:
    EngineWorker(const Library& library, const EnginePaths& paths, std::function<QUrl()> simulatorAddress);
    /// Makes the backup of the day unless there is work to do, which comes first.
    void backUpWhenIdle();

    const QString m_recovery;
    const Backups m_backups;
    QTimer m_backupTimer;
    JobStore m_jobs;
    ClipStore m_clips;
    InputStore m_inputs;
    UploadStore m_uploads;
    Client m_client;
    JobQueue m_queue;
    SpendWatch m_spend;
    PromptStore m_prompts;
    PromptWatch m_promptWatch;
    ClipFiles m_clipFiles;
    LibraryWork m_libraryWork;
    RemoteFiles m_remoteFiles;
};

} // namespace clipkiln
