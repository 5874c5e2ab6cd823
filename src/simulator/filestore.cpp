// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/filestore.h"

#include "simulator/records.h"

#include <QDateTime>
#include <QFile>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

qint64 now()
{
    return QDateTime::currentSecsSinceEpoch();
}

bool isOver(const std::optional<qint64>& time)
{
    return time && *time <= now();
}

std::optional<qint64> after(const std::optional<qint64>& seconds)
{
    return seconds ? std::optional(now() + *seconds) : std::nullopt;
}

QJsonValue orNull(const std::optional<qint64>& time)
{
    return time ? QJsonValue(*time) : QJsonValue();
}

std::optional<qint64> timeFrom(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

} // namespace

FileStore::FileStore(const QDir& folder) : m_folder(folder)
{
    m_folder.mkpath(u"."_s);
    for (const QJsonObject& json : loadRecords(m_folder)) {
        StoredFile file;
        file.id = json["id"_L1].toString();
        file.filename = json["filename"_L1].toString();
        file.bytes = json["bytes"_L1].toInteger();
        file.createdAt = json["created_at"_L1].toInteger();
        file.expiresAt = timeFrom(json["expires_at"_L1]);
        file.publicToken = json["public_token"_L1].toString();
        file.publicExpiresAt = timeFrom(json["public_expires_at"_L1]);
        m_files.insert(file.id, file);
        if (isOver(file.expiresAt))
            remove(file.id);
    }
}

std::optional<StoredFile> FileStore::add(const QString& filename, const QByteArray& content,
                                         std::optional<qint64> expiresAfter)
{
    StoredFile file{.id = u"file_"_s + randomUuid(),
                    .filename = filename,
                    .bytes = content.size(),
                    .createdAt = now(),
                    .expiresAt = after(expiresAfter),
                    .publicToken = {},
                    .publicExpiresAt = {}};
    QSaveFile data(contentPath(file.id));
    if (!data.open(QIODevice::WriteOnly) || data.write(content) != content.size() || !data.commit())
        return std::nullopt;
    return insert(file);
}

std::optional<StoredFile> FileStore::addCopy(const QString& filename, const QString& source,
                                             std::optional<qint64> expiresAfter)
{
    StoredFile file{.id = u"file_"_s + randomUuid(),
                    .filename = filename,
                    .bytes = QFile(source).size(),
                    .createdAt = now(),
                    .expiresAt = after(expiresAfter),
                    .publicToken = {},
                    .publicExpiresAt = {}};
    if (!QFile::copy(source, contentPath(file.id)))
        return std::nullopt;
    return insert(file);
}

std::optional<StoredFile> FileStore::publish(const QString& id, std::optional<qint64> expiresAfter)
{
    std::optional<StoredFile> file = find(id);
    if (!file)
        return std::nullopt;
    file->publicToken = randomUuid();
    file->publicExpiresAt = after(expiresAfter);
    return insert(*file);
}

bool FileStore::remove(const QString& id)
{
    const std::lock_guard lock(m_mutex);
    if (m_files.remove(id) == 0)
        return false;
    QFile::remove(contentPath(id));
    removeRecord(m_folder, id);
    return true;
}

std::optional<StoredFile> FileStore::find(const QString& id) const
{
    const std::lock_guard lock(m_mutex);
    const auto file = m_files.constFind(id);
    return file == m_files.cend() || isOver(file->expiresAt) ? std::nullopt : std::optional(*file);
}

std::optional<StoredFile> FileStore::findPublic(const QString& token) const
{
    const QList<StoredFile> files = list();
    const auto found = std::ranges::find_if(files, [&token](const StoredFile& file) {
        return !token.isEmpty() && file.publicToken == token && !isOver(file.publicExpiresAt);
    });
    return found == files.end() ? std::nullopt : std::optional(*found);
}

QList<StoredFile> FileStore::list() const
{
    QList<StoredFile> result;
    {
        const std::lock_guard lock(m_mutex);
        std::ranges::copy_if(m_files, std::back_inserter(result),
                             [](const StoredFile& file) { return !isOver(file.expiresAt); });
    }
    std::ranges::sort(result, {}, [](const StoredFile& file) { return std::pair(file.createdAt, file.id); });
    return result;
}

QString FileStore::contentPath(const QString& id) const
{
    return m_folder.filePath(id);
}

std::optional<StoredFile> FileStore::insert(StoredFile file)
{
    if (!save(file))
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    m_files.insert(file.id, file);
    return file;
}

bool FileStore::save(const StoredFile& file) const
{
    QJsonObject json = toJson(file);
    json[u"public_token"_s] = file.publicToken;
    json[u"public_expires_at"_s] = orNull(file.publicExpiresAt);
    return saveRecord(m_folder, file.id, json);
}

QJsonObject toJson(const StoredFile& file)
{
    return {
        {u"id"_s, file.id},
        {u"object"_s, u"file"_s},
        {u"bytes"_s, file.bytes},
        {u"created_at"_s, file.createdAt},
        {u"expires_at"_s, orNull(file.expiresAt)},
        {u"filename"_s, file.filename},
        {u"purpose"_s, QString()},
    };
}

} // namespace clipkiln::simulator
