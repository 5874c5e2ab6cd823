// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/clock.h"
#include "core/job.h"
#include "core/result.h"
#include "core/secret.h"
#include "jobs/queuesettings.h"

#include <QList>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace clipkiln {

class Client;
class ClipStore;
class InputStore;
class JobStore;
class UploadStore;
struct Endpoint;

/// Runs every job from Queued to a Clip, one step at a time, and survives being closed or killed in between.
/// Every step is written first and acted upon afterwards; what a step is, lifecycle.h says. Lives on one thread, which
/// needs an event loop; all signals come from there.
class JobQueue final : public QObject
{
    Q_OBJECT

public:
    /// simulatorAddress gives the simulator's base address each time a simulated job needs it (its port changes with
    /// every start); an invalid one when there is no simulator. The clock is that of all that happens to a job.
    JobQueue(Client& client, JobStore& jobs, ClipStore& clips, InputStore& inputs, UploadStore& uploads,
             std::function<QUrl()> simulatorAddress, Clock clock = systemTime, QObject* parent = nullptr);
    ~JobQueue() override;

    void configure(const QueueSettings& settings);
    /// The key for an origin; empty when there is none. Jobs that waited for one go on, also with the same key as
    /// before: the service may take it by now.
    void setKey(const Origin& origin, const Secret& key);

    /// Takes up the jobs of the last run where they stopped; returns all jobs, finished ones too, oldest first, as they
    /// stand now. Emits nothing but trouble() before the event loop runs again.
    [[nodiscard]] Result<QList<Job>> restore();

    /// Takes in a new job: request, origin, estimate, outputPath, retryOf and group as given, id and createdAt set if
    /// there are none yet; phase and the other times are set here. The id of a job that was cancelled unsent begins
    /// that one anew; any other known id is left alone. Its inputs are copied into the profile first; when that fails
    /// the job ends as Failed. An empty id when its row cannot be written: then there is no such job.
    JobId enqueue(const Job& job);
    /// The same for the jobs of one submit: their rows are written together or not at all before anything is sent.
    /// DiskFull, Disk or Database when they cannot be; then all is as it was.
    [[nodiscard]] Result<QList<JobId>> enqueueAll(QList<Job> jobs);
    /// The limit that these jobs together would pass (QueueSettings::limits), counting what may still be charged for
    /// those taken in before; nothing when they fit. A Database error when the books cannot be read.
    [[nodiscard]] Result<std::optional<LimitPassed>> limitPassedBy(const QList<Job>& jobs) const;
    /// DiskFull, with the figures, when what these jobs bring does not fit on the disk. A job is looked at once more
    /// before it is sent, and waits until there is room.
    [[nodiscard]] std::optional<Error> lackOfRoom(const QList<Job>& jobs) const;
    void hold(const JobId& id);
    void release(const JobId& id);
    /// Saves the clip of a job that waits for its folder (waitsForFolder()) as another file; with another clips folder
    /// configure() does that for all of them.
    void saveElsewhere(const JobId& id, const QString& target);
    /// Unsent or not yet sent whole: free. Sent: stops watching; the service may still finish and charge.
    void cancel(const JobId& id);
    /// Asks the service again for a job that ended with a request id, or goes on waiting for an overdue one.
    void watchAgain(const JobId& id);
    /// Takes the row out of the list, unless the job is with the service or the row of its clip could not be written
    /// yet. A finished clip stays in the library. False when nothing was taken out.
    bool remove(const JobId& id);
    /// Brings back a row that remove() took.
    void putBack(const JobId& id);
    /// Sends a queued job next.
    void runNext(const JobId& id);

    /// Where an origin is reached and with which key; KeyMissing, or Offline without a simulator.
    [[nodiscard]] Result<Endpoint> endpoint(const Origin& origin) const;
    /// The job as it stands, also a finished one.
    [[nodiscard]] Result<Job> find(const JobId& id) const;
    /// What is known of a job here and not on disk; it is written again and again, and lost when the program ends
    /// first.
    struct Unkept
    {
        Error error;  ///< why it cannot be written
        QString file; ///< the finished clip; empty when there is none
    };
    /// Nothing while the job's row is as the job is, or the row that there is leads to the same end.
    [[nodiscard]] std::optional<Unkept> unkept(const JobId& id) const;
    /// True while something here goes on by itself: not for jobs that wait for a person (held, without a key) or were
    /// let go.
    [[nodiscard]] bool hasWork() const;
    /// True while a submit's answer is still to come: closing now would leave the job Unconfirmed.
    [[nodiscard]] bool awaitsAnswer() const;
    /// Sends nothing new from now on and drops uploads that are not whole yet; for an orderly end.
    void settle();

Q_SIGNALS:
    void changed(const clipkiln::Job& job);
    void removed(const clipkiln::JobId& id);
    void clipAdded(const clipkiln::Clip& clip);
    /// A job is followed no longer (QueueSettings::followLimit); it stays as it is on disk.
    void letGo(const clipkiln::Job& job);
    /// hasWork() has become false.
    void idle();
    /// Something the person has to know that belongs to no single job (disk full, database); emitted once until it is
    /// mended.
    void trouble(const clipkiln::Error& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace clipkiln
