// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/write/copytrack.h"

#if LIBAVFORMAT_VERSION_INT < AV_VERSION_INT(60, 15, 100)
extern "C" {
#include <libavutil/display.h>
}
#endif

namespace clipkiln {

namespace {

void passDisplayMatrix([[maybe_unused]] const AVStream& stream, [[maybe_unused]] Mp4Writer& writer)
{
#if LIBAVFORMAT_VERSION_INT < AV_VERSION_INT(60, 15, 100)
    std::size_t bytes = 0;
    if (const std::uint8_t* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &bytes))
        writer.turnLastStream(matrix, bytes);
#endif
}

} // namespace

bool canCopyVideo(const QString& path, const Span& span)
{
    const Result<SourceStream> source = SourceStream::open(path, AVMEDIA_TYPE_VIDEO);
    const ffmpeg::PacketPtr packet(av_packet_alloc());
    if (!source || !packet)
        return false;
    if (span.from > 0)
        source->seek(span.from);
    std::optional<std::int64_t> first;
    bool isPastEnd = false;
    for (; source->read(*packet); av_packet_unref(packet.get())) {
        if (packet->pts == AV_NOPTS_VALUE || packet->dts == AV_NOPTS_VALUE)
            return false;
        if (source->secondsOf(packet->dts) >= span.to)
            break;
        if (!span.contains(source->secondsOf(packet->pts))) {
            isPastEnd = isPastEnd || source->secondsOf(packet->pts) > span.from;
            continue;
        }
        if (packet->flags & (AV_PKT_FLAG_DISCARD | AV_PKT_FLAG_CORRUPT))
            return false;
        // A frame that is stored behind one of after the end may need that one.
        if (isPastEnd || (first && packet->pts < *first))
            return false;
        if (!first && span.from > 0 && !ffmpeg::isCleanStart(*packet, *source->stream->codecpar))
            return false;
        if (!first)
            first = packet->pts;
    }
    return first.has_value();
}

CopyTrack::CopyTrack(SourceStream source, const Span& span)
    : m_source(std::move(source)), m_span(span), m_packet(av_packet_alloc())
{
    if (span.from > 0)
        m_source.seek(span.from);
}

Result<std::unique_ptr<Track>> CopyTrack::open(const QString& path, AVMediaType type, const Span& span)
{
    Result<SourceStream> source = SourceStream::open(path, type);
    if (!source)
        return source.error();
    return std::unique_ptr<Track>(new CopyTrack(std::move(*source), span));
}

std::optional<Error> CopyTrack::addTo(Mp4Writer& writer)
{
    const Result<int> number = writer.addStream(*m_source.stream->codecpar, m_source.stream->time_base);
    if (!number)
        return number.error();
    m_number = *number;
    passDisplayMatrix(*m_source.stream, writer);
    return std::nullopt;
}

bool CopyTrack::belongs(const AVPacket& packet) const
{
    const double begin = m_source.secondsOf(packet.pts);
    if (m_source.stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO)
        return m_span.contains(begin);
    // Sound neither begins before the picture nor outlasts it; what a decoder needs before the very start stays.
    const bool isLateEnough = m_span.from <= 0 || begin >= m_span.from - ffmpeg::toleranceSeconds;
    return isLateEnough && m_source.secondsOf(packet.pts + packet.duration) <= m_span.to + ffmpeg::toleranceSeconds;
}

std::optional<Error> CopyTrack::step(Mp4Writer& writer)
{
    while (true) {
        if (!m_source.read(*m_packet) || m_source.secondsOf(m_packet->dts) >= m_span.to) {
            av_packet_unref(m_packet.get());
            m_isDone = true;
            return std::nullopt;
        }
        if (m_packet->pts == AV_NOPTS_VALUE)
            m_packet->pts = m_packet->dts;
        if (belongs(*m_packet))
            break;
        av_packet_unref(m_packet.get());
    }
    if (!m_zero) {
        const bool isVideo = m_source.stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
        m_zero = isVideo ? m_packet->pts : m_source.timestampOf(m_span.from);
    }
    m_packet->pts -= *m_zero;
    m_packet->dts -= *m_zero;
    m_seconds = static_cast<double>(m_packet->dts) * av_q2d(m_source.stream->time_base);
    return writer.write(*m_packet, m_number);
}

} // namespace clipkiln
