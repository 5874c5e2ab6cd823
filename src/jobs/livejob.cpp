// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/livejob.h"

#include <utility>

namespace clipkiln {

LiveJob::LiveJob(Job j, const JobRunner::Means& means) : job(std::move(j)), runner(std::make_unique<JobRunner>(means))
{
    followTimer.setSingleShot(true);
}

bool awaitsLateAnswer(const Phase& phase)
{
    const auto* cancelled = std::get_if<Cancelled>(&phase);
    return cancelled && cancelled->unanswered;
}

bool isCancelledUnsent(const Phase& phase)
{
    const auto* cancelled = std::get_if<Cancelled>(&phase);
    return cancelled && !cancelled->unanswered && cancelled->requestId.isEmpty();
}

bool isOver(const Phase& phase)
{
    return !isUnfinished(stateOf(phase)) && !awaitsLateAnswer(phase);
}

bool waitsForKey(const Phase& phase)
{
    const auto error = errorOf(phase);
    return error && !isOver(phase) && (error->kind == ErrorKind::KeyMissing || error->kind == ErrorKind::KeyRefused);
}

bool isWithService(const LiveJob& live)
{
    const State state = live.job.state();
    return state >= State::Uploading && isUnfinished(state) && !live.letGo && !waitsForKey(live.job.phase);
}

void stamp(Job& job, const QDateTime& now)
{
    if (!job.acceptedAt.isValid() && !requestIdOf(job.phase).isEmpty())
        job.acceptedAt = now;
    if (isUnfinished(job.state()))
        job.finishedAt = {};
    else if (!job.finishedAt.isValid())
        job.finishedAt = now;
}

} // namespace clipkiln
