// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/frames.h"

#include "core/files.h"
#include "media/read/ffmpeg.h"
#include "media/read/filetype.h"
#include "media/read/picturereader.h"

#include <QFile>

#include <cmath>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

using ffmpeg::FramePtr;
using ffmpeg::toleranceSeconds;
using ffmpeg::VideoReader;

std::int64_t timeOf(const AVFrame& frame)
{
    return frame.best_effort_timestamp;
}

Error noFrame()
{
    return {ErrorKind::NotAClip, u"The video has no frame that can be decoded."_s};
}

/// Decodes on from where the reader stands to the last frame that is not later than `timestamp`; the first frame when
/// there is none. The one after it waits in `following`.
FramePtr decodeUpTo(VideoReader& reader, std::int64_t timestamp, FramePtr& following)
{
    FramePtr found = following ? std::move(following) : reader.next();
    while (found && timeOf(*found) <= timestamp) {
        following = reader.next();
        if (!following || timeOf(*following) > timestamp)
            break;
        found = std::move(following);
    }
    return found;
}

Result<QImage> frameAtTimestamp(VideoReader& reader, std::int64_t timestamp)
{
    if (!reader.seekBefore(timestamp))
        return noFrame();
    FramePtr following;
    return reader.toImage(*decodeUpTo(reader, timestamp, following));
}

bool isBlack(const QImage& image)
{
    qint64 sum = 0;
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x)
            sum += qGray(line[x]);
    }
    constexpr int darkest = 12; // of 255: black with a little noise
    return sum < qint64(image.width()) * image.height() * darkest;
}

Result<QImage> videoThumbnail(const QString& path, QSize size)
{
    Result<VideoReader> reader = VideoReader::open(path);
    if (!reader)
        return reader.error();
    constexpr int framesToTry = 72; // three seconds at 24 frames per second: longer than a fade from black
    std::optional<QImage> first;
    for (int i = 0; i < framesToTry; ++i) {
        const FramePtr frame = reader->next();
        if (!frame)
            break;
        Result<QImage> image = reader->toImage(*frame, size);
        if (!image || !isBlack(*image))
            return image;
        if (!first)
            first = *image;
    }
    if (!first)
        return noFrame();
    return *first;
}

} // namespace

Result<QImage> frameAt(const QString& videoPath, double seconds)
{
    Result<VideoReader> reader = VideoReader::open(videoPath);
    if (!reader)
        return reader.error();
    return frameAtTimestamp(*reader, reader->timestampOf(seconds + toleranceSeconds));
}

Result<QImage> lastFrame(const QString& videoPath)
{
    Result<VideoReader> reader = VideoReader::open(videoPath);
    if (!reader)
        return reader.error();
    // The last key frame is where the end begins; of a damaged end the last frame that decodes.
    constexpr double beyondEveryClip = 1e6;
    return frameAtTimestamp(*reader, reader->timestampOf(beyondEveryClip));
}

std::optional<Error> framesAt(const QString& videoPath, const QList<double>& seconds, QSize fit,
                              const FrameFound& found)
{
    Result<VideoReader> reader = VideoReader::open(videoPath);
    if (!reader)
        return reader.error();
    std::optional<std::int64_t> position; // of the frame shown last
    FramePtr frame;
    FramePtr following;
    for (qsizetype i = 0; i < seconds.size(); ++i) {
        const std::int64_t timestamp = reader->timestampOf(seconds[i] + toleranceSeconds);
        if (!position || timestamp < *position || reader->hasKeyFrameBetween(*position, timestamp)) {
            following.reset();
            if (!reader->seekBefore(timestamp))
                return noFrame();
            frame = decodeUpTo(*reader, timestamp, following);
        } else if (following && timeOf(*following) <= timestamp) {
            frame = decodeUpTo(*reader, timestamp, following);
        }
        position = timeOf(*frame);
        const Result<QImage> image = reader->toImage(*frame, fit);
        if (!image)
            return image.error();
        if (!found(i, *image))
            break;
    }
    return std::nullopt;
}

Result<QImage> thumbnail(const QString& path, QSize size)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return diskError(path, file.errorString());
    const FileType type = fileTypeOf(file.peek(fileTypeBytes));
    if (isVideo(type))
        return videoThumbnail(path, size);
    QImage picture = qtFormatOf(type).isEmpty() ? QImage() : PictureReader(file, type).read(size);
    if (picture.isNull())
        return Error{ErrorKind::InputUnusable, u"This is no picture that can be shown."_s};
    return picture;
}

} // namespace clipkiln
