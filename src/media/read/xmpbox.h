// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

class QIODevice;

namespace clipkiln {

/// The UUID of a top-level box with an XMP packet (XMP Specification Part 3, 1.2.7.1).
[[nodiscard]] QByteArray xmpBoxUuid();

/// What the top-level boxes of an MP4 say about XMP.
struct XmpPlace
{
    bool takesBox = false; ///< a box can follow: the boxes end where the file does, and no C2PA manifest vouches for it
    qint64 boxAt = 0;      ///< where the last XMP box begins; 0 without one
    qint64 boxEnd = 0;     ///< where it ends
};

/// Walks over the top-level boxes without reading what is in them. Bounded for hostile files.
[[nodiscard]] XmpPlace findXmp(QIODevice& mp4);

/// The packet in the file's last XMP box, else the one of its sidecar; empty when there is none, or none that is small
/// enough to be ours.
[[nodiscard]] QByteArray readXmp(const QString& mp4);

/// "clip.xmp" for "clip.mp4".
[[nodiscard]] QString sidecarOf(const QString& mp4);

/// How long the file is without the box of ours at its end; nothing when it has none.
[[nodiscard]] std::optional<qint64> bytesBeforeDetails(const QString& mp4);

} // namespace clipkiln
