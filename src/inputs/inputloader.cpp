// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/inputloader.h"

#include "core/files.h"
#include "inputs/preparationpool.h"
#include "inputs/sourcevideo.h"
#include "media/prepare/imagefit.h"
#include "media/read/frames.h"
#include "media/read/probe.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

using Outcome = Result<LoadedInput>;

constexpr QSize previewSize(640, 640);
constexpr int progressSteps = 1000;

/// How the pool prepares a file; copied, because the work runs on another thread.
struct PreparationOptions
{
    explicit PreparationOptions(const PreparationPool& pool)
        : folder(pool.preparedFolder()), keepMetadata(!pool.removesMetadata())
    {
    }

    QString folder;
    bool keepMetadata;
};

Error unusable(const QString& sentence)
{
    return {ErrorKind::InputUnusable, sentence, {}};
}

/// The name of what was given with the suffix of what is sent: the file itself may have got a number.
QString nameFor(const QString& given, const LocalFile& sent)
{
    const QString suffix = QFileInfo(sent.path).suffix();
    return suffix.isEmpty() ? given : QFileInfo(given).completeBaseName() + u'.' + suffix;
}

std::optional<Error> makeFolder(const QString& folder)
{
    return QDir().mkpath(folder) ? std::nullopt : std::optional(diskError(folder, {}));
}

Outcome withPreview(LoadedInput input)
{
    const auto preview = thumbnail(input.sent.file.path, previewSize);
    if (!preview)
        return preview.error();
    input.preview = *preview;
    return input;
}

Outcome fitted(LoadedInput image, const ImageFit& fit, const PreparationOptions& options)
{
    image.fit = {};
    image.sent = image.whole;
    if (fit.how == ImageFit::How::Keep || hasRatio(image.whole.file.size, fit.ratio))
        return image;
    if (const auto error = makeFolder(options.folder))
        return *error;
    const auto sent = prepareImage(image.original, {fit, options.keepMetadata}, options.folder);
    if (!sent)
        return sent.error();
    image.fit = fit;
    image.sent = *sent;
    image.sent.file.name = image.whole.file.name;
    return image;
}

/// With a name of its own when it was pasted.
Outcome prepareImageFile(const QString& path, const ImageFit& fit, const PreparationOptions& options,
                         const QString& name = {})
{
    if (const auto error = makeFolder(options.folder))
        return *error;
    const auto whole = prepareImage(path, {{}, options.keepMetadata}, options.folder);
    if (!whole)
        return whole.error();
    LoadedInput image;
    image.original = path;
    image.whole = *whole;
    image.whole.file.name = name.isEmpty() ? nameFor(QFileInfo(path).fileName(), image.whole.file) : name;
    image.sent = image.whole;
    const Outcome seen = withPreview(std::move(image));
    return seen ? fitted(*seen, fit, options) : seen;
}

Outcome preparePasted(const QByteArray& bytes, const QString& folder, const ImageFit& fit,
                      const PreparationOptions& options)
{
    // Named by content, so that the same picture pasted again is the same file.
    const auto hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().first(16);
    const QString path = folder + u"/pasted-"_s + QString::fromLatin1(hash);
    if (const auto error = makeFolder(folder))
        return *error;
    if (const auto error = durableWrite(path, bytes))
        return *error;
    return prepareImageFile(path, fit, options, InputLoader::tr("Pasted image"));
}

Outcome cutVideo(LoadedInput video, const std::optional<VideoPart>& part, const PreparationOptions& options,
                 const PreparationProgress& progress)
{
    if (const auto error = makeFolder(options.folder))
        return *error;
    const auto sent = prepareVideo(video.original, {part, options.keepMetadata}, options.folder, progress);
    if (!sent)
        return sent.error();
    video.sent = *sent;
    video.sent.file.name = nameFor(video.whole.file.name, video.sent.file);
    video.part = part;
    video.isTooLong = false;
    return withPreview(std::move(video));
}

