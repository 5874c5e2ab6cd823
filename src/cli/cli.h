// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/exitcode.h"

namespace clipkiln::cli {

struct Surroundings;

/// Makes one clip and waits for it.
[[nodiscard]] ExitCode generate(const Arguments& arguments, const Surroundings& surroundings);
/// Lists the jobs of the profile; needs neither lock nor key.
[[nodiscard]] ExitCode listJobs(const Arguments& arguments, const Surroundings& surroundings);
/// Goes on with every unfinished job.
[[nodiscard]] ExitCode resume(const Arguments& arguments, const Surroundings& surroundings);
/// Runs the simulator alone until it is stopped. Needs a QGuiApplication, as every use of the simulator.
[[nodiscard]] ExitCode serve(const Arguments& arguments, const Surroundings& surroundings);

/// Does what the verb says.
[[nodiscard]] ExitCode run(const Arguments& arguments, const Surroundings& surroundings);

} // namespace clipkiln::cli
