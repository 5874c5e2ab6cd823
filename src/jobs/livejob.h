// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobrunner.h"

#include <QTimer>

#include <memory>

namespace clipkiln {

/// A job that is not over, or whose last row is still to be written, with what goes on for it.
struct LiveJob
{
    /// What follows from the phase as soon as it could be written.
    struct Unwritten
    {
        Effect effect = Effect::None;
        std::optional<Clip> clip; ///< landed by this step: to be written with it
    };

    LiveJob(Job j, const JobRunner::Means& means);

    Job job;
    std::unique_ptr<JobRunner> runner;
    std::optional<Unwritten> unwritten; ///< set while the row on disk is older than `job`
    QDateTime watchedSince;             ///< UTC; from when the soft time limit counts, when later than acceptedAt
    QTimer followTimer;                 ///< QueueSettings::followLimit
    bool limitPassed = false;           ///< it has fired
    bool letGo = false;                 ///< not followed any more
    bool diskTroubleTold = false;       ///< until bytes flow again
};

/// The submit was stopped by the person while its answer was to come; it is still listened for.
[[nodiscard]] bool awaitsLateAnswer(const Phase& phase);
/// Stopped by the person before the service could have it whole.
[[nodiscard]] bool isCancelledUnsent(const Phase& phase);
/// Nothing is going to happen to the job any more unless a person wants it.
[[nodiscard]] bool isOver(const Phase& phase);
/// It cannot go on before there is another key.
[[nodiscard]] bool waitsForKey(const Phase& phase);
/// It takes a place among QueueSettings::concurrency.
[[nodiscard]] bool isWithService(const LiveJob& live);
/// Sets the times that follow from the job's phase; `now` in UTC.
void stamp(Job& job, const QDateTime& now);

} // namespace clipkiln
