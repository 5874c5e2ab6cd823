// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

/// What all calls have in common.
namespace clipkiln::http {

/// A request without key and cookies, without HTTP/2 and without followed redirects (src/README.md, Qt facts 2 and 3).
[[nodiscard]] QNetworkRequest plainRequest(const QUrl& url);

/// A request with the endpoint's key to a path below its base.
[[nodiscard]] QNetworkRequest keyedRequest(const Endpoint& endpoint, const QString& path);

/// HTTPS anywhere but on this machine and its network, which have to be allowed; then HTTP on loopback as well. Never
/// with a name or a password in it.
[[nodiscard]] bool isAllowed(const QUrl& url, bool allowLocal);

/// Why nothing may be sent to this endpoint, if so: an address the key must not go to, or a key that no header can
/// hold.
[[nodiscard]] std::optional<Error> refusal(const Endpoint& endpoint);

/// The status of an answer, 0 while there is none.
[[nodiscard]] int statusOf(const QNetworkReply& reply);
[[nodiscard]] std::optional<std::chrono::seconds> retryAfterOf(const QNetworkReply& reply);

/// The error of a reply that ended without a whole answer; nothing for a whole answer of any status.
[[nodiscard]] std::optional<Error> networkError(const QNetworkReply& reply);

/// "Nothing came for 30 s": a deadline of ours, for Error::detail.
[[nodiscard]] Error timeout(std::chrono::milliseconds after);

/// Ends an exchange without further signals. Safe on one that has ended already.
void drop(QNetworkReply* reply);

/// Opens at most ten times a second.
class ProgressGate
{
public:
    [[nodiscard]] bool opens();

private:
    QElapsedTimer m_last;
};

/// A reply's short answer (JSON) as a whole, with a limit on its size and a deadline of our own.
class Answer final : public QObject
{
    Q_OBJECT

public:
    /// Takes over the reply. The key is removed from the body, should a server repeat it.
    Answer(QNetworkReply* reply, const Secret& key, QObject* parent);
    ~Answer() override;

    /// Fails with Timeout when there is no answer within this time. A later call replaces the deadline.
    void expectWithin(std::chrono::milliseconds time);
    void waitWithoutEnd();
    /// Ends the exchange with an error of ours.
    void stop(const Error& error);

    /// Set when there was no whole answer: then status and body mean nothing.
    [[nodiscard]] const std::optional<Error>& trouble() const { return m_trouble; }
    [[nodiscard]] int status() const { return m_status; }
    [[nodiscard]] const QByteArray& body() const { return m_body; }
    [[nodiscard]] std::optional<std::chrono::seconds> retryAfter() const { return m_retryAfter; }

Q_SIGNALS:
    /// Once.
    void ended();

private:
    void collect();
    void finish();

    QNetworkReply* m_reply;
    Secret m_key;
    QTimer m_deadline;
    QByteArray m_body;
    int m_status = 0;
    std::optional<std::chrono::seconds> m_retryAfter;
    std::optional<Error> m_trouble;
};

} // namespace clipkiln::http
