// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/write/encodertrack.h"

#include <map>

namespace clipkiln {

/// What a video is re-encoded as.
struct VideoTarget
{
    QSize size;                       ///< as coded, before it is turned; both sides even
    std::int64_t mostBitsPerSecond{}; ///< of the picture
};

/// The H.264 encoders that are looked for, the best first.
[[nodiscard]] QList<const char*> h264Encoders();

/// The first of these encoders that the system has, set to what the frames of a source need and opened; a sentence when
/// there is none.
[[nodiscard]] Result<ffmpeg::CodecPtr> openVideoEncoder(const ffmpeg::VideoReader& source, const AVFrame& sample,
                                                        const VideoTarget& target,
                                                        const QList<const char*>& names = h264Encoders());

/// Decodes the frames of a span and encodes them as H.264: eight bits, turned as they are shown, at their own times.
class VideoTrack final : public EncoderTrack
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Track>> open(const QString& path, const Span& span,
                                                             const VideoTarget& target);

    std::optional<Error> step(Mp4Writer& writer) override;

private:
    VideoTrack(ffmpeg::VideoReader source, const Span& span, const VideoTarget& target);

    void complete(AVPacket& packet) override;
    /// The next frame of the span, as it is to be encoded, its time counted from the first one; null behind the last.
    [[nodiscard]] Result<ffmpeg::FramePtr> nextConverted();
    /// Null when it is of a kind or size that nothing can be made of, or there is no memory.
    [[nodiscard]] ffmpeg::FramePtr convert(const AVFrame& frame);

    ffmpeg::VideoReader m_source;
    Span m_span;
    VideoTarget m_target;
    ffmpeg::ScalerPtr m_scaler;
    ffmpeg::FramePtr m_first;                         ///< of the span, as decoded, until it is used
    ffmpeg::FramePtr m_pending;                       ///< to be encoded when it is known how long it is shown
    std::int64_t m_zero = 0;                          ///< the time of the first frame
    std::int64_t m_usual = 1;                         ///< how long a frame is shown where nothing says so
    std::map<std::int64_t, std::int64_t> m_durations; ///< by time, of frames inside the encoder
};

} // namespace clipkiln
