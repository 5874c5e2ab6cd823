// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/result.h"

namespace clipkiln {

/// Copies of inputs by content hash under the profile, so that a job can be repeated when the original has moved.
class InputStore final
{
public:
    explicit InputStore(QString folder);

    /// The file with path pointing at its kept copy and hash set; copies only what is not there yet.
    [[nodiscard]] Result<LocalFile> keep(const LocalFile& file);
    /// Every local file of the request kept.
    [[nodiscard]] Result<GenerationRequest> keepAll(GenerationRequest request);

private:
    QString m_folder;
};

} // namespace clipkiln
