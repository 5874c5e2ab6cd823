// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <variant>

namespace clipkiln::simulator {

/// Whether an address is an HTTP one of this very machine.
bool isLoopback(const QUrl& url);

/// Fetches from this machine; follows no redirects. The text is what went wrong: "HTTP 404 Not Found".
std::variant<QByteArray, QString> fetchFromLoopback(const QUrl& url);

} // namespace clipkiln::simulator
