// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/origin.h"
#include "core/result.h"
#include "core/secret.h"

namespace clipkiln::cli {

struct CommandContext;

/// The key for an origin: XAI_API_KEY, and for the real service alone else the keychain's. Empty for the simulator;
/// KeyMissing when there is none. Waits for the keychain, which may ask a person to unlock it.
[[nodiscard]] Result<Secret> keyFor(const Origin& origin, const CommandContext& context);

} // namespace clipkiln::cli
