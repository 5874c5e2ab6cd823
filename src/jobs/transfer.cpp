// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/transfer.h"

namespace clipkiln {

namespace {

constexpr int mostTries = 3;

} // namespace

Transfer::Transfer(Client& client, const Endpoint& endpoint, const FileToUpload& file, std::chrono::seconds keepFor,
                   const Backoff& backoff, QObject* parent)
    : QObject(parent), m_client(client), m_endpoint(endpoint), m_file(file), m_keepFor(keepFor), m_backoff(backoff)
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &Transfer::send);
    send();
}

Transfer::~Transfer()
{
    delete m_call;
}

void Transfer::send()
{
    ++m_tries;
    auto* call = m_client.uploadFile(m_endpoint, m_file, m_keepFor);
    m_call = call;
    connect(call, &UploadFileCall::progressed, this, &Transfer::progressed);
    connect(call, &Call::finished, this, [this, call] { conclude(call->result()); });
}

void Transfer::conclude(const UploadOutcome& outcome)
{
    if (std::holds_alternative<UploadOutcome::Lost>(outcome.value) && m_tries < mostTries)
        m_pause.start(m_backoff.after(m_tries));
    else
        Q_EMIT finished(outcome);
}

} // namespace clipkiln
