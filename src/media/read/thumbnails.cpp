// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/thumbnails.h"

#include "media/read/frames.h"

#include <QCache>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QImageReader>
#include <QImageWriter>
#include <QSaveFile>
#include <QSet>
#include <QThreadPool>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize thumbnailSize(480, 480);
constexpr qsizetype memoryLimit = 64 * 1024 * 1024; ///< bytes of pixels
constexpr qint64 diskLimit = 256 * 1024 * 1024;

/// The name changes with the file's path, time and length, so a changed file never shows its old picture.
QString cacheFile(const QString& folder, const QFileInfo& info)
{
    const QString key =
        u"%1\n%2\n%3"_s.arg(info.absoluteFilePath()).arg(info.lastModified().toMSecsSinceEpoch()).arg(info.size());
    const QByteArray hash = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex();
    return folder + u'/' + QString::fromLatin1(hash.first(40)) + u".png"_s;
}

/// A lost or half-written picture is only made once more, so failures here are not reported.
void keep(const QImage& image, const QString& file)
{
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly))
        return;
    QImageWriter writer(&target, "png");
    writer.setCompression(30);
    if (writer.write(image))
        target.commit();
}

QImage loadOrMake(const QString& folder, const QString& path)
{
    const QString file = cacheFile(folder, QFileInfo(path));
    if (QImage kept = QImageReader(file, "png").read(); !kept.isNull())
        return kept;
    const Result<QImage> made = thumbnail(path, thumbnailSize);
    if (!made)
        return {};
    keep(*made, file);
    return *made;
}

/// Keeps the folder from growing for ever: the oldest pictures go.
void trim(const QString& folder)
{
    qint64 bytes = 0;
    const QFileInfoList files = QDir(folder).entryInfoList({u"*.png"_s}, QDir::Files, QDir::Time);
    for (const QFileInfo& file : files) {
        bytes += file.size();
        if (bytes > diskLimit)
            QFile::remove(file.filePath());
    }
}

} // namespace

class Thumbnails::Private
{
public:
    QString folder;
    QCache<QString, QPixmap> pixmaps{memoryLimit}; ///< a null pixmap stands for a file that cannot be read
    QSet<QString> pending;
    QThreadPool pool;
    int calls = 0;
};

Thumbnails::Thumbnails(QString folder, QObject* parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->folder = std::move(folder);
    d->pool.setMaxThreadCount(2);
    d->pool.setThreadPriority(QThread::LowPriority);
    QDir().mkpath(d->folder);
    d->pool.start([where = d->folder] { trim(where); });
}

Thumbnails::~Thumbnails()
{
    d->pool.clear(); // what has not begun
    d->pool.waitForDone();
}

QPixmap Thumbnails::find(const QString& path)
{
    if (const QPixmap* pixmap = d->pixmaps.object(path))
        return *pixmap;
    if (d->pending.contains(path))
        return {};
    d->pending.insert(path);
    const auto work = [this, path] {
        const QImage image = loadOrMake(d->folder, path);
        // The destructor waits for this function, so `this` is alive; what is posted dies with it.
        QMetaObject::invokeMethod(
            this,
            [this, path, image] {
                if (!d->pending.remove(path))
                    return;
                d->pixmaps.insert(path, new QPixmap(QPixmap::fromImage(image)),
                                  std::max<qsizetype>(image.sizeInBytes(), 1));
                Q_EMIT ready(path);
            },
            Qt::QueuedConnection);
    };
    // The latest asked for is what is on the screen now.
    d->pool.start(work, ++d->calls);
    return {};
}

void Thumbnails::forget(const QString& path)
{
    d->pixmaps.remove(path);
    d->pending.remove(path);
}

bool Thumbnails::isIdle() const
{
    return d->pending.isEmpty();
}

} // namespace clipkiln
