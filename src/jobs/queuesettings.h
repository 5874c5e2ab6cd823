// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/modeltable.h"
#include "core/spendlimits.h"
#include "jobs/pacing.h"
#include "jobs/room.h"

#include <QString>

#include <chrono>
#include <functional>

namespace clipkiln {

/// What the queue goes by; from settings or command line.
struct QueueSettings
{
    /// How long an end in order awaits the answers to submits: without them the jobs would come back as Unconfirmed.
    static constexpr std::chrono::seconds answerPatience{30};

    /// Jobs with the service at once: from Uploading to Downloading, those that wait for a key aside.
    int concurrency = 3;
    std::chrono::milliseconds pollInterval{5'000};
    std::chrono::milliseconds firstPoll{3'000};       ///< or one interval, whichever is less
    std::chrono::milliseconds softTimeLimit{600'000}; ///< after it a job is "overdue": still asked
    /// How long a job is followed after it was accepted (an unsent one: after it was taken up here); then it is left as
    /// it is for another run. Zero: for as long as it takes.
    std::chrono::milliseconds followLimit{0};
    bool hold = false;              ///< nothing new is sent
    bool holdUnsentAtStart = false; ///< jobs not sent in the last run come back as Held
    QString clipsFolder;
    bool describeClips = true;               ///< finished clips carry what made them (core/clipdetails.h)
    bool uploadVideos = true;                ///< through the Files API; otherwise inside the request
    std::chrono::seconds uploadLife{86'400}; ///< how long the service keeps what was uploaded
    SpendLimits limits;                      ///< for jobs that cost real money
    std::optional<ModelTable> models;        ///< what a job is checked against before it is sent; nothing: it is not
    /// Free bytes on the disk of a folder; nothing when they are not known.
    std::function<std::optional<qint64>(const QString& folder)> freeRoom = clipkiln::freeRoom;
    Backoff backoff; ///< of uploads, polls, downloads, turned-away submits and failed writes
};

} // namespace clipkiln
