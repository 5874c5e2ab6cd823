// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"

#include <QList>

namespace clipkiln {

/// What a person can do with a job.
enum class JobAction {
    RunNext,
    Hold,
    Release,
    Cancel,     ///< of a sent job: stop watching
    TryAgain,   ///< a new job that repeats one that came to no clip
    WatchAgain, ///< ask the service for it once more
    ShowClip,
    SaveAs,
    ShowInFolder,
    RunAgain, ///< a new job with the same request
    EditAndRun,
    OpenKeySettings,
    OpenFolderSettings,
    SaveElsewhere, ///< a clip whose folder takes nothing
    CheckCredits,
    ShowError,
    CopyRequestId,
    Remove, ///< the row; a clip stays
};

/// All that can be done with the job as it is, in the order of its menu.
[[nodiscard]] QList<JobAction> actionsFor(const Job& job);
/// The one that its row offers in words; nothing for most jobs that are all right.
[[nodiscard]] std::optional<JobAction> rowActionFor(const Job& job);
/// What Enter and a double click do: the row's action, or show the clip.
[[nodiscard]] std::optional<JobAction> defaultActionFor(const Job& job);
/// What Delete does: cancel while unfinished, then take the row away.
[[nodiscard]] JobAction deleteActionFor(const Job& job);

/// The action in a person's words; those of one job differ from those of another (cancel, stop watching).
[[nodiscard]] QString actionText(JobAction action, const Job& job);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::JobAction)
