// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/videofacts.h"

#include "media/read/ffmpeg.h"
#include "media/read/xmpbox.h"

#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <initializer_list>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

bool isOneOf(const QByteArray& name, std::initializer_list<const char*> names)
{
    return std::any_of(names.begin(), names.end(), [&](const char* known) { return name == known; });
}

/// What the tag of a container or a stream gives away.
EmbeddedMetadata kindOfTag(const AVDictionaryEntry& tag)
{
    const QByteArray key = QByteArray(tag.key).toLower();
    if (key.contains("location") || key.contains("gps") || key.contains("xyz"))
        return EmbeddedMetadata::Location;
    if (isOneOf(key, {"major_brand", "minor_version", "compatible_brands", "encoder", "creation_time", "handler_name",
                      "vendor_id", "language", "duration", "timecode"}) ||
        key.startsWith("_statistics") || isOneOf(key, {"bps", "number_of_frames", "number_of_bytes"}))
        return EmbeddedMetadata::None;
    if (key.contains("make") || key.contains("model") || key.contains("android") || key.contains("quicktime") ||
        key.contains("device") || key.contains("software"))
        return EmbeddedMetadata::Camera;
    return EmbeddedMetadata::Other;
}

EmbeddedMetadata kindOfTags(const AVDictionary* tags)
{
    EmbeddedMetadata kind = EmbeddedMetadata::None;
    for (const AVDictionaryEntry* tag = nullptr; (tag = av_dict_get(tags, "", tag, AV_DICT_IGNORE_SUFFIX));)
        kind = std::max(kind, kindOfTag(*tag));
    return kind;
}

/// Tracks beside picture and sound: cameras write where they were once a second.
EmbeddedMetadata kindOfStream(const AVStream& stream)
{
    switch (stream.codecpar->codec_type) {
    case AVMEDIA_TYPE_VIDEO:
        return stream.disposition & AV_DISPOSITION_ATTACHED_PIC ? EmbeddedMetadata::Other : EmbeddedMetadata::None;
    case AVMEDIA_TYPE_AUDIO:
        return EmbeddedMetadata::None;
    case AVMEDIA_TYPE_DATA:
        if (stream.codecpar->codec_tag == MKTAG('t', 'm', 'c', 'd')) // a time code
            return EmbeddedMetadata::None;
        return stream.codecpar->codec_tag == MKTAG('g', 'p', 'm', 'd') ? EmbeddedMetadata::Location
                                                                       : EmbeddedMetadata::Camera;
    default:
        return EmbeddedMetadata::Other;
    }
}

/// Goes through the boxes of an MP4 for what FFmpeg passes over in silence. Boxes are looked into only where their
/// place is, three deep at most: a file may nest them by the hundred thousand.
class BoxWalk
{
public:
    explicit BoxWalk(QFile& file) : m_file(file) {}

