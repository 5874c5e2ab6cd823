// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/ffmpeg.h"

#include "core/files.h"

#include <QFile>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <mutex>

extern "C" {
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
}

namespace clipkiln::ffmpeg {

using namespace Qt::StringLiterals;

namespace {

/// More is no clip of this service and would take memory without bound (an 8K frame has 35 million pixels).
constexpr std::int64_t maxPixels = 36'000'000;

/// Containers of real video files. Playlists and scripts that name other files or addresses are not among them.
constexpr char containers[] = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg";

Error notAClip(const QString& detail)
{
    return {ErrorKind::NotAClip, detail};
}

/// A broken file is an answer to the caller, not a line on the terminal.
void quieten()
{
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_level(AV_LOG_FATAL); });
}

} // namespace

QString errorText(int code)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(code, text.data(), text.size());
    return QString::fromUtf8(text.data());
}

Result<FormatPtr> openFormat(const QString& path)
{
    quieten();
    if (QFile file(path); !file.open(QIODevice::ReadOnly))
        return diskError(path, file.errorString());
    AVFormatContext* format = nullptr;
    AVDictionary* options = nullptr;
    av_dict_set(&options, "format_whitelist", containers, 0);
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    const QByteArray url = "file:" + path.toUtf8();
    int code = avformat_open_input(&format, url.constData(), nullptr, &options);
    av_dict_free(&options);
    if (code < 0)
        return notAClip(errorText(code));
    FormatPtr owner(format);
    code = avformat_find_stream_info(format, nullptr);
    if (code < 0)
        return notAClip(errorText(code));
    return owner;
}

QTransform displayTransform(const AVStream& stream)
{
    const std::uint8_t* data = nullptr;
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)
    const AVCodecParameters& parameters = *stream.codecpar;
    if (const AVPacketSideData* side = av_packet_side_data_get(
            parameters.coded_side_data, parameters.nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX))
        data = side->data;
#else
    data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
#endif
    if (!data)
        return {};
    std::array<std::int32_t, 9> matrix;
    std::copy_n(data, sizeof matrix, reinterpret_cast<std::uint8_t*>(matrix.data()));
    const auto sign = [](std::int64_t value) { return value < 0 ? -1.0 : 1.0; };
    const std::int64_t a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
    if (std::abs(a) >= std::abs(b))
        return {sign(a), 0, 0, sign(d), 0, 0};
    return {0, sign(b), sign(c), 0, 0, 0};
}

bool swapsSides(const QTransform& transform)
{
    return transform.m11() == 0;
}

AVColorSpace colourSpaceOf(const AVFrame& frame)
{
    if (frame.colorspace != AVCOL_SPC_UNSPECIFIED && frame.colorspace != AVCOL_SPC_RGB)
        return frame.colorspace;
    return frame.height > 576 ? AVCOL_SPC_BT709 : AVCOL_SPC_BT470BG;
}

bool isCleanStart(const AVPacket& packet, const AVCodecParameters& parameters)
{
    if (!(packet.flags & AV_PKT_FLAG_KEY))
        return false;
    if (parameters.codec_id != AV_CODEC_ID_H264)
        return true;
    constexpr int slice = 1;
    constexpr int idrSlice = 5;
    const QByteArrayView data(packet.data, packet.size);
    const bool hasLengths = parameters.extradata_size > 4 && parameters.extradata[0] == 1; // else start codes
    const qsizetype lengthBytes = hasLengths ? (parameters.extradata[4] & 3) + 1 : 3;
    for (qsizetype at = 0; at + lengthBytes < data.size();) {
        if (!hasLengths) {
            at = data.indexOf(QByteArrayView("\0\0\1", 3), at);
            if (at < 0 || at + lengthBytes >= data.size())
                return false;
        }
        const int type = data[at + lengthBytes] & 0x1F;
        if (type >= slice && type <= idrSlice)
            return type == idrSlice;
        qsizetype length = 0;
        for (qsizetype i = 0; hasLengths && i < lengthBytes; ++i)
            length = (length << 8) | static_cast<unsigned char>(data[at + i]);
        at += lengthBytes + length;
    }
    return false;
}

std::int64_t timestampOf(const AVStream& stream, double seconds)
{
    const double limit = std::isfinite(seconds) ? std::clamp(seconds, 0.0, 1e6) : 0.0;
    return firstTimestamp(stream) + std::llround(limit / av_q2d(stream.time_base));
}

