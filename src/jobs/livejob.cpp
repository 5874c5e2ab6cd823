// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/livejob.h"

#include <utility>

namespace clipkiln {

LiveJob::LiveJob(Job j, const JobRunner::Context& context)
    : job(std::move(j)), runner(std::make_unique<JobRunner>(context))
{
    followTimer.setSingleShot(true);
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
