// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/job.h"

#include "core/enumnames.h"
#include "core/jsonreader.h"
#include "core/text.h"

#include <type_traits>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr EnumNames<State, std::variant_size_v<Phase>> stateNames{
    {"held"_L1, "queued"_L1, "uploading"_L1, "submitting"_L1, "unconfirmed"_L1, "generating"_L1, "downloading"_L1,
     "done"_L1, "moderated"_L1, "failed"_L1, "expired"_L1, "cancelled"_L1}};

template <typename P>
concept HasRequestId = requires(const P& phase)
{
    phase.requestId;
};
template <typename P>
concept HasError = requires(const P& phase)
{
    phase.error;
};
template <typename P>
concept HasWaiting = requires(const P& phase)
{
    phase.waiting;
};

QJsonObject toJson(const Error& error)
{
    QJsonObject json{{u"kind"_s, toName(error.kind)}};
    if (!error.detail.isEmpty())
        json.insert(u"detail"_s, error.detail);
    if (error.retryAfter)
        json.insert(u"retryAfter"_s, qint64{error.retryAfter->count()});
    return json;
}

Error readError(JsonReader reader)
{
    const auto kind = errorKindFromName(reader.get<QString>(u"kind"_s));
    if (!kind)
        reader.note(u"kind"_s, u"is not the name of an error"_s);
    Error error{kind.value_or(ErrorKind{}), reader.get(u"detail"_s, QString())};
    if (const auto seconds = reader.find<qint64>(u"retryAfter"_s))
        error.retryAfter = std::chrono::seconds(*seconds);
    return error;
}

/// The fields of single phases. Values that are stale after a restart (bytes sent, percent) are not stored.
struct OwnFieldsWriter
{
    QJsonObject& json;

    template <typename P>
    void operator()(const P&) const
    {
    }
    void operator()(const Queued& queued) const { write(u"until"_s, queued.until); }
    void operator()(const Generating& generating) const { json.insert(u"overdue"_s, generating.overdue); }
    void operator()(const Downloading& downloading) const
    {
        json.insert(u"address"_s, downloading.address.toString(QUrl::FullyEncoded));
        json.insert(u"refreshed"_s, downloading.refreshed);
        write(u"since"_s, downloading.since);
        json.insert(u"target"_s, downloading.target);
        if (!downloading.servedHash.isEmpty()) {
            json.insert(u"servedSha256"_s, downloading.servedHash);
            json.insert(u"servedBytes"_s, downloading.servedBytes);
            write(u"landedAt"_s, downloading.landedAt);
        }
        json.insert(u"hash"_s, downloading.hash);
        if (downloading.cancelAsked)
            json.insert(u"cancelAsked"_s, true);
    }
    void operator()(const Done& done) const { json.insert(u"clip"_s, done.clip.toString()); }
    void operator()(const Cancelled& cancelled) const { json.insert(u"unanswered"_s, cancelled.unanswered); }

private:
    void write(const QString& key, const QDateTime& time) const
    {
        if (time.isValid())
            json.insert(key, time.toUTC().toString(Qt::ISODateWithMs));
    }
};

struct OwnFieldsReader
{
    JsonReader& reader;

    template <typename P>
    void operator()(P&) const
    {
    }
    void operator()(Queued& queued) const { queued.until = reader.get(u"until"_s, QDateTime()); }
    void operator()(Generating& generating) const { generating.overdue = reader.get(u"overdue"_s, false); }
    void operator()(Downloading& downloading) const
    {
        downloading.address = reader.get<QUrl>(u"address"_s);
        downloading.refreshed = reader.get(u"refreshed"_s, false);
        downloading.since = reader.get(u"since"_s, QDateTime());
        downloading.target = reader.get(u"target"_s, QString());
        downloading.servedHash = reader.get(u"servedSha256"_s, QString());
        downloading.servedBytes = reader.get(u"servedBytes"_s, qint64{0});
        downloading.landedAt = reader.get(u"landedAt"_s, QDateTime());
        downloading.hash = reader.get(u"hash"_s, QString());
        downloading.cancelAsked = reader.get(u"cancelAsked"_s, false);
    }
    void operator()(Done& done) const { done.clip = ClipId(reader.get<QString>(u"clip"_s)); }
    void operator()(Cancelled& cancelled) const { cancelled.unanswered = reader.get(u"unanswered"_s, false); }
};

