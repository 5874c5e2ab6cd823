// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/result.h"

#include <QColor>
#include <QPointF>

#include <functional>
#include <optional>

namespace clipkiln {

/// How an image comes to the ratio of the clip. Nothing is stretched, whatever is chosen.
struct ImageFit
{
    enum class How {
        Keep, ///< the image as it is
        Crop, ///< the largest part that has the ratio
        Pad,  ///< the whole image with bars
    };

    How how = How::Keep;
    QSize ratio;                  ///< 16 x 9; of no effect with Keep
    QPointF centre{0.5, 0.5};     ///< of the cropped part in the image as seen, 0 to 1; moved inside when it sticks out
    std::optional<QColor> colour; ///< of the bars; nothing: the image itself, blurred

    friend bool operator==(const ImageFit&, const ImageFit&) = default;
};

/// What an image goes out as.
struct ImagePreparation
{
    ImageFit fit;
    bool keepMetadata = false; ///< location, camera, comments

    friend bool operator==(const ImagePreparation&, const ImagePreparation&) = default;
};

/// A part of a video, in seconds from its first frame: the frames shown from `from` on and before `to`.
struct VideoPart
{
    double from = 0;
    double to = 0;

    friend bool operator==(const VideoPart&, const VideoPart&) = default;
};

struct VideoPreparation
{
    std::optional<VideoPart> part; ///< nothing: the whole
    bool keepMetadata = false;

    friend bool operator==(const VideoPreparation&, const VideoPreparation&) = default;
};

/// An input that can be sent: the file itself when nothing had to be done, else a new one.
struct PreparedInput
{
    LocalFile file;    ///< named as the original, with the suffix of what it is now
    QStringList notes; ///< what was done, a sentence each, for a person; empty when nothing was
};

/// Called with the part that is done, 0 to 1, on the thread that works; returning false stops the work.
using PreparationProgress = std::function<bool(double)>;

/// Makes a JPEG, PNG or WebP that the service takes out of any picture that can be read: turned as its EXIF says,
/// fitted, without the metadata of where and by whom it was made, scaled down when it is too large (CONTRACT.md 3.2).
/// New files go into `folder`, which must be there. InputUnusable with a plain sentence, Disk or DiskFull. Blocks.
[[nodiscard]] Result<PreparedInput> prepareImage(const QString& path, const ImagePreparation& wanted,
                                                 const QString& folder);

/// Makes an MP4 that the service takes out of any video that can be decoded; re-encodes only where it has to
/// (CONTRACT.md 3.2). Stopped by its progress: InputUnusable, and no file is left. Blocks, for as long as encoding
/// takes.
[[nodiscard]] Result<PreparedInput> prepareVideo(const QString& path, const VideoPreparation& wanted,
                                                 const QString& folder, const PreparationProgress& progress = {});

} // namespace clipkiln
