// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/jobstore.h"

#include "store/database.h"
#include "store/rows.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

QString selectJobs(const QString& rest)
{
    return u"SELECT id, origin, state, phase, request, created_at, accepted_at, finished_at, estimate_ticks, "
           u"cost_ticks, "
           "output_path, retry_of, job_group, take, takes FROM jobs "_s +
           rest;
}

Result<Phase> phaseFrom(const QVariant& stateColumn, const QVariant& phaseColumn)
{
    const auto state = stateFromName(stateColumn.toString());
    if (!state)
        return Error{ErrorKind::Database, u"Unknown state \"%1\""_s.arg(stateColumn.toString())};
    const auto json = rows::jsonFrom(phaseColumn);
    if (!json)
        return json.error();
    return phaseFromJson(*state, *json);
}

/// What can be known of a row that cannot be read: with a request id, and without an end, the service is asked for it.
Phase unreadablePhase(const QVariant& stateColumn, const QVariant& phaseColumn, const Error& error, bool canAsk)
{
    const auto state = stateFromName(stateColumn.toString());
    const auto json = rows::jsonFrom(phaseColumn);
    const RequestId id(json ? json->value(u"requestId"_s).toString() : QString());
    const Error unreadable{ErrorKind::Unreadable, error.detail};
    if (state && !isUnfinished(*state))
        return Failed{id, unreadable};
    if (!id.isEmpty() && canAsk)
        return Generating{id, {}, unreadable};
    return Unconfirmed{unreadable};
}

/// One bad row must not take a paid job away: what cannot be read of it is said in its phase.
Result<Job> jobFrom(const QSqlQuery& row)
{
    const auto origin = rows::originFrom(row.value(1));
    const auto phase = phaseFrom(row.value(2), row.value(3));
    const auto request = rows::requestFrom(row.value(4));

    Job job;
    job.id = JobId(row.value(0).toString());
    job.origin = origin.value_or(Origin::service()); // what may have cost counts as having cost
    job.phase = phase.value_or(Phase());
    job.request = request.value_or(GenerationRequest());
    const auto error = !origin    ? std::optional(origin.error())
                       : !phase   ? std::optional(phase.error())
                       : !request ? std::optional(request.error())
                                  : std::nullopt;
    if (error) {
        rows::logUnreadable(row.value(0), *error);
        if (const auto json = rows::jsonFrom(row.value(4)); !request && json)
            job.request.prompt = json->value(u"prompt"_s).toString();
        job.phase = unreadablePhase(row.value(2), row.value(3), *error, origin.has_value());
    }
    job.createdAt = rows::timeFrom(row.value(5));
    job.acceptedAt = rows::timeFrom(row.value(6));
    job.finishedAt = rows::timeFrom(row.value(7));
    job.estimate = rows::moneyFrom(row.value(8));
    job.cost = rows::moneyFrom(row.value(9));
    job.outputPath = row.value(10).toString();
    job.retryOf = JobId(row.value(11).toString());
    job.group = GroupId(row.value(12).toString());
    job.take = row.value(13).toInt();
    job.takes = row.value(14).toInt();
    return job;
}

/// What the row should say: a person who cancelled the job meanwhile keeps it so.
void accept(Job& job, const AcceptedLog::Entry& entry)
{
    if (job.state() == State::Cancelled)
        job.phase = Cancelled{entry.requestId};
    else
        job.phase = Generating{entry.requestId, {}, {}};
    job.acceptedAt = entry.time;
    if (isUnfinished(job.state()))
        job.finishedAt = {};
}

SpendReport::Line lineFrom(const QSqlQuery& row)
{
    SpendReport::Line line;
    line.day = QDate::fromString(row.value(0).toString(), Qt::ISODate);
    line.model = row.value(1).toString();
    line.mode = modeFromName(row.value(2).toString()).value_or(Mode::Text);
    line.money = Money{row.value(3).toLongLong()};
    line.jobs = row.value(4).toInt();
    return line;
}

/// Local; null while the job may still be charged on any day.
QDate dayOfEnd(const Job& job)
{
    if (isUnfinished(job.state()))
        return {};
    for (const QDateTime& moment : {job.finishedAt, job.acceptedAt, job.createdAt}) {
        if (moment.isValid())
            return moment.toLocalTime().date();
    }
    return {};
}

} // namespace

JobStore::JobStore(std::shared_ptr<Database> database)
    : m_database(std::move(database)), m_accepted(std::make_unique<AcceptedLog>(folder() + u"/accepted.jsonl"_s))
{
}

QString JobStore::folder() const
{
    return QFileInfo(m_database->file()).absolutePath();
}