std::int64_t firstTimestamp(const AVStream& stream)
{
    return stream.start_time == AV_NOPTS_VALUE ? 0 : stream.start_time;
}

Result<VideoReader> VideoReader::open(const QString& path)
{
    Result<FormatPtr> format = openFormat(path);
    if (!format)
        return format.error();

    VideoReader reader;
    reader.m_format = std::move(*format);
    const AVCodec* decoder = nullptr;
    const int index = av_find_best_stream(reader.m_format.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0);
    if (index < 0)
        return notAClip(u"There is no video in this file."_s);
    reader.m_video = reader.m_format->streams[index];
    for (unsigned i = 0; i < reader.m_format->nb_streams; ++i) {
        if (reader.m_format->streams[i] != reader.m_video)
            reader.m_format->streams[i]->discard = AVDISCARD_ALL;
    }

    reader.m_codec.reset(avcodec_alloc_context3(decoder));
    reader.m_packet.reset(av_packet_alloc());
    if (!reader.m_codec || !reader.m_packet)
        return notAClip(errorText(AVERROR(ENOMEM)));
    AVCodecContext* codec = reader.m_codec.get();
    int code = avcodec_parameters_to_context(codec, reader.m_video->codecpar);
    codec->pkt_timebase = reader.m_video->time_base;
    codec->max_pixels = maxPixels;
    codec->thread_count = 2; // each further thread holds frames of its own
    if (code >= 0)
        code = avcodec_open2(codec, decoder, nullptr);
    if (code < 0)
        return notAClip(errorText(code));
    return reader;
}

