// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "core/generationrequest.h"
#include "core/modeltable.h"
#include "core/result.h"

namespace clipkiln::cli {

/// The request that the arguments ask for, its files made right to be sent (new ones go into the folder), checked
/// against the model; else InvalidRequest, InputUnusable or Disk with sentences that say what to change.
[[nodiscard]] Result<GenerationRequest> buildRequest(const Arguments& arguments, const Model& model,
                                                     const ModelTable& models, const QString& folder);

} // namespace clipkiln::cli
