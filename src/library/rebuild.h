// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"
#include "library/clipscan.h"

#include <memory>

namespace clipkiln {

class Database;

// A library that was lost is made again from its clips: knownClips(), scanClips() in another thread if need be, then
// addFound(). Rows are only added. A stranger's file may claim anything, so what it says wins over no row and starts
// nothing.

[[nodiscard]] Result<KnownClips> knownClips(const std::shared_ptr<Database>& database);

/// What came back.
struct Rebuilt
{
    QList<Clip> clips;
    QList<Job> jobs; ///< the finished jobs of clips that say which request made them: their cost counts again
};

/// Writes the rows of a scan, all of them or none. What got a row since the scan is left out.
[[nodiscard]] Result<Rebuilt> addFound(const std::shared_ptr<Database>& database, const ClipScan& scan);

/// A sentence on what was found.
[[nodiscard]] QString summaryOf(const ClipScan& scan);
/// What no clip can bring back.
[[nodiscard]] QString whatStaysLost();

} // namespace clipkiln