    EmbeddedMetadata walk(qint64 begin, qint64 end, const QByteArray& parent)
    {
        EmbeddedMetadata kind = EmbeddedMetadata::None;
        constexpr qint64 headerBytes = 8;
        for (qint64 at = begin; at + headerBytes <= end;) {
            if (!m_file.seek(at))
                break;
            const QByteArray header = m_file.read(16);
            if (header.size() < headerBytes)
                break;
            qint64 size = qFromBigEndian<quint32>(header.constData());
            const QByteArray name = header.mid(4, 4);
            qint64 content = at + headerBytes;
            if (size == 1 && header.size() == 16) {
                size = static_cast<qint64>(qFromBigEndian<quint64>(header.constData() + 8));
                content += 8;
            } else if (size == 0) {
                size = end - at;
            }
            if (size < content - at || size > end - at)
                return std::max(kind, parent.isEmpty() ? EmbeddedMetadata::Other : EmbeddedMetadata::None);
            kind = std::max(kind, kindOf(parent, name, content, at + size));
            at += size;
        }
        return kind;
    }

private:
    EmbeddedMetadata kindOf(const QByteArray& parent, const QByteArray& name, qint64 content, qint64 end)
    {
        if (isOneOf(name, {"moov", "trak", "udta"})) {
            const bool isInPlace = name == "moov"   ? parent.isEmpty()
                                   : name == "trak" ? parent == "moov"
                                                    : parent == "moov" || parent == "trak";
            return isInPlace ? walk(content, end, name) : EmbeddedMetadata::Other;
        }
        if (isOneOf(name, {"\xA9xyz", "loci", "gps "})) // the last one is of car cameras
            return EmbeddedMetadata::Location;
        if (name == "uuid" || name == "XMP_")
            return holdsLocation(content, end) ? EmbeddedMetadata::Location : EmbeddedMetadata::Camera;
        if (parent.isEmpty())
            return isOneOf(name, {"ftyp", "styp", "mdat", "free", "skip", "wide", "moof", "mfra", "sidx", "pdin"})
                       ? EmbeddedMetadata::None
                       : EmbeddedMetadata::Other;
        if (parent == "udta") // FFmpeg reads the tags in "meta"
            return isOneOf(name, {"meta", "\xA9too", "\xA9swr", "name", "hnti"}) || name.startsWith('\0')
                       ? EmbeddedMetadata::None
                       : EmbeddedMetadata::Other;
        if (isOneOf(name, {"meta", "free", "skip", "wide"}))
            return EmbeddedMetadata::None;
        return (parent == "moov" && isOneOf(name, {"mvhd", "mvex", "iods"})) ||
                       (parent == "trak" && isOneOf(name, {"tkhd", "mdia", "edts", "tref", "trgr", "tapt", "load"}))
                   ? EmbeddedMetadata::None
                   : EmbeddedMetadata::Other;
    }

    bool holdsLocation(qint64 content, qint64 end)
    {
        constexpr qint64 mostLookedAt = 4 * 1024 * 1024;
        m_file.seek(content);
        return m_file.read(std::min(end - content, mostLookedAt)).contains("GPSLatitude");
    }

    QFile& m_file;
};

} // namespace

Result<VideoFacts> readVideoFacts(const QString& path)
{
    const Result<ffmpeg::VideoReader> reader = ffmpeg::VideoReader::open(path);
    if (!reader)
        return reader.error();
    const AVFormatContext& format = reader->format();
    const AVStream& video = reader->video();
    VideoFacts facts;
    const AVCodecID codec = video.codecpar->codec_id;
    facts.isCodecTaken = codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC || codec == AV_CODEC_ID_AV1;
    facts.hasSound = !reader->audioCodec().isEmpty();
    facts.isSoundTaken = reader->audioCodec() == "aac"_L1;
    facts.codedSize = {video.codecpar->width, video.codecpar->height};
    facts.seconds = reader->seconds();
    const AVRational rate = video.avg_frame_rate.num > 0 ? video.avg_frame_rate : video.r_frame_rate;
    facts.framesPerSecond = rate.den > 0 ? av_q2d(rate) : 0;

    facts.hidden = kindOfTags(format.metadata);
    for (unsigned i = 0; i < format.nb_streams; ++i)
        facts.hidden =
            std::max({facts.hidden, kindOfStream(*format.streams[i]), kindOfTags(format.streams[i]->metadata)});

    QFile file(path);
    if (qstrcmp(format.iformat->name, "mov,mp4,m4a,3gp,3g2,mj2") == 0 && file.open(QIODevice::ReadOnly)) {
        const AVDictionaryEntry* brand = av_dict_get(format.metadata, "major_brand", nullptr, 0);
        const QByteArray name = brand ? QByteArray(brand->value) : QByteArray();
        facts.isMp4 = !name.isEmpty() && name != "qt  " && !name.startsWith("3g");
        facts.bytesBeforeDetails = bytesBeforeDetails(path);
        facts.hidden =
            std::max(facts.hidden, BoxWalk(file).walk(0, facts.bytesBeforeDetails.value_or(file.size()), {}));
    }
    return facts;
}

} // namespace clipkiln
