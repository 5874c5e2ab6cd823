// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/groupactions.h"

#include "core/text.h"

#include <algorithm>

namespace clipkiln {

bool isOfferedInGroup(JobAction action, const Job& job)
{
    // One whose outcome is unknown may run all the same: it is tried again on its own, with its sentence read.
    const bool isRisky = action == JobAction::TryAgain && job.state() != State::Failed;
    return !isRisky && actionsFor(job).contains(action);
}

QList<GroupAction> groupActionsFor(const QList<Job>& group)
{
    if (group.size() < 2)
        return {};
    const QList<std::pair<JobAction, QString>> offered{
        {JobAction::Hold, Text::tr("Hold all")},
        {JobAction::Release, Text::tr("Release all")},
        {JobAction::TryAgain, Text::tr("Try failed ones again")},
        {JobAction::Cancel, Text::tr("Cancel all")},
        {JobAction::Remove, Text::tr("Remove finished ones from list")},
    };
    QList<GroupAction> actions;
    for (const auto& [action, text] : offered) {
        GroupAction each{action, text, {}};
        for (const Job& job : group) {
            if (isOfferedInGroup(action, job))
                each.jobs.append(job.id);
        }
        if (!each.jobs.isEmpty())
            actions.append(each);
    }
    return actions;
}

QString groupTitle(const QList<Job>& group)
{
    const auto isTake = [&](const Job& job) { return job.takes > 1 && job.request == group.first().request; };
    const auto count = static_cast<int>(group.size());
    return std::all_of(group.begin(), group.end(), isTake) ? Text::tr("All %n takes", nullptr, count)
                                                           : Text::tr("All %n jobs of this submit", nullptr, count);
}

} // namespace clipkiln
