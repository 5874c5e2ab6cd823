// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/origin.h"
#include "core/remotefile.h"
#include "core/result.h"

#include <QObject>
#include <QStringList>

#include <functional>

namespace clipkiln {

class Client;
class UploadStore;
struct Endpoint;

/// What lies in a service's Files API, for a person to see and to delete. Lives on the queue's thread.
class RemoteFiles final : public QObject
{
    Q_OBJECT

public:
    RemoteFiles(Client& client, UploadStore& uploads, std::function<Result<Endpoint>(const Origin&)> endpoint);

    /// Ends in listed().
    void list(const Origin& origin);
    /// One after the other; stops at the first that cannot be deleted. Ends in deletionEnded().
    void deleteFiles(const Origin& origin, const QStringList& ids);

Q_SIGNALS:
    /// With an error there are no files.
    void listed(const clipkiln::Origin& origin, const QList<clipkiln::RemoteFile>& files,
                const std::optional<clipkiln::Error>& error);
    void deleted(const clipkiln::Origin& origin, const QString& id);
    void deletionEnded(const clipkiln::Origin& origin, const std::optional<clipkiln::Error>& error);

private:
    void report(const Origin& origin, QList<RemoteFile> files);

    Client& m_client;
    UploadStore& m_uploads;
    std::function<Result<Endpoint>(const Origin&)> m_endpoint;
};

} // namespace clipkiln
