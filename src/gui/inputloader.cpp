// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputloader.h"

#include "core/files.h"
#include "gui/inputworkshop.h"
#include "media/frames.h"
#include "media/probe.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr QSize previewSize(480, 480);

} // namespace

InputLoader::InputLoader(InputWorkshop& workshop, QObject* parent) : QObject(parent), m_workshop(workshop) {}

InputLoader::~InputLoader()
{
    cancel();
}

void InputLoader::loadFile(const QString& path)
{
    start([path] { return withPreview(probeImage(path)); });
}

void InputLoader::loadVideo(const QString& path)
{
    start([path]() -> Result<Loaded> {
        const auto file = probeInput(path);
        if (file && !file->mime.startsWith("video/"_L1))
            return Error{ErrorKind::InputUnusable,
                         tr("This is a picture. Choose an MP4 video here, or use the picture in Image or Reference."),
                         {}};
        return withPreview(file);
    });
}

void InputLoader::loadKnown(const LocalFile& file)
{
    start([file]() -> Result<Loaded> {
        if (!QFileInfo::exists(file.path))
            return Error{
                ErrorKind::InputUnusable, tr("%1 is not there any more. Choose another file.").arg(file.name), {}};
        return withPreview(file);
    });
}

void InputLoader::loadPixels(const QImage& image)
{
    start([image, folder = m_workshop.folder(), name = tr("Pasted image")]() -> Result<Loaded> {
        QBuffer png;
        if (!png.open(QIODevice::WriteOnly) || !image.save(&png, "PNG"))
            return Error{ErrorKind::InputUnusable, tr("The pasted picture cannot be read. Copy it again."), {}};
        return filePasted(folder, png.data(), name);
    });
}

void InputLoader::loadEncoded(const QByteArray& bytes)
{
    start([bytes, folder = m_workshop.folder(), name = tr("Pasted image")] { return filePasted(folder, bytes, name); });
}

void InputLoader::cancel()
{
    if (m_load) {
        m_load->cancel();
        std::exchange(m_load, nullptr)->deleteLater();
    }
}

void InputLoader::start(const std::function<Result<Loaded>()>& work)
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
        const Result<Loaded> result = load->result();
        if (result)
            Q_EMIT loaded(result->file, result->preview);
        else
            Q_EMIT failed(result.error());
    });
    m_load->setFuture(
        m_workshop.run<Result<Loaded>>([work](QPromise<Result<Loaded>>& load) { load.addResult(work()); }));
}

Result<InputLoader::Loaded> InputLoader::withPreview(const Result<LocalFile>& file)
{
    if (!file)
        return file.error();
    const auto preview = thumbnail(file->path, previewSize);
    if (!preview)
        return preview.error();
    return Loaded{*file, *preview};
}

Result<InputLoader::Loaded> InputLoader::filePasted(const QString& folder, const QByteArray& bytes, const QString& name)
{
    // Named by content, so that the same picture pasted again is the same file.
    const auto hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().first(16);
    const QString path = folder + u"/pasted-"_s + QString::fromLatin1(hash);
    if (!QDir().mkpath(folder))
        return diskError(folder, {});
    if (const auto error = durableWrite(path, bytes))
        return *error;
    auto file = probeImage(path);
    if (file)
        file->name = name;
    return withPreview(file);
}

} // namespace clipkiln
