// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"

#include <QLocalServer>

#include <utility>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace clipkiln {

namespace {

constexpr char raiseRequest[] = "raise\n";
constexpr char raiseAnswer[] = "ok\n";
constexpr qint64 longestLine = 64; // bytes; both lines are shorter

/// Whether this user runs the program at the other end. The socket lies in a folder that others may write to: they
/// could have made one of its name, or opened its rights. Where the system cannot say who it is, those rights decide.
bool isOwn([[maybe_unused]] const QLocalSocket& socket)
{
#if defined(Q_OS_LINUX)
    ucred peer{};
    socklen_t size = sizeof(peer);
    return ::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           peer.uid == ::geteuid();
#elif defined(Q_OS_MACOS) || defined(Q_OS_BSD4)
    uid_t user = 0;
    gid_t group = 0;
    return ::getpeereid(static_cast<int>(socket.socketDescriptor()), &user, &group) == 0 && user == ::geteuid();
#else
    return true;
#endif
}

/// The next line that has come, empty while none is whole. What is longer than a line may be ends the connection.
QByteArray nextLine(QLocalSocket& socket)
{
    if (socket.canReadLine())
        return socket.readLine();
    if (socket.bytesAvailable() >= longestLine)
        socket.abort();
    return {};
}

} // namespace

SingleInstance::SingleInstance(const QString& socketName, QObject* parent)
    : QObject(parent), m_server(std::make_unique<QLocalServer>())
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = m_server->nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            if (!isOwn(*socket)) {
                socket->abort();
                continue;
            }
            socket->setReadBufferSize(longestLine);
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
                if (nextLine(*socket) != raiseRequest)
                    return;
                socket->write(raiseAnswer);
                socket->flush();
                Q_EMIT raiseRequested();
            });
        }
    });
    // We hold the lock, so a socket of this name was left behind by a program that died.
    QLocalServer::removeServer(socketName);
    m_server->listen(socketName);
}

SingleInstance::~SingleInstance() = default;

void SingleInstance::stop()
{
    m_server.reset();
}

ProfileWait::ProfileWait(const QString& socketName, Open open, std::chrono::milliseconds limit)
    : m_socketName(socketName), m_open(std::move(open)), m_limit(limit)
{
    constexpr std::chrono::milliseconds interval(100);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &ProfileWait::tryOnce);
    m_socket.setReadBufferSize(longestLine);
    connect(&m_socket, &QLocalSocket::connected, this, [this] {
        if (isOwn(m_socket))
            m_socket.write(raiseRequest);
        else
            m_socket.abort();
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, &ProfileWait::readAnswer);
}

void ProfileWait::start()
{
    m_deadline.setRemainingTime(m_limit);
    m_timer.start();
}

void ProfileWait::tryOnce()
{
    m_error = m_open();
    if (!m_error)
        return finish(Result::Opened);
    if (m_error->kind != ErrorKind::ProfileInUse || m_deadline.hasExpired())
        return finish(Result::Failed);
    // A window that has just started does not listen yet, and one that is closing does not answer: ask again.
    if (m_socket.state() == QLocalSocket::UnconnectedState)
        m_socket.connectToServer(m_socketName);
}

void ProfileWait::readAnswer()
{
    if (m_timer.isActive() && nextLine(m_socket) == raiseAnswer)
        finish(Result::Raised);
}

void ProfileWait::finish(Result result)
{
    m_timer.stop();
    Q_EMIT finished(result);
}

} // namespace clipkiln
