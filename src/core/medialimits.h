// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace clipkiln {

/// Bytes of the largest image that the service is known to accept (CONTRACT.md 3.2).
inline constexpr qint64 mostImageBytes = 20 * 1024 * 1024;

/// Bytes of the largest video that the Files API accepts (CONTRACT.md 10).
inline constexpr qint64 mostVideoBytes = 48'000'000;

} // namespace clipkiln
