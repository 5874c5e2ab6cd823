// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/ids.h"
#include "core/money.h"

#include <QObject>
#include <QUrl>

#include <chrono>
#include <optional>
#include <variant>

namespace clipkiln {

/// One exchange with the service. Emits finished() exactly once, never from within the function that started it,
/// then deletes itself; destroying it earlier aborts the exchange and emits nothing.
class Call : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void finished();
};

/// How a submit ended. Only NotSent and RateLimited leave the same job free to be sent again.
struct SubmitOutcome
{
    struct Accepted
    {
        RequestId requestId;
    };
    /// The last byte of the request never left this machine: no server can have it whole.
    struct NotSent
    {
        Error error;
    };
    /// A complete 429 rate-limit answer: the service did not accept it.
    struct RateLimited
    {
        Error error; ///< retryAfter set when the service said so
    };
    /// Nothing runs and sending the same again is of no use: a complete answer that says no (400, 401, 403, 404, 405,
    /// 413, 415, 422, out of credits), or, before the last byte was sent, an input that cannot be read or changed
    /// meanwhile (InputUnusable), an address the key must not go to (AddressRefused), a key that no header can hold
    /// (KeyRefused).
    struct Refused
    {
        Error error;
        std::optional<Money> cost;
        bool unknownFile = false; ///< because the service does not know a file id (any more)
    };
    struct Moderated
    {
        Error error;
        std::optional<Money> cost;
    };
    /// No answer, or none that can be used: it may or may not run. Never sent again by itself. Kind SubmitLost.
    struct Lost
    {
        Error error;
    };
    std::variant<NotSent, Accepted, RateLimited, Refused, Moderated, Lost> value;
};

/// What a poll found.
struct PollOutcome
{
    struct Pending
    {
        std::optional<int> percent;
    };
    struct Ready
    {
        QUrl address;
        std::optional<Money> cost;
    };
    struct Failed
    {
        Error error;
        std::optional<Money> cost;
        bool unknownFile = false; ///< as SubmitOutcome::Refused has it
    };
    struct Moderated
    {
        Error error;
        std::optional<Money> cost;
    };
    struct Expired
    {
        Error error;
        std::optional<Money> cost;
    };
    /// 401, 403 or a 400 about the key: the job is not affected, polling waits for another key.
    struct KeyRefused
    {
        Error error;
    };
    /// An error of this poll only: poll again later.
    struct Trouble
    {
        Error error;
    };
    std::variant<Trouble, Pending, Ready, Failed, Moderated, Expired, KeyRefused> value;
};

/// How a download ended.
struct DownloadOutcome
{
    /// The whole body lies under the temporary name, synced; its length agrees and it begins like an MP4.
    struct Complete
    {
        qint64 bytes = 0;
    };
    /// 403, 404, 410 (LinkGone), a body that is no MP4 (NotAClip; the temporary file is removed), an address or
    /// redirect without TLS (AddressRefused): this address will not give the clip.
    struct LinkGone
    {
        Error error;
    };
    /// A network error: the received bytes are kept, a later call continues after them.
    struct Interrupted
    {
        Error error;
    };
    /// Disk or DiskFull.
    struct LocalTrouble
    {
        Error error;
    };
    std::variant<Interrupted, Complete, LinkGone, LocalTrouble> value;
};

/// POST of a request, sent exactly once.
class SubmitCall : public Call
{
    Q_OBJECT

public:
    using Call::Call;
    [[nodiscard]] virtual const SubmitOutcome& result() const = 0;
    /// Sends the last byte; called after readyToCommit(). Until then the service cannot have a whole request.
    virtual void commit() = 0;

Q_SIGNALS:
    /// Bytes of the body handed to the network, at most ten times a second.
    void progressed(qint64 sent, qint64 total);
    /// All but the last byte was sent; waits for commit().
    void readyToCommit();
};

/// GET of a request's state.
class PollCall : public Call
{
    Q_OBJECT

public:
    using Call::Call;
    [[nodiscard]] virtual const PollOutcome& result() const = 0;
};

/// GET of a clip into a temporary file, continuing where an earlier call was cut.
class DownloadCall : public Call
{
    Q_OBJECT

public:
    using Call::Call;
    [[nodiscard]] virtual const DownloadOutcome& result() const = 0;

Q_SIGNALS:
    /// At most ten times a second; total is 0 when the server did not say.
    void progressed(qint64 received, qint64 total);
};

/// What GET /v1/api-key reports about a key (CONTRACT.md 11).
struct KeyReport
{
    QString name;              ///< as the console calls it
    QString redacted;          ///< "xai-...b14o", as the service shortens it
    bool blocked = false;      ///< key or team blocked or disabled
    bool outOfCredits = false; ///< a 429 about credits, which needs a valid key
};

/// Checks a key; costs nothing.
class KeyCheckCall : public Call
{
    Q_OBJECT

public:
    using Call::Call;
    /// A report, or KeyRefused, Offline, … Name and redacted form are empty when the key may not ask about itself.
    [[nodiscard]] virtual const std::variant<KeyReport, Error>& result() const = 0;
};

} // namespace clipkiln
