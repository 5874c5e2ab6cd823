// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/clipdescriber.h"

#include "core/clipdetails.h"
#include "core/files.h"
#include "library/filehash.h"
#include "media/read/xmpbox.h"
#include "media/write/xmpbox.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace clipkiln {

Result<std::optional<Clip>> describeClip(const Clip& clip)
{
    // Without a request id it is a video that was found: its name is all that is known.
    if (clip.requestId.isEmpty() || detailsFromXmp(readXmp(clip.path)))
        return std::optional<Clip>();
    const QFileInfo file(clip.path);
    const auto hash = hashOfFirst(file.size(), clip.path);
    if (!hash)
        return hash.error();
    Clip described = clip;
    described.servedHash = *hash;
    described.servedBytes = file.size();
    const QByteArray xmp = toXmp(detailsOf(described));
    if (xmp.isEmpty())
        return std::optional<Clip>();

    Result<NewFile> copy =
        copyFirst(file.size(), clip.path, file.path(), u".clipkiln-%1.part"_s.arg(clip.id.toString()));
    if (!copy)
        return copy.error();
    const auto put = putXmpBehind(file.size(), copy->path(), xmp);
    if (!put)
        return put.error();
    if (*put) {
        if (const auto error = durableReplace(copy->path(), clip.path))
            return *error;
        copy->keep();
    } else if (!QFileInfo::exists(sidecarOf(clip.path))) {
        if (const auto error = durableWrite(sidecarOf(clip.path), xmp))
            return *error;
    }
    described.bytes = QFileInfo(clip.path).size();
    return std::optional(described);
}

DescribedClips describeClips(const QList<Clip>& clips,
                             const std::function<bool(qsizetype done, qsizetype all)>& progress)
{
    DescribedClips result;
    for (qsizetype done = 0; done < clips.size(); ++done) {
        if (progress && !progress(done, clips.size()))
            break;
        const auto described = describeClip(clips.at(done));
        if (!described)
            result.unwritable.append(described.error());
        else if (*described)
            result.clips.append(**described);
    }
    return result;
}

} // namespace clipkiln
