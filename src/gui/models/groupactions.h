// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/jobactions.h"

namespace clipkiln {

/// One thing to do with those jobs of a submit that it can be done with.
struct GroupAction
{
    JobAction action{};
    QString text;
    QList<JobId> jobs; ///< never none

    friend bool operator==(const GroupAction&, const GroupAction&) = default;
};

/// Whether the action is offered for this job in the menu of its submit.
[[nodiscard]] bool isOfferedInGroup(JobAction action, const Job& job);
/// All that can be done with the jobs of one submit together, in the order of its menu; nothing for a single job.
[[nodiscard]] QList<GroupAction> groupActionsFor(const QList<Job>& group);
/// What the menu is called: "All 4 takes".
[[nodiscard]] QString groupTitle(const QList<Job>& group);

} // namespace clipkiln
