// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>

namespace clipkiln {

/// A file stored at the service (Files API, CONTRACT.md 10).
struct RemoteFile
{
    QString id;
    QString name;
    qint64 bytes = 0;
    QDateTime createdAt;       ///< UTC; null when the service did not say
    QDateTime expiresAt;       ///< UTC; null: kept until it is deleted
    bool sentFromHere = false; ///< uploaded by this profile, which would use it again

    friend bool operator==(const RemoteFile&, const RemoteFile&) = default;
};

/// How long an uploaded file can be kept (CONTRACT.md 10).
inline constexpr std::chrono::seconds shortestUploadLife{3'600};
inline constexpr std::chrono::seconds longestUploadLife{2'592'000};

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::RemoteFile)
