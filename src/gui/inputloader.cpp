// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputloader.h"

#include "core/files.h"
#include "media/frames.h"
#include "media/probe.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QThreadPool>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr QSize previewSize(480, 480);

/// What was pasted and sent lies with the profile's inputs by now; what was not is of no use the next day.
void removeOldPasted(const QString& folder)
{
    const QDateTime yesterday = QDateTime::currentDateTimeUtc().addDays(-1);
    const auto files = QDir(folder).entryInfoList({u"pasted-*"_s}, QDir::Files);
    for (const QFileInfo& file : files) {
        if (file.lastModified() < yesterday)
            QFile::remove(file.filePath());
    }
}

} // namespace

InputLoader::InputLoader(const QString& pasteFolder, QObject* parent) : QObject(parent), m_pasteFolder(pasteFolder)
{
    QThreadPool::globalInstance()->start([pasteFolder] { removeOldPasted(pasteFolder); });
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
    start([image, folder = m_pasteFolder, name = tr("Pasted image")]() -> Result<Loaded> {
        QBuffer png;
        if (!png.open(QIODevice::WriteOnly) || !image.save(&png, "PNG"))
            return Error{ErrorKind::InputUnusable, tr("The pasted picture cannot be read. Copy it again."), {}};
        return filePasted(folder, png.data(), name);
    });
}

void InputLoader::loadEncoded(const QByteArray& bytes)
{
    start([bytes, folder = m_pasteFolder, name = tr("Pasted image")] { return filePasted(folder, bytes, name); });
}

void InputLoader::cancel()
{
    ++m_ticket;
    m_isLoading = false;
}

void InputLoader::start(const std::function<Result<Loaded>()>& work)
{
    m_isLoading = true;
    auto* watcher = new QFutureWatcher<Result<Loaded>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, ticket = ++m_ticket] {
        watcher->deleteLater();
        if (ticket != m_ticket)
            return;
        m_isLoading = false;
        const Result<Loaded> result = watcher->result();
        if (result)
            Q_EMIT loaded(result->file, result->preview);
        else
            Q_EMIT failed(result.error());
    });
    watcher->setFuture(QtConcurrent::run(work));
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
