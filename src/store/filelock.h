// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

#include <memory>

namespace clipkiln {

/// A lock that the operating system keeps: it ends with its holder, whatever ends that, and no process that got the
/// holder's number afterwards is taken for it. The lock of an earlier Clipkiln, a QLockFile, keeps this one out while
/// its program runs, and this one keeps it out.
class FileLock final
{
public:
    /// Makes the file when it is not there and locks it. ProfileInUse, with who has it ("clipkiln on host (process
    /// 4711)"), while another does; Disk when it cannot be written or its file system has no locks.
    [[nodiscard]] static Result<std::shared_ptr<FileLock>> take(const QString& path);

    /// Removes the file and lets go of the lock.
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    using Handle = void*; // of Windows; elsewhere a file descriptor, as an integer
    FileLock(QString path, Handle handle);

    const QString m_path;
    const Handle m_handle;
};

} // namespace clipkiln
