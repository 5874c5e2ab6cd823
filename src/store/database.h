// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QVariant>

#include <functional>
#include <memory>

class QSqlQuery;

namespace clipkiln {

/// One SQLite file and its one writing connection (WAL, synchronous FULL, foreign keys), migrated by user_version.
/// Belongs to the thread that opened it. What returns an error has changed nothing.
class Database final
{
public:
    enum class Access { ReadWrite, ReadOnly };

    /// ReadOnly needs a file that a ReadWrite one has made. A file made by a newer Clipkiln is left as it is.
    [[nodiscard]] static Result<std::shared_ptr<Database>> open(const QString& file, Access access = Access::ReadWrite);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs one statement, its `?` bound in order; DiskFull, Disk or Database when it fails.
    [[nodiscard]] Result<QSqlQuery> run(const QString& statement, const QVariantList& values = {}) const;
    /// Runs several statements that count together or not at all.
    [[nodiscard]] std::optional<Error> inTransaction(const std::function<std::optional<Error>()>& work) const;

    /// The path it was opened with.
    [[nodiscard]] const QString& file() const { return m_file; }
    [[nodiscard]] const QString& connectionName() const { return m_connection; }

private:
    Database(QString connection, QString file);
    /// Opens the connection, anew if it is open; the version of the file.
    [[nodiscard]] Result<int> connect(const QString& file, const QString& options);
    [[nodiscard]] std::optional<Error> prepareWriting();
    [[nodiscard]] std::optional<Error> migrate(int from);
    [[nodiscard]] Result<int> version() const;

    QString m_connection;
    QString m_file;
};

} // namespace clipkiln
