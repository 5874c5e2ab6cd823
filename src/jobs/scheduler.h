// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "jobs/lifecycle.h"
#include "jobs/pacing.h"

#include <QHash>
#include <QList>
#include <QSet>

// Whose turn it is. Pure like lifecycle.h: what is so at one moment goes in, what is to be done comes out.

namespace clipkiln {

/// What the scheduler knows of a job that is not over.
struct ScheduledJob
{
    JobId id;
    Origin origin;
    Phase phase;
    bool letGo = false;     ///< not followed any more
    bool unwritten = false; ///< its row on disk is older than the job
    Gate room{};            ///< closed while the disk has no room for what it brings
};

struct SchedulerInput
{
    QList<ScheduledJob> jobs;   ///< in the order of sending
    QSet<QString> keyedOrigins; ///< Origin::toString() of those that there is a key for; the simulator needs none
    QHash<QString, Gate> gates; ///< by origin
    Gate storeGate;             ///< closed while rows cannot be written: then nothing is sent
    qsizetype concurrency = 1;  ///< jobs with the service at once
    bool hold = false;          ///< the person sends nothing new
    bool settling = false;      ///< the program ends
    Moment now;
};

struct Schedule
{
    struct Wait
    {
        JobId id;
        event::PutOff putOff;
    };

    QList<JobId> toSend;
    QList<Wait> toPutOff; ///< whose reason to wait, or its end, has changed; nothing else needs doing for them
    std::optional<std::chrono::milliseconds> wakeIn; ///< when a gate opens that something waits for; 0: at once
};

[[nodiscard]] Schedule schedule(const SchedulerInput& input);

} // namespace clipkiln
