// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/rudeproxy.h"

#include <QFile>
#include <QSslKey>
#include <QSslSocket>
#include <QTimer>

#include <utility>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

using namespace Qt::StringLiterals;

namespace clipkiln::test {

namespace {

QByteArray readTestFile(const QString& name)
{
    QFile file(QStringLiteral(CLIPKILN_TEST_DATA) + "/tls/"_L1 + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(file.fileName()));
    return file.readAll();
}

/// Makes the next close a reset.
void armReset(const QTcpSocket& socket)
{
    linger option{};
    option.l_onoff = 1;
    option.l_linger = 0;
#ifdef Q_OS_WIN
    const auto descriptor = static_cast<SOCKET>(socket.socketDescriptor());
#else
    const auto descriptor = static_cast<int>(socket.socketDescriptor());
#endif
    ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&option), sizeof option);
}

} // namespace

/// One client's connection. Requests are read one after the other; answers pass through send(), where they may be
/// mangled.
class RudeConnection final : public QObject
{
    Q_OBJECT

public:
    RudeConnection(RudeProxy* proxy, QTcpSocket* client) : QObject(proxy), m_proxy(proxy), m_client(client)
    {
        client->setParent(this);
        connect(client, &QTcpSocket::readyRead, this, &RudeConnection::readRequest);
        connect(client, &QTcpSocket::disconnected, this, &QObject::deleteLater);
        if (is(Rudeness::CloseAtOnce) || is(Rudeness::ResetAtOnce))
            QTimer::singleShot(0, this, [this] { end(is(Rudeness::ResetAtOnce)); });
        if (proxy->m_upstream != 0) {
            m_upstream = new QTcpSocket(this);
            connect(m_upstream, &QTcpSocket::readyRead, this, [this] { send(m_upstream->readAll()); });
            connect(m_upstream, &QTcpSocket::disconnected, m_client, &QTcpSocket::disconnectFromHost);
            m_upstream->connectToHost(u"127.0.0.1"_s, proxy->m_upstream);
        }
    }

private:
    [[nodiscard]] bool is(Rudeness rudeness) const { return m_proxy->m_rudeness == rudeness; }
    SeenRequest& request() { return m_proxy->m_seen[m_current]; }

    void end(bool reset)
    {
        m_client->disconnect(this);
        if (reset) {
            armReset(*m_client);
            m_client->abort();
        } else {
            m_client->disconnectFromHost();
        }
        deleteLaterWhenGone();
    }
    void deleteLaterWhenGone()
    {
        if (m_client->state() == QAbstractSocket::UnconnectedState)
            deleteLater();
        else
            connect(m_client, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    }

    void readRequest()
    {
        if (m_deaf)
            return;
        const QByteArray bytes = m_client->readAll();
        if (m_upstream)
            m_upstream->write(bytes);
        m_in += bytes;
        while (!m_in.isEmpty() && !m_deaf && m_client->state() == QAbstractSocket::ConnectedState) {
            if (m_current < 0 && !readHead())
                return;
            readBody();
        }
    }

    bool readHead()
    {
        const qsizetype end = m_in.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        const QList<QByteArray> lines = m_in.first(end).replace('\r', QByteArray()).split('\n');
        m_in.remove(0, end + 4);
        SeenRequest seen;
        seen.method = lines.first().split(' ').value(0);
        seen.path = lines.first().split(' ').value(1);
        for (const QByteArray& line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            seen.headers.insert(line.first(colon).toLower(), line.mid(colon + 1).trimmed());
        }
        m_left = seen.headers.value("content-length").toLongLong();
        m_current = m_proxy->m_seen.size();
        m_proxy->m_seen.append(seen);
        if (is(Rudeness::AnswerEarly))
            send(m_proxy->m_answer(request()));
        if (m_left == 0)
            requestComplete();
        return true;
    }

    void readBody()
    {
        if (m_current < 0)
            return;
        const QByteArray part = m_in.first(std::min<qint64>(m_in.size(), m_left));
        m_in.remove(0, part.size());
        m_left -= part.size();
        request().body += part;
        const bool reached = request().body.size() >= m_proxy->m_at;
        if (reached && (is(Rudeness::CloseInUpload) || is(Rudeness::ResetInUpload))) {
            end(is(Rudeness::ResetInUpload));
        } else if (reached && is(Rudeness::StopReading)) {
            m_deaf = true;
            m_client->setReadBufferSize(1);
        } else if (m_left == 0) {
            requestComplete();
        }
    }

    void requestComplete()
    {
        request().complete = true;
        const qsizetype current = std::exchange(m_current, -1);
        if (is(Rudeness::CloseAfterRequest) || is(Rudeness::ResetAfterRequest))
            end(is(Rudeness::ResetAfterRequest));
        else if (!is(Rudeness::Silence) && !is(Rudeness::AnswerEarly) && m_proxy->m_answer)
            send(m_proxy->m_answer(m_proxy->m_seen.at(current)));
    }

    /// Bytes of an answer on their way to the client.
    void send(const QByteArray& bytes)
    {
        if (is(Rudeness::Silence))
            return;
        m_out += bytes;
        const qsizetype headEnd = m_out.indexOf("\r\n\r\n") + 4;
        if (is(Rudeness::HalfHeader)) {
            m_client->write(m_out.first(headEnd / 2));
            end(false);
        } else if (is(Rudeness::CloseInBody) || is(Rudeness::ResetInBody)) {
            sendUntil(headEnd + m_proxy->m_at);
        } else if (is(Rudeness::Drip)) {
            drip();
        } else {
            m_client->write(std::exchange(m_out, {}));
        }
    }

    void sendUntil(qint64 limit)
    {
        const qint64 wanted = std::min<qint64>(m_out.size(), limit);
        m_client->write(m_out.mid(m_sent, wanted - m_sent));
        m_sent = wanted;
        if (wanted < limit)
            return;
        if (is(Rudeness::CloseInBody)) {
            end(false);
            return;
        }
        // A reset drops what the client has not read yet: give it a moment.
        m_client->flush();
        QTimer::singleShot(50, this, [this] { end(true); });
    }

    void drip()
    {
        if (m_dripping)
            return;
        m_dripping = true;
        auto* timer = new QTimer(this);
        connect(timer, &QTimer::timeout, this, [this] {
            m_client->write(m_out.first(std::min<qsizetype>(1, m_out.size())));
            m_out.remove(0, 1);
        });
        timer->start(1);
    }

    RudeProxy* m_proxy;
    QTcpSocket* m_client;
    QTcpSocket* m_upstream = nullptr;
    QByteArray m_in;
    QByteArray m_out;
    qint64 m_sent = 0;
    qint64 m_left = 0;        ///< bytes of the current request's body still to come
    qsizetype m_current = -1; ///< in RudeProxy::m_seen
    bool m_deaf = false;
    bool m_dripping = false;
};

RudeProxy::RudeProxy(QObject* parent) : QTcpServer(parent)
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("no free port: %s", qPrintable(errorString()));
}

