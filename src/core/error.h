// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace clipkiln {

/// What went wrong, in the kinds that code distinguishes.
enum class ErrorKind {
    Offline,        ///< no connection to the service
    Timeout,        ///< a deadline of ours ran out
    TlsFailed,      ///< the encrypted connection could not be made
    KeyMissing,     ///< no key for this job's origin
    KeyRefused,     ///< 401, 403, or a 400 whose text is about the key
    RateLimited,    ///< 429, wait
    OutOfCredits,   ///< 429, credits used up or spending limit reached (CONTRACT.md 8.1)
    Rejected,       ///< the service refused the request as it stands
    NotAvailable,   ///< the model or the team cannot do this (failed_precondition, permission_denied)
    UnknownRequest, ///< the service does not know the request id
    ServerFault,    ///< 5xx, internal_error, service_unavailable
    BadAnswer,      ///< an answer that does not follow this API
    SubmitLost,     ///< the submit's answer was lost: it may or may not run and be charged
    Moderated,      ///< refused by content moderation
    Expired,        ///< the result is not available any more
    LinkGone,       ///< the clip's address does not answer any more
    NotAClip,       ///< the downloaded file is not a video that can be opened
    AtOwnAddress,   ///< the clip lies at the request's uploadUrl and cannot be read from there
    StillRunning,   ///< not finished at the time limit
    InvalidRequest, ///< found by validate(), nothing was sent
    InputUnusable,  ///< a file that cannot be read or is of a kind that cannot be sent
    Disk,           ///< reading or writing failed
    DiskFull,
    Database,
    Unreadable,   ///< what the library keeps of this job cannot be read
    ProfileInUse, ///< another Clipkiln runs on this profile
    PortInUse,
    AddressRefused, ///< an API address that the key must not go to
    Keychain,       ///< the system keychain cannot be used
};

/// What a person can do about an error: the window shows it as a button, the command line as a word.
enum class ErrorAction {
    None,
    TryAgain,   ///< a new job with the same request
    EditAndRun, ///< the form, refilled
    WatchAgain, ///< ask the service for this job once more
    OpenKeySettings,
    OpenFolderSettings,
    CheckCredits, ///< the service's console, in the browser
    Wait,
};

/// An error a person can act on. Code decides on kind; detail is shown, never parsed.
struct Error
{
    ErrorKind kind{};
    QString detail; ///< the service's or the system's words, shown under "Details", not translated, never with a key
    std::optional<std::chrono::seconds> retryAfter{};

    friend bool operator==(const Error&, const Error&) = default;
};

/// An error as it is shown: one sentence, one thing to do.
struct Explanation
{
    QString sentence;
    ErrorAction action = ErrorAction::None;
    QString actionText; ///< the label of the button; empty where there is nothing to press (None, Wait)
};

/// The only place where errors become sentences, for window and command line alike.
[[nodiscard]] Explanation explain(const Error& error);

/// A stable name for files and --json ("rate_limited"), and back.
[[nodiscard]] QString toName(ErrorKind kind);
[[nodiscard]] std::optional<ErrorKind> errorKindFromName(const QString& name);
[[nodiscard]] QString toName(ErrorAction action);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::Error)
