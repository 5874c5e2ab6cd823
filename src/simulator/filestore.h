// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QHash>
#include <QJsonObject>
#include <QList>

#include <mutex>
#include <optional>

namespace clipkiln::simulator {

/// A file of the Files API (CONTRACT.md 10). Times are seconds since 1970.
struct StoredFile
{
    QString id;
    QString filename;
    qint64 bytes = 0;
    qint64 createdAt = 0;
    std::optional<qint64> expiresAt;
    QString publicToken; ///< part of its public address; empty: it has none
    std::optional<qint64> publicExpiresAt;
};

/// The files that clients uploaded or had their clips stored as, kept on disk. Safe from any thread.
class FileStore
{
public:
    /// Loads what an earlier run left in the folder; makes the folder when it is missing.
    explicit FileStore(const QDir& folder);

    /// Nothing when the file cannot be written.
    std::optional<StoredFile> add(const QString& filename, const QByteArray& content,
                                  std::optional<qint64> expiresAfter);
    std::optional<StoredFile> addCopy(const QString& filename, const QString& source,
                                      std::optional<qint64> expiresAfter);
    /// Gives it a public address for so many seconds.
    std::optional<StoredFile> publish(const QString& id, std::optional<qint64> expiresAfter);
    bool remove(const QString& id);

    std::optional<StoredFile> find(const QString& id) const;
    std::optional<StoredFile> findPublic(const QString& token) const;
    QList<StoredFile> list() const;
    QString contentPath(const QString& id) const;

private:
    std::optional<StoredFile> insert(StoredFile file);
    bool save(const StoredFile& file) const;

    const QDir m_folder;
    mutable std::mutex m_mutex;
    QHash<QString, StoredFile> m_files;
};

/// As the service describes a file.
QJsonObject toJson(const StoredFile& file);

} // namespace clipkiln::simulator
