// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"

#include <QList>

namespace clipkiln {

/// What became of jobs that a person cancelled, by what they were when the queue got to them: what the window shows
/// may be older.
struct CancelReport
{
    QList<Job> unsent;         ///< cancelled before anything was sent; as they were before, for bringing them back
    QList<JobId> stopped;      ///< with the service: it may still finish and charge
    bool isUnanswered = false; ///< one of the stopped has no request id yet, so it cannot be watched again
    int over = 0;              ///< so many had ended already, and nothing was done
};

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::CancelReport)
