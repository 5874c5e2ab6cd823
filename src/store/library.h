// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QDate>
#include <QString>

#include <memory>

namespace clipkiln {

class Database;

/// An open database, and what had to be done for it.
struct Library
{
    std::shared_ptr<Database> database;
    QString recovery; ///< a sentence on a database that was damaged or gone; empty for a sound or a new one
};

/// Opens the profile's database to work with it; call it while holding the profile's lock. A backup is made before the
/// schema changes. A damaged file is set aside under a name with the day, and the newest sound backup takes its place,
/// or an empty database. Jobs of a backup that had no request id may have been sent since: they come back as
/// Unconfirmed, for a person to decide. A database of a newer Clipkiln, or one that cannot be read just now, is left as
/// it is.
[[nodiscard]] Result<Library> openLibrary(const QString& databaseFile, const QDate& today);

} // namespace clipkiln
