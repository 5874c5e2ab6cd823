// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/result.h"

#include <QString>

namespace clipkiln {

/// Makes what was written to a closed file survive a power cut.
[[nodiscard]] std::optional<Error> durableSync(const QString& path);

/// Gives a finished temporary file its name for good: fsync, rename without overwriting, fsync of the folder.
/// When the name is taken, a numbered one beside it ("clip (2).mp4") is used; returns the name it got.
/// QSaveFile does less: its commit ignores failed syncs and leaves the folder unsynced (Qt 6.4.2, measured).
[[nodiscard]] Result<QString> durableRename(const QString& temporary, const QString& wanted);

/// Gives a finished temporary file the name of another, which it replaces: after a crash there is the one or the other.
[[nodiscard]] std::optional<Error> durableReplace(const QString& temporary, const QString& path);

/// Writes a whole small file over an older one of that name, so that after a crash there is the old one or the new one,
/// never half of one.
[[nodiscard]] std::optional<Error> durableWrite(const QString& path, const QByteArray& content);

/// Disk or DiskFull with the system's words, from the QFile::errorString() of a failed operation on path.
[[nodiscard]] Error diskError(const QString& path, const QString& systemText);
/// The same from a system error number: errno, on Windows GetLastError().
[[nodiscard]] Error diskError(const QString& path, int systemError);

/// What is free where the folder is or will be made; 0 when that cannot be told.
[[nodiscard]] qint64 freeBytes(const QString& folder);

/// A file name from free text: no separators, no control or reserved characters, at most `length` UTF-16 units, never
/// empty.
[[nodiscard]] QString safeFileName(const QString& text, int length = 60);

} // namespace clipkiln