std::optional<Error> JobStore::save(const Job& job)
{
    // An update in place rather than a replacement: the row keeps its rowid, by which jobs of one moment stay in order.
    const auto done = m_database->run(
        u"INSERT INTO jobs (id, origin, state, phase, request, created_at, accepted_at, finished_at, estimate_ticks, "
        "cost_ticks, output_path, retry_of, job_group, take, takes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?) ON CONFLICT (id) DO UPDATE SET "
        "origin = excluded.origin, state = excluded.state, phase = excluded.phase, request = excluded.request, "
        "created_at = excluded.created_at, accepted_at = excluded.accepted_at, finished_at = excluded.finished_at, "
        "estimate_ticks = excluded.estimate_ticks, cost_ticks = excluded.cost_ticks, output_path = "
        "excluded.output_path, "
        "retry_of = excluded.retry_of, job_group = excluded.job_group, take = excluded.take, takes = excluded.takes, "
        "removed_at = NULL"_s,
        {job.id.toString(), job.origin.toString(), toName(job.state()), rows::toColumn(toJson(job.phase)),
         rows::toColumn(toJson(job.request)), rows::toColumn(job.createdAt), rows::toColumn(job.acceptedAt),
         rows::toColumn(job.finishedAt), rows::toColumn(job.estimate), rows::toColumn(job.cost),
         rows::toColumn(job.outputPath), rows::toColumn(job.retryOf.toString()), rows::toColumn(job.group.toString()),
         job.take, job.takes});
    return done ? std::nullopt : std::optional(done.error());
}

std::optional<Error> JobStore::save(const QList<Job>& jobs)
{
    m_accepted->reserve(); // while there is room: what is saved here is sent later
    return m_database->inTransaction([&]() -> std::optional<Error> {
        for (const Job& job : jobs) {
            if (const auto error = save(job))
                return error;
        }
        return std::nullopt;
    });
}

Result<QList<Job>> JobStore::load() const
{
    auto jobs = rows::readAll<Job>(
        m_database->run(selectJobs(u"WHERE removed_at IS NULL ORDER BY created_at, rowid"_s)), jobFrom);
    if (jobs) {
        for (const auto& entry : m_accepted->entries()) {
            if (const auto error = merge(*jobs, entry))
                return *error;
        }
    }
    return jobs;
}

std::optional<Error> JobStore::merge(QList<Job>& jobs, const AcceptedLog::Entry& entry) const
{
    const auto known = std::find_if(jobs.begin(), jobs.end(), [&](const Job& job) { return job.id == entry.job; });
    if (known != jobs.end()) {
        if (requestIdOf(known->phase).isEmpty())
            accept(*known, entry);
        return std::nullopt;
    }
    auto removed = m_database->run(u"SELECT 1 FROM jobs WHERE id = ?"_s, {entry.job.toString()});
    if (!removed)
        return removed.error();
    if (removed->next())
        return std::nullopt;
    // The database is older than the job, or another one. What it was made of is not known; the clip is.
    Job job;
    job.id = entry.job;
    job.origin = entry.origin;
    job.createdAt = entry.time;
    job.outputPath = entry.target;
    accept(job, entry);
    jobs.append(job);
    return std::nullopt;
}

std::optional<Error> JobStore::noteAccepted(const Job& job, const QString& target)
{
    return m_accepted->note({job.id, job.origin, requestIdOf(job.phase), job.acceptedAt, target});
}

QList<JobId> JobStore::accepted() const
{
    QList<JobId> ids;
    for (const auto& entry : m_accepted->entries())
        ids.append(entry.job);
    return ids;
}

Result<Job> JobStore::find(const JobId& id) const
{
    return rows::readOne<Job>(m_database->run(selectJobs(u"WHERE id = ? AND removed_at IS NULL"_s), {id.toString()}),
                              jobFrom);
}

std::optional<Error> JobStore::remove(const JobId& id)
{
    const auto done = m_database->run(u"UPDATE jobs SET removed_at = ? WHERE id = ?"_s,
                                      {rows::toColumn(QDateTime::currentDateTimeUtc()), id.toString()});
    return done ? std::nullopt : std::optional(done.error());
}

std::optional<Error> JobStore::putBack(const JobId& id)
{
    const auto done = m_database->run(u"UPDATE jobs SET removed_at = NULL WHERE id = ?"_s, {id.toString()});
    return done ? std::nullopt : std::optional(done.error());
}

Result<SpendReport> JobStore::spendSince(const QDate& first) const
{
    const QString from = rows::toColumn(first.toString(Qt::ISODate)); // "" comes before every day
    // Money counts also where a request cannot be read.
    auto charged = m_database->run(
        u"WITH charges AS (SELECT date(coalesce(finished_at, accepted_at, created_at), 'localtime') AS day, "
        "iif(json_valid(request), request, '{}') AS request, cost_ticks FROM jobs "
        "WHERE origin <> ? AND cost_ticks IS NOT NULL) "
        "SELECT day, json_extract(request, '$.model'), json_extract(request, '$.mode'), sum(cost_ticks), count(*) "
        "FROM charges WHERE day >= ? GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3"_s,
        {Origin::simulator().toString(), from});
    if (!charged)
        return charged.error();
    SpendReport report;
    while (charged->next())
        report.lines.append(lineFrom(*charged));

    // A job that was removed before it was sent costs nothing.
    const auto unknown = rows::readAll<Job>(
        m_database->run(
            selectJobs(u"WHERE origin <> ? AND cost_ticks IS NULL AND state <> ? AND NOT (removed_at IS "
                       "NOT NULL AND state IN (?, ?))"_s),
            {Origin::simulator().toString(), toName(State::Failed), toName(State::Held), toName(State::Queued)}),
        jobFrom);
    if (!unknown)
        return unknown.error();
    for (const Job& job : *unknown) {
        const SpendReport::Pending pending{dayOfEnd(job), job.estimate};
        if (mayBeCharged(job) && (pending.day.isNull() || pending.day >= first))
            report.pending.append(pending);
    }
    return report;
}

} // namespace clipkiln
