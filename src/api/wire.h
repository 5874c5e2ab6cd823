// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/call.h"
#include "core/generationrequest.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

/// The service's bodies and answers to and from our values: pure functions, no network.
namespace clipkiln::wire {

/// A piece of a request's body: bytes as they are, or the content of a file.
struct Segment
{
    enum class Encoding { Base64, None };

    QByteArray bytes;
    QString file;                         ///< when set, the file's content instead of bytes
    Encoding encoding = Encoding::Base64; ///< of a file

    friend bool operator==(const Segment&, const Segment&) = default;
};

/// "/videos/generations", "/videos/edits" or "/videos/extensions", below the base address.
[[nodiscard]] QString path(Mode mode);

/// The body of a request, in the documented fields of its mode's endpoint and no others.
[[nodiscard]] QList<Segment> body(const GenerationRequest& request);

/// Reads a complete answer to a submit. An unusable one is Lost.
[[nodiscard]] SubmitOutcome readSubmit(int status, const QByteArray& body,
                                       std::optional<std::chrono::seconds> retryAfter);

/// Reads a complete answer to a poll.
[[nodiscard]] PollOutcome readPoll(int status, const QByteArray& body, std::optional<std::chrono::seconds> retryAfter);

/// The error in an answer that is no success: any of the error shapes of CONTRACT.md 8.1, or text or HTML of the front
/// end.
[[nodiscard]] Error readError(int status, const QByteArray& body);

/// Reads the answer to GET /api-key. A 429 about credits is a report, because it needs a valid key (CONTRACT.md 8.1).
[[nodiscard]] std::variant<KeyReport, Error> readKeyReport(int status, const QByteArray& body);

/// A Retry-After header, seconds or a date, at most ten minutes: whoever asks for more is asked again by then. Nothing
/// when it is neither.
[[nodiscard]] std::optional<std::chrono::seconds> readRetryAfter(const QByteArray& header, const QDateTime& now);
/// Gives the error what readRetryAfter() read, and says in its detail when that is the most there is.
void noteWait(Error& error, std::optional<std::chrono::seconds> retryAfter);

} // namespace clipkiln::wire
