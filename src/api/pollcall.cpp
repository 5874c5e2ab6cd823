// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/pollcall.h"

#include "api/wire.h"

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

PollOutcome outcomeOf(const http::Answer& answer)
{
    if (const auto& trouble = answer.trouble())
        return {PollOutcome::Trouble{*trouble}};
    return wire::readPoll(answer.status(), answer.body(), answer.retryAfter());
}

PollOutcome outcomeOf(const Error& refusal)
{
    if (refusal.kind == ErrorKind::KeyRefused)
        return {PollOutcome::KeyRefused{refusal}};
    return {PollOutcome::Trouble{refusal}};
}

} // namespace

HttpPollCall::HttpPollCall(QNetworkAccessManager& network, const Endpoint& endpoint, const RequestId& id,
                           std::chrono::milliseconds deadline, QObject* parent)
    : PollCall(parent)
{
    if (const auto refusal = http::refusal(endpoint)) {
        QMetaObject::invokeMethod(
            this, [this, error = *refusal] { finish(outcomeOf(error)); }, Qt::QueuedConnection);
        return;
    }
    // The id is opaque text (CONTRACT.md 3.4).
    const QString path = u"/videos/"_s + QString::fromLatin1(QUrl::toPercentEncoding(id.toString()));
    auto* answer = new http::Answer(network.get(http::keyedRequest(endpoint, path)), endpoint.key, this);
    connect(answer, &http::Answer::ended, this, [this, answer] { finish(outcomeOf(*answer)); });
    answer->expectWithin(deadline);
}

void HttpPollCall::finish(const PollOutcome& outcome)
{
    m_outcome = outcome;
    deleteLater();
    Q_EMIT finished();
}

} // namespace clipkiln
