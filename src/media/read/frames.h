// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QImage>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace clipkiln {

/// The frame shown at a time, exact, decoded from the file. Blocks: not for the window's thread.
[[nodiscard]] Result<QImage> frameAt(const QString& videoPath, double seconds);

/// The very last frame. Blocks.
[[nodiscard]] Result<QImage> lastFrame(const QString& videoPath);

/// Hears of a frame: its place in the list of times, and its picture. False stops.
using FrameFound = std::function<bool(qsizetype place, const QImage& picture)>;

/// The frames shown at times (seconds, ascending), scaled down to fit, handed out one by one as they are decoded: made
/// for a strip of pictures along a video. Behind the end the last frame. Blocks.
[[nodiscard]] std::optional<Error> framesAt(const QString& videoPath, const QList<double>& seconds, QSize fit,
                                            const FrameFound& found);

/// A picture of an image or a video, scaled to fit into size; of a video its first frame that is not black. Blocks.
[[nodiscard]] Result<QImage> thumbnail(const QString& path, QSize size);

} // namespace clipkiln
