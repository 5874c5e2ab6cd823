// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/clipfinalizer.h"

#include "core/files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

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
    clip.bytes = info.bytes;
    clip.seconds = info.seconds;
    clip.size = info.size;
    clip.hasAudio = info.hasAudio();
    clip.cost = job.cost;
    clip.createdAt = now;
    return clip;
}

Event examineDownload(const QString& temporaryFile)
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
    return event::Examined{*hash, *info};
}

Event finalizeClip(const Job& job, const VideoInfo& info, const QDateTime& now)
{
    const QString& target = downloadOf(job).target;
    const auto path = durableRename(temporaryFileOf(job, target), target);
    if (!path)
        return event::FinalizingFailed{path.error()};
    return event::Finalized{makeClip(job, *path, info, now)};
}

Event recoverClip(const Job& job, const QSet<QString>& clipFiles, const QDateTime& now)
{
    const Downloading& download = downloadOf(job);
    const QString temporaryFile = temporaryFileOf(job, download.target);
    if (QFile::exists(temporaryFile))
        return examineDownload(temporaryFile);
    const QString finalized = findFinalized(download, clipFiles);
    if (finalized.isEmpty())
        return event::NothingFound{};
    const auto info = probeVideo(finalized);
    if (!info)
        return event::FinalizingFailed{info.error()};
    return event::Finalized{makeClip(job, finalized, *info, now)};
}

} // namespace clipkiln