Outcome prepareVideoFile(const QString& path, double longest, const PreparationOptions& options,
                         const PreparationProgress& progress)
{
    const auto source = readSourceVideo(path, longest);
    if (!source)
        return source.error();
    LoadedInput video;
    video.original = path;
    video.whole.file = source->input.file;
    video.sent = video.whole;
    video.framesPerSecond = source->input.framesPerSecond;
    video.isTooLong = source->isTooLong;
    return video.isTooLong ? withPreview(std::move(video)) : cutVideo(std::move(video), {}, options, progress);
}

} // namespace

InputLoader::InputLoader(PreparationPool& pool, QObject* parent) : QObject(parent), m_pool(pool) {}

InputLoader::~InputLoader()
{
    cancel();
}

void InputLoader::loadFile(const QString& path, const ImageFit& fit)
{
    start([=, options = PreparationOptions(m_pool)](const auto&) { return prepareImageFile(path, fit, options); });
}

void InputLoader::loadVideo(const QString& path, double longest)
{
    start([=, options = PreparationOptions(m_pool)](const auto& progress) {
        return prepareVideoFile(path, longest, options, progress);
    });
}

void InputLoader::loadKnown(const LocalFile& file)
{
    start([file](const auto&) -> Outcome {
        if (!QFileInfo::exists(file.path))
            return unusable(tr("%1 is not there any more. Choose another file.").arg(file.name));
        LoadedInput known;
        known.original = file.path;
        known.whole.file = file;
        known.sent = known.whole;
        if (file.mime.startsWith("video/"_L1)) {
            if (const auto info = probeVideo(file.path))
                known.framesPerSecond = info->framesPerSecond;
        }
        return withPreview(std::move(known));
    });
}

void InputLoader::loadPixels(const QImage& image, const ImageFit& fit)
{
    start([=, folder = m_pool.folder(), options = PreparationOptions(m_pool)](const auto&) -> Outcome {
        QBuffer png;
        if (!png.open(QIODevice::WriteOnly) || !image.save(&png, "PNG"))
            return unusable(tr("The pasted picture cannot be read. Copy it again."));
        return preparePasted(png.data(), folder, fit, options);
    });
}

void InputLoader::loadEncoded(const QByteArray& bytes, const ImageFit& fit)
{
    start([=, folder = m_pool.folder(), options = PreparationOptions(m_pool)](const auto&) {
        return preparePasted(bytes, folder, fit, options);
    });
}

void InputLoader::refit(const LoadedInput& image, const ImageFit& fit)
{
    start([=, options = PreparationOptions(m_pool)](const auto&) { return fitted(image, fit, options); });
}

void InputLoader::cut(const LoadedInput& video, const std::optional<VideoPart>& part)
{
    start([=, options = PreparationOptions(m_pool)](const auto& progress) {
        return cutVideo(video, part, options, progress);
    });
}

void InputLoader::cancel()
{
    if (m_load) {
        m_load->cancel();
        std::exchange(m_load, nullptr)->deleteLater();
    }
}

void InputLoader::start(const std::function<Outcome(const PreparationProgress&)>& work)
{
    cancel();
    m_load = new Load(this);
    connect(m_load, &QFutureWatcherBase::finished, this, [this, load = m_load] {
        if (load != m_load)
            return;
        m_load = nullptr;
        load->deleteLater();
        if (load->isCanceled())
            return; // the program is closing
        const Outcome outcome = load->result();
        if (outcome)
            Q_EMIT loaded(*outcome);
        else
            Q_EMIT failed(outcome.error());
    });
    connect(m_load, &QFutureWatcherBase::progressValueChanged, this, [this, load = m_load](int value) {
        if (load == m_load)
            Q_EMIT progressed(double(value) / progressSteps);
    });
    m_load->setFuture(m_pool.run<Outcome>([work](QPromise<Outcome>& load) {
        load.setProgressRange(0, progressSteps);
        load.addResult(work([&load](double done) {
            load.setProgressValue(qRound(done * progressSteps));
            return !load.isCanceled();
        }));
    }));
}

} // namespace clipkiln
