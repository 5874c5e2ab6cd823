// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

namespace clipkiln::cli {

ExitCode run(const Arguments& arguments, const Surroundings& surroundings)
{
    switch (arguments.verb) {
    case Verb::Generate:
        return generate(arguments, surroundings);
    case Verb::Jobs:
        return listJobs(arguments, surroundings);
    case Verb::Resume:
        return resume(arguments, surroundings);
    case Verb::Serve:
        return serve(arguments, surroundings);
    case Verb::None:
        break;
    }
    return ExitCode::Invalid;
}

} // namespace clipkiln::cli
