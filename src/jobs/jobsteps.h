// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/livejob.h"

#include <QObject>

#include <vector>

namespace clipkiln {

class JobStore;

/// Takes jobs from step to step: asks advance() what an event means, writes the row, then acts, then tells.
///
/// A row that cannot be written never lets a job go further than the row knows: what was not sent yet stays unsent, and
/// what has happened (a request id above all) is kept here and written again and again, and its effect waits for that.
class JobSteps final : public QObject
{
    Q_OBJECT

public:
    /// `means` must outlive it.
    JobSteps(JobStore& jobs, ClipStore& clips, const JobRunner::Means& means);
    ~JobSteps() override;

    /// The jobs that are not over, in the order of sending.
    [[nodiscard]] const std::vector<std::unique_ptr<LiveJob>>& live() const { return m_live; }
    [[nodiscard]] LiveJob* find(const JobId& id) const;
    /// Takes a job in whose row is as it is.
    LiveJob& add(const Job& job);
    /// Takes jobs in, their rows written together or not at all.
    void addNew(const QList<Job>& jobs);
    /// Takes a job in, its row still to be written; then acts.
    void addUnwritten(const Job& job, Effect effect);
    /// Takes the job out, whatever goes on.
    void drop(const JobId& id);
    void dropFinished();
    void moveToFront(const JobId& id);

    /// Everything that happens to a job goes through here.
    void apply(LiveJob& live, const Event& event);

    /// Closed while rows cannot be written.
    [[nodiscard]] const Gate& storeGate() const { return m_storeGate; }
    /// Tries the rows again that could not be written, once the gate has opened.
    void writeAgain();

Q_SIGNALS:
    /// News of a runner, for apply().
    void happened(const clipkiln::JobId& id, const clipkiln::Event& event);
    void changed(const clipkiln::Job& job);
    void clipAdded(const clipkiln::Clip& clip);
    void letGo(const clipkiln::Job& job);
    /// Rows cannot be written; said once until they can.
    void trouble(const clipkiln::Error& error);

private:
    void written(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip);
    void notWritten(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip, const Error& error);
    void write(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip);
    void follow(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip);
    void stayUnsent(LiveJob& live, const Error& error);
    void startFollowing(LiveJob& live);
    void letGoIfDue(LiveJob& live);

    JobStore& m_jobs;
    ClipStore& m_clips;
    const JobRunner::Means& m_means;
    std::vector<std::unique_ptr<LiveJob>> m_live;
    Gate m_storeGate;
    bool m_troubleTold = false;
};

} // namespace clipkiln
