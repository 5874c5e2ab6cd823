// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/probe.h"

#include "core/sourcerules.h"
#include "core/text.h"
#include "media/read/ffmpeg.h"
#include "media/read/inputfile.h"

#include <QFile>
#include <QFileInfo>

namespace clipkiln {

using namespace Qt::StringLiterals;

Result<VideoInfo> probeVideo(const QString& path)
{
    Result<ffmpeg::VideoReader> reader = ffmpeg::VideoReader::open(path);
    if (!reader)
        return reader.error();
    const qint64 bytes = QFileInfo(path).size();
    if (reader->indexedEnd() > bytes)
        return Error{ErrorKind::NotAClip, u"The file ends before its last frame."_s};
    if (!reader->next())
        return Error{ErrorKind::NotAClip, u"The video cannot be decoded."_s};

    VideoInfo info;
    info.seconds = reader->seconds();
    info.size = reader->size();
    info.framesPerSecond =
        av_q2d(reader->video().avg_frame_rate.den ? reader->video().avg_frame_rate : reader->video().r_frame_rate);
    info.videoCodec = QString::fromUtf8(avcodec_get_name(reader->video().codecpar->codec_id));
    info.audioCodec = reader->audioCodec();
    info.bytes = bytes;
    return info;
}

Result<LocalFile> probeImage(const QString& path)
{
    QFile file(path);
    const Result<FileType> type = openAndIdentify(file);
    if (!type)
        return type.error();
    if (!isSendable(InputKind::Image, mimeOf(*type)))
        return unusable(refusal(*type));
    return probePicture(file, *type);
}

Result<VideoInput> probeVideoInput(const QString& path)
{
    QFile file(path);
    const Result<FileType> type = openAndIdentify(file);
    if (!type)
        return type.error();
    if (!isVideo(*type))
        return unusable(videoRefusal(*type));
    const Result<VideoInfo> info = probeVideo(path);
    if (!info && info.error().kind == ErrorKind::NotAClip)
        return unusable(
            Text::tr("This video cannot be opened; it may be damaged or cut off. (%1)").arg(info.error().detail));
    if (!info)
        return info.error();
    VideoInput video{describe(path, *type), info->framesPerSecond};
    video.file.size = info->size;
    video.file.seconds = info->seconds;
    return video;
}

} // namespace clipkiln
