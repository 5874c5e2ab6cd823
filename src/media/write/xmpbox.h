// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/result.h"
#include "media/write/newfile.h"

#include <QByteArray>
#include <QString>

namespace clipkiln {

/// The bytes of a top-level box that carries an XMP packet.
[[nodiscard]] QByteArray xmpBox(const QByteArray& xmp);

/// Puts the packet as a box behind the `bytes` first bytes of the file, which stay as they are; what stood behind them
/// goes. When that fails the file has those bytes and no more, unless the error says otherwise. Synced.
/// False when the file takes no box (see XmpPlace).
[[nodiscard]] Result<bool> putXmpBehind(qint64 bytes, const QString& mp4, const QByteArray& xmp);

/// A new file in the folder, with the `bytes` first bytes of the video: a clip without the box behind them. Named as
/// the video unless it is to have another name.
[[nodiscard]] Result<NewFile> copyFirst(qint64 bytes, const QString& mp4, const QString& folder,
                                        const QString& name = {});

} // namespace clipkiln
