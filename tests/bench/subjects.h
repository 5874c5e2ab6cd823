// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/table.h"

namespace clipkiln::bench {

/// How often each figure is taken, ours and the baseline in turns.
struct Effort
{
    int starts;
    int rounds;
    int milliseconds; ///< that a window is watched in a round
};

/// From starting the program to its first painted window, against a bare Qt window.
[[nodiscard]] QList<Row> measureStart(const Effort& effort);
/// Memory and stalls while the client sends 50 MB to `clipkiln serve`, against the same program doing nothing.
[[nodiscard]] QList<Row> measureUpload(const Effort& effort);
/// Stalls of the whole window while photos are dropped on it, against the same window at rest.
[[nodiscard]] QList<Row> measureDrop(const Effort& effort);
/// Stalls of the whole window while 100 jobs poll and 3 download, against the same window at rest.
[[nodiscard]] QList<Row> measureWindow(const Effort& effort);
/// Thumbnails and probes of 40 clips, against the commands ffmpeg and ffprobe; no rows where these are missing.
[[nodiscard]] QList<Row> measureMedia(const Effort& effort);

} // namespace clipkiln::bench
