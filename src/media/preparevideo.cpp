// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/prepare.h"

#include "media/inputfile.h"
#include "media/probe.h"

namespace clipkiln {

Result<PreparedInput> prepareVideo(const QString& path, const VideoPreparation&, const QString&,
                                   const PreparationProgress&)
{
    const Result<LocalFile> file = probeInput(path);
    if (!file)
        return file.error();
    return PreparedInput{*file, {}};
}

} // namespace clipkiln
