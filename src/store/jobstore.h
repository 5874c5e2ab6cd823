// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"
#include "core/result.h"
#include "core/spend.h"
#include "store/acceptedlog.h"

#include <memory>

namespace clipkiln {

class Database;

/// Jobs on disk: their rows and, beside the database, what the service has accepted (acceptedlog.h). save() returns
/// after the row is synced. A removed job is gone for all but the books.
class JobStore final
{
public:
    explicit JobStore(std::shared_ptr<Database> database);

    /// Where the rows lie.
    [[nodiscard]] QString folder() const;
    /// Also brings back a job that was removed.
    [[nodiscard]] std::optional<Error> save(const Job& job);
    /// All of them or none.
    [[nodiscard]] std::optional<Error> save(const QList<Job>& jobs);
    /// Oldest first. What cannot be read of a row is an error in its phase (ErrorKind::Unreadable). One that was
    /// accepted and whose row does not say so is Generating, also when it has no row.
    [[nodiscard]] Result<QList<Job>> load() const;
    [[nodiscard]] Result<Job> find(const JobId& id) const;
    [[nodiscard]] std::optional<Error> remove(const JobId& id);
    /// Brings back a removed job as it was.
    [[nodiscard]] std::optional<Error> putBack(const JobId& id);

    /// Puts a request id on disk, whatever becomes of the row; `target` is the path of the clip to be.
    [[nodiscard]] std::optional<Error> noteAccepted(const Job& job, const QString& target);
    /// For a job that is over by its row.
    void forgetAccepted(const JobId& id) { m_accepted->forget(id); }
    /// Those with an entry that is not forgotten.
    [[nodiscard]] QList<JobId> accepted() const;

    /// The books from a day on (local; a null one: from the beginning), with removed jobs.
    [[nodiscard]] Result<SpendReport> spendSince(const QDate& first) const;

private:
    [[nodiscard]] std::optional<Error> merge(QList<Job>& jobs, const AcceptedLog::Entry& entry) const;

    std::shared_ptr<Database> m_database;
    std::unique_ptr<AcceptedLog> m_accepted;
};

} // namespace clipkiln
