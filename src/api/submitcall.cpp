// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/submitcall.h"

#include "api/wire.h"

using namespace Qt::StringLiterals;

// The steps of a POST:
//
//   post() --bytes sent--> advance() ... --all but the last--> waitForCommit() --commit()--> the last byte -->
//   conclude()
//
// It may end in conclude() at any point: an answer can come early, the network can fail, a deadline of ours can run
// out.

namespace clipkiln {

HttpSubmitCall::HttpSubmitCall(const Endpoint& endpoint, const GenerationRequest& request, const JobId& id,
                               const Deadlines& deadlines, QObject* parent)
    : SubmitCall(parent), m_deadlines(deadlines), m_body(BodyReader(wire::body(request)))
{
    auto refusal = http::refusal(endpoint);
    if (!refusal)
        refusal = m_body.error();
    if (refusal) {
        QMetaObject::invokeMethod(
            this,
            [this, error = *refusal] {
                finish({SubmitOutcome::Refused{error, {}}});
            },
            Qt::QueuedConnection);
        return;
    }
    post(endpoint, wire::path(request.mode()), id);
}

HttpSubmitCall::~HttpSubmitCall() = default;

void HttpSubmitCall::post(const Endpoint& endpoint, const QString& path, const JobId& id)
{
    QNetworkRequest request = http::keyedRequest(endpoint, path);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setHeader(QNetworkRequest::ContentLengthHeader, m_body.total());
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setRawHeader("Idempotency-Key", id.toString().toUtf8());

    QNetworkReply* reply = m_network.post(request, &m_body);
    m_answer = std::make_unique<http::Answer>(reply, endpoint.key, nullptr);
    connect(m_answer.get(), &http::Answer::ended, this, &HttpSubmitCall::conclude);
    connect(&m_body, &UploadDevice::advanced, this, &HttpSubmitCall::advance);
    connect(&m_body, &UploadDevice::waitsForCommit, this, &HttpSubmitCall::waitForCommit);
    connect(&m_body, &UploadDevice::failed, m_answer.get(), &http::Answer::stop);
    m_answer->expectWithin(m_deadlines.uploadStall);
}

void HttpSubmitCall::commit()
{
    if (m_body.isCommitted())
        return;
    if (m_answer)
        m_answer->expectWithin(m_deadlines.answer);
    m_body.commit();
}

void HttpSubmitCall::advance()
{
    if (m_body.isCommitted())
        return;
    m_answer->expectWithin(m_deadlines.uploadStall);
    if (m_progressGate.opens())
        Q_EMIT progressed(m_body.sent(), m_body.total());
}

void HttpSubmitCall::waitForCommit()
{
    m_answer->waitWithoutEnd();
    Q_EMIT progressed(m_body.sent(), m_body.total());
    Q_EMIT readyToCommit();
}

void HttpSubmitCall::conclude()
{
    if (const auto& trouble = m_answer->trouble())
        finish(unanswered(*trouble));
    else
        finish(wire::readSubmit(m_answer->status(), m_answer->body(), m_answer->retryAfter()));
}

SubmitOutcome HttpSubmitCall::unanswered(const Error& trouble) const
{
    if (m_body.atEnd())
        return {SubmitOutcome::Lost{{ErrorKind::SubmitLost, trouble.detail}}};
    // The last byte never left this device, so no server can have the whole request, whatever the kernel did with the
    // bytes before it. Only the device knows: written or acknowledged counts say nothing of what a peer has read.
    if (trouble.kind == ErrorKind::InputUnusable)
        return {SubmitOutcome::Refused{trouble, {}}};
    return {SubmitOutcome::NotSent{trouble}};
}

void HttpSubmitCall::finish(const SubmitOutcome& outcome)
{
    m_outcome = outcome;
    deleteLater();
    Q_EMIT finished();
}

} // namespace clipkiln
