// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/exitcode.h"

namespace clipkiln::cli {

struct CommandContext;

/// Makes one clip and waits for it.
[[nodiscard]] ExitCode generate(const Arguments& arguments, const CommandContext& context);
/// Lists the jobs of the profile; needs neither lock nor key.
[[nodiscard]] ExitCode listJobs(const Arguments& arguments, const CommandContext& context);
/// Goes on with every unfinished job.
[[nodiscard]] ExitCode resume(const Arguments& arguments, const CommandContext& context);
/// Runs the simulator alone until it is stopped. Needs a QGuiApplication, as every use of the simulator.
[[nodiscard]] ExitCode serve(const Arguments& arguments, const CommandContext& context);

/// Makes rows for clips that have none; 1 with what could not be read, and while the profile is in use.
[[nodiscard]] ExitCode rebuild(const Arguments& arguments, const CommandContext& context);

/// Does what the verb says.
[[nodiscard]] ExitCode run(const Arguments& arguments, const CommandContext& context);

} // namespace clipkiln::cli
