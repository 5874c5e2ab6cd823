// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/room.h"

#include "core/format.h"
#include "core/text.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

namespace clipkiln {

namespace {

constexpr double usualSeconds = 8;                ///< of the service, where a request names none (CONTRACT.md 3.1)
constexpr double usualBytesPerSecond = 3'000'000; ///< more than any clip of the service so far

double secondsOf(const Input& video)
{
    const auto* file = std::get_if<LocalFile>(&video);
    return file && file->seconds > 0 ? file->seconds : usualSeconds;
}

double secondsOf(const GenerationRequest& request)
{
    const double asked = request.duration ? static_cast<double>(request.duration->count()) : usualSeconds;
    if (const auto* edit = std::get_if<EditClip>(&request.inputs))
        return secondsOf(edit->video);
    if (const auto* extend = std::get_if<ExtendClip>(&request.inputs))
        return secondsOf(extend->video) + asked;
    return asked;
}

} // namespace

std::optional<qint64> freeRoom(const QString& folder)
{
    QDir existing(folder);
    while (!existing.exists() && existing.path() != QFileInfo(existing.path()).path())
        existing.setPath(QFileInfo(existing.path()).path());
    const QStorageInfo disk(existing);
    if (!disk.isValid() || disk.bytesTotal() <= 0 || disk.bytesAvailable() < 0)
        return std::nullopt;
    return disk.bytesAvailable();
}

qint64 expectedBytes(const GenerationRequest& request, const std::optional<double>& bytesPerSecond)
{
    return static_cast<qint64>(secondsOf(request) * bytesPerSecond.value_or(usualBytesPerSecond));
}

std::optional<Error> roomProblem(const QString& folder, const std::optional<qint64>& free, qint64 needed)
{
    if (!free || *free >= needed)
        return std::nullopt;
    return Error{ErrorKind::DiskFull,
                 Text::tr("%1: %2 free, %3 needed")
                     .arg(QDir::toNativeSeparators(folder), formatBytes(*free), formatBytes(needed))};
}

} // namespace clipkiln
