// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/backups.h"

#include "core/files.h"
#include "core/job.h"
#include "core/text.h"
#include "store/rows.h"
#include "store/sqlitefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr qsizetype mostBackups = 7;

/// What is not sent when the backup is made may be sent, and paid for, by the time it is used, by whomever and however:
/// in it such a job waits for a decision. By statement, for the schema may be an older one.
QString statementToDecide(const QDate& today)
{
    const Phase undecided =
        Unconfirmed{{ErrorKind::SubmitLost, Text::tr("From the backup of %1.").arg(today.toString(Qt::ISODate))}};
    const auto quoted = [](QString text) { return u'\'' + text.replace(u'\'', u"''"_s) + u'\''; };
    QStringList unsent;
    for (const State state : {State::Held, State::Queued, State::Uploading, State::Submitting})
        unsent.append(quoted(toName(state)));
    return u"UPDATE jobs SET state = %1, phase = %2 WHERE state IN (%3)"_s.arg(
        quoted(toName(stateOf(undecided))), quoted(rows::toColumn(toJson(undecided))), unsent.join(u", "_s));
}

} // namespace

Backups::Backups(const QString& databaseFile)
    : m_databaseFile(databaseFile), m_folder(QFileInfo(databaseFile).absolutePath() + u"/backups"_s)
{
}

QList<Backups::Backup> Backups::all() const
{
    static const QRegularExpression form(u"^library-(\\d{4}-\\d{2}-\\d{2})\\.sqlite$"_s);
    QList<Backup> backups;
    const auto files = QDir(m_folder).entryInfoList(QDir::Files);
    for (const QFileInfo& file : files) {
        const auto match = form.match(file.fileName());
        const QDate day = QDate::fromString(match.captured(1), Qt::ISODate);
        if (day.isValid())
            backups.append({file.filePath(), day});
    }
    std::sort(backups.begin(), backups.end(), [](const Backup& a, const Backup& b) { return a.day > b.day; });
    return backups;
}

bool Backups::isDue(const QDate& today) const
{
    const auto backups = all();
    return std::none_of(backups.begin(), backups.end(), [&today](const Backup& backup) { return backup.day == today; });
}

std::optional<Error> Backups::make(const QDate& today) const
{
    const QDir folder(m_folder);
    if (!folder.mkpath(u"."_s))
        return diskError(m_folder, u"The folder cannot be made"_s);
    makePrivate(m_folder);
    const auto leftovers = folder.entryList({u"*.part"_s}, QDir::Files);
    for (const QString& leftover : leftovers)
        QFile::remove(folder.filePath(leftover));

    QFile temporary(folder.filePath(u"library.%1.part"_s.arg(QUuid::createUuid().toString(QUuid::Id128))));
    if (const auto error = openPrivate(temporary)) // SQLite would make it readable for others
        return error;
    temporary.close();
    const QString name = folder.filePath(u"library-%1.sqlite"_s.arg(today.toString(Qt::ISODate)));
    auto error = copyDatabase(m_databaseFile, temporary.fileName());
    if (!error)
        error = executeIn(temporary.fileName(), statementToDecide(today));
    if (!error && examine(temporary.fileName()).state != FileState::Sound)
        error = Error{ErrorKind::Database, QDir::toNativeSeparators(name)};
    if (!error)
        error = durableReplace(temporary.fileName(), name);
    if (error) {
        temporary.remove();
        return error;
    }
    const auto backups = all();
    for (qsizetype i = mostBackups; i < backups.size(); ++i)
        QFile::remove(backups.at(i).path);
    return std::nullopt;
}

} // namespace clipkiln
