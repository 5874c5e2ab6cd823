// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/promptstore.h"

#include "store/database.h"
#include "store/rows.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

PromptStore::PromptStore(std::shared_ptr<Database> database) : m_database(std::move(database)) {}

Result<QList<PastPrompt>> PromptStore::load() const
{
    // One request that cannot be read must not take the others away. Of the columns that are no sums, SQLite gives
    // those of the row that has the maximum.
    auto found = m_database->run(
        u"WITH requests AS (SELECT iif(json_valid(request), request, '{}') AS request, created_at, "
        "iif(job_group = '', id, job_group) AS submit FROM jobs), "
        "uses AS (SELECT json_extract(request, '$.prompt') AS prompt, json_extract(request, '$.mode') AS mode, "
        "created_at, submit FROM requests) "
        "SELECT uses.prompt, uses.mode, count(DISTINCT submit), max(created_at) FROM uses "
        "LEFT JOIN forgotten_prompts ON forgotten_prompts.prompt = uses.prompt "
        "WHERE trim(uses.prompt) <> '' AND (forgotten_at IS NULL OR created_at > forgotten_at) "
        "GROUP BY uses.prompt ORDER BY 4 DESC, 1"_s);
    if (!found)
        return found.error();
    QList<PastPrompt> prompts;
    while (found->next())
        prompts.append({found->value(0).toString(), modeFromName(found->value(1).toString()).value_or(Mode::Text),
                        found->value(2).toInt(), rows::timeFrom(found->value(3))});
    return prompts;
}

std::optional<Error> PromptStore::forget(const QString& prompt)
{
    const auto done =
        m_database->run(u"INSERT OR REPLACE INTO forgotten_prompts (prompt, forgotten_at) VALUES (?, ?)"_s,
                        {prompt, rows::toColumn(QDateTime::currentDateTimeUtc())});
    return done ? std::nullopt : std::optional(done.error());
}

} // namespace clipkiln
