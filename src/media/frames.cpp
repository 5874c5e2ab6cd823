// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/frames.h"

#include "core/files.h"
#include "media/ffmpeg.h"
#include "media/filetype.h"
#include "media/picturereader.h"

#include <QFile>

#include <cmath>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

using ffmpeg::FramePtr;
using ffmpeg::VideoReader;

/// Players tell times in whole milliseconds, cut off: 0.041 stands for the frame at 0.041666.
constexpr double toleranceSeconds = 0.001;

std::int64_t timeOf(const AVFrame& frame)
{
    return frame.best_effort_timestamp;
}

/// What decoding up to a time gave.
struct Found
{
    FramePtr frame;
    bool isBehind = false; ///< even the first frame came later than asked
};

/// Decodes on from where the reader stands to the last frame that is not later than `timestamp`.
Found decodeUpTo(VideoReader& reader, std::int64_t timestamp)
{
    Found found;
    while (FramePtr frame = reader.next()) {
        if (timeOf(*frame) > timestamp) {
            if (!found.frame)
                found = {std::move(frame), true};
            break;
        }
        found.frame = std::move(frame);
    }
    return found;
}

Error noFrame()
{
    return {ErrorKind::NotAClip, u"The video has no frame that can be decoded."_s};
}

Result<QImage> frameAtTimestamp(VideoReader& reader, std::int64_t timestamp)
{
    // A seek may end behind the time it was asked for (frames that need an earlier key frame, a file without an
    // index), so it is tried from further and further back until it does not.
    const std::int64_t first = reader.firstTimestamp();
    const std::int64_t end = reader.seconds() > 0 ? reader.timestampOf(reader.seconds()) : timestamp;
    const std::int64_t step = std::max<std::int64_t>(reader.timestampOf(2) - first, 1);
    Found found;
    for (std::int64_t back = 0;; back = std::max(back * 4, step)) {
        const std::int64_t from = std::max(std::min(timestamp, end) - back, first);
        if (!(from == first ? reader.rewind() : reader.seek(from)) && from > first)
            continue;
        found = decodeUpTo(reader, timestamp);
        if ((found.frame && !found.isBehind) || from == first)
            break;
    }
    if (!found.frame)
        return noFrame();
    return reader.toImage(*found.frame);
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
