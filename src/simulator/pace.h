// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/videorequest.h"

#include <chrono>

namespace clipkiln::simulator {

/// How long the real service took for such a request (CONTRACT.md 6.5).
std::chrono::milliseconds recordedTime(const VideoRequest& request);

/// The progress reported after a fraction (0..1) of that time: jumps and stalls as in one of the two recorded
/// sequences of CONTRACT.md 6.2, never 100.
int recordedProgress(double fraction, bool stalling);

/// What the service charges (CONTRACT.md 9). The source's length and lines count for edits and extensions only.
qint64 costInTicks(const VideoRequest& request, double sourceSeconds, int sourceLines);

/// Edits use no more of their source than this.
inline constexpr double longestEditSeconds = 8.7;

} // namespace clipkiln::simulator
