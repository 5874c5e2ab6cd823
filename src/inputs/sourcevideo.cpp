// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/sourcevideo.h"

#include "core/sourcerules.h"

namespace clipkiln {

Result<SourceVideo> readSourceVideo(const QString& path, double longest)
{
    const Result<VideoInput> input = probeVideoInput(path);
    if (!input)
        return input.error();
    return SourceVideo{*input, isTooLong(input->file.seconds, longest)};
}

} // namespace clipkiln