QUrl RudeProxy::address(const QString& path) const
{
    return QUrl(u"%1://127.0.0.1:%2%3"_s.arg(m_tls ? u"https"_s : u"http"_s, QString::number(serverPort()), path));
}

void RudeProxy::answerWith(const QByteArray& answer)
{
    m_answer = [answer](const SeenRequest&) { return answer; };
}

void RudeProxy::answerWith(std::function<QByteArray(const SeenRequest&)> answer)
{
    m_answer = std::move(answer);
}

void RudeProxy::forwardTo(quint16 port)
{
    m_upstream = port;
}

void RudeProxy::behave(Rudeness rudeness, qint64 at)
{
    m_rudeness = rudeness;
    m_at = at;
}

void RudeProxy::useTls()
{
    m_tls = true;
}

QSslCertificate RudeProxy::certificate()
{
    return QSslCertificate(readTestFile(u"localhost.crt"_s));
}

qsizetype RudeProxy::count(const QByteArray& method, bool complete) const
{
    return std::ranges::count_if(
        m_seen, [&](const SeenRequest& seen) { return seen.method == method && seen.complete == complete; });
}

void RudeProxy::incomingConnection(qintptr descriptor)
{
    ++m_connections;
    QTcpSocket* socket = nullptr;
    if (m_tls) {
        auto* encrypted = new QSslSocket;
        encrypted->setLocalCertificate(certificate());
        encrypted->setPrivateKey(QSslKey(readTestFile(u"localhost.key"_s), QSsl::Ec));
        socket = encrypted;
    } else {
        socket = new QTcpSocket;
    }
    socket->setSocketDescriptor(descriptor);
    new RudeConnection(this, socket);
    if (auto* encrypted = qobject_cast<QSslSocket*>(socket))
        encrypted->startServerEncryption();
}

QByteArray httpAnswer(int status, const QByteArray& body, const QByteArray& headers)
{
    QByteArray answer = "HTTP/1.1 " + QByteArray::number(status) +
                        " Test\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    if (!headers.toLower().contains("content-type:"))
        answer += "Content-Type: application/json\r\n";
    return answer + headers + "\r\n" + body;
}

} // namespace clipkiln::test

#include "rudeproxy.moc"
