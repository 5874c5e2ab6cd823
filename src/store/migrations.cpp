// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrations.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

// Requests and phases are our own JSON, states and origins go by name, times are UTC in ISO 8601, money is in ticks:
// the file reads well in the sqlite3 shell. A clip outlives the row of the job that made it, so no key binds them.
const QList<QStringList>& ladder()
{
    static const QList<QStringList> rungs{
        {
            uR"(CREATE TABLE jobs (
                id TEXT PRIMARY KEY,
                origin TEXT NOT NULL,
                state TEXT NOT NULL,
                phase TEXT NOT NULL,
                request TEXT NOT NULL,
                created_at TEXT NOT NULL,
                accepted_at TEXT,
                finished_at TEXT,
                estimate_ticks INTEGER,
                cost_ticks INTEGER,
                output_path TEXT NOT NULL,
                retry_of TEXT NOT NULL))"_s,
            u"CREATE INDEX jobs_by_age ON jobs (created_at)"_s,
            uR"(CREATE TABLE clips (
                id TEXT PRIMARY KEY,
                job TEXT NOT NULL,
                request_id TEXT NOT NULL,
                origin TEXT NOT NULL,
                request TEXT NOT NULL,
                path TEXT NOT NULL,
                bytes INTEGER NOT NULL,
                seconds REAL NOT NULL,
                width INTEGER NOT NULL,
                height INTEGER NOT NULL,
                has_audio INTEGER NOT NULL,
                cost_ticks INTEGER,
                created_at TEXT NOT NULL))"_s,
            u"CREATE INDEX clips_by_age ON clips (created_at)"_s,
        },
        {
            // A job removed from the list stays for the books: what it cost was spent all the same.
            u"ALTER TABLE jobs ADD COLUMN removed_at TEXT"_s,
        },
        {
            // "group" is a word of SQL.
            u"ALTER TABLE jobs ADD COLUMN job_group TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE jobs ADD COLUMN take INTEGER NOT NULL DEFAULT 1"_s,
            u"ALTER TABLE jobs ADD COLUMN takes INTEGER NOT NULL DEFAULT 1"_s,
        },
        {
            uR"(CREATE TABLE forgotten_prompts (
                prompt TEXT PRIMARY KEY,
                forgotten_at TEXT NOT NULL))"_s,
        },
        {
            // By origin, not by key: files belong to a team, which may have several.
            uR"(CREATE TABLE uploads (
                origin TEXT NOT NULL,
                hash TEXT NOT NULL,
                mime TEXT NOT NULL,
                file_id TEXT NOT NULL,
                bytes INTEGER NOT NULL,
                name TEXT NOT NULL,
                expires_at TEXT NOT NULL,
                PRIMARY KEY (origin, hash)))"_s,
        },
        {
            // What the service sent is the beginning of a clip's file; details may follow. Unknown of earlier clips.
            u"ALTER TABLE clips ADD COLUMN served_sha256 TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE clips ADD COLUMN served_bytes INTEGER NOT NULL DEFAULT 0"_s,
        },
    };
    return rungs;
}

} // namespace

int currentVersion()
{
    return static_cast<int>(ladder().size());
}

QStringList migrationFrom(int version)
{
    return ladder().value(version);
}

} // namespace clipkiln
