// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobrunner.h"

#include <QTimer>

#include <memory>

namespace clipkiln {

/// A job that is not over, or whose last row is still to be written, with what goes on for it.
struct LiveJob
{
    struct Unwritten
    {
        std::optional<Clip> clip; ///< to be written with the row
    };

    LiveJob(Job j, const JobRunner::Context& context);

    Job job;
    std::unique_ptr<JobRunner> runner;
    std::optional<Unwritten> unwritten; ///< set while the row on disk is older than `job`
    bool isIdLost = false;              ///< while it is: nor could the request id be noted
    QDateTime watchedSince;             ///< UTC; from when the soft time limit counts, when later than acceptedAt
    QTimer followTimer;                 ///< QueueSettings::followLimit
    bool limitPassed = false;           ///< it has fired
    bool letGo = false;                 ///< not followed any more
    Gate room;                          ///< closed while the disk has no room for what it brings
    bool diskTroubleReported = false;   ///< until bytes flow again
};

/// Sets the times that follow from the job's phase; `now` in UTC.
void stamp(Job& job, const QDateTime& now);

} // namespace clipkiln