QString VideoReader::audioCodec() const
{
    const int index = av_find_best_stream(m_format.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    return index < 0 ? QString() : QString::fromUtf8(avcodec_get_name(m_format->streams[index]->codecpar->codec_id));
}

QSize VideoReader::size() const
{
    const QSize size(m_codec->width, m_codec->height);
    return swapsSides(displayTransform(*m_video)) ? size.transposed() : size;
}

double VideoReader::seconds() const
{
    if (m_video->duration != AV_NOPTS_VALUE && m_video->duration > 0)
        return static_cast<double>(m_video->duration) * av_q2d(m_video->time_base);
    if (m_format->duration != AV_NOPTS_VALUE && m_format->duration > 0)
        return static_cast<double>(m_format->duration) / AV_TIME_BASE;
    return 0;
}

std::int64_t VideoReader::indexedEnd() const
{
    std::int64_t end = 0;
    for (unsigned i = 0; i < m_format->nb_streams; ++i) {
        AVStream* stream = m_format->streams[i];
        const int count = avformat_index_get_entries_count(stream);
        if (const AVIndexEntry* last = count > 0 ? avformat_index_get_entry(stream, count - 1) : nullptr)
            end = std::max(end, last->pos + last->size);
    }
    return end;
}

std::int64_t VideoReader::timestampOf(double seconds) const
{
    return ffmpeg::timestampOf(*m_video, seconds);
}

std::int64_t VideoReader::firstTimestamp() const
{
    return ffmpeg::firstTimestamp(*m_video);
}

bool VideoReader::seek(std::int64_t timestamp)
{
    startAnew();
    const auto jump = [this](std::int64_t target) {
        return av_seek_frame(m_format.get(), m_video->index, target, AVSEEK_FLAG_BACKWARD) >= 0;
    };
    if (m_video->codecpar->codec_id != AV_CODEC_ID_H264)
        return jump(timestamp);
    // After a key frame that is no clean start the decoder drops some frames: one key frame earlier has it in step.
    if (!jump(timestamp))
        return false;
    std::int64_t target = timestamp;
    while (av_read_frame(m_format.get(), m_packet.get()) >= 0) {
        const bool isVideo = m_packet->stream_index == m_video->index;
        if (isVideo && !isCleanStart(*m_packet, *m_video->codecpar) && m_packet->dts != AV_NOPTS_VALUE)
            target = std::min(timestamp, m_packet->dts) - 1;
        av_packet_unref(m_packet.get());
        if (isVideo)
            break;
    }
    return jump(target) || jump(timestamp);
}

bool VideoReader::rewind()
{
    // A transport stream has no index: looking for its first time may end behind it.
    if (!(m_format->iformat->flags & AVFMT_TS_DISCONT))
        return seek(firstTimestamp());
    startAnew();
    return av_seek_frame(m_format.get(), -1, 0, AVSEEK_FLAG_BYTE) >= 0;
}

bool VideoReader::seekBefore(std::int64_t timestamp)
{
    // A seek may end behind the time it was asked for (frames that need an earlier key frame, a file without an
    // index), so it is tried from further and further back until it does not.
    const std::int64_t first = firstTimestamp();
    const std::int64_t end = seconds() > 0 ? timestampOf(seconds()) : timestamp;
    const std::int64_t step = std::max<std::int64_t>(timestampOf(2) - first, 1);
    for (std::int64_t back = 0;; back = std::max(back * 4, step)) {
        const std::int64_t from = std::max(std::min(timestamp, end) - back, first);
        if (!(from == first ? rewind() : seek(from)) && from > first)
            continue;
        m_waiting = next();
        if (from == first || (m_waiting && m_waiting->best_effort_timestamp <= timestamp))
            return m_waiting != nullptr;
    }
}

bool VideoReader::hasKeyFrameBetween(std::int64_t from, std::int64_t to) const
{
    const int index = av_index_search_timestamp(m_video, to, AVSEEK_FLAG_BACKWARD);
    const AVIndexEntry* key = index >= 0 ? avformat_index_get_entry(m_video, index) : nullptr;
    return key && key->timestamp > from;
}

FramePtr VideoReader::next()
{
    if (m_waiting)
        return std::move(m_waiting);
    FramePtr frame(av_frame_alloc());
    if (!frame)
        return nullptr;
    while (true) {
        const int received = avcodec_receive_frame(m_codec.get(), frame.get());
        if (received == 0)
            return frame;
        if (received != AVERROR(EAGAIN) || m_draining)
            return nullptr;
        const int read = av_read_frame(m_format.get(), m_packet.get());
        if (read < 0) {
            m_draining = true;
            avcodec_send_packet(m_codec.get(), nullptr);
            continue;
        }
        // A packet that cannot be decoded is passed over: the frames around it can still be shown.
        if (m_packet->stream_index == m_video->index)
            avcodec_send_packet(m_codec.get(), m_packet.get());
        av_packet_unref(m_packet.get());
    }
}

void VideoReader::startAnew()
{
    avcodec_flush_buffers(m_codec.get());
    m_waiting.reset();
    m_draining = false;
}

Result<QImage> VideoReader::toImage(const AVFrame& frame, QSize fit) const
{
    const QTransform transform = displayTransform(*m_video);
    const QSize full(frame.width, frame.height);
    QSize size = full;
    if (const QSize box = swapsSides(transform) ? fit.transposed() : fit;
        !box.isEmpty() && (size.width() > box.width() || size.height() > box.height()))
        size = size.scaled(box, Qt::KeepAspectRatio).expandedTo({1, 1});

    const int flags = size == full ? SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT : SWS_AREA;
    const ScalerPtr scaler(sws_getContext(full.width(), full.height(), static_cast<AVPixelFormat>(frame.format),
                                          size.width(), size.height(), AV_PIX_FMT_RGB32, flags, nullptr, nullptr,
                                          nullptr));
    // The buffer is FFmpeg's, with the padding its fast paths write into; the image takes it over.
    std::array<std::uint8_t*, 4> planes{};
    std::array<int, 4> strides{};
    if (!scaler || av_image_alloc(planes.data(), strides.data(), size.width(), size.height(), AV_PIX_FMT_RGB32, 64) < 0)
        return notAClip(u"This frame cannot be converted to a picture."_s);
    QImage image(planes[0], size.width(), size.height(), strides[0], QImage::Format_RGB32, &av_free, planes[0]);

    const int* coefficients = sws_getCoefficients(colourSpaceOf(frame));
    const int fullRange = frame.color_range == AVCOL_RANGE_JPEG ? 1 : 0;
    sws_setColorspaceDetails(scaler.get(), coefficients, fullRange, sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16,
                             1 << 16);
    sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, planes.data(), strides.data());
    return transform.isIdentity() ? image : image.transformed(transform);
}

} // namespace clipkiln::ffmpeg
