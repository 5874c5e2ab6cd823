// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/clipfinalizer.h"

#include "core/clipdetails.h"
#include "core/files.h"
#include "media/read/xmpbox.h"
#include "media/write/xmpbox.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

Q_LOGGING_CATEGORY(finalizerLog, "clipkiln.jobs")

Result<QString> hashOf(const QString& path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return diskError(path, file.errorString());
    return QString::fromLatin1(hash.result().toHex());
}

const Downloading& downloadOf(const Job& job)
{
    return std::get<Downloading>(job.phase);
}

/// The file beside the target, the target itself or a numbered one, that has the content of the download; else empty.
QString findFinalized(const Downloading& download, const QSet<QString>& clipFiles)
{
    const QFileInfo target(download.target);
    const auto files = target.dir().entryInfoList(QDir::Files);
    for (const auto& file : files) {
        if (!file.fileName().startsWith(target.completeBaseName()) || file.suffix() != target.suffix() ||
            clipFiles.contains(file.absoluteFilePath()))
            continue;
        if (const auto hash = hashOf(file.absoluteFilePath()); hash && *hash == download.hash)
            return file.absoluteFilePath();
    }
    return {};
}

/// A file that takes no box, such as one with a manifest that vouches for all its bytes, is described beside it. What
/// stands there already may be anyone's.
void describeBeside(const Clip& clip)
{
    const QByteArray xmp = toXmp(detailsOf(clip));
    if (xmp.isEmpty() || QFileInfo::exists(sidecarOf(clip.path)) || bytesBeforeDetails(clip.path))
        return;
    if (const auto error = durableWrite(sidecarOf(clip.path), xmp))
        qCWarning(finalizerLog).noquote() << "The details of a clip cannot be written:" << error->detail;
}

Event finalized(const Job& job, const QString& path, const VideoInfo& info, bool withDetails, const QDateTime& now)
{
    const Clip clip = makeClip(job, path, info, now);
    if (withDetails)
        describeBeside(clip);
    return event::Finalized{clip};
}

/// Cuts the temporary file back to what the service sent and looks whether it is still that.
Event examineAgain(const Downloading& download, const QString& temporaryFile, const QDateTime& now)
{
    QFile file(temporaryFile);
    if (!download.servedHash.isEmpty() && file.size() > download.servedBytes && !file.resize(download.servedBytes))
        return event::FinalizingFailed{diskError(temporaryFile, file.errorString())};
    const Event found = examineDownload(temporaryFile, now);
    const auto* examined = std::get_if<event::Examined>(&found);
    if (!examined || download.servedHash.isEmpty() || examined->hash == download.servedHash)
        return found;
    QFile::remove(temporaryFile);
    return event::NothingFound{};
}

} // namespace

QString targetOf(const Job& job, const QString& clipsFolder)
{
    if (!job.outputPath.isEmpty() && !job.outputPath.endsWith(u'/'))
        return QFileInfo(job.outputPath).absoluteFilePath();
    constexpr int promptLength = 40;
    constexpr int idLength = 8;
    const QString name =
        u"%1 %2 %3"_s.arg(job.createdAt.toLocalTime().toString(u"yyyy-MM-dd"_s),
                          safeFileName(job.request.prompt, promptLength), job.id.toString().left(idLength));
    return QDir(job.outputPath.isEmpty() ? clipsFolder : job.outputPath).absoluteFilePath(name + u".mp4"_s);
}

QString temporaryFileOf(const Job& job, const QString& target)
{
    return u"%1/.clipkiln-%2.part"_s.arg(QFileInfo(target).absolutePath(), job.id.toString());
}

Clip makeClip(const Job& job, const QString& path, const VideoInfo& info, const QDateTime& now)
{
    Clip clip;
    clip.id = ClipId::create();
    clip.job = job.id;
    clip.requestId = requestIdOf(job.phase);
    clip.request = job.request;
    clip.origin = job.origin;
    clip.path = path;
    clip.bytes = QFileInfo(path).size();
    const auto* download = std::get_if<Downloading>(&job.phase);
    if (download) {
        clip.servedHash = download->servedHash;
        clip.servedBytes = download->servedBytes;
    }
    clip.seconds = info.seconds;
    clip.size = info.size;
    clip.hasAudio = info.hasAudio();
    clip.cost = job.cost;
    clip.createdAt = download && download->landedAt.isValid() ? download->landedAt : now;
    return clip;
}

Event examineDownload(const QString& temporaryFile, const QDateTime& now)
{
    const auto info = probeVideo(temporaryFile);
    if (!info) {
        if (info.error().kind == ErrorKind::NotAClip)
            QFile::remove(temporaryFile);
        return event::FinalizingFailed{info.error()};
    }
    const auto hash = hashOf(temporaryFile);
    if (!hash)
        return event::FinalizingFailed{hash.error()};
    return event::Examined{*hash, *info, now};
}

Event describeDownload(const Job& job, const VideoInfo& info, bool withDetails)
{
    const Downloading& download = downloadOf(job);
    const QString temporaryFile = temporaryFileOf(job, download.target);
    const Clip clip = makeClip(job, temporaryFile, info, download.landedAt);
    if (const QByteArray xmp = toXmp(detailsOf(clip)); withDetails && !xmp.isEmpty()) {
        if (const auto put = putXmpBehind(download.servedBytes, temporaryFile, xmp); !put)
            return event::FinalizingFailed{put.error()};
    }
    const auto hash = hashOf(temporaryFile);
    if (!hash)
        return event::FinalizingFailed{hash.error()};
    return event::Described{*hash};
}

Event finalizeClip(const Job& job, const VideoInfo& info, bool withDetails, const QDateTime& now)
{
    const QString& target = downloadOf(job).target;
    giveRightsByUmask(temporaryFileOf(job, target)); // private so far
    const auto path = durableRename(temporaryFileOf(job, target), target);
    if (!path)
        return event::FinalizingFailed{path.error()};
    return finalized(job, *path, info, withDetails, now);
}

Event recoverClip(const Job& job, const QSet<QString>& clipFiles, bool withDetails, const QDateTime& now)
{
    const Downloading& download = downloadOf(job);
    const QString temporaryFile = temporaryFileOf(job, download.target);
    if (QFile::exists(temporaryFile))
        return examineAgain(download, temporaryFile, now);
    const QString path = findFinalized(download, clipFiles);
    if (path.isEmpty())
        return event::NothingFound{};
    const auto info = probeVideo(path);
    if (!info)
        return event::FinalizingFailed{info.error()};
    return finalized(job, path, *info, withDetails, now);
}

} // namespace clipkiln
