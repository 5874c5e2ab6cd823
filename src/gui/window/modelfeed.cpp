// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/modelfeed.h"

#include "gui/models/clipmodel.h"
#include "gui/models/jobmodel.h"
#include "jobs/engine.h"

namespace clipkiln {

void feedModels(Engine& engine, JobModel& jobs, ClipModel& clips)
{
    QObject::connect(&engine, &Engine::loaded, &jobs, &JobModel::setJobs);
    QObject::connect(&engine, &Engine::loaded, &clips, [&jobs, &clips](const QList<Job>&, const QList<Clip>& finished) {
        jobs.setClips(finished);
        clips.setClips(finished);
    });
    QObject::connect(&engine.jobs(), &JobsProxy::changed, &jobs, &JobModel::update);
    QObject::connect(&engine.jobs(), &JobsProxy::removed, &jobs, &JobModel::remove);
    for (const auto come : {&ClipsProxy::added, &ClipsProxy::restored}) {
        QObject::connect(&engine.clips(), come, &jobs, &JobModel::addClip);
        QObject::connect(&engine.clips(), come, &clips, &ClipModel::update);
    }
    QObject::connect(&engine.clips(), &ClipsProxy::removed, &jobs, &JobModel::removeClip);
    QObject::connect(&engine.clips(), &ClipsProxy::removed, &clips, &ClipModel::remove);
}

} // namespace clipkiln
