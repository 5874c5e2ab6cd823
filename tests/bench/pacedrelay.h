// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QUrl>

namespace clipkiln::bench {

/// Stands before a server on loopback and hands its answers on as slowly as a network would: without it three downloads
/// would measure how well the machine shares its processors and disk, not how calm the window is.
class PacedRelay final : public QObject
{
public:
    /// Throws Trouble when it cannot listen.
    explicit PacedRelay(const QUrl& server);

    /// The address by way of the relay.
    [[nodiscard]] QUrl relayed(QUrl address) const;

private:
    void relay(QTcpSocket* client);

    QUrl m_server;
    QTcpServer m_listener;
};

} // namespace clipkiln::bench
