// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

QT_BEGIN_NAMESPACE
class QSqlError;
QT_END_NAMESPACE

namespace clipkiln {

/// What can be said of a database file before it is opened to work with it.
enum class FileState {
    Missing,
    Sound,
    Newer,     ///< made by a newer Clipkiln
    Damaged,   ///< no database, one that SQLite finds faults in, or one without our tables; also an empty file
    Unreadable ///< the disk, its rights or another program keep it from being read: that says nothing of the file
};

struct FileReport
{
    FileState state{};
    int version = 0; ///< of the schema; 0 for a file that is not set up yet
};

/// Reads the file and changes nothing.
[[nodiscard]] FileReport examine(const QString& databaseFile);

/// Writes a copy of a database into a file that is empty or not there. It may be open.
[[nodiscard]] std::optional<Error> copyDatabase(const QString& databaseFile, const QString& to);

/// Runs one statement in a database that nothing else has open, whatever its schema.
[[nodiscard]] std::optional<Error> executeIn(const QString& databaseFile, const QString& statement);

/// DiskFull or Disk where the disk is the reason, else Database.
[[nodiscard]] Error sqliteError(const QSqlError& error);

} // namespace clipkiln
