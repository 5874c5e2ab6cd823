// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlitefile.h"

#include "store/migrations.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// SQLite's primary result codes that mean something of their own here (https://www.sqlite.org/rescode.html).
enum ResultCode { readOnly = 8, ioError = 10, corrupt = 11, full = 13, cannotOpen = 14, notADatabase = 26 };

/// The driver gives the extended code; its low byte is the primary one.
int resultCodeOf(const QSqlError& error)
{
    return error.nativeErrorCode().toInt() & 0xff;
}

constexpr int mostVersions = 999; // of a schema; what is above is no version, but a damaged header

/// A connection for a few statements.
class Connection
{
public:
    Connection(const QString& file, const QString& options)
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
        database.setDatabaseName(file);
        database.setConnectOptions(options);
        m_error = database.open() ? QSqlError() : database.lastError();
    }
    ~Connection() { QSqlDatabase::removeDatabase(m_name); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The first value of the answer; an invalid one when there is none, or with an error().
    QVariant value(const QString& statement)
    {
        if (hasFailed())
            return {};
        QSqlQuery query(QSqlDatabase::database(m_name, false));
        if (!query.exec(statement))
            m_error = query.lastError();
        return query.next() ? query.value(0) : QVariant();
    }
    [[nodiscard]] bool hasFailed() const { return m_error.isValid(); }
    [[nodiscard]] bool hasFoundDamage() const
    {
        const int code = resultCodeOf(m_error);
        return code == corrupt || code == notADatabase;
    }
    [[nodiscard]] Error error() const { return sqliteError(m_error); }

private:
    const QString m_name = u"clipkiln-file-"_s + QUuid::createUuid().toString(QUuid::Id128);
    QSqlError m_error;
};

/// SQLite opens a file whose header has another version of the format, and then writes nothing to it.
bool hasSoundHeader(const QString& databaseFile)
{
    QFile file(databaseFile);
    if (!file.open(QIODevice::ReadOnly))
        return true; // says nothing of the file
    const QByteArray header = file.read(20);
    const auto isKnown = [](char version) { return version == 1 || version == 2; };
    return header.size() == 20 && isKnown(header.at(18)) && isKnown(header.at(19));
}

} // namespace

FileReport examine(const QString& databaseFile)
{
    const QFileInfo file(databaseFile);
    if (!file.exists())
        return {FileState::Missing};
    if (file.isFile() && !hasSoundHeader(databaseFile))
        return {FileState::Damaged};
    Connection connection(databaseFile, u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=1000"_s);
    const int version = connection.value(u"PRAGMA user_version"_s).toInt();
    if (!connection.hasFailed() && version > currentVersion() && version <= mostVersions)
        return {FileState::Newer, version};
    const QString faults = connection.value(u"PRAGMA quick_check(1)"_s).toString();
    const int tables =
        connection.value(u"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('jobs', 'clips')"_s)
            .toInt();
    if (connection.hasFailed())
        return {connection.hasFoundDamage() ? FileState::Damaged : FileState::Unreadable};
    const bool isWhole =
        faults == "ok"_L1 && version >= 0 && version <= currentVersion() && (version == 0 || tables == 2);
    return {isWhole ? FileState::Sound : FileState::Damaged, version};
}

Error sqliteError(const QSqlError& error)
{
    const auto kind = [&error] {
        switch (resultCodeOf(error)) {
        case full:
            return ErrorKind::DiskFull;
        case readOnly:
        case ioError:
        case cannotOpen:
            return ErrorKind::Disk;
        default:
            return ErrorKind::Database;
        }
    }();
    return {kind, u"%1 (SQLite %2)"_s.arg(error.text().trimmed(), error.nativeErrorCode())};
}

std::optional<Error> copyDatabase(const QString& databaseFile, const QString& to)
{
    Connection connection(databaseFile, u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    connection.value(u"VACUUM INTO '%1'"_s.arg(QString(to).replace(u'\'', u"''"_s)));
    return connection.hasFailed() ? std::optional(connection.error()) : std::nullopt;
}

std::optional<Error> executeIn(const QString& databaseFile, const QString& statement)
{
    Connection connection(databaseFile, {});
    connection.value(statement);
    return connection.hasFailed() ? std::optional(connection.error()) : std::nullopt;
}

} // namespace clipkiln
