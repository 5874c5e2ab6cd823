// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/error.h"
#include "core/result.h"

#include <functional>
#include <optional>

namespace clipkiln {

/// Writes into a clip's file what made it, for clips of before: into a copy, which then takes its place whole, or
/// beside a file that takes no box. The clip with what its row has to say then; nothing when the file carries it
/// already, or nothing is known of what made it.
[[nodiscard]] Result<std::optional<Clip>> describeClip(const Clip& clip);

struct DescribedClips
{
    QList<Clip> clips;       ///< that were described
    QList<Error> unwritable; ///< files that are away, or could not be written
};

/// The same for many. `progress` as in scanClips(). Reads and writes whole files.
[[nodiscard]] DescribedClips describeClips(const QList<Clip>& clips,
                                           const std::function<bool(qsizetype done, qsizetype all)>& progress = {});

} // namespace clipkiln
