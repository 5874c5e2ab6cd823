// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/exitcode.h"

#include <algorithm>

namespace clipkiln::cli {

namespace {

bool isLocalTrouble(ErrorKind kind)
{
    return kind == ErrorKind::Disk || kind == ErrorKind::DiskFull || kind == ErrorKind::Database ||
           kind == ErrorKind::PortInUse;
}

} // namespace

ExitCode exitCodeOf(const Job& job, const std::optional<Error>& error)
{
    if (error && isLocalTrouble(error->kind))
        return ExitCode::LocalTrouble;
    switch (job.state()) {
    case State::Done:
        return ExitCode::Done;
    case State::Moderated:
        return ExitCode::Moderated;
    case State::Failed:
    case State::Cancelled:
        return ExitCode::Failed;
    case State::Expired:
        return ExitCode::Expired;
    case State::Generating:
    case State::Downloading:
        return ExitCode::Unfinished;
    case State::Held:
    case State::Queued:
    case State::Uploading:
    case State::Submitting:
    case State::Unconfirmed:
        return ExitCode::Unconfirmed;
    }
    return ExitCode::Failed;
}

ExitCode exitCodeOf(const Error& error)
{
    return isLocalTrouble(error.kind) ? ExitCode::LocalTrouble : ExitCode::Invalid;
}

ExitCode worstOf(const QList<ExitCode>& codes)
{
    static const QList<ExitCode> fromWorst{ExitCode::LocalTrouble, ExitCode::Unconfirmed, ExitCode::Unfinished,
                                           ExitCode::Failed,       ExitCode::Moderated,   ExitCode::Expired};
    const auto worst =
        std::find_if(fromWorst.begin(), fromWorst.end(), [&](ExitCode code) { return codes.contains(code); });
    return worst == fromWorst.end() ? ExitCode::Done : *worst;
}

} // namespace clipkiln::cli
