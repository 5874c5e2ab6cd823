// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QImage>
#include <QString>

namespace clipkiln {

/// The frame shown at a time, exact, decoded from the file. Blocks: not for the window's thread.
[[nodiscard]] Result<QImage> frameAt(const QString& videoPath, double seconds);

/// The very last frame. Blocks.
[[nodiscard]] Result<QImage> lastFrame(const QString& videoPath);

/// A picture of an image or a video, scaled to fit into size; of a video its first frame that is not black. Blocks.
[[nodiscard]] Result<QImage> thumbnail(const QString& path, QSize size);

} // namespace clipkiln
