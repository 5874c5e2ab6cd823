// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace clipkiln {

/// SHA-256 in hex of the first bytes of a file; Disk when it has not so many.
[[nodiscard]] Result<QString> hashOfFirst(qint64 bytes, const QString& path);

} // namespace clipkiln
