// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/remotefiles.h"

#include "api/client.h"
#include "store/uploadstore.h"

#include <algorithm>
#include <utility>

namespace clipkiln {

RemoteFiles::RemoteFiles(Client& client, UploadStore& uploads, std::function<Result<Endpoint>(const Origin&)> endpoint)
    : m_client(client), m_uploads(uploads), m_endpoint(std::move(endpoint))
{
}

void RemoteFiles::list(const Origin& origin)
{
    const auto endpoint = m_endpoint(origin);
    if (!endpoint) {
        Q_EMIT listed(origin, {}, endpoint.error());
        return;
    }
    ListFilesCall* call = m_client.listFiles(*endpoint);
    connect(call, &Call::finished, this, [this, call, origin] {
        if (call->result())
            report(origin, *call->result());
        else
            Q_EMIT listed(origin, {}, call->result().error());
    });
}

/// Newest first, and with which of them were sent from here.
void RemoteFiles::report(const Origin& origin, QList<RemoteFile> files)
{
    const QSet<QString> sent = m_uploads.ids(origin).value_or(QSet<QString>());
    for (RemoteFile& file : files)
        file.sentFromHere = sent.contains(file.id);
    std::stable_sort(files.begin(), files.end(),
                     [](const RemoteFile& a, const RemoteFile& b) { return b.createdAt < a.createdAt; });
    Q_EMIT listed(origin, files, std::nullopt);
}

void RemoteFiles::deleteFiles(const Origin& origin, const QStringList& ids)
{
    if (ids.isEmpty()) {
        Q_EMIT deletionEnded(origin, std::nullopt);
        return;
    }
    const auto endpoint = m_endpoint(origin);
    if (!endpoint) {
        Q_EMIT deletionEnded(origin, endpoint.error());
        return;
    }
    // Forgotten first: a job that begins meanwhile must not be given the id.
    const QString& id = ids.first();
    std::optional<Error> error = m_uploads.forget(origin, id);
    if (error) {
        Q_EMIT deletionEnded(origin, error);
        return;
    }
    DeleteFileCall* call = m_client.deleteFile(*endpoint, id);
    connect(call, &Call::finished, this, [this, call, origin, ids] {
        if (call->result()) {
            Q_EMIT deletionEnded(origin, call->result());
            return;
        }
        Q_EMIT deleted(origin, ids.first());
        deleteFiles(origin, ids.mid(1));
    });
}

} // namespace clipkiln
