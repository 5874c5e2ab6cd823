// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/filecalls.h"
#include "core/clock.h"
#include "core/generationrequest.h"
#include "core/origin.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace clipkiln {

class Client;
class Transfer;
class UploadStore;
struct Endpoint;
struct QueueSettings;

/// One job's share in bringing a file to the service. Emits finished() once, from the event loop. Destroying it is
/// giving it up: what nobody waits for any more is not uploaded.
class Upload final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void progressed(qint64 sent, qint64 total);
    void finished(const clipkiln::UploadOutcome& outcome);
};

/// Brings local files to the service's Files API, each content once: what lies there already is used again, and jobs
/// that need the same file at the same time share one upload. A lost upload is tried three times. Lives on the queue's
/// thread; the calls it makes end with it.
class Uploads final : public QObject
{
    Q_OBJECT

public:
    /// Settings and clock must outlive it.
    Uploads(Client& client, UploadStore& store, const QueueSettings& settings, const Clock& clock);
    ~Uploads() override;

    [[nodiscard]] Upload* bring(const LocalFile& file, const Origin& origin, const Endpoint& endpoint, QObject* parent);
    /// The service does not know this file (any more).
    void forget(const Origin& origin, const QString& fileId);
    void forgetContent(const Origin& origin, const QString& hash);

private:
    [[nodiscard]] Transfer* start(const LocalFile& file, const Endpoint& endpoint);
    void remember(const LocalFile& file, const Origin& origin, const RemoteFile& stored);

    Client& m_client;
    UploadStore& m_store;
    const QueueSettings& m_settings;
    const Clock& m_clock;
    QHash<QString, Transfer*> m_transfers; ///< under way, by origin and content
};

} // namespace clipkiln
