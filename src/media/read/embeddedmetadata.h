// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clipkiln {

/// What a file says beside what it shows; the later includes the earlier.
enum class EmbeddedMetadata {
    None,
    Other,    ///< comments, editing history, further pictures
    Camera,   ///< which device made it, and when
    Location, ///< where
};

/// A sentence that it was removed; empty when there was none.
[[nodiscard]] QString removalNote(EmbeddedMetadata removed);

} // namespace clipkiln
