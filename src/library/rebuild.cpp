// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/rebuild.h"

#include "core/text.h"
#include "store/clipstore.h"
#include "store/database.h"
#include "store/jobstore.h"

#include <QFileInfo>
#include <QSqlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// The first column of all rows that have a text in it. By statement rather than by store: also of rows that cannot be
/// read.
Result<QSet<QString>> textsOf(const Database& database, const QString& statement)
{
    auto rows = database.run(statement);
    if (!rows)
        return rows.error();
    QSet<QString> texts;
    while (rows->next()) {
        if (const QString text = rows->value(0).toString(); !text.isEmpty())
            texts.insert(text);
    }
    return texts;
}

/// The job that made a clip, as far as the clip can say.
Job finishedJob(Clip& clip)
{
    Job job;
    job.id = JobId::create();
    job.request = clip.request;
    job.origin = clip.origin;
    job.phase = Done{clip.requestId, clip.id};
    job.createdAt = job.acceptedAt = job.finishedAt = clip.createdAt;
    job.cost = clip.cost;
    clip.job = job.id;
    return job;
}

} // namespace

Result<KnownClips> knownClips(const std::shared_ptr<Database>& database)
{
    const auto paths = textsOf(*database, u"SELECT path FROM clips"_s);
    if (!paths)
        return paths.error();
    const auto requestIds = textsOf(*database, u"SELECT request_id FROM clips"_s);
    if (!requestIds)
        return requestIds.error();
    const auto jobRequestIds =
        textsOf(*database, u"SELECT json_extract(iif(json_valid(phase), phase, '{}'), '$.requestId') FROM jobs"_s);
    if (!jobRequestIds)
        return jobRequestIds.error();
    KnownClips known{*paths, *requestIds, *jobRequestIds};
    for (const QString& path : *paths) {
        if (const QString canonical = QFileInfo(path).canonicalFilePath(); !canonical.isEmpty())
            known.paths.insert(canonical);
    }
    return known;
}

Result<Rebuilt> addFound(const std::shared_ptr<Database>& database, const ClipScan& scan)
{
    ClipStore clips(database);
    JobStore jobs(database);
    Rebuilt rebuilt;
    const auto error = database->inTransaction([&]() -> std::optional<Error> {
        const auto known = knownClips(database);
        if (!known)
            return known.error();
        // Whose clip got its name, but no row yet: the job itself finds it when it goes on.
        const auto ofRunningJobs = textsOf(
            *database, u"SELECT json_extract(iif(json_valid(phase), phase, '{}'), '$.requestId') FROM jobs "
                       "WHERE state IN ('%1', '%2')"_s.arg(toName(State::Generating), toName(State::Downloading)));
        if (!ofRunningJobs)
            return ofRunningJobs.error();
        for (const ClipScan::Found& found : scan.clips) {
            Clip clip = found.clip;
            const QString requestId = clip.requestId.toString();
            if (ofRunningJobs->contains(requestId))
                continue;
            if (known->paths.contains(clip.path) || (!requestId.isEmpty() && known->requestIds.contains(requestId)))
                continue;
            if (!requestId.isEmpty() && !known->jobRequestIds.contains(requestId)) {
                const Job job = finishedJob(clip);
                if (auto problem = jobs.save(job))
                    return problem;
                rebuilt.jobs.append(job);
            }
            if (auto problem = clips.save(clip))
                return problem;
            rebuilt.clips.append(clip);
        }
        return std::nullopt;
    });
    if (error)
        return *error;
    return rebuilt;
}

QString summaryOf(const ClipScan& scan)
{
    const auto added = static_cast<int>(scan.clips.size());
    const auto plain = static_cast<int>(std::count_if(scan.clips.begin(), scan.clips.end(),
                                                      [](const ClipScan::Found& found) { return !found.hasDetails; }));
    const auto unreadable = static_cast<int>(scan.unreadable.size());
    QStringList sentences{added == 1 ? Text::tr("1 clip was added.")
                                     : Text::tr("%n clips were added.", nullptr, added)};
    if (plain > 0)
        sentences.append(plain == 1 ? Text::tr("1 of them has no details, only a name and a date.")
                                    : Text::tr("%n of them have no details, only a name and a date.", nullptr, plain));
    if (scan.known > 0)
        sentences.append(scan.known == 1 ? Text::tr("1 was in the library already.")
                                         : Text::tr("%n were in the library already.", nullptr, scan.known));
    if (scan.copies > 0)
        sentences.append(scan.copies == 1 ? Text::tr("1 second copy was left as it is.")
                                          : Text::tr("%n second copies were left as they are.", nullptr, scan.copies));
    if (unreadable > 0)
        sentences.append(unreadable == 1 ? Text::tr("1 file or folder could not be read.")
                                         : Text::tr("%n files or folders could not be read.", nullptr, unreadable));
    return sentences.join(u' ');
}

QString whatStaysLost()
{
    return Text::tr("Clips do not bring back removed jobs, the cost of failed ones, and ratings.");
}

} // namespace clipkiln
