// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/http.h"

#include <QNetworkAccessManager>

namespace clipkiln {

/// The GET behind Client::checkKey().
class HttpKeyCheckCall final : public KeyCheckCall
{
    Q_OBJECT

public:
    HttpKeyCheckCall(QNetworkAccessManager& network, const Endpoint& endpoint, std::chrono::milliseconds deadline,
                     QObject* parent);

    [[nodiscard]] const std::variant<KeyReport, Error>& result() const override { return m_result; }

private:
    void ask(const QString& path, void (HttpKeyCheckCall::*read)(const http::Answer&));
    void readReport(const http::Answer& answer);
    void readModels(const http::Answer& answer);
    void finish(const std::variant<KeyReport, Error>& result);

    QNetworkAccessManager& m_network;
    Endpoint m_endpoint;
    std::chrono::milliseconds m_deadline;
    std::variant<KeyReport, Error> m_result;
};

} // namespace clipkiln
