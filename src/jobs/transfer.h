// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "jobs/pacing.h"

#include <QPointer>
#include <QTimer>

namespace clipkiln {

/// One file on its way to the service, tried again when it was lost. Destroying it ends what is under way.
class Transfer final : public QObject
{
    Q_OBJECT

public:
    Transfer(Client& client, const Endpoint& endpoint, const FileToUpload& file, std::chrono::seconds keepFor,
             const Backoff& backoff, QObject* parent);
    ~Transfer() override;

    int shares = 0; ///< jobs that wait for it

Q_SIGNALS:
    void progressed(qint64 sent, qint64 total);
    /// Once.
    void finished(const clipkiln::UploadOutcome& outcome);

private:
    void send();
    void conclude(const UploadOutcome& outcome);

    Client& m_client;
    const Endpoint m_endpoint;
    const FileToUpload m_file;
    const std::chrono::seconds m_keepFor;
    const Backoff m_backoff;
    QPointer<UploadFileCall> m_call;
    QTimer m_pause;
    int m_tries = 0;
};

} // namespace clipkiln
