// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/ids.h"
#include "core/money.h"
#include "core/origin.h"

#include <QDateTime>

namespace clipkiln {

/// A finished video on disk with the request and the cost that made it.
struct Clip
{
    ClipId id;
    JobId job;
    RequestId requestId;
    GenerationRequest request;
    Origin origin;
    QString path;           ///< absolute
    qint64 bytes = 0;       ///< of the file as it lies there
    QString servedHash;     ///< SHA-256 in hex of what the service sent, with which the file begins; empty: not known
    qint64 servedBytes = 0; ///< its length; behind it lies only what this program wrote (clipdetails.h)
    double seconds = 0;     ///< as read from the file
    QSize size;             ///< pixels
    bool hasAudio = false;
    std::optional<Money> cost; ///< as the service reported; of a simulated clip what it would have cost
    QDateTime createdAt;       ///< UTC

    friend bool operator==(const Clip&, const Clip&) = default;
};

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::Clip)
