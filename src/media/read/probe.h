// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/result.h"

#include <QSize>
#include <QString>

namespace clipkiln {

/// What a video file is, read from the file itself.
struct VideoInfo
{
    double seconds = 0;
    QSize size; ///< as shown, rotation applied
    double framesPerSecond = 0;
    QString videoCodec; ///< "h264"
    QString audioCodec; ///< empty without sound
    qint64 bytes = 0;

    [[nodiscard]] bool hasAudio() const { return !audioCodec.isEmpty(); }
};

/// Opens a video and looks at its streams; NotAClip when there is no video stream that can be decoded.
/// Blocks on disk: not for the window's thread.
[[nodiscard]] Result<VideoInfo> probeVideo(const QString& path);

/// Looks at an image (header first: a pixel bomb costs nothing) and says what it is; InputUnusable with a plain reason
/// for what cannot be read or sent: only JPEG, PNG and WebP go out as they are (CONTRACT.md 3.2). Blocks on disk.
[[nodiscard]] Result<LocalFile> probeImage(const QString& path);

/// A video that a clip can be made from, perhaps after converting.
struct VideoInput
{
    LocalFile file;
    double framesPerSecond = 0;
};

/// Looks at a video, known by its content rather than by its name; InputUnusable with a plain reason for what is none
/// or cannot be opened. Blocks on disk.
[[nodiscard]] Result<VideoInput> probeVideoInput(const QString& path);

} // namespace clipkiln
