// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/generationrequest.h"

#include <QString>

#include <optional>

// Whether what a job brings fits on the disk, looked at before it is paid for.

namespace clipkiln {

/// What the profile needs for a job: its row and its inputs, with room to spare.
inline constexpr qint64 profileRoom = 16 * 1024 * 1024;

/// Free bytes on the disk of a folder, which need not exist yet; nothing when the system does not say.
[[nodiscard]] std::optional<qint64> freeRoom(const QString& folder);

/// How many bytes the clip of a request is expected to have; bytesPerSecond is that of clips like it, when there are
/// any.
[[nodiscard]] qint64 expectedBytes(const GenerationRequest& request, const std::optional<double>& bytesPerSecond);

/// DiskFull with the figures when a folder has less than it needs; an unknown number is enough.
[[nodiscard]] std::optional<Error> roomProblem(const QString& folder, const std::optional<qint64>& free, qint64 needed);

} // namespace clipkiln
