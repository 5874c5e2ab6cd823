// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/livejob.h"

#include <QHash>
#include <QObject>

#include <vector>

namespace clipkiln {

class JobStore;

/// Takes jobs from step to step: asks advance() what an event means, writes the row, then has the runner act, then
/// emits the change. What runners report comes straight back here; what a person or the scheduler wants comes in by
/// apply().
///
/// A row that cannot be written keeps an unsent job unsent. One that the service has accepted goes on from memory: its
/// request id was noted before anything else was done with it (JobStore::noteAccepted), a restart leads to the same
/// clip, and the row is written again and again.
class JobSteps final : public QObject
{
    Q_OBJECT

public:
    /// `context` must outlive it.
    JobSteps(JobStore& jobs, ClipStore& clips, const JobRunner::Context& context);
    ~JobSteps() override;

    /// The jobs that are not over, in the order of sending.
    [[nodiscard]] const std::vector<std::unique_ptr<LiveJob>>& live() const { return m_live; }
    [[nodiscard]] LiveJob* find(const JobId& id) const;
    /// Takes a job in whose row is as it is.
    LiveJob& add(const Job& job);
    /// Takes new jobs in, in place of those with the same ids. Their rows are written together; when that fails nothing
    /// has changed.
    [[nodiscard]] std::optional<Error> addNew(const QList<Job>& jobs);
    /// Takes up an unfinished job of the last run; gives it back as it stands now.
    Job takeUp(Job job, const event::Restored& restored);
    /// Takes the job out, whatever goes on.
    void drop(const JobId& id);
    void dropFinished();
    void moveToFront(const JobId& id);

    void apply(LiveJob& live, const Event& event);

    /// By origin; closed for a while when the service turned a submit away.
    [[nodiscard]] const QHash<QString, Gate>& gates() const { return m_gates; }
    /// Closed while rows cannot be written.
    [[nodiscard]] const Gate& storeGate() const { return m_storeGate; }
    /// Tries the rows again that could not be written, once the gate has opened.
    void writeAgain();

Q_SIGNALS:
    void changed(const clipkiln::Job& job);
    void clipAdded(const clipkiln::Clip& clip);
    void letGo(const clipkiln::Job& job);
    /// The disk or the database is in trouble; emitted once until it is mended.
    void trouble(const clipkiln::Error& error);

private:
    void happened(const JobId& id, Event event);
    void noteOutcome(const Job& job, event::SubmitEnded& ended);
    void checkOverdue(LiveJob& live);
    void written(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip);
    void notWritten(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip, const Error& error);
    void write(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip);
    void follow(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip);
    void stayUnsent(LiveJob& live, const Error& error);
    void startFollowing(LiveJob& live);
    void letGoIfDue(LiveJob& live);

    JobStore& m_jobs;
    ClipStore& m_clips;
    const JobRunner::Context& m_context;
    std::vector<std::unique_ptr<LiveJob>> m_live;
    QHash<QString, Gate> m_gates;
    Gate m_storeGate;
    bool m_troubleReported = false;
};

} // namespace clipkiln
