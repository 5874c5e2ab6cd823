// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSslCertificate>
#include <QTcpServer>
#include <QUrl>

#include <functional>

namespace clipkiln::test {

/// A request as the proxy saw it; header names in lower case.
struct SeenRequest
{
    QByteArray method;
    QByteArray path;
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
    bool complete = false;
};

/// What a connection has to bear.
enum class Rudeness {
    None,
    CloseAtOnce,   ///< taken and closed before anything was read
    ResetAtOnce,   ///< the same with a reset
    CloseInUpload, ///< closed once `at` bytes of the request's body came
    ResetInUpload,
    StopReading,       ///< nothing is read any more once `at` bytes of the request's body came
    CloseAfterRequest, ///< closed when the request is there, without an answer
    ResetAfterRequest,
    HalfHeader,  ///< half of the answer's head, then closed
    CloseInBody, ///< `at` bytes of the answer's body, then closed
    ResetInBody,
    Silence,     ///< no answer, and the connection stays
    Drip,        ///< the answer comes byte by byte, a millisecond apart
    AnswerEarly, ///< the answer goes out when the request's head is there; the body is still read
};

/// An HTTP server or proxy in the test's own thread that counts what reaches it and misbehaves below HTTP, where a
/// well-kept server library cannot. Real sockets; TLS with the certificate in tests/data/tls.
class RudeProxy final : public QTcpServer
{
    Q_OBJECT

public:
    explicit RudeProxy(QObject* parent = nullptr);

    /// Its address with the path in front of the API's ("/v1").
    [[nodiscard]] QUrl address(const QString& path = QStringLiteral("/v1")) const;

    /// Answers by itself: a whole answer with its head.
    void answerWith(const QByteArray& answer);
    void answerWith(std::function<QByteArray(const SeenRequest&)> answer);
    /// Hands requests on to another server on loopback instead, and its answers back.
    void forwardTo(quint16 port);

    void behave(Rudeness rudeness, qint64 at = 0);
    /// From the next connection on.
    void useTls();
    /// What a client has to trust for useTls().
    [[nodiscard]] static QSslCertificate certificate();

    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] const QList<SeenRequest>& seen() const { return m_seen; }
    [[nodiscard]] qsizetype count(const QByteArray& method, bool complete) const;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    friend class RudeConnection;

    std::function<QByteArray(const SeenRequest&)> m_answer;
    quint16 m_upstream = 0;
    Rudeness m_rudeness = Rudeness::None;
    qint64 m_at = 0;
    bool m_tls = false;
    int m_connections = 0;
    QList<SeenRequest> m_seen;
};

/// A whole answer: status line, Content-Length, Content-Type (JSON unless `headers` say otherwise) and body.
[[nodiscard]] QByteArray httpAnswer(int status, const QByteArray& body, const QByteArray& headers = {});

} // namespace clipkiln::test