/// The phase of a state with no data in it.
template <std::size_t index = 0>
Phase emptyPhase(State state)
{
    if constexpr (index + 1 < std::variant_size_v<Phase>) {
        if (static_cast<std::size_t>(state) != index)
            return emptyPhase<index + 1>(state);
    }
    return Phase(std::in_place_index<index>);
}

} // namespace

QList<NewJob> takesOf(const GenerationRequest& request, const std::optional<Money>& estimate, int takes)
{
    QList<NewJob> jobs;
    for (int take = 1; take <= takes; ++take)
        jobs.append({request, estimate, take, takes, {}});
    return jobs;
}

QList<Job> jobsOf(const QList<NewJob>& submit, const Origin& origin)
{
    const GroupId group = submit.size() > 1 ? GroupId::create() : GroupId();
    QList<Job> jobs;
    for (const NewJob& from : submit) {
        Job job;
        job.id = JobId::create();
        job.request = from.request;
        job.origin = origin;
        job.estimate = from.estimate;
        job.retryOf = from.retryOf;
        job.group = group;
        job.take = from.take;
        job.takes = from.takes;
        jobs.append(job);
    }
    return jobs;
}

bool isUnfinished(State state)
{
    return state <= State::Downloading && state != State::Unconfirmed;
}

bool isSent(State state)
{
    return state >= State::Submitting && state <= State::Downloading;
}

RequestId requestIdOf(const Phase& phase)
{
    return std::visit(
        []<typename P>(const P& p) {
            if constexpr (HasRequestId<P>)
                return p.requestId;
            else
                return RequestId();
        },
        phase);
}

std::optional<Error> errorOf(const Phase& phase)
{
    return std::visit(
        []<typename P>(const P& p) -> std::optional<Error> {
            if constexpr (HasError<P>)
                return p.error;
            else if constexpr (HasWaiting<P>)
                return p.waiting;
            else
                return std::nullopt;
        },
        phase);
}

QString toName(State state)
{
    return stateNames.toName(state);
}

std::optional<State> stateFromName(const QString& name)
{
    return stateNames.fromName(name);
}

QString displayName(State state)
{
    switch (state) {
    case State::Held:
        return Text::tr("Held");
    case State::Queued:
        return Text::tr("Queued");
    case State::Uploading:
        return Text::tr("Uploading");
    case State::Submitting:
        return Text::tr("Submitting");
    case State::Unconfirmed:
        return Text::tr("Unconfirmed");
    case State::Generating:
        return Text::tr("Generating");
    case State::Downloading:
        return Text::tr("Downloading");
    case State::Done:
        return Text::tr("Done");
    case State::Moderated:
        return Text::tr("Moderated");
    case State::Failed:
        return Text::tr("Failed");
    case State::Expired:
        return Text::tr("Expired");
    case State::Cancelled:
        return Text::tr("Cancelled");
    }
    return {};
}

QJsonObject toJson(const Phase& phase)
{
    QJsonObject json;
    std::visit(
        [&json]<typename P>(const P& p) {
            if constexpr (HasRequestId<P>) {
                if (!p.requestId.isEmpty())
                    json.insert(u"requestId"_s, p.requestId.toString());
            }
            if constexpr (HasError<P>)
                json.insert(u"error"_s, toJson(p.error));
            if constexpr (HasWaiting<P>) {
                if (p.waiting)
                    json.insert(u"waiting"_s, toJson(*p.waiting));
            }
            OwnFieldsWriter{json}(p);
        },
        phase);
    return json;
}

Result<Phase> phaseFromJson(State state, const QJsonObject& json)
{
    QString problem;
    JsonReader reader(json, problem);
    Phase phase = emptyPhase(state);
    std::visit(
        [&reader]<typename P>(P& p) {
            if constexpr (HasRequestId<P>)
                p.requestId = RequestId(reader.get(u"requestId"_s, QString()));
            if constexpr (std::is_same_v<P, Generating> || std::is_same_v<P, Downloading>) {
                if (p.requestId.isEmpty())
                    reader.note(u"requestId"_s, u"is missing"_s); // there would be nothing to ask for
            }
            if constexpr (HasError<P>)
                p.error = readError(reader.getObject(u"error"_s));
            if constexpr (HasWaiting<P>) {
                if (const auto waiting = reader.findObject(u"waiting"_s))
                    p.waiting = readError(*waiting);
            }
            OwnFieldsReader{reader}(p);
        },
        phase);
    if (!problem.isEmpty())
        return Error{ErrorKind::Database, toName(state) + u": "_s + problem};
    return phase;
}

} // namespace clipkiln
