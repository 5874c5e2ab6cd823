// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/prepare/prepare.h"

#include "core/sourcerules.h"
#include "core/text.h"
#include "media/read/inputfile.h"
#include "media/read/probe.h"
#include "media/read/videofacts.h"
#include "media/write/audiotrack.h"
#include "media/write/copytrack.h"
#include "media/write/newfile.h"
#include "media/write/videotrack.h"
#include "media/write/xmpbox.h"

#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

using TrackPtr = std::unique_ptr<Track>;

QSize evenSize(QSize size, double factor = 1)
{
    const auto even = [factor](int side) { return std::max(2, static_cast<int>(side * factor) / 2 * 2); };
    return {even(size.width()), even(size.height())};
}

/// Writes the tracks into a file, the one that lags behind first.
std::optional<Error> writeTracks(const QList<Track*>& tracks, const QString& path, double seconds,
                                 const PreparationProgress& progress)
{
    Result<Mp4Writer> writer = Mp4Writer::create(path);
    if (!writer)
        return writer.error();
    for (Track* track : tracks) {
        if (auto error = track->addTo(*writer))
            return error;
    }
    if (auto error = writer->begin())
        return error;
    while (true) {
        Track* next = nullptr;
        for (Track* track : tracks) {
            if (!track->isDone() && (!next || track->seconds() < next->seconds()))
                next = track;
        }
        if (!next)
            return writer->finish();
        if (auto error = next->step(*writer))
            return error;
        const double done = seconds > 0 ? std::clamp(next->seconds() / seconds, 0.0, 1.0) : 0;
        if (progress && !progress(done))
            return unusable(Text::tr("Stopped."));
    }
}

/// One video on its way from the file it came in to the one it goes out in.
class VideoWork
{
public:
    VideoWork(const QString& path, const VideoPreparation& wanted, const QString& folder,
              const PreparationProgress& progress)
        : m_path(path), m_wanted(wanted), m_folder(folder), m_progress(progress)
    {
    }

    Result<PreparedInput> run()
    {
        if (const auto error = inspect())
            return *error;
        const bool fits = m_source.bytes <= mostVideoBytes;
        const bool isClean = m_facts.hidden == EmbeddedMetadata::None || m_wanted.keepMetadata;
        if (!m_isPart && m_facts.isMp4 && m_facts.isCodecTaken && fits && isClean)
            return m_facts.bytesBeforeDetails && !m_wanted.keepMetadata ? withoutDetails()
                                                                        : PreparedInput{m_source, {}};

        Result<NewFile> file = NewFile::create(m_folder, QFileInfo(m_source.name).completeBaseName() + u".mp4"_s);
        if (!file)
            return file.error();
        const bool canCopy = m_facts.isCodecTaken && (m_isPart || fits) && canCopyVideo(m_path, m_span);
        std::optional<Error> error;
        if (canCopy)
            error = copy(file->path());
        const bool hasFailed = error && error->kind == ErrorKind::InputUnusable && !m_isStopped;
        if (!canCopy || hasFailed || (!error && isTooLarge(file->path())))
            error = encode(file->path());
        if (error)
            return *error;
        const Result<VideoInput> result = probeVideoInput(file->path());
        if (!result)
            return result.error();
        file->keep();
        return PreparedInput{result->file, notes(result->file)};
    }

private:
    std::optional<Error> inspect()
    {
        const Result<VideoInput> source = probeVideoInput(m_path);
        if (!source)
            return source.error();
        m_source = source->file;
        const Result<VideoFacts> facts = readVideoFacts(m_path);
        if (!facts)
            return facts.error();
        m_facts = *facts;
        if (!m_wanted.part)
            return std::nullopt;
        const VideoPart part = *m_wanted.part;
        if (!(part.from < part.to) || (m_facts.seconds > 0 && part.from >= m_facts.seconds))
            return unusable(Text::tr("There is no frame in this part of the video. Choose a longer one."));
        const bool isWhole = part.from <= ffmpeg::toleranceSeconds && m_facts.seconds > 0 &&
                             part.to >= m_facts.seconds - ffmpeg::toleranceSeconds;
        m_isPart = !isWhole;
        if (m_isPart)
            m_span = {std::max(part.from, 0.0), part.to};
        return std::nullopt;
    }

    /// A clip of ours without what made it: as the service sent it, byte for byte.
    Result<PreparedInput> withoutDetails()
    {
        Result<NewFile> file = copyFirst(*m_facts.bytesBeforeDetails, m_path, m_folder);
        if (!file)
            return file.error();
        file->keep();
        LocalFile clip = m_source;
        clip.path = file->path();
        clip.bytes = *m_facts.bytesBeforeDetails;
        return PreparedInput{clip, {}};
    }

