// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"

class QCommandLineParser;

namespace clipkiln::cli {

/// Reads what is to be done to the inputs before they are sent: fit, trim, metadata. InvalidRequest with a sentence.
[[nodiscard]] std::optional<Error> readInputOptions(const QCommandLineParser& parser, Arguments& arguments);

/// What to write for a video that is longer than this, in seconds: a whole sentence.
[[nodiscard]] QString trimAdvice(double longest);

} // namespace clipkiln::cli
