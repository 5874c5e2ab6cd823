// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/scheduler.h"

#include <algorithm>

namespace clipkiln {

namespace {

using std::chrono::milliseconds;

/// It takes a place among the jobs with the service.
bool takesPlace(const ScheduledJob& job)
{
    const State state = stateOf(job.phase);
    return state >= State::Uploading && isUnfinished(state) && !job.letGo && !waitsForKey(job.phase);
}

const Queued* inLine(const ScheduledJob& job)
{
    return job.letGo || job.unwritten ? nullptr : std::get_if<Queued>(&job.phase);
}

/// The gate that a job waits at; an open one when there is none.
Gate gateOf(const ScheduledJob& job, const SchedulerInput& input)
{
    const Gate gate = input.gates.value(job.origin.toString());
    return gate.isClosed(input.now) ? gate : job.room;
}

/// All reasons but the person's (hold) and the number of places. Without a key nothing goes, whatever the gate does.
event::PutOff reasonToWait(const ScheduledJob& job, const SchedulerInput& input)
{
    if (!job.origin.isSimulated() && !input.keyedOrigins.contains(job.origin.toString()))
        return {Error{ErrorKind::KeyMissing, {}}, {}};
    if (const Gate gate = gateOf(job, input); gate.isClosed(input.now))
        return {gate.reason(), gate.until()};
    return {};
}

void wakeBy(Schedule& schedule, milliseconds wait)
{
    schedule.wakeIn = std::min(schedule.wakeIn.value_or(wait), wait);
}

} // namespace

Schedule schedule(const SchedulerInput& input)
{
    Schedule result;
    qsizetype places = input.concurrency - std::count_if(input.jobs.begin(), input.jobs.end(), takesPlace);
    const bool storeIsClosed = input.storeGate.isClosed(input.now);
    for (const ScheduledJob& job : input.jobs) {
        const Queued* queued = input.settling ? nullptr : inLine(job);
        if (job.unwritten || (queued && storeIsClosed)) {
            wakeBy(result, input.storeGate.remaining(input.now));
        } else if (queued) {
            const event::PutOff wait = reasonToWait(job, input);
            if (!wait.reason && !input.hold && places > 0) {
                result.toSend.append(job.id);
                --places;
                continue;
            }
            if (queued->waiting != wait.reason || queued->until != wait.until)
                result.toPutOff.append({job.id, wait});
            if (wait.until.isValid())
                wakeBy(result, gateOf(job, input).remaining(input.now));
        }
    }
    return result;
}

} // namespace clipkiln
