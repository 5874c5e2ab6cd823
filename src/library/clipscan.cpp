// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/clipscan.h"

#include "core/clipdetails.h"
#include "core/files.h"
#include "core/text.h"
#include "library/filehash.h"
#include "media/read/probe.h"
#include "media/read/xmpbox.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// The copies of inputs that are still kept, by name: what a clip's details say of an input is its hash.
GenerationRequest withKeptInputs(GenerationRequest request, const QString& inputsFolder)
{
    const QDir kept(inputsFolder);
    for (Input* input : mutableInputsOf(request)) {
        auto* file = std::get_if<LocalFile>(input);
        if (!file || file->hash.isEmpty())
            continue;
        for (const QFileInfo& copy : kept.entryInfoList({file->hash, file->hash + u".*"_s}, QDir::Files)) {
            if (copy.size() == file->bytes)
                file->path = copy.absoluteFilePath();
        }
    }
    return request;
}

QFileInfoList mp4FilesIn(const QString& folder)
{
    QFileInfoList files;
    QDirIterator found(folder, {u"*.mp4"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (found.hasNext()) {
        // QDir::Files lets a link to a pipe or a device through, and reading one may never end.
        if (const QFileInfo file(found.next()); file.isFile())
            files.append(file);
    }
    return files;
}

/// What a file without details says about itself.
Clip plainClip(const QFileInfo& file)
{
    Clip clip;
    clip.request.prompt = file.completeBaseName();
    clip.origin = Origin::service();
    clip.createdAt = file.lastModified().toUTC();
    return clip;
}

class Scan
{
public:
    Scan(const QString& inputsFolder, KnownClips known) : m_inputsFolder(inputsFolder), m_known(std::move(known)) {}

    void read(const QFileInfo& file)
    {
        const QString path = file.canonicalFilePath();
        if (m_known.paths.contains(path) || m_known.paths.contains(file.absoluteFilePath())) {
            ++result.known;
            return;
        }
        const auto details = detailsFromXmp(readXmp(path));
        const QString requestId = details ? details->requestId.toString() : QString();
        if (!requestId.isEmpty() && m_known.requestIds.contains(requestId)) {
            ++result.copies;
            return;
        }
        const auto info = probeVideo(path);
        if (!info)
            return fail(path, info.error());

        Clip clip = details ? clipOf(*details) : plainClip(file);
        clip.id = ClipId::create();
        clip.path = file.absoluteFilePath();
        clip.bytes = info->bytes;
        clip.seconds = info->seconds;
        clip.size = info->size;
        clip.hasAudio = info->hasAudio();
        if (details) {
            // Found out rather than believed; the box may have come behind other bytes than it says.
            clip.servedBytes = bytesBeforeDetails(path).value_or(info->bytes);
            const auto hash = hashOfFirst(clip.servedBytes, path);
            if (!hash)
                return fail(path, hash.error());
            clip.servedHash = *hash;
        }
        // A date that is still to come is none; it would stand first in the library for good.
        if (!clip.createdAt.isValid() || clip.createdAt > QDateTime::currentDateTimeUtc())
            clip.createdAt = file.lastModified().toUTC();
        result.clips.append({clip, details.has_value(), details && details->promptIsCut});
        m_known.paths.insert(path);
        if (!requestId.isEmpty())
            m_known.requestIds.insert(requestId);
    }

    void fail(const QString& path, const Error& error)
    {
        result.unreadable.append(
            {error.kind,
             QDir::toNativeSeparators(path) + (error.detail.isEmpty() ? u""_s : u": "_s + error.detail),
             {}});
    }

    ClipScan result;

private:
    Clip clipOf(const ClipDetails& details) const
    {
        Clip clip;
        clip.request = withKeptInputs(details.request, m_inputsFolder);
        clip.requestId = details.requestId;
        clip.origin = details.origin;
        clip.cost = details.cost;
        clip.createdAt = details.createdAt;
        return clip;
    }

    QString m_inputsFolder;
    KnownClips m_known;
};

} // namespace

ClipScan scanClips(const QStringList& folders, const QString& inputsFolder, KnownClips known,
                   const std::function<bool(qsizetype read, qsizetype all)>& progress)
{
    Scan scan(inputsFolder, std::move(known));
    QFileInfoList files;
    for (const QString& folder : folders) {
        const QFileInfo info(folder);
        if (info.isDir() && info.isReadable())
            files += mp4FilesIn(folder);
        else
            scan.fail(folder, {ErrorKind::Disk, Text::tr("There is no such folder, or it cannot be read.")});
    }
    // By name, so that of two copies of one clip the same one is taken each time.
    std::sort(files.begin(), files.end(),
              [](const QFileInfo& a, const QFileInfo& b) { return a.absoluteFilePath() < b.absoluteFilePath(); });
    files.erase(std::unique(files.begin(), files.end()), files.end());
    for (qsizetype read = 0; read < files.size(); ++read) {
        if (progress && !progress(read, files.size())) {
            scan.result.isStopped = true;
            break;
        }
        scan.read(files.at(read));
    }
    return std::move(scan.result);
}

} // namespace clipkiln
