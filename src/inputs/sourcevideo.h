// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/read/probe.h"

namespace clipkiln {

/// The video a person gave as the source of a clip, before anything is made of it.
struct SourceVideo
{
    VideoInput input;
    bool isTooLong = false; ///< as a whole: to prepare it would take time for nothing
};

/// Looks at a source video before it is prepared, for window and command line alike. `longest` is what the mode takes
/// in seconds, 0: no limit known. InputUnusable with a sentence for what is no video or cannot be opened. Blocks.
[[nodiscard]] Result<SourceVideo> readSourceVideo(const QString& path, double longest);

} // namespace clipkiln
