// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/write/videotrack.h"

#include "core/text.h"
#include "media/read/inputfile.h"

#include <algorithm>
#include <cmath>

extern "C" {
#include <libavutil/opt.h>
}

namespace clipkiln {

using namespace Qt::StringLiterals;
using ffmpeg::CodecPtr;
using ffmpeg::FramePtr;
using ffmpeg::VideoReader;

namespace {

constexpr int quality = 18; // x264's scale: no difference is seen

AVRational rateOf(const AVStream& stream)
{
    const AVRational rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
    return rate.num > 0 && rate.den > 0 ? rate : AVRational{25, 1};
}

FramePtr blankFrame(QSize size)
{
    FramePtr frame(av_frame_alloc());
    frame->format = AV_PIX_FMT_YUV420P;
    frame->width = size.width();
    frame->height = size.height();
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        return nullptr;
    return frame;
}

/// A plane of samples with its pixels where the turn puts them; turns and mirrors only.
void turnPlane(const std::uint8_t* from, int fromStride, QSize size, const QTransform& transform, std::uint8_t* to,
               int toStride)
{
    const int xx = qRound(transform.m11()), xy = qRound(transform.m12());
    const int yx = qRound(transform.m21()), yy = qRound(transform.m22());
    const int left = (xx < 0 ? size.width() - 1 : 0) + (yx < 0 ? size.height() - 1 : 0);
    const int top = (xy < 0 ? size.width() - 1 : 0) + (yy < 0 ? size.height() - 1 : 0);
    const std::ptrdiff_t step = xx + std::ptrdiff_t(xy) * toStride;
    for (int y = 0; y < size.height(); ++y) {
        const std::uint8_t* source = from + std::ptrdiff_t(y) * fromStride;
        std::uint8_t* target = to + (left + yx * y) + std::ptrdiff_t(top + yy * y) * toStride;
        for (int x = 0; x < size.width(); ++x, target += step)
            *target = source[x];
    }
}

FramePtr turned(const AVFrame& frame, const QTransform& transform)
{
    const QSize size(frame.width, frame.height);
    FramePtr result = blankFrame(ffmpeg::swapsSides(transform) ? size.transposed() : size);
    for (std::size_t plane = 0; result && plane < 3; ++plane)
        turnPlane(frame.data[plane], frame.linesize[plane], plane == 0 ? size : size / 2, transform,
                  result->data[plane], result->linesize[plane]);
    return result;
}

Result<CodecPtr> opened(const AVCodec& codec, const VideoReader& source, const AVFrame& sample,
                        const VideoTarget& target)
{
    CodecPtr encoder(avcodec_alloc_context3(&codec));
    const bool isSideways = ffmpeg::swapsSides(source.transform());
    const QSize size = isSideways ? target.size.transposed() : target.size;
    const AVRational aspect = sample.sample_aspect_ratio;
    encoder->width = size.width();
    encoder->height = size.height();
    encoder->sample_aspect_ratio = isSideways && aspect.num > 0 ? AVRational{aspect.den, aspect.num} : aspect;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->time_base = source.video().time_base;
    encoder->framerate = rateOf(source.video());
    encoder->gop_size = qRound(2 * av_q2d(encoder->framerate)); // a player finds a frame fast
    encoder->thread_count = 2;                                  // beside a window
    encoder->color_range = AVCOL_RANGE_MPEG;
    encoder->colorspace = ffmpeg::colourSpaceOf(sample);
    encoder->color_primaries = sample.color_primaries;
    encoder->color_trc = sample.color_trc;
    // Encoders without a scale of quality get a rate that comes near to it.
    constexpr double bitsPerPixel = 0.12;
    const double rate = bitsPerPixel * size.width() * size.height() * av_q2d(encoder->framerate);
    encoder->bit_rate = std::min(target.mostBitsPerSecond, std::int64_t(rate));
    if (qstrcmp(codec.name, "libx264") == 0) {
        encoder->bit_rate = 0;
        encoder->rc_max_rate = target.mostBitsPerSecond;
        encoder->rc_buffer_size = static_cast<int>(std::min<std::int64_t>(target.mostBitsPerSecond, 1'000'000'000));
        av_opt_set(encoder->priv_data, "preset", "veryfast", 0);
        av_opt_set_int(encoder->priv_data, "crf", quality, 0);
    }
    encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (const int code = avcodec_open2(encoder.get(), &codec, nullptr); code < 0)
        return Error{ErrorKind::InputUnusable, ffmpeg::errorText(code)};
    return encoder;
}

} // namespace

QList<const char*> h264Encoders()
{
    return {"libx264", "h264_videotoolbox", "h264_mf", "libopenh264"};
}

Result<CodecPtr> openVideoEncoder(const VideoReader& source, const AVFrame& sample, const VideoTarget& target,
                                  const QList<const char*>& names)
{
    for (const char* name : names) {
        const AVCodec* codec = avcodec_find_encoder_by_name(name);
        if (!codec)
            continue;
        if (Result<CodecPtr> encoder = opened(*codec, source, sample, target))
            return encoder;
    }
    return unusable(Text::tr("This video has to be re-encoded, and this system has no H.264 encoder for it. Make it an "
                             "MP4 with H.264 in another program and use that."));
}

VideoTrack::VideoTrack(VideoReader source, const Span& span, const VideoTarget& target)
    : m_source(std::move(source)), m_span(span), m_target(target)
{
}

Result<std::unique_ptr<Track>> VideoTrack::open(const QString& path, const Span& span, const VideoTarget& target)
{
    Result<VideoReader> source = VideoReader::open(path);
    if (!source)
        return source.error();
    std::unique_ptr<VideoTrack> track(new VideoTrack(std::move(*source), span, target));
    VideoReader& reader = track->m_source;
    const double base = av_q2d(reader.video().time_base);
    const std::int64_t origin = reader.firstTimestamp();
    const auto secondsOf = [&](const AVFrame& frame) {
        return static_cast<double>(frame.best_effort_timestamp - origin) * base;
    };
    FramePtr first = reader.seekBefore(reader.timestampOf(span.from)) ? reader.next() : nullptr;
    while (first && secondsOf(*first) < span.from - ffmpeg::toleranceSeconds)
        first = reader.next();
    if (!first || !span.contains(secondsOf(*first)))
        return unusable(Text::tr("There is no frame in this part of the video. Choose a longer one."));

    Result<CodecPtr> encoder = openVideoEncoder(reader, *first, target);
    if (!encoder)
        return encoder.error();
    track->setEncoder(std::move(*encoder));
    track->m_zero = first->best_effort_timestamp;
    track->m_usual = std::max<std::int64_t>(1, std::llround(1 / av_q2d(rateOf(reader.video())) / base));
    track->m_first = std::move(first);
    return std::unique_ptr<Track>(std::move(track));
}

std::optional<Error> VideoTrack::step(Mp4Writer& writer)
{
    Result<FramePtr> converted = nextConverted();
    if (!converted)
        return converted.error();
    FramePtr next = std::move(*converted);
    if (m_pending) {
        const std::int64_t duration = next ? next->pts - m_pending->pts : m_usual;
        m_durations[m_pending->pts] = duration;
        m_seconds = static_cast<double>(m_pending->pts + duration) * av_q2d(encoder().time_base);
        if (auto error = encode(m_pending.get(), writer))
            return error;
    }
    m_pending = std::move(next);
    if (m_pending)
        return std::nullopt;
    m_isDone = true;
    return encode(nullptr, writer);
}

void VideoTrack::complete(AVPacket& packet)
{
    if (const auto duration = m_durations.find(packet.pts); duration != m_durations.end()) {
        packet.duration = duration->second;
        m_durations.erase(duration);
    }
}

Result<FramePtr> VideoTrack::nextConverted()
{
    while (FramePtr frame = m_first ? std::move(m_first) : m_source.next()) {
        const std::int64_t time = frame->best_effort_timestamp;
        const double seconds = static_cast<double>(time - m_source.firstTimestamp()) * av_q2d(encoder().time_base);
        if (!m_span.contains(seconds))
            return FramePtr();
        // Two frames at one time, or one that goes back, cannot both be shown.
        if (m_pending && time - m_zero <= m_pending->pts)
            continue;
        FramePtr converted = convert(*frame);
        if (!converted) // no end: the rest would be missing without a word
            return encodingError(AVERROR_INVALIDDATA);
        converted->pts = time - m_zero;
        return converted;
    }
    return FramePtr();
}

FramePtr VideoTrack::convert(const AVFrame& frame)
{
    // Of odd sides the last line is left out: nothing is stretched.
    const int width = frame.width & ~1;
    const int height = frame.height & ~1;
    const QSize size = m_target.size;
    const int flags = size == QSize(width, height) ? SWS_BICUBIC | SWS_ACCURATE_RND : SWS_AREA;
    m_scaler.reset(sws_getCachedContext(m_scaler.release(), width, height, static_cast<AVPixelFormat>(frame.format),
                                        size.width(), size.height(), AV_PIX_FMT_YUV420P, flags, nullptr, nullptr,
                                        nullptr));
    FramePtr converted = blankFrame(size);
    if (!m_scaler || !converted)
        return nullptr;
    const int* coefficients = sws_getCoefficients(ffmpeg::colourSpaceOf(frame));
    const int fullRange = frame.color_range == AVCOL_RANGE_JPEG ? 1 : 0;
    sws_setColorspaceDetails(m_scaler.get(), coefficients, fullRange, coefficients, 0, 0, 1 << 16, 1 << 16);
    sws_scale(m_scaler.get(), frame.data, frame.linesize, 0, height, converted->data, converted->linesize);
    const QTransform transform = m_source.transform();
    return transform.isIdentity() ? std::move(converted) : turned(*converted, transform);
}

} // namespace clipkiln
