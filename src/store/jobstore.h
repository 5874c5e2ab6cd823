// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"
#include "core/result.h"

#include <memory>

namespace clipkiln {

class Database;

/// Jobs on disk. save() returns after the row is synced.
class JobStore final
{
public:
    explicit JobStore(std::shared_ptr<Database> database);

    [[nodiscard]] std::optional<Error> save(const Job& job);
    [[nodiscard]] Result<QList<Job>> load() const; ///< oldest first
    [[nodiscard]] Result<Job> find(const JobId& id) const;
    [[nodiscard]] std::optional<Error> remove(const JobId& id);

private:
    std::shared_ptr<Database> m_database;
};

} // namespace clipkiln
