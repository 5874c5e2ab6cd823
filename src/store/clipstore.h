// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/job.h"
#include "core/result.h"

#include <memory>

namespace clipkiln {

class Database;

/// Clips on disk, as rows; the files themselves are the queue's.
class ClipStore final
{
public:
    explicit ClipStore(std::shared_ptr<Database> database);

    /// Saves the clip and its job's last phase in one transaction: both or neither.
    [[nodiscard]] std::optional<Error> save(const Clip& clip, const Job& job);
    [[nodiscard]] std::optional<Error> save(const Clip& clip);
    [[nodiscard]] Result<QList<Clip>> load() const; ///< newest first
    [[nodiscard]] Result<Clip> find(const ClipId& id) const;
    /// Median of the newest clips of the same model and resolution; nothing without any.
    [[nodiscard]] std::optional<double> bytesPerSecondLike(const GenerationRequest& request) const;
    [[nodiscard]] std::optional<Error> remove(const ClipId& id);

private:
    std::shared_ptr<Database> m_database;
};

} // namespace clipkiln
