// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMultiMap>
#include <QString>

#include <chrono>
#include <utility>

namespace clipkiln::simulator {

/// One part of a multipart/form-data body.
struct FormPart
{
    QString name;
    QString filename;
    QByteArray content;
};

/// A request as HttpServer passes it to its handler, with the whole body (or as much of it as was received).
struct HttpRequest
{
    QByteArray method;
    QString path;                              ///< percent-decoded, without the query
    QMultiMap<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;                           ///< empty for multipart bodies, whose content is in parts
    QList<FormPart> parts;
    qint64 bodySize = 0;  ///< bytes received
    bool complete = true; ///< false: the connection ended while the body came
};

/// Where an answer names the request id of an accepted job, once more, or of the clip it serves.
inline constexpr char requestIdHeader[] = "x-request-id";

/// What a handler answers: a body, or a file of which the client may ask ranges.
struct HttpAnswer
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body{};
    QList<std::pair<QByteArray, QByteArray>> headers{};
    std::chrono::milliseconds delay{0}; ///< waited out before anything is sent
    QString file{};                     ///< sent instead of body when not empty
    qint64 fileBytes = -1;              ///< only so many bytes of the file; -1: all
};

} // namespace clipkiln::simulator
