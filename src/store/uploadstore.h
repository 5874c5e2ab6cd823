// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/origin.h"
#include "core/remotefile.h"
#include "core/result.h"

#include <QSet>

#include <memory>
#include <optional>

namespace clipkiln {

class Database;

/// What was uploaded to which service, by content, until it expires there.
class UploadStore final
{
public:
    /// How much of its time a file must have left to be used again: the job may have to wait for its turn.
    static constexpr std::chrono::minutes leastLife{10};

    explicit UploadStore(std::shared_ptr<Database> database);

    /// The id under which this content (SHA-256 in hex) lies there; nothing when it does not, or not for much longer.
    [[nodiscard]] Result<std::optional<QString>> find(const Origin& origin, const QString& hash) const;
    /// Takes the place of what was known of the same content.
    [[nodiscard]] std::optional<Error> remember(const Origin& origin, const QString& hash, const QString& mime,
                                                const RemoteFile& file);
    [[nodiscard]] std::optional<Error> forget(const Origin& origin, const QString& fileId);
    [[nodiscard]] std::optional<Error> forgetContent(const Origin& origin, const QString& hash);
    /// The ids of all that is remembered for a service.
    [[nodiscard]] Result<QSet<QString>> ids(const Origin& origin) const;

private:
    std::shared_ptr<Database> m_database;
};

} // namespace clipkiln
