// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include "core/files.h"
#include "core/text.h"
#include "store/migrations.h"
#include "store/sqlitefile.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

Database::Database(QString connection, QString file) : m_connection(std::move(connection)), m_file(std::move(file)) {}

Database::~Database()
{
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::shared_ptr<Database>> Database::open(const QString& file, Access access)
{
    std::shared_ptr<Database> database(
        new Database(u"clipkiln-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces), file));
    // Long enough for another connection's checkpoint, short enough for the error to be reported.
    const QString options = u"QSQLITE_BUSY_TIMEOUT=5000"_s;
    const QString reading = options + u";QSQLITE_OPEN_READONLY"_s;
    auto version = database->connect(file, access == Access::ReadOnly ? reading : options);
    if (!version && version.error().kind == ErrorKind::Disk && access == Access::ReadOnly) {
        // On a file system without locks, as some network folders have none, it can still be read as it lies there.
        QUrl address = QUrl::fromLocalFile(QFileInfo(file).absoluteFilePath());
        address.setQuery(u"immutable=1"_s);
        if (const auto lying =
                database->connect(address.toString(QUrl::FullyEncoded), reading + u";QSQLITE_OPEN_URI"_s))
            version = lying;
    }
    if (!version)
        return version.error();
    if (*version > currentVersion())
        return Error{
            ErrorKind::Database,
            Text::tr("This library was made by a newer Clipkiln (version %1 of the database, this program knows "
                     "up to %2). Please update Clipkiln.")
                .arg(*version)
                .arg(currentVersion())};
    if (access == Access::ReadOnly) {
        if (*version < currentVersion())
            return Error{ErrorKind::Database,
                         Text::tr("This library was made by an older Clipkiln. Start Clipkiln once to "
                                  "bring it up to date.")};
        return database;
    }
    if (auto error = database->prepareWriting())
        return *error;
    if (auto error = database->migrate(*version))
        return *error;
    for (const auto& part : {file, file + u"-wal"_s, file + u"-shm"_s})
        makePrivate(part);
    return database;
}

Result<int> Database::connect(const QString& file, const QString& options)
{
    {
        auto connection = QSqlDatabase::database(m_connection, false);
        if (!connection.isValid())
            connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
        connection.close();
        connection.setDatabaseName(file);
        connection.setConnectOptions(options);
        if (!connection.open())
            return sqliteError(connection.lastError());
    }
    return version();
}

Result<QSqlQuery> Database::run(const QString& statement, const QVariantList& values) const
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return sqliteError(query.lastError());
    for (const auto& value : values)
        query.addBindValue(value);
    if (!query.exec())
        return sqliteError(query.lastError());
    return query;
}

std::optional<Error> Database::inTransaction(const std::function<std::optional<Error>()>& work) const
{
    // IMMEDIATE: a lock that cannot be had is an error before anything was done.
    if (const auto begun = run(u"BEGIN IMMEDIATE"_s); !begun)
        return begun.error();
    auto error = work();
    if (!error) {
        const auto committed = run(u"COMMIT"_s);
        if (committed)
            return std::nullopt;
        error = committed.error();
    }
    // After a full disk SQLite may have rolled back by itself; then this fails, and that is fine.
    std::ignore = run(u"ROLLBACK"_s);
    return error;
}

std::optional<Error> Database::prepareWriting()
{
    // FULL: a row that save() has written survives a power loss, at about a millisecond each.
    for (const auto& pragma :
         {u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = FULL"_s, u"PRAGMA foreign_keys = ON"_s}) {
        if (const auto done = run(pragma); !done)
            return done.error();
    }
    return std::nullopt;
}

std::optional<Error> Database::migrate(int from)
{
    for (int step = from; step < currentVersion(); ++step) {
        const auto error = inTransaction([this, step]() -> std::optional<Error> {
            for (const auto& statement : migrationFrom(step)) {
                if (const auto done = run(statement); !done)
                    return done.error();
            }
            const auto counted = run(u"PRAGMA user_version = %1"_s.arg(step + 1));
            return counted ? std::nullopt : std::optional(counted.error());
        });
        if (error)
            return error;
    }
    return std::nullopt;
}

Result<int> Database::version() const
{
    auto query = run(u"PRAGMA user_version"_s);
    if (!query)
        return query.error();
    return query->next() ? query->value(0).toInt() : 0;
}

} // namespace clipkiln
