// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/bodyreader.h"
#include "api/wire.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace clipkiln::test {

/// What a request is on the wire, read as the upload reads it.
inline QByteArray bytesOf(const GenerationRequest& request)
{
    BodyReader reader(wire::body(request));
    QByteArray bytes(reader.size() + 1, Qt::Uninitialized);
    bytes.resize(reader.read(bytes.data(), bytes.size()));
    if (reader.error())
        qWarning("%s", qPrintable(reader.error()->detail));
    return bytes;
}

inline QJsonObject bodyOf(const GenerationRequest& request)
{
    return QJsonDocument::fromJson(bytesOf(request)).object();
}

} // namespace clipkiln::test
