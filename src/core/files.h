// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/result.h"

#include <QString>

QT_BEGIN_NAMESPACE
class QFile;
QT_END_NAMESPACE

namespace clipkiln {

/// Syncs a closed file to disk, so that its content survives a power cut.
[[nodiscard]] std::optional<Error> durableSync(const QString& path);

/// Gives a finished temporary file its final name: fsync, rename without overwriting, fsync of the folder.
/// When a file of that name exists, a number is added ("clip (2).mp4"); returns the resulting path.
/// Not QSaveFile, which ignores failed syncs (src/README.md, Qt fact 6).
[[nodiscard]] Result<QString> durableRename(const QString& temporary, const QString& wanted);

/// Replaces a file with a finished temporary one: after a crash the path has one or the other, whole.
[[nodiscard]] std::optional<Error> durableReplace(const QString& temporary, const QString& path);

/// Who may read a file: its owner alone, or those that the umask lets.
enum class FileRights { Private, ByUmask };

/// Writes a whole small file over an older one of that name, so that after a crash there is the old one or the new one,
/// never half of one.
[[nodiscard]] std::optional<Error> durableWrite(const QString& path, const QByteArray& content,
                                                FileRights rights = FileRights::Private);

/// Opens a file for reading and writing, private whatever the umask, and makes it when it is not there. A link of that
/// name is replaced, not followed: whoever may write to the folder could have put it there.
[[nodiscard]] std::optional<Error> openPrivate(QFile& file);

/// Makes what was a private file while it was written one with the rights that the umask gives to a new file.
void giveRightsByUmask(const QString& path);

/// Takes from all but the owner what rights they have on a file or folder, if it is there.
void makePrivate(const QString& path);

/// The content of a plain file of at most `most` bytes. InputUnusable with a sentence for what is larger or no plain
/// file: a pipe would be waited for, and a device has no end. Disk when it cannot be read.
[[nodiscard]] Result<QByteArray> readPlainFile(const QString& path, qint64 most);

/// Disk or DiskFull with the system's text, from the QFile::errorString() of a failed operation on path.
[[nodiscard]] Error diskError(const QString& path, const QString& systemText);
/// The same from a system error number: errno, on Windows GetLastError().
[[nodiscard]] Error diskError(const QString& path, int systemError);

/// Free bytes on the disk of a folder, which need not exist yet; 0 when that is not known.
[[nodiscard]] qint64 freeBytes(const QString& folder);

/// A file name from free text: no separators, no control or reserved characters, at most `length` UTF-16 units, never
/// empty.
[[nodiscard]] QString safeFileName(const QString& text, int length = 60);

} // namespace clipkiln
