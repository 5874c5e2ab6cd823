// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "cli/arguments.h"
#include "cli/report.h"
#include "core/result.h"
#include "jobs/jobqueue.h"
#include "store/clipstore.h"
#include "store/filelock.h"
#include "store/inputstore.h"
#include "store/jobstore.h"
#include "store/uploadstore.h"

#include <QSet>

#include <functional>
#include <memory>

namespace clipkiln::cli {

struct CommandContext;

/// The queue of a profile on this thread, followed until its jobs are over, the limit is reached or a person stops it.
class QueueRun final
{
public:
    /// Takes the profile's lock and opens its database; ProfileInUse, Disk or Database when that fails.
    [[nodiscard]] static Result<std::unique_ptr<QueueRun>> open(const CommandContext& context,
                                                                const Arguments& arguments);

    ~QueueRun(); ///< makes the backup of the day
    QueueRun(const QueueRun&) = delete;
    QueueRun& operator=(const QueueRun&) = delete;

    [[nodiscard]] JobQueue& queue() { return m_queue; }
    [[nodiscard]] const JobStore& jobs() const { return m_jobs; }

    /// Called once for each followed job when it is over or followed no further.
    using Ended = std::function<void(const JobEnd& end)>;
    /// Runs the event loop until every one of the jobs has ended; says on standard error what goes on.
    /// With untilAccepted a job has ended when the service has accepted it.
    void follow(const QSet<JobId>& jobs, bool untilAccepted, const Ended& ended);

private:
    QueueRun(const CommandContext& context, std::shared_ptr<FileLock> lock, std::shared_ptr<Database> database);

    std::shared_ptr<FileLock> m_lock;
    const QString m_databaseFile;
    Client m_client;
    JobStore m_jobs;
    ClipStore m_clips;
    InputStore m_inputs;
    UploadStore m_uploads;
    JobQueue m_queue;
};

} // namespace clipkiln::cli
