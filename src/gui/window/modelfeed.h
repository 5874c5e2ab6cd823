// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace clipkiln {

class ClipModel;
class Engine;
class JobModel;

/// From now on the models show what the engine reports. Call it before anything else connects to the engine: whoever
/// hears of a change finds it in the models.
void feedModels(Engine& engine, JobModel& jobs, ClipModel& clips);

} // namespace clipkiln
