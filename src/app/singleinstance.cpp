// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"

#include <QLocalServer>

#include <utility>

namespace clipkiln {

namespace {

constexpr char raiseRequest[] = "raise\n";
constexpr char raiseAnswer[] = "ok\n";

} // namespace

SingleInstance::SingleInstance(const QString& socketName, QObject* parent)
    : QObject(parent), m_server(std::make_unique<QLocalServer>())
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = m_server->nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
                if (!socket->canReadLine() || socket->readLine() != raiseRequest)
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
    connect(&m_socket, &QLocalSocket::connected, this, [this] { m_socket.write(raiseRequest); });
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
    if (m_timer.isActive() && m_socket.canReadLine() && m_socket.readLine() == raiseAnswer)
        finish(Result::Raised);
}

void ProfileWait::finish(Result result)
{
    m_timer.stop();
    Q_EMIT finished(result);
}

} // namespace clipkiln
