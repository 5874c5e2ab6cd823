// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/renderer.h"

#include "simulator/landscape.h"
#include "simulator/pace.h"
#include "simulator/pictureshots.h"
#include "simulator/seed.h"
#include "simulator/soundtrack.h"
#include "simulator/videoreader.h"
#include "simulator/videoshots.h"
#include "simulator/videowriter.h"
#include "simulator/words.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr double longestSide = 2.5; ///< of a clip that follows a picture, in shorter sides of the table
constexpr double shortestExtendable = 2;
constexpr double longestExtendable = 15.1; ///< 15 s clips have a frame more
constexpr int mostEditLines = 720;
constexpr double fadeSeconds = 1.5;
constexpr QSize cannedSize(64, 36);

int even(double pixels)
{
    return std::max(2, static_cast<int>(std::lround(pixels / 2)) * 2);
}

/// Rendering is not urgent: other threads come first.
void yieldToOthers()
{
#ifdef Q_OS_LINUX
    setpriority(PRIO_PROCESS, 0, 2); // of this thread only, contrary to POSIX; QThread's priorities do nothing here
#endif
}

Failure writeFailure()
{
    return {u"internal_error"_s, u"The simulator could not write the clip."_s};
}

/// Loads all pictures of a request; the first that cannot be loaded is the failure.
class Pictures
{
public:
    explicit Pictures(const Sources& sources) : m_sources(sources) {}

    QImage get(const Media& media)
    {
        std::variant<QImage, Failure> picture = m_sources.picture(media);
        if (auto* found = std::get_if<Failure>(&picture)) {
            if (!failure)
                failure = *found;
            return {};
        }
        return std::get<QImage>(picture);
    }

    std::optional<Failure> failure;

private:
    const Sources& m_sources;
};

/// A clip to be rendered: pictures, number of frames, sound.
struct Film
{
    std::unique_ptr<Shot> shot;
    QSize size;
    int frames = 0;
    int promptFrom = 0; ///< the first frame with the prompt on it: an extension leaves its source as it is
    bool sound = true;
    std::vector<float> soundBefore{}; ///< of the source; the soundtrack goes on after it
    Rendered facts{};
};

std::variant<Film, Failure> generationFilm(const VideoRequest& request, const Sources& sources)
{
    Pictures pictures(sources);
    const QImage first = request.image ? pictures.get(*request.image) : QImage();
    const QImage last = request.lastFrame ? pictures.get(*request.lastFrame) : QImage();
    QList<QImage> references;
    for (const Media& media : request.references)
        references.append(pictures.get(media));
    QList<QImage> keyframes;
    for (const Keyframe& keyframe : request.keyframes)
        keyframes.append(pictures.get(keyframe.image));
    if (pictures.failure)
        return *pictures.failure;

    Film film;
    film.size = clipSize(request, first.size());
    film.frames = request.seconds * framesPerSecond + 1;
    film.sound = request.sound;
    const double seconds = request.seconds;
    const size_t seed = seedOf(request.prompt);
    std::unique_ptr<Shot> start;
    if (!first.isNull())
        start = std::make_unique<PanShot>(first, film.size, seconds, seed);
    else
        start = std::make_unique<LandscapeShot>(request.prompt, film.size);
    if (!references.isEmpty() && first.isNull())
        start = std::make_unique<CollageShot>(references, film.size, std::move(start));
    auto sequence = std::make_unique<SequenceShot>(std::move(start));
    if (!references.isEmpty() && !first.isNull()) {
        auto behind = std::make_unique<LandscapeShot>(request.prompt, film.size);
        sequence->add(0.5, 0.5 + std::min(fadeSeconds, seconds / 3),
                      std::make_unique<CollageShot>(references, film.size, std::move(behind)));
    }
    double reached = 0;
    for (qsizetype i = 0; i < keyframes.size(); ++i) {
        const double at = request.keyframes.at(i).seconds;
        sequence->add(std::max(reached, at - fadeSeconds), at, std::make_unique<StillShot>(keyframes.at(i), film.size));
        reached = at;
    }
    if (!last.isNull())
        sequence->add(std::max(reached, seconds - std::max(fadeSeconds, seconds * 0.4)), seconds,
                      std::make_unique<StillShot>(last, film.size));
    film.shot = std::move(sequence);
    return film;
}

