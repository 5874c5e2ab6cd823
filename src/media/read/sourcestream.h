// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/read/ffmpeg.h"

namespace clipkiln {

/// One stream of a source, read on its own: the other streams' packets are passed over.
struct SourceStream
{
    /// NotAClip when there is none of this kind.
    [[nodiscard]] static Result<SourceStream> open(const QString& path, AVMediaType type);

    /// Seconds from the source's first frame.
    [[nodiscard]] double secondsOf(std::int64_t timestamp) const;
    /// A time of the stream from seconds after the source's first frame.
    [[nodiscard]] std::int64_t timestampOf(double seconds) const;
    /// Goes to the last packet at or before a time that decoding can begin with.
    void seek(double seconds) const;
    /// The next packet of the stream; false at the end.
    [[nodiscard]] bool read(AVPacket& packet) const;

    ffmpeg::FormatPtr format;
    AVStream* stream = nullptr; ///< owned by format
    double origin = 0;          ///< of the first frame, as the source counts
};

} // namespace clipkiln
