// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/keycheckcall.h"

#include "api/wire.h"

using namespace Qt::StringLiterals;

namespace clipkiln {

HttpKeyCheckCall::HttpKeyCheckCall(QNetworkAccessManager& network, const Endpoint& endpoint,
                                   std::chrono::milliseconds deadline, QObject* parent)
    : KeyCheckCall(parent), m_network(network), m_endpoint(endpoint), m_deadline(deadline)
{
    if (const auto refusal = http::refusal(endpoint))
        QMetaObject::invokeMethod(
            this, [this, error = *refusal] { finish(error); }, Qt::QueuedConnection);
    else
        ask(u"/api-key"_s, &HttpKeyCheckCall::readReport);
}

void HttpKeyCheckCall::ask(const QString& path, void (HttpKeyCheckCall::*read)(const http::Answer&))
{
    auto* answer = new http::Answer(m_network.get(http::keyedRequest(m_endpoint, path)), m_endpoint.key, this);
    connect(answer, &http::Answer::ended, this, [this, answer, read] { (this->*read)(*answer); });
    answer->expectWithin(m_deadline);
}

void HttpKeyCheckCall::readReport(const http::Answer& answer)
{
    if (const auto& trouble = answer.trouble())
        return finish(*trouble);
    m_result = wire::readKeyReport(answer.status(), answer.body());
    // A restricted key may not ask about itself and still be good for video (CONTRACT.md 11).
    if (answer.status() == 403 || answer.status() == 404)
        return ask(u"/video-generation-models"_s, &HttpKeyCheckCall::readModels);
    finish(m_result);
}

void HttpKeyCheckCall::readModels(const http::Answer& answer)
{
    if (!answer.trouble() && answer.status() == 200)
        finish(KeyReport{});
    else
        finish(m_result);
}

void HttpKeyCheckCall::finish(const std::variant<KeyReport, Error>& result)
{
    m_result = result;
    deleteLater();
    Q_EMIT finished();
}

} // namespace clipkiln
