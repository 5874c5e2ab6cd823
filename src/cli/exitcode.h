// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/job.h"

#include <QList>

namespace clipkiln::cli {

/// The exit codes of the program; scripts rely on the numbers.
enum class ExitCode {
    Done = 0,         ///< also: accepted, with --no-wait
    LocalTrouble = 1, ///< disk, database, port
    Invalid = 2,      ///< nothing was sent
    Failed = 3,       ///< by the service, refused by it, or no clip came
    Moderated = 4,
    Expired = 5,
    Unfinished = 6,  ///< accepted, but not finished at the limit
    Unconfirmed = 7, ///< the submit's answer was lost, or the service was out of reach until the limit
};

/// Of a job that is followed no further, with the error it ended with or was left for.
[[nodiscard]] ExitCode exitCodeOf(const Job& job, const std::optional<Error>& error);
/// Of an error that ended the command before there was a job.
[[nodiscard]] ExitCode exitCodeOf(const Error& error);
/// The exit code for several jobs.
[[nodiscard]] ExitCode worstOf(const QList<ExitCode>& codes);

} // namespace clipkiln::cli
