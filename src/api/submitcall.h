// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/http.h"
#include "api/uploaddevice.h"

#include <QNetworkAccessManager>

namespace clipkiln {

/// The POST behind Client::submit().
class HttpSubmitCall final : public SubmitCall
{
    Q_OBJECT

public:
    HttpSubmitCall(const Endpoint& endpoint, const GenerationRequest& request, const JobId& id,
                   const Deadlines& deadlines, QObject* parent);
    ~HttpSubmitCall() override;

    [[nodiscard]] const SubmitOutcome& result() const override { return m_outcome; }
    void commit() override;

private:
    void post(const Endpoint& endpoint, const QString& path, const JobId& id);
    void advance();
    void waitForCommit();
    void conclude();
    [[nodiscard]] SubmitOutcome unanswered(const Error& trouble) const;
    void finish(const SubmitOutcome& outcome);

    Deadlines m_deadlines;
    UploadDevice m_body;
    // One of its own: a connection kept from an earlier POST may be dead already, and clearing the connections of a
    // shared manager leaves the other POSTs under way without an end (src/README.md, Qt fact 1).
    QNetworkAccessManager m_network;
    std::unique_ptr<http::Answer> m_answer;
    http::ProgressGate m_progressGate;
    SubmitOutcome m_outcome;
};

} // namespace clipkiln