std::variant<Film, Failure> videoFilm(const VideoRequest& request, const Sources& sources, const std::atomic_bool& stop)
{
    const std::variant<QString, Failure> file = sources.video(*request.video);
    if (const auto* failure = std::get_if<Failure>(&file))
        return *failure;
    const QString& path = std::get<QString>(file);
    VideoReader reader;
    if (!reader.open(path))
        return Failure{u"invalid_argument"_s,
                       u"The provided video could not be decoded. Supported are MP4 files with H.264, H.265 or AV1."_s};
    const double seconds = reader.seconds();
    const QSize source = reader.size();
    const bool extends = request.mode == Mode::Extend;
    if (extends && (seconds < shortestExtendable || seconds > longestExtendable))
        return Failure{
            u"invalid_argument"_s,
            u"Input video duration must be between 2 and 15 seconds, but is %1 seconds."_s.arg(seconds, 0, 'f', 1)};
    Film film;
    const int lines = std::min(source.width(), source.height());
    film.facts = {seconds, lines};
    const double scale = std::min(1.0, static_cast<double>(mostEditLines) / lines);
    film.size = {even(source.width() * scale), even(source.height() * scale)};
    const double used = extends ? seconds : std::min(seconds, longestEditSeconds);
    const int sourceFrames = std::max(1, static_cast<int>(std::lround(used * framesPerSecond - 0.01)));
    film.soundBefore = VideoReader::sound(path, static_cast<double>(sourceFrames) / framesPerSecond);
    const size_t seed = seedOf(request.prompt);
    if (extends) {
        film.frames = sourceFrames + request.seconds * framesPerSecond;
        film.promptFrom = sourceFrames;
        film.shot = std::make_unique<ExtensionShot>(path, film.size, sourceFrames, request.seconds, seed);
    } else {
        film.frames = sourceFrames;
        film.shot = std::make_unique<EditShot>(path, film.size, seed);
    }
    return stop ? std::variant<Film, Failure>(writeFailure()) : std::move(film);
}

bool write(const Film& film, const VideoRequest& request, const QString& file, const std::atomic_bool& stop)
{
    VideoWriter writer;
    if (!writer.open(file, film.size, film.sound))
        return false;
    const Caption caption(request.prompt, film.size, request.video.has_value());
    const auto before = static_cast<int>(film.soundBefore.size() / 2);
    const double newSeconds = static_cast<double>(film.frames) / framesPerSecond - double(before) / samplesPerSecond;
    Soundtrack soundtrack(seedOf(request.prompt), newSeconds, request.voices);
    if (film.sound && !writer.addSound(film.soundBefore))
        return false;
    int soundToSkip = before;
    QImage frame(film.size, QImage::Format_RGB32);
    for (int i = 0; i < film.frames; ++i) {
        if (stop)
            return false;
        {
            QPainter painter(&frame);
            painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
            film.shot->paint(painter, static_cast<double>(i) / framesPerSecond);
            caption.paint(painter, i >= film.promptFrom);
        }
        const int own = std::max(0, samplesPerFrame - soundToSkip);
        soundToSkip -= samplesPerFrame - own;
        if (!writer.addFrame(frame) || (film.sound && own > 0 && !writer.addSound(soundtrack.next(own))))
            return false;
    }
    return writer.finish();
}

} // namespace

std::variant<Rendered, Failure> renderClip(const RenderOrder& order)
{
    yieldToOthers();
    std::variant<Film, Failure> film = order.request.video ? videoFilm(order.request, order.sources, order.stop)
                                                           : generationFilm(order.request, order.sources);
    if (const auto* failure = std::get_if<Failure>(&film))
        return *failure;
    if (!order.file.isEmpty() && !write(std::get<Film>(film), order.request, order.file, order.stop))
        return writeFailure();
    return std::get<Film>(film).facts;
}

bool renderCanned(const QString& file)
{
    VideoRequest request;
    request.prompt = u"canned"_s;
    Film film;
    film.size = cannedSize;
    film.frames = framesPerSecond + 1;
    film.shot = std::make_unique<LandscapeShot>(request.prompt, film.size);
    const std::atomic_bool never = false;
    return write(film, request, file, never);
}

QSize clipSize(const VideoRequest& request, QSize picture)
{
    const double lines = request.lines;
    if (request.aspectRatio.isEmpty() && !picture.isEmpty()) {
        const QSizeF size(picture);
        const double shorter = std::min(size.width(), size.height());
        const double longer = std::max(size.width(), size.height());
        const double scale = std::min(lines / shorter, lines * longestSide / longer);
        return {even(size.width() * scale), even(size.height() * scale)};
    }
    const QStringList ratio = (request.aspectRatio.isEmpty() ? u"16:9"_s : request.aspectRatio).split(u':');
    const double wide = ratio.first().toDouble();
    const double high = ratio.last().toDouble();
    // Measured: 848 x 480, so the longer side is the multiple of 16 (of 8 in the middle ratios) that fits.
    const int longer = static_cast<int>(lines * std::max(wide, high) / std::min(wide, high)) / 8 * 8;
    return wide > high   ? QSize(longer, request.lines)
           : wide < high ? QSize(request.lines, longer)
                         : QSize(request.lines, request.lines);
}

} // namespace clipkiln::simulator
