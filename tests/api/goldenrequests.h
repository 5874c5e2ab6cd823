// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"

#include <QMap>

namespace clipkiln::test {

/// The request of each file in tests/data/api, by the file's name without its ending.
/// folder: where the local files among the inputs are written.
[[nodiscard]] QMap<QString, GenerationRequest> goldenRequests(const QString& folder);

} // namespace clipkiln::test
