// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/generationrequest.h"
#include "core/ids.h"
#include "core/money.h"
#include "core/origin.h"

#include <QDateTime>

namespace clipkiln {

/// Not sent until the person releases it.
struct Held
{
    friend bool operator==(const Held&, const Held&) = default;
};

/// Waits for its turn; while `waiting` is set, not before `until`.
struct Queued
{
    std::optional<Error> waiting; ///< RateLimited, Offline, KeyMissing
    QDateTime until;              ///< UTC

    friend bool operator==(const Queued&, const Queued&) = default;
};

/// The request is on its way, but not its last byte: the service cannot have begun.
struct Uploading
{
    qint64 sent = 0;
    qint64 total = 0;

    friend bool operator==(const Uploading&, const Uploading&) = default;
};

/// The last byte is out or about to be: from here on the service may charge. Stored before that byte is sent.
struct Submitting
{
    friend bool operator==(const Submitting&, const Submitting&) = default;
};

/// The submit's answer was lost. Never sent again by itself.
struct Unconfirmed
{
    Error error;

    friend bool operator==(const Unconfirmed&, const Unconfirmed&) = default;
};

/// The service works on it; it is polled by its request id.
struct Generating
{
    RequestId requestId;
    std::optional<int> percent;
    std::optional<Error> waiting; ///< why polling pauses: KeyRefused, KeyMissing, Offline, RateLimited, ServerFault
    bool overdue = false;         ///< past the soft time limit; still polled

    friend bool operator==(const Generating&, const Generating&) = default;
};

/// The service has finished the clip; it is being downloaded.
struct Downloading
{
    RequestId requestId;
    QUrl address;
    QDateTime since; ///< UTC; when the service gave the address, which soon expires (CONTRACT.md 7)
    qint64 received = 0;
    qint64 total = 0;             ///< 0: not known
    std::optional<Error> waiting; ///< why it pauses
    bool refreshed = false;       ///< a fresh address was requested once already
    QString target;               ///< path of the finished clip; set once the address is known
    QString servedHash;           ///< SHA-256 in hex of what the service sent, stored once it is whole; empty before
    qint64 servedBytes = 0;       ///< its length
    QDateTime landedAt;           ///< UTC; when it was whole: the clip's date
    QString hash; ///< SHA-256 in hex of the finished file, stored just before it gets its name; empty before
    bool cancelAsked = false; ///< while there is a hash: the job ends as Cancelled unless the file has its name already

    friend bool operator==(const Downloading&, const Downloading&) = default;
};

struct Done
{
    RequestId requestId;
    ClipId clip;

    friend bool operator==(const Done&, const Done&) = default;
};

struct Moderated
{
    RequestId requestId; ///< empty when the submit itself was refused
    Error error;

    friend bool operator==(const Moderated&, const Moderated&) = default;
};

struct Failed
{
    RequestId requestId; ///< empty when nothing was accepted
    Error error;

    friend bool operator==(const Failed&, const Failed&) = default;
};

struct Expired
{
    RequestId requestId;
    Error error;

    friend bool operator==(const Expired&, const Expired&) = default;
};

/// The person stopped it. With a request id the service may still finish and charge.
struct Cancelled
{
    RequestId requestId;
    bool unanswered = false; ///< stopped before the submit was answered: it may run all the same

    friend bool operator==(const Cancelled&, const Cancelled&) = default;
};

using Phase = std::variant<Held, Queued, Uploading, Submitting, Unconfirmed, Generating, Downloading, Done, Moderated,
                           Failed, Expired, Cancelled>;

/// The phases without their data, in the same order.
enum class State {
    Held,
    Queued,
    Uploading,
    Submitting,
    Unconfirmed,
    Generating,
    Downloading,
    Done,
    Moderated,
    Failed,
    Expired,
    Cancelled
};

[[nodiscard]] inline State stateOf(const Phase& phase)
{
    return static_cast<State>(phase.index());
}

/// One request on its way, with its history.
struct Job
{
    JobId id;
    GenerationRequest request;
    Origin origin;
    Phase phase = Queued{};
    QDateTime createdAt;           ///< UTC
    QDateTime acceptedAt;          ///< UTC; when the service accepted it; null before
    QDateTime finishedAt;          ///< UTC; null while unfinished
    std::optional<Money> estimate; ///< by the model table at the time of the submit
    std::optional<Money> cost;     ///< as the service reported
    QString
        outputPath; ///< where the clip is to be put: a file, or a folder when it ends in '/'; empty: the clips folder
    JobId retryOf;  ///< the job that this one repeats
    GroupId group;  ///< the same for all jobs of one submit; empty for a job alone
    int take = 1;   ///< which of the takes of its request, from 1
    int takes = 1;  ///< how many takes of the request the submit had

    [[nodiscard]] State state() const { return stateOf(phase); }

    friend bool operator==(const Job&, const Job&) = default;
};

/// A request that is to become a job.
struct NewJob
{
    GenerationRequest request;
    std::optional<Money> estimate; ///< nothing: its price is unknown
    int take = 1;                  ///< as in Job, like those below
    int takes = 1;
    JobId retryOf{};
};

/// The most takes of one submit.
constexpr int mostTakes = 8;
/// The jobs for so many takes of one request; the estimate is for one take.
[[nodiscard]] QList<NewJob> takesOf(const GenerationRequest& request, const std::optional<Money>& estimate, int takes);

/// The jobs of one submit, each with its own id; two or more form a group.
[[nodiscard]] QList<Job> jobsOf(const QList<NewJob>& submit, const Origin& origin);

/// True from Held to Downloading, except Unconfirmed: what "Queue (n)" counts.
[[nodiscard]] bool isUnfinished(State state);
/// Sent, answer or result still to come: cancelling does not keep the service from charging.
[[nodiscard]] bool isSent(State state);
/// The service's id for the job; empty before it has one.
[[nodiscard]] RequestId requestIdOf(const Phase& phase);
/// The error the phase carries (as its end or as what it waits for); nothing when all is well.
[[nodiscard]] std::optional<Error> errorOf(const Phase& phase);

/// "generating": lower-case English for files and --json.
[[nodiscard]] QString toName(State state);
[[nodiscard]] std::optional<State> stateFromName(const QString& name);
/// The state word in the person's language: "Generating".
[[nodiscard]] QString displayName(State state);

/// A phase with its data as JSON beside its name, and back.
[[nodiscard]] QJsonObject toJson(const Phase& phase);
[[nodiscard]] Result<Phase> phaseFromJson(State state, const QJsonObject& json);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::Job)
