// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/library.h"

#include "core/files.h"
#include "core/text.h"
#include "store/backups.h"
#include "store/database.h"
#include "store/migrations.h"
#include "store/sqlitefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// Renames a damaged database, together with the log that belongs to it; returns its new name.
Result<QString> setAside(const QString& databaseFile, const QDate& today)
{
    const QString wanted = u"library-damaged-%1.sqlite"_s.arg(today.toString(Qt::ISODate));
    const auto aside = durableRename(databaseFile, QFileInfo(databaseFile).dir().filePath(wanted));
    if (!aside)
        return aside;
    for (const auto& part : {u"-wal"_s, u"-shm"_s})
        QFile::rename(databaseFile + part, *aside + part);
    return QFileInfo(*aside).fileName();
}

/// Puts a backup in the place of the database: after a crash it is there whole, or not at all.
std::optional<Error> restore(const Backups::Backup& backup, const QString& databaseFile)
{
    const QString temporary = databaseFile + u".part"_s;
    for (const auto& part : {QString(), u"-wal"_s, u"-shm"_s})
        QFile::remove(temporary + part);
    QFile copy(temporary);
    if (const auto error = openPrivate(copy))
        return error;
    copy.close();
    auto error = copyDatabase(backup.path, temporary);
    // A log that was left beside the lost database would be replayed over this one.
    for (const auto& part : {u"-wal"_s, u"-shm"_s}) {
        if (error || !QFile::exists(databaseFile + part))
            continue;
        if (const auto aside = durableRename(databaseFile + part, databaseFile + u"-damaged"_s + part); !aside)
            error = aside.error();
    }
    if (!error)
        error = durableReplace(temporary, databaseFile);
    if (error)
        QFile::remove(temporary);
    return error;
}

/// The day of the newest backup that could be put in the place of the database; an invalid one when there is none.
Result<QDate> restoreNewest(const QString& databaseFile)
{
    std::optional<Error> trouble;
    const auto backups = Backups(databaseFile).all();
    for (const Backups::Backup& backup : backups) {
        const FileReport report = examine(backup.path);
        if (report.state != FileState::Sound || report.version == 0)
            continue;
        const auto error = restore(backup, databaseFile);
        if (!error)
            return backup.day;
        trouble = error;
    }
    // Beginning anew would hide the backup that is there.
    if (trouble)
        return *trouble;
    return QDate();
}

QString recoverySentence(const QString& aside, const QDate& backup)
{
    if (!backup.isValid())
        return Text::tr("The library was damaged and was set aside as %1. There is no backup, so it begins anew; your "
                        "clips are still in their folder.")
            .arg(aside);
    const QString day = backup.toString(Qt::ISODate);
    if (aside.isEmpty())
        return Text::tr("The library was gone. The backup of %1 is in use; jobs that had not been sent then wait for "
                        "your decision.")
            .arg(day);
    return Text::tr(
               "The library was damaged and was set aside as %1. The backup of %2 is in use; jobs that had not been "
               "sent then wait for your decision.")
        .arg(aside, day);
}

} // namespace

Result<Library> openLibrary(const QString& databaseFile, const QDate& today)
{
    const FileReport report = examine(databaseFile);
    Library library;
    if (report.state == FileState::Sound && report.version > 0 && report.version < currentVersion()) {
        if (const auto error = Backups(databaseFile).make(today))
            return *error;
    }
    if (report.state == FileState::Damaged || report.state == FileState::Missing) {
        QString aside;
        if (report.state == FileState::Damaged) {
            auto renamed = setAside(databaseFile, today);
            if (!renamed)
                return renamed.error();
            aside = *std::move(renamed);
        }
        const auto backup = restoreNewest(databaseFile);
        if (!backup)
            return backup.error();
        if (!aside.isEmpty() || backup->isValid())
            library.recovery = recoverySentence(aside, *backup);
    }
    auto database = Database::open(databaseFile);
    if (!database)
        return database.error();
    library.database = *std::move(database);
    return library;
}

} // namespace clipkiln
