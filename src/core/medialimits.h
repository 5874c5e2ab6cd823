// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace clipkiln {

/// What the service is known to take of one image (CONTRACT.md 3.2).
inline constexpr qint64 mostImageBytes = 20 * 1024 * 1024;

/// What the service's Files API takes of one video (CONTRACT.md 10).
inline constexpr qint64 mostVideoBytes = 48'000'000;

} // namespace clipkiln
