// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

namespace clipkiln::cli {

ExitCode run(const Arguments& arguments, const CommandContext& context)
{
    switch (arguments.verb) {
    case Verb::Generate:
        return generate(arguments, context);
    case Verb::Jobs:
        return listJobs(arguments, context);
    case Verb::Resume:
        return resume(arguments, context);
    case Verb::Serve:
        return serve(arguments, context);
    case Verb::Rebuild:
        return rebuild(arguments, context);
    case Verb::None:
        break;
    }
    return ExitCode::Invalid;
}

} // namespace clipkiln::cli
