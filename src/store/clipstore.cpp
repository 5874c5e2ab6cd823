// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/clipstore.h"

#include "store/database.h"
#include "store/jobstore.h"
#include "store/rows.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

QString selectClips(const QString& rest)
{
    return u"SELECT id, job, request_id, origin, request, path, bytes, seconds, width, height, has_audio, cost_ticks, "
           "created_at, served_sha256, served_bytes FROM clips "_s +
           rest;
}

Result<Clip> clipFrom(const QSqlQuery& row)
{
    const auto origin = rows::originFrom(row.value(3));
    if (!origin)
        return origin.error();
    const auto request = rows::requestFrom(row.value(4));
    if (!request)
        return request.error();

    Clip clip;
    clip.id = ClipId(row.value(0).toString());
    clip.job = JobId(row.value(1).toString());
    clip.requestId = RequestId(row.value(2).toString());
    clip.origin = *origin;
    clip.request = *request;
    clip.path = row.value(5).toString();
    clip.bytes = row.value(6).toLongLong();
    clip.seconds = row.value(7).toDouble();
    clip.size = QSize(row.value(8).toInt(), row.value(9).toInt());
    clip.hasAudio = row.value(10).toBool();
    clip.cost = rows::moneyFrom(row.value(11));
    clip.createdAt = rows::timeFrom(row.value(12));
    clip.servedHash = row.value(13).toString();
    clip.servedBytes = row.value(14).toLongLong();
    return clip;
}

} // namespace

ClipStore::ClipStore(std::shared_ptr<Database> database) : m_database(std::move(database)) {}

std::optional<Error> ClipStore::save(const Clip& clip, const Job& job)
{
    return m_database->inTransaction([&]() -> std::optional<Error> {
        if (auto error = save(clip))
            return error;
        return JobStore(m_database).save(job);
    });
}

std::optional<Error> ClipStore::save(const Clip& clip)
{
    const auto done = m_database->run(
        u"INSERT OR REPLACE INTO clips (id, job, request_id, origin, request, path, bytes, seconds, width, height, "
        "has_audio, cost_ticks, created_at, served_sha256, served_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, "
        "?, ?)"_s,
        {clip.id.toString(), rows::toColumn(clip.job.toString()), rows::toColumn(clip.requestId.toString()),
         clip.origin.toString(), rows::toColumn(toJson(clip.request)), clip.path, clip.bytes, clip.seconds,
         clip.size.width(), clip.size.height(), clip.hasAudio, rows::toColumn(clip.cost),
         rows::toColumn(clip.createdAt), rows::toColumn(clip.servedHash), clip.servedBytes});
    return done ? std::nullopt : std::optional(done.error());
}

Result<QList<Clip>> ClipStore::load() const
{
    return rows::readAll<Clip>(m_database->run(selectClips(u"ORDER BY created_at DESC, rowid DESC"_s)), clipFrom);
}

Result<Clip> ClipStore::find(const ClipId& id) const
{
    return rows::readOne<Clip>(m_database->run(selectClips(u"WHERE id = ?"_s), {id.toString()}), clipFrom);
}

std::optional<double> ClipStore::bytesPerSecondLike(const GenerationRequest& request) const
{
    auto rates =
        m_database->run(u"SELECT bytes / seconds AS rate FROM clips WHERE seconds > 0 AND json_valid(request) AND "
                        "json_extract(request, '$.model') = ? AND json_extract(request, '$.resolution') IS ? "
                        "ORDER BY created_at DESC LIMIT 99"_s,
                        {request.model, request.resolution ? QVariant(*request.resolution) : QVariant()});
    QList<double> sorted;
    while (rates && rates->next())
        sorted.append(rates->value(0).toDouble());
    std::sort(sorted.begin(), sorted.end());
    return sorted.isEmpty() ? std::nullopt : std::optional(sorted.at(sorted.size() / 2));
}

std::optional<Error> ClipStore::remove(const ClipId& id)
{
    const auto done = m_database->run(u"DELETE FROM clips WHERE id = ?"_s, {id.toString()});
    return done ? std::nullopt : std::optional(done.error());
}

} // namespace clipkiln
