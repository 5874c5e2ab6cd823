// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QImage>
#include <QSize>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
}

/// The FFmpeg libraries behind owners that free what they hold. Only this room includes this header.
namespace clipkiln::ffmpeg {

struct Free
{
    void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};

using FormatPtr = std::unique_ptr<AVFormatContext, Free>;
using CodecPtr = std::unique_ptr<AVCodecContext, Free>;
using FramePtr = std::unique_ptr<AVFrame, Free>;
using PacketPtr = std::unique_ptr<AVPacket, Free>;

/// A local video file, opened, with the decoder of its video stream. One thread at a time.
class VideoReader final
{
public:
    /// Disk when the file cannot be read, NotAClip when there is no video stream in it that can be decoded.
    [[nodiscard]] static Result<VideoReader> open(const QString& path);

    [[nodiscard]] const AVFormatContext& format() const { return *m_format; }
    [[nodiscard]] const AVStream& video() const { return *m_video; }
    /// Codec name of the sound, empty without sound.
    [[nodiscard]] QString audioCodec() const;
    /// As shown: rotation applied.
    [[nodiscard]] QSize size() const;
    /// Length of the video stream in seconds; 0 when the file does not say.
    [[nodiscard]] double seconds() const;
    /// The end of the last packet that the file's own index names, in bytes; 0 when there is no index.
    [[nodiscard]] std::int64_t indexedEnd() const;

    /// Seconds from the first frame on as a time of the video stream, rounded to the nearest.
    [[nodiscard]] std::int64_t timestampOf(double seconds) const;
    /// The first time of the video stream.
    [[nodiscard]] std::int64_t firstTimestamp() const;

    /// Goes to the last key frame at or before the time.
    [[nodiscard]] bool seek(std::int64_t timestamp);
    /// Goes to the first frame.
    [[nodiscard]] bool rewind();
    /// The next frame in the order they are shown; null at the end of what can be decoded.
    [[nodiscard]] FramePtr next();

    /// A frame as it is shown, rotation applied; scaled down to fit into `fit` unless that is empty.
    [[nodiscard]] Result<QImage> toImage(const AVFrame& frame, QSize fit = {}) const;

private:
    VideoReader() = default;

    FormatPtr m_format;
    CodecPtr m_codec;
    PacketPtr m_packet;
    AVStream* m_video = nullptr; // owned by m_format
    bool m_draining = false;
};

} // namespace clipkiln::ffmpeg
