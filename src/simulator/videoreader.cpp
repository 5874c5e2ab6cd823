// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/videoreader.h"

#include "simulator/avpointers.h"
#include "simulator/videowriter.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
}

#include <QTransform>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

struct DemuxerDeleter
{
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};

/// One stream of a file, decoded frame by frame.
class Stream
{
public:
    bool open(const QString& path, AVMediaType type)
    {
        // The service accepts MP4 only; and other demuxers would follow addresses that a file contains.
        AVFormatContext* demuxer = nullptr;
        if (avformat_open_input(&demuxer, path.toUtf8().constData(), av_find_input_format("mp4"), nullptr) < 0)
            return false;
        m_demuxer.reset(demuxer);
        const AVDictionaryEntry* brand = av_dict_get(demuxer->metadata, "major_brand", nullptr, 0);
        if (!brand || QLatin1StringView(brand->value) == "qt  "_L1) // the same demuxer reads QuickTime's .mov
            return false;
        if (avformat_find_stream_info(demuxer, nullptr) < 0)
            return false;
        const AVCodec* codec = nullptr;
        m_index = av_find_best_stream(demuxer, type, -1, -1, &codec, 0);
        if (m_index < 0 || !codec)
            return false;
        m_decoder.reset(avcodec_alloc_context3(codec));
        m_decoder->thread_count = 1;
        m_packet.reset(av_packet_alloc());
        m_frame.reset(av_frame_alloc());
        return avcodec_parameters_to_context(m_decoder.get(), stream()->codecpar) >= 0 &&
               avcodec_open2(m_decoder.get(), codec, nullptr) >= 0;
    }

    /// The next frame, valid until the one after it; null at the end.
    const AVFrame* next()
    {
        for (;;) {
            const int received = avcodec_receive_frame(m_decoder.get(), m_frame.get());
            if (received >= 0)
                return m_frame.get();
            if (received != AVERROR(EAGAIN))
                return nullptr;
            int read = 0;
            while ((read = av_read_frame(m_demuxer.get(), m_packet.get())) >= 0 && m_packet->stream_index != m_index)
                av_packet_unref(m_packet.get());
            // Damaged packets are skipped, as players do.
            avcodec_send_packet(m_decoder.get(), read < 0 ? nullptr : m_packet.get());
            av_packet_unref(m_packet.get());
        }
    }

    const AVStream* stream() const { return m_demuxer->streams[m_index]; }
    const AVFormatContext* demuxer() const { return m_demuxer.get(); }
    const AVCodecContext* decoder() const { return m_decoder.get(); }

    /// The time of a frame from the beginning of the stream.
    double secondsOf(const AVFrame* frame) const
    {
        const int64_t start = stream()->start_time == AV_NOPTS_VALUE ? 0 : stream()->start_time;
        return static_cast<double>(frame->best_effort_timestamp - start) * av_q2d(stream()->time_base);
    }

private:
    std::unique_ptr<AVFormatContext, DemuxerDeleter> m_demuxer;
    AvPointer<AVCodecContext> m_decoder;
    AvPointer<AVPacket> m_packet;
    AvPointer<AVFrame> m_frame;
    int m_index = -1;
};

/// How many quarter turns to the right make the pictures of a stream upright: a phone notes them beside the pictures.
int quarterTurns(const AVStream& stream)
{
    const uint8_t* matrix = nullptr;
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)
    const AVCodecParameters& parameters = *stream.codecpar;
    if (const AVPacketSideData* side = av_packet_side_data_get(
            parameters.coded_side_data, parameters.nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX))
        matrix = side->data;
#else
    matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
#endif
    if (!matrix)
        return 0;
    std::array<int32_t, 9> values;
    std::copy_n(matrix, sizeof values, reinterpret_cast<uint8_t*>(values.data()));
    const double toTheLeft = av_display_rotation_get(values.data()); // degrees; no number for a matrix of zeros
    return std::isnan(toTheLeft) ? 0 : (4 - static_cast<int>(std::lround(toTheLeft / 90))) % 4;
}

} // namespace

class VideoReader::Impl
{
public:
    /// Whether it is a video of a kind that the service accepts (CONTRACT.md 3.2).
    bool open(const QString& path)
    {
        static constexpr std::array codecs{AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_AV1};
        if (!m_stream.open(path, AVMEDIA_TYPE_VIDEO))
            return false;
        m_turns = quarterTurns(*m_stream.stream());
        return !size().isEmpty() && std::ranges::find(codecs, m_stream.decoder()->codec_id) != codecs.end();
    }

    QSize size() const
    {
        const AVCodecParameters* video = m_stream.stream()->codecpar;
        return upright({video->width, video->height});
    }

    double seconds() const
    {
        const AVStream* stream = m_stream.stream();
        if (stream->duration > 0)
            return static_cast<double>(stream->duration) * av_q2d(stream->time_base);
        return static_cast<double>(std::max<int64_t>(0, m_stream.demuxer()->duration)) / AV_TIME_BASE;
    }

