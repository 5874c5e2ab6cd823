// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QDate>
#include <QString>

namespace clipkiln {

/// Whole copies of the database, at most one of a day, seven of them, in the folder "backups" beside it:
/// library-2026-12-01.sqlite.
class Backups final
{
public:
    explicit Backups(const QString& databaseFile);

    /// A copy in that folder.
    struct Backup
    {
        QString path;
        QDate day;
    };
    [[nodiscard]] QList<Backup> all() const; ///< newest first
    [[nodiscard]] bool isDue(const QDate& today) const;

    /// Makes that of the day, in place of an earlier one, and removes the oldest above seven. It gets its name when it
    /// was checked and is on disk. The database may be open, also in this thread; a few milliseconds for each megabyte.
    [[nodiscard]] std::optional<Error> make(const QDate& today) const;

private:
    QString m_databaseFile;
    QString m_folder;
};

} // namespace clipkiln
