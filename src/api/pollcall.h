// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/http.h"

#include <QNetworkAccessManager>

namespace clipkiln {

/// The GET behind Client::poll().
class HttpPollCall final : public PollCall
{
    Q_OBJECT

public:
    HttpPollCall(QNetworkAccessManager& network, const Endpoint& endpoint, const RequestId& id,
                 std::chrono::milliseconds deadline, QObject* parent);

    [[nodiscard]] const PollOutcome& result() const override { return m_outcome; }

private:
    void finish(const PollOutcome& outcome);

    PollOutcome m_outcome;
};

} // namespace clipkiln
