// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/sourcestream.h"

#include <cmath>

namespace clipkiln {

using namespace Qt::StringLiterals;

Result<SourceStream> SourceStream::open(const QString& path, AVMediaType type)
{
    Result<ffmpeg::FormatPtr> format = ffmpeg::openFormat(path);
    if (!format)
        return format.error();
    SourceStream source;
    source.format = std::move(*format);
    const int video = av_find_best_stream(source.format.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    const int wanted = av_find_best_stream(source.format.get(), type, -1, video, nullptr, 0);
    if (video < 0 || wanted < 0)
        return Error{ErrorKind::NotAClip, u"There is no such stream in this file."_s};
    source.stream = source.format->streams[wanted];
    const AVStream& first = *source.format->streams[video];
    source.origin = static_cast<double>(ffmpeg::firstTimestamp(first)) * av_q2d(first.time_base);
    for (unsigned i = 0; i < source.format->nb_streams; ++i) {
        if (source.format->streams[i] != source.stream)
            source.format->streams[i]->discard = AVDISCARD_ALL;
    }
    return source;
}

double SourceStream::secondsOf(std::int64_t timestamp) const
{
    return static_cast<double>(timestamp) * av_q2d(stream->time_base) - origin;
}

std::int64_t SourceStream::timestampOf(double seconds) const
{
    return std::llround((seconds + origin) / av_q2d(stream->time_base));
}

void SourceStream::seek(double seconds) const
{
    // Where that fails reading goes on from the start, which is only slower.
    av_seek_frame(format.get(), stream->index, timestampOf(seconds + ffmpeg::toleranceSeconds), AVSEEK_FLAG_BACKWARD);
}

bool SourceStream::read(AVPacket& packet) const
{
    while (av_read_frame(format.get(), &packet) >= 0) {
        if (packet.stream_index == stream->index)
            return true;
        av_packet_unref(&packet);
    }
    return false;
}

} // namespace clipkiln
