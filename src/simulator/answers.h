// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/http.h"
#include "simulator/script.h"

#include <QJsonObject>

#include <optional>

namespace clipkiln::simulator {

// The bodies of the service, shaped as CONTRACT.md 6 and 8 have them.

HttpAnswer jsonAnswer(int status, const QJsonObject& body);
/// {"code": ..., "error": ...}
HttpAnswer errorAnswer(int status, const QString& code, const QString& text);
HttpAnswer textAnswer(int status, const QByteArray& text);
HttpAnswer noRoute();
HttpAnswer unknownRequest();

HttpAnswer pendingAnswer(int progress);
HttpAnswer expiredAnswer();
HttpAnswer failedAnswer(const QString& code, const QString& message, std::optional<qint64> costInUsdTicks);

/// What a rule asks for, apart from what needs the clip itself (Usual, Truncated).
/// cost: what the request in question costs, for outcomes that are charged.
HttpAnswer scriptedAnswer(const Rule& rule, qint64 cost);

} // namespace clipkiln::simulator
