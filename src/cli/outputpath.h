// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace clipkiln::cli {

/// Where --output points, absolute; a folder ends in '/' and need not exist when its parent does. InvalidRequest for a
/// file that is there already and for a place where none can be written.
[[nodiscard]] Result<QString> resolveOutput(const QString& output);

} // namespace clipkiln::cli