    QImage nextFrame(QSize wanted)
    {
        // A frame is shown until the next one begins; half a frame of tolerance keeps 24 frames a second as they are.
        const double time = (m_shown + 0.5) / framesPerSecond;
        while (!m_ended && (m_ahead.isNull() || m_aheadAt <= time)) {
            m_current = m_ahead;
            const AVFrame* frame = m_stream.next();
            m_ended = !frame;
            m_ahead = frame ? toImage(frame, wanted) : QImage();
            m_aheadAt = frame ? m_stream.secondsOf(frame) : m_aheadAt;
        }
        if (m_ended && time > std::max(seconds(), m_aheadAt + 1.0 / framesPerSecond))
            return {};
        m_shown += 1;
        return m_current.isNull() ? m_ahead : m_current;
    }

private:
    /// A size of the pictures as they are stored from that of the upright ones, and the other way round.
    QSize upright(QSize size) const { return m_turns % 2 == 0 ? size : size.transposed(); }

    QImage toImage(const AVFrame* frame, QSize uprightSize)
    {
        const QSize wanted = upright(uprightSize);
        const SwsContext* before = m_scaler.get();
        m_scaler.reset(sws_getCachedContext(m_scaler.release(), frame->width, frame->height,
                                            static_cast<AVPixelFormat>(frame->format), wanted.width(), wanted.height(),
                                            AV_PIX_FMT_BGRA, SWS_BILINEAR, nullptr, nullptr, nullptr));
        if (!m_scaler)
            return {};
        if (m_scaler.get() != before) {
            const int space = frame->colorspace == AVCOL_SPC_UNSPECIFIED ? SWS_CS_ITU709 : frame->colorspace;
            const int* matrix = sws_getCoefficients(space);
            const int fullRange = frame->color_range == AVCOL_RANGE_JPEG;
            sws_setColorspaceDetails(m_scaler.get(), matrix, fullRange, matrix, 1, 0, 1 << 16, 1 << 16);
        }
        QImage image(wanted, QImage::Format_RGB32);
        const std::array<uint8_t*, 1> target{image.bits()};
        const std::array<int, 1> stride{static_cast<int>(image.bytesPerLine())};
        sws_scale(m_scaler.get(), frame->data, frame->linesize, 0, frame->height, target.data(), stride.data());
        return m_turns == 0 ? image : image.transformed(QTransform().rotate(90 * m_turns));
    }

    Stream m_stream;
    int m_turns = 0; ///< a quarter to the right each
    AvPointer<SwsContext> m_scaler;
    QImage m_current; ///< what is shown until m_aheadAt
    QImage m_ahead;
    double m_aheadAt = 0; ///< at the end: when the last frame began
    double m_shown = 0;
    bool m_ended = false;
};

VideoReader::VideoReader() : m_impl(std::make_unique<Impl>()) {}

VideoReader::~VideoReader() = default;

bool VideoReader::open(const QString& path)
{
    return m_impl->open(path);
}

QSize VideoReader::size() const
{
    return m_impl->size();
}

double VideoReader::seconds() const
{
    return m_impl->seconds();
}

QImage VideoReader::nextFrame(QSize size)
{
    return m_impl->nextFrame(size);
}

std::vector<float> VideoReader::sound(const QString& path, double seconds)
{
    std::vector<float> result;
    Stream stream;
    if (!stream.open(path, AVMEDIA_TYPE_AUDIO))
        return result;
    AVChannelLayout stereo{}; // FFmpeg 5.1 wants both layouts mutable
    av_channel_layout_default(&stereo, 2);
    const AVCodecContext* decoder = stream.decoder();
    AVChannelLayout own = decoder->ch_layout; // of at most some channels in their usual order: no copy is needed
    SwrContext* converter = nullptr;
    if (swr_alloc_set_opts2(&converter, &stereo, AV_SAMPLE_FMT_FLT, samplesPerSecond, &own, decoder->sample_fmt,
                            decoder->sample_rate, 0, nullptr) < 0)
        return result;
    const AvPointer<SwrContext> owner(converter);
    if (swr_init(converter) < 0)
        return result;
    const auto most = static_cast<std::size_t>(seconds * samplesPerSecond) * 2;
    for (const AVFrame* frame = stream.next(); frame && result.size() < most; frame = stream.next()) {
        const int room = swr_get_out_samples(converter, frame->nb_samples);
        const std::size_t before = result.size();
        result.resize(before + static_cast<std::size_t>(room) * 2);
        auto* target = reinterpret_cast<uint8_t*>(result.data() + before);
        const int made =
            swr_convert(converter, &target, room, const_cast<const uint8_t**>(frame->extended_data), frame->nb_samples);
        result.resize(before + static_cast<std::size_t>(std::max(0, made)) * 2);
    }
    result.resize(std::min(result.size(), most));
    return result;
}

} // namespace clipkiln::simulator
