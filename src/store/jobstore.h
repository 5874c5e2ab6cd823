// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"
#include "core/result.h"
#include "core/spend.h"

#include <memory>

namespace clipkiln {

class Database;

/// Jobs on disk. save() returns after the row is synced. A removed job is gone for all but the books.
class JobStore final
{
public:
    explicit JobStore(std::shared_ptr<Database> database);

    /// Also brings back a job that was removed.
    [[nodiscard]] std::optional<Error> save(const Job& job);
    /// All of them or none.
    [[nodiscard]] std::optional<Error> save(const QList<Job>& jobs);
    [[nodiscard]] Result<QList<Job>> load() const; ///< oldest first
    [[nodiscard]] Result<Job> find(const JobId& id) const;
    [[nodiscard]] std::optional<Error> remove(const JobId& id);
    /// Brings back a removed job as it was.
    [[nodiscard]] std::optional<Error> putBack(const JobId& id);

    /// The books from a day on (local; a null one: from the beginning), with removed jobs.
    [[nodiscard]] Result<SpendReport> spendSince(const QDate& first) const;

private:
    std::shared_ptr<Database> m_database;
};

} // namespace clipkiln
