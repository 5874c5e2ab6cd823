// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/job.h"

/// Jobs and clips to look at, for the tests of the lists.
namespace clipkiln::samples {

inline const RequestId requestId{QStringLiteral("3f2a9c1e-77b0-4ad1-9c1b-5f04be2a77aa")};

inline QDateTime now()
{
    return QDateTime({2026, 10, 5}, {12, 0}, Qt::UTC);
}

inline Money cents(int count)
{
    return Money{Money::ticksPerDollar / 100 * count};
}

/// An image job of 6 s at 720p that the service took 31 s ago.
inline Job job(const QString& id, Phase phase, int secondsOld = 60)
{
    Job job;
    job.id = JobId(id);
    job.request.prompt = QStringLiteral("Prompt of ") + id;
    job.request.model = QStringLiteral("grok-imagine-video");
    job.request.duration = std::chrono::seconds(6);
    job.request.resolution = QStringLiteral("720p");
    LocalFile image;
    image.path = QStringLiteral("/inputs/photo.jpg");
    image.name = QStringLiteral("photo.jpg");
    job.request.inputs = FromImage{image, {}, {}};
    job.origin = Origin::service();
    job.createdAt = now().addSecs(-secondsOld);
    job.acceptedAt = now().addSecs(-31);
    if (!isUnfinished(stateOf(phase)))
        job.finishedAt = now();
    job.phase = std::move(phase);
    job.estimate = cents(42);
    return job;
}

inline Clip clip(const QString& id, const QString& prompt, Mode mode = Mode::Image, int secondsOld = 60)
{
    Clip clip;
    clip.id = ClipId(id);
    clip.job = JobId(QStringLiteral("job-") + id);
    clip.requestId = requestId;
    clip.request = job(id, Done{}).request;
    clip.request.prompt = prompt;
    if (mode == Mode::Text)
        clip.request.inputs = FromText{};
    clip.origin = Origin::service();
    clip.path = QStringLiteral("/clips/%1.mp4").arg(id);
    clip.bytes = 3'100'000;
    clip.seconds = 6.04;
    clip.size = {1280, 720};
    clip.hasAudio = true;
    clip.cost = cents(42);
    clip.createdAt = now().addSecs(-secondsOld);
    return clip;
}

inline Error error(ErrorKind kind, const QString& detail = {})
{
    return Error{kind, detail, {}};
}

} // namespace clipkiln::samples
