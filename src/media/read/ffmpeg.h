// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QImage>
#include <QSize>
#include <QString>
#include <QTransform>

#include <cstdint>
#include <memory>
#include <optional>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/frame.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

/// The FFmpeg libraries behind owners that free what they hold. Only this room includes this header.
namespace clipkiln::ffmpeg {

struct Free
{
    void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
    void operator()(SwrContext* resampler) const { swr_free(&resampler); }
    void operator()(AVAudioFifo* fifo) const { av_audio_fifo_free(fifo); }
};

using FormatPtr = std::unique_ptr<AVFormatContext, Free>;
using CodecPtr = std::unique_ptr<AVCodecContext, Free>;
using FramePtr = std::unique_ptr<AVFrame, Free>;
using PacketPtr = std::unique_ptr<AVPacket, Free>;
using ScalerPtr = std::unique_ptr<SwsContext, Free>;
using ResamplerPtr = std::unique_ptr<SwrContext, Free>;
using FifoPtr = std::unique_ptr<AVAudioFifo, Free>;

/// Players report times in whole milliseconds, cut off: 0.041 stands for the frame at 0.041666.
inline constexpr double toleranceSeconds = 0.001;

/// What FFmpeg says of an error code of its own.
[[nodiscard]] QString errorText(int code);

/// A local video file, opened, its streams looked at. Disk when it cannot be read, NotAClip when it is no video file.
[[nodiscard]] Result<FormatPtr> openFormat(const QString& path);

/// Where the stream's pixels have to go to be shown; turns and mirrors only, whatever the file says.
[[nodiscard]] QTransform displayTransform(const AVStream& stream);
[[nodiscard]] bool swapsSides(const QTransform& transform);

/// The matrix of a frame's colours; players take what does not say for BT.709 above standard definition.
[[nodiscard]] AVColorSpace colourSpaceOf(const AVFrame& frame);

/// Whether decoding can begin with a packet that is marked as a key frame. In H.264 that mark is also given to frames
/// after which others still lean on what came before (open GOP): only an IDR picture is a clean start.
[[nodiscard]] bool isCleanStart(const AVPacket& packet, const AVCodecParameters& parameters);

/// Seconds as a time of the stream, counted from its beginning.
[[nodiscard]] std::int64_t timestampOf(const AVStream& stream, double seconds);
/// The stream's first time.
[[nodiscard]] std::int64_t firstTimestamp(const AVStream& stream);

/// A local video file, opened, with the decoder of its video stream. One thread at a time.
class VideoReader final
{
public:
    /// Disk when the file cannot be read, NotAClip when there is no video stream in it that can be decoded.
    [[nodiscard]] static Result<VideoReader> open(const QString& path);

    [[nodiscard]] const AVFormatContext& format() const { return *m_format; }
    [[nodiscard]] const AVStream& video() const { return *m_video; }
    [[nodiscard]] QTransform transform() const { return displayTransform(*m_video); }
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
    /// Goes to where the next frame is shown at or before the time; to the first frame when there is none.
    /// False when nothing can be decoded.
    [[nodiscard]] bool seekBefore(std::int64_t timestamp);
    /// Whether the file's index names a key frame after `from` and at or before `to`: going there saves decoding.
    [[nodiscard]] bool hasKeyFrameBetween(std::int64_t from, std::int64_t to) const;
    /// The next frame in the order they are shown; null at the end of what can be decoded.
    [[nodiscard]] FramePtr next();

    /// A frame as it is shown, rotation applied; scaled down to fit into `fit` unless that is empty.
    [[nodiscard]] Result<QImage> toImage(const AVFrame& frame, QSize fit = {}) const;

private:
    VideoReader() = default;

    void startAnew();

    FormatPtr m_format;
    CodecPtr m_codec;
    PacketPtr m_packet;
    AVStream* m_video = nullptr; // owned by m_format
    FramePtr m_waiting;          ///< decoded already, to come next
    bool m_draining = false;
};

} // namespace clipkiln::ffmpeg
