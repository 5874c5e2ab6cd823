// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/pacedrelay.h"

#include "bench/table.h"

#include <QTcpSocket>
#include <QTimer>

#include <chrono>

using namespace std::chrono_literals;

namespace clipkiln::bench {

namespace {

constexpr std::chrono::milliseconds beat = 10ms;
constexpr qint64 bytesPerBeat = 125'000; // of each connection: 100 Mbit/s

} // namespace

PacedRelay::PacedRelay(const QUrl& server) : m_server(server)
{
    connect(&m_listener, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* client = m_listener.nextPendingConnection())
            relay(client);
    });
    if (!m_listener.listen(QHostAddress::LocalHost))
        throw Trouble(m_listener.errorString());
}

QUrl PacedRelay::relayed(QUrl address) const
{
    address.setPort(m_listener.serverPort());
    return address;
}

void PacedRelay::relay(QTcpSocket* client)
{
    auto* server = new QTcpSocket(client);
    server->setReadBufferSize(2 * bytesPerBeat); // the server waits for the slow client, not this memory
    connect(client, &QTcpSocket::readyRead, server, [client, server] { server->write(client->readAll()); });
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    auto* timer = new QTimer(client);
    timer->setTimerType(Qt::PreciseTimer);
    connect(timer, &QTimer::timeout, client, [client, server] {
        if (client->bytesToWrite() < bytesPerBeat)
            client->write(server->read(bytesPerBeat));
    });
    timer->start(beat);
    server->connectToHost(m_server.host(), static_cast<quint16>(m_server.port()));
}

} // namespace clipkiln::bench
