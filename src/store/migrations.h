// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace clipkiln {

/// The user_version this program writes: the number of rungs of the ladder.
[[nodiscard]] int currentVersion();

/// The statements that lift a database from a version to the next. A rung that was released never changes.
[[nodiscard]] QStringList migrationFrom(int version);

} // namespace clipkiln