    [[nodiscard]] double length() const
    {
        return std::max((m_facts.seconds > 0 ? std::min(m_span.to, m_facts.seconds) : m_span.to) - m_span.from, 0.1);
    }

    [[nodiscard]] static bool isTooLarge(const QString& path) { return QFileInfo(path).size() > mostVideoBytes; }

    /// The sound; nothing when there is none that can be read.
    TrackPtr openSound()
    {
        if (!m_facts.hasSound)
            return nullptr;
        Result<TrackPtr> sound = m_facts.isSoundTaken ? CopyTrack::open(m_path, AVMEDIA_TYPE_AUDIO, m_span)
                                                      : AudioTrack::open(m_path, m_span);
        m_isSoundLost = !sound;
        return sound ? std::move(*sound) : nullptr;
    }

    std::optional<Error> write(Result<TrackPtr> picture, const QString& path)
    {
        if (!picture)
            return picture.error();
        const TrackPtr sound = openSound();
        QList<Track*> tracks{picture->get()};
        if (sound)
            tracks.append(sound.get());
        const auto progress = [this](double done) {
            m_isStopped = m_progress && !m_progress(done);
            return !m_isStopped;
        };
        return writeTracks(tracks, path, length(), progress);
    }

    std::optional<Error> copy(const QString& path)
    {
        return write(CopyTrack::open(m_path, AVMEDIA_TYPE_VIDEO, m_span), path);
    }

    /// At a rate that keeps the file below the limit, and smaller where that rate would show.
    std::optional<Error> encode(const QString& path)
    {
        m_isEncoded = true;
        constexpr double soundBitsPerSecond = 200'000;
        constexpr double fewestBitsPerSecond = 100'000;
        constexpr double fewestBitsPerPixel = 0.03;
        double rate = 0.95 * 8 * double(mostVideoBytes) / length() - soundBitsPerSecond;
        while (true) {
            if (rate < fewestBitsPerSecond)
                return unusable(
                    Text::tr("This video is too long to be sent: the service takes 48 MB. Use a part of it."));
            const double pixelsPerSecond =
                double(m_facts.codedSize.width()) * m_facts.codedSize.height() * std::max(m_facts.framesPerSecond, 1.0);
            const double factor = std::min(1.0, std::sqrt(rate / fewestBitsPerPixel / pixelsPerSecond));
            const VideoTarget target{evenSize(m_facts.codedSize, factor), static_cast<std::int64_t>(rate)};
            if (auto error = write(VideoTrack::open(m_path, m_span, target), path))
                return error;
            if (!isTooLarge(path))
                return std::nullopt;
            rate *= 0.9 * double(mostVideoBytes) / double(QFileInfo(path).size());
        }
    }

    [[nodiscard]] QStringList notes(const LocalFile& result) const
    {
        QStringList notes;
        if (m_isPart)
            notes.append(m_isEncoded ? Text::tr("Cut and re-encoded.") : Text::tr("Cut without re-encoding."));
        if (!m_facts.isMp4) {
            const QString kind = QFileInfo(m_source.name).suffix().toUpper();
            notes.append(kind.isEmpty() ? Text::tr("Made an MP4.") : Text::tr("Made an MP4 from %1.").arg(kind));
        }
        if (!m_facts.isCodecTaken)
            notes.append(Text::tr("Re-encoded as H.264."));
        constexpr int evened = 1; // pixels that an odd side loses
        if (m_isEncoded && result.size.width() < m_source.size.width() - evened)
            notes.append(Text::tr("Scaled from %1 to %2.").arg(sizeText(m_source.size), sizeText(result.size)));
        else if (m_isEncoded && !m_isPart && m_source.bytes > mostVideoBytes)
            notes.append(Text::tr("Compressed to at most 48 MB."));
        if (m_isSoundLost)
            notes.append(Text::tr("Its sound cannot be read and is left out."));
        if (m_facts.hidden != EmbeddedMetadata::None)
            notes.append(removalNote(m_facts.hidden));
        return notes;
    }

    QString m_path;
    VideoPreparation m_wanted;
    QString m_folder;
    const PreparationProgress& m_progress;

    LocalFile m_source;
    VideoFacts m_facts;
    Span m_span;
    bool m_isPart = false;
    bool m_isEncoded = false;
    bool m_isSoundLost = false;
    bool m_isStopped = false;
};

} // namespace

Result<PreparedInput> prepareVideo(const QString& path, const VideoPreparation& wanted, const QString& folder,
                                   const PreparationProgress& progress)
{
    return VideoWork(path, wanted, folder, progress).run();
}

} // namespace clipkiln
