// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

namespace clipkiln {

/// Why videos cannot be played at all, or nothing. Qt 6.4 ends the whole program (qFatal) when the first player, sound
/// output or device list is made and its multimedia plugin is missing or cannot be loaded: ask this before.
[[nodiscard]] std::optional<Error> mediaBackendProblem();

} // namespace clipkiln
