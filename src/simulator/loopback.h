// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>
#include <variant>

namespace clipkiln::simulator {

/// Whether an address is plain HTTP on this machine.
bool isLoopback(const QUrl& url);

/// Fetches from this machine; follows no redirects. The text is what went wrong: "HTTP 404 Not Found".
std::variant<QByteArray, QString> fetchFromLoopback(const QUrl& url);

/// Puts a video there; the text is the reason why not.
std::optional<QString> putToLoopback(const QUrl& url, const QString& path);

} // namespace clipkiln::simulator
