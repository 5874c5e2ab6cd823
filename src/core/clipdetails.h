// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"

#include <QByteArray>

namespace clipkiln {

/// What a clip's file says about how it was made, as an XMP packet: for a library that lost its rows, and for other
/// programs, which read the prompt and the mark of AI-made media.
///
/// A file may come from anywhere, so all of it is a claim. Nothing in it leads to a file or an account: no paths, no
/// file ids, no `upload_url`, no `user`, no queries of addresses; inputs are known by name and SHA-256.
struct ClipDetails
{
    GenerationRequest request;
    bool promptIsCut = false; ///< the request's prompt is only the beginning
    RequestId requestId;
    Origin origin;
    std::optional<Money> cost;
    QDateTime createdAt;    ///< UTC
    QString servedHash;     ///< as in Clip
    qint64 servedBytes = 0; ///< as in Clip

    friend bool operator==(const ClipDetails&, const ClipDetails&) = default;
};

/// The most bytes that an XMP packet of ours may have; a longer one is not read.
inline constexpr qsizetype mostXmpBytes = 64 * 1000;

[[nodiscard]] ClipDetails detailsOf(const Clip& clip);

/// The request without all that must not leave this machine in a file (see ClipDetails).
[[nodiscard]] GenerationRequest shareable(GenerationRequest request);

/// At most mostXmpBytes: a prompt that is too long is cut, and marked as cut.
[[nodiscard]] QByteArray toXmp(const ClipDetails& details);

/// Reads what toXmp() wrote; InvalidRequest for all else. No DTD and no entities; everything is bounded, shareable()
/// and within the ranges that toXmp() writes.
[[nodiscard]] Result<ClipDetails> detailsFromXmp(const QByteArray& xmp);

} // namespace clipkiln
