// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "media/read/embeddedmetadata.h"

#include <QSize>

#include <optional>

namespace clipkiln {

/// What decides how a video is prepared.
struct VideoFacts
{
    EmbeddedMetadata hidden = EmbeddedMetadata::None;
    bool isMp4 = false;        ///< by its own brand, not a relative of it
    bool isCodecTaken = false; ///< H.264, H.265 or AV1 (CONTRACT.md 3.2)
    bool hasSound = false;
    bool isSoundTaken = false; ///< AAC
    QSize codedSize;           ///< before it is turned
    double seconds = 0;
    double framesPerSecond = 0;
    std::optional<qint64> bytesBeforeDetails; ///< of a clip of ours, whose details are no `hidden` data: its own bytes
};

/// Looks at the streams, the tags and the boxes of a video file. Errors as VideoReader::open().
[[nodiscard]] Result<VideoFacts> readVideoFacts(const QString& path);

} // namespace clipkiln
