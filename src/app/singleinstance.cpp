// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"

#include <QDeadlineTimer>
#include <QLocalServer>
#include <QLocalSocket>
#include <QThread>

namespace clipkiln {

namespace {

constexpr char raiseWord[] = "raise\n";
constexpr char answerWord[] = "ok\n";

} // namespace

SingleInstance::SingleInstance(const QString& socketName, QObject* parent)
    : QObject(parent), m_server(new QLocalServer(this))
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = m_server->nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
                if (!socket->canReadLine() || socket->readLine() != raiseWord)
                    return;
                socket->write(answerWord);
                socket->flush();
                Q_EMIT raiseAsked();
            });
        }
    });
    // The lock is ours, so whoever left a socket behind is dead.
    QLocalServer::removeServer(socketName);
    m_server->listen(socketName);
}

bool SingleInstance::askToRaise(const QString& socketName)
{
    constexpr int patience = 2'000;
    constexpr unsigned long pause = 50;
    for (QDeadlineTimer deadline(patience); !deadline.hasExpired(); QThread::msleep(pause)) {
        QLocalSocket socket;
        socket.connectToServer(socketName);
        if (!socket.waitForConnected(patience))
            continue;
        socket.write(raiseWord);
        while (!socket.canReadLine() && socket.waitForReadyRead(patience)) {
        }
        return socket.readLine() == answerWord;
    }
    return false;
}

} // namespace clipkiln
