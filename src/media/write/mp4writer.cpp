// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/write/mp4writer.h"

#include "core/files.h"
#include "core/text.h"
#include "media/read/inputfile.h"

#include <algorithm>

namespace clipkiln {

void Mp4Writer::Close::operator()(AVFormatContext* format) const
{
    avio_closep(&format->pb);
    avformat_free_context(format);
}

Result<Mp4Writer> Mp4Writer::create(const QString& path)
{
    Mp4Writer writer;
    writer.m_path = path;
    AVFormatContext* format = nullptr;
    const QByteArray url = "file:" + path.toUtf8();
    int code = avformat_alloc_output_context2(&format, nullptr, "mp4", url.constData());
    writer.m_format.reset(format);
    if (code >= 0)
        code = avio_open(&format->pb, url.constData(), AVIO_FLAG_WRITE);
    if (code < 0)
        return writer.failure(code);
    return writer;
}

Result<int> Mp4Writer::addStream(const AVCodecParameters& parameters, AVRational timeBase)
{
    AVStream* stream = avformat_new_stream(m_format.get(), nullptr);
    const int code = stream ? avcodec_parameters_copy(stream->codecpar, &parameters) : AVERROR(ENOMEM);
    if (code < 0)
        return failure(code);
    // The source's tag may be of another container; Apple's players know H.265 by this one alone.
    stream->codecpar->codec_tag = parameters.codec_id == AV_CODEC_ID_HEVC ? MKTAG('h', 'v', 'c', '1') : 0;
    stream->time_base = timeBase;
    m_timeBases.append(timeBase);
    return stream->index;
}

void Mp4Writer::turnLastStream([[maybe_unused]] const std::uint8_t* matrix, [[maybe_unused]] std::size_t bytes)
{
#if LIBAVFORMAT_VERSION_INT < AV_VERSION_INT(60, 15, 100) // later versions have it among the parameters
    AVStream* stream = m_format->streams[m_format->nb_streams - 1];
    if (std::uint8_t* data = av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, bytes))
        std::copy_n(matrix, bytes, data);
#endif
}

std::optional<Error> Mp4Writer::begin()
{
    AVDictionary* options = nullptr;
    av_dict_set(&options, "movflags", "+faststart", 0);
    const int code = avformat_write_header(m_format.get(), &options);
    av_dict_free(&options);
    return code < 0 ? std::optional(failure(code)) : std::nullopt;
}

std::optional<Error> Mp4Writer::write(AVPacket& packet, int stream)
{
    packet.stream_index = stream;
    packet.pos = -1;
    av_packet_rescale_ts(&packet, m_timeBases[stream], m_format->streams[stream]->time_base);
    const int code = av_interleaved_write_frame(m_format.get(), &packet);
    return code < 0 ? std::optional(failure(code)) : std::nullopt;
}

std::optional<Error> Mp4Writer::finish()
{
    int code = av_write_trailer(m_format.get());
    if (code >= 0)
        code = avio_closep(&m_format->pb);
    return code < 0 ? std::optional(failure(code)) : std::nullopt;
}

Error Mp4Writer::failure(int code) const
{
    if (code == AVERROR(EINVAL) || code == AVERROR_INVALIDDATA || code == AVERROR_PATCHWELCOME)
        return unusable(Text::tr("This video cannot be made an MP4 (%1). Convert it in another program and use that.")
                            .arg(ffmpeg::errorText(code)));
    return diskError(m_path, ffmpeg::errorText(code));
}

} // namespace clipkiln
