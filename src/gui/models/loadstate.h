// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace clipkiln {

/// Whether a list has its rows from the database yet.
enum class LoadState { Loading, Loaded, Failed };

} // namespace clipkiln
