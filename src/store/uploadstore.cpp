// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/uploadstore.h"

#include "store/database.h"
#include "store/rows.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

std::optional<Error> errorOf(const Result<QSqlQuery>& done)
{
    return done ? std::nullopt : std::optional(done.error());
}

} // namespace

UploadStore::UploadStore(std::shared_ptr<Database> database) : m_database(std::move(database)) {}

Result<std::optional<QString>> UploadStore::find(const Origin& origin, const QString& hash) const
{
    // Times of one form and one zone compare as texts.
    auto found = m_database->run(
        u"SELECT file_id FROM uploads WHERE origin = ? AND hash = ? AND expires_at >= ?"_s,
        {origin.toString(), hash, rows::toColumn(now().addSecs(std::chrono::seconds(leastLife).count()))});
    if (!found)
        return found.error();
    return found->next() ? std::optional(found->value(0).toString()) : std::nullopt;
}

std::optional<Error> UploadStore::remember(const Origin& origin, const QString& hash, const QString& mime,
                                           const RemoteFile& file)
{
    return m_database->inTransaction([&]() -> std::optional<Error> {
        const auto swept = m_database->run(u"DELETE FROM uploads WHERE expires_at < ?"_s, {rows::toColumn(now())});
        if (!swept)
            return swept.error();
        return errorOf(
            m_database->run(u"INSERT OR REPLACE INTO uploads (origin, hash, mime, file_id, bytes, name, expires_at) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
                            {origin.toString(), hash, rows::toColumn(mime), file.id, file.bytes,
                             rows::toColumn(file.name), rows::toColumn(file.expiresAt)}));
    });
}

std::optional<Error> UploadStore::forget(const Origin& origin, const QString& fileId)
{
    return errorOf(
        m_database->run(u"DELETE FROM uploads WHERE origin = ? AND file_id = ?"_s, {origin.toString(), fileId}));
}

std::optional<Error> UploadStore::forgetContent(const Origin& origin, const QString& hash)
{
    return errorOf(m_database->run(u"DELETE FROM uploads WHERE origin = ? AND hash = ?"_s, {origin.toString(), hash}));
}

Result<QSet<QString>> UploadStore::ids(const Origin& origin) const
{
    auto found = m_database->run(u"SELECT file_id FROM uploads WHERE origin = ?"_s, {origin.toString()});
    if (!found)
        return found.error();
    QSet<QString> ids;
    while (found->next())
        ids.insert(found->value(0).toString());
    return ids;
}

} // namespace clipkiln
