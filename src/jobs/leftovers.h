// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"

namespace clipkiln {

/// Removes the temporary files of downloads and copies that nobody goes on with, from the folder of the clips and those
/// that the jobs name. Those of jobs that are over stay for a day, in case a person has them watched again; those of no
/// job of this profile for a week: they may be of another profile that saves in the same folder.
void clearLeftovers(const QString& clipsFolder, const QList<Job>& jobs, const QDateTime& now);

} // namespace clipkiln
