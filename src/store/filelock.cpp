// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/filelock.h"

#include "core/files.h"
#include "core/text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <utility>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr qint64 mostInfo = 4096; // bytes

/// Who has the lock, in the lines that QLockFile writes.
QByteArray ownInfo()
{
    return QByteArray::number(QCoreApplication::applicationPid()) + '\n' +
           QFileInfo(QCoreApplication::applicationFilePath()).fileName().toUtf8() + '\n' +
           QSysInfo::machineHostName().toUtf8() + '\n' + QSysInfo::machineUniqueId() + '\n' + QSysInfo::bootUniqueId() +
           '\n';
}

Error inUse(const QByteArray& info)
{
    const QList<QByteArray> lines = info.split('\n');
    if (lines.size() < 3)
        return {ErrorKind::ProfileInUse, {}}; // its holder has not written it yet
    return {ErrorKind::ProfileInUse,
            u"%1 on %2 (process %3)"_s.arg(QString::fromUtf8(lines.at(1)), QString::fromUtf8(lines.at(2)),
                                           QString::fromUtf8(lines.at(0)))};
}

} // namespace

#ifdef Q_OS_WIN

Result<std::shared_ptr<FileLock>> FileLock::take(const QString& path)
{
    const std::wstring name = QDir::toNativeSeparators(path).toStdWString();
    const HANDLE handle = CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE | DELETE,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_ALWAYS,
                                      FILE_ATTRIBUTE_NORMAL, nullptr); // no child inherits it
    if (handle == INVALID_HANDLE_VALUE) {
        const auto error = static_cast<int>(GetLastError());
        return error == ERROR_SHARING_VIOLATION ? inUse({})
                                                : diskError(path, error); // an earlier Clipkiln shares nothing
    }
    // A byte far behind the text, which others may read.
    OVERLAPPED place{};
    place.OffsetHigh = 1;
    if (!LockFileEx(handle, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place)) {
        const auto error = static_cast<int>(GetLastError());
        QByteArray info(mostInfo, Qt::Uninitialized);
        DWORD size = 0;
        ReadFile(handle, info.data(), static_cast<DWORD>(info.size()), &size, nullptr);
        CloseHandle(handle);
        return error == ERROR_LOCK_VIOLATION ? inUse(info.first(size)) : diskError(path, error);
    }
    const QByteArray info = ownInfo();
    DWORD written = 0;
    SetEndOfFile(handle);
    WriteFile(handle, info.constData(), static_cast<DWORD>(info.size()), &written, nullptr);
    return std::shared_ptr<FileLock>(new FileLock(path, handle));
}

FileLock::~FileLock()
{
    CloseHandle(m_handle);
    QFile::remove(m_path); // fails when another has it already
}

#else

namespace {

/// Whether the file that was opened still has its name: its last holder removes it.
bool isStillThere(int fd, const QByteArray& name)
{
    struct stat opened = {};
    struct stat named = {};
    return ::fstat(fd, &opened) == 0 && ::lstat(name.constData(), &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

Error refused(const QString& path, int fd, int error)
{
    if (error == EWOULDBLOCK || error == EACCES) {
        QByteArray info(mostInfo, Qt::Uninitialized);
        const auto size = ::pread(fd, info.data(), static_cast<size_t>(info.size()), 0);
        return inUse(info.first(qMax<qsizetype>(0, size)));
    }
    Error disk = diskError(path, error);
    if (error == ENOLCK || error == EOPNOTSUPP || error == ENOSYS || error == EINVAL)
        disk.detail +=
            u". "_s + Text::tr("Its file system has no locks, as some network folders have none. Use a profile "
                               "on this computer (--profile).");
    return disk;
}

} // namespace

Result<std::shared_ptr<FileLock>> FileLock::take(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    for (;;) {
        const int fd = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
            return diskError(path, errno);
        if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
            const Error error = refused(path, fd, errno);
            ::close(fd);
            return error;
        }
        if (!isStillThere(fd, name)) {
            ::close(fd);
            continue;
        }
        // For people to read: on a full disk the lock holds all the same.
        const QByteArray info = ownInfo();
        const bool isWritten =
            ::ftruncate(fd, 0) == 0 && ::pwrite(fd, info.constData(), static_cast<size_t>(info.size()), 0) > 0;
        Q_UNUSED(isWritten);
        return std::shared_ptr<FileLock>(new FileLock(path, reinterpret_cast<Handle>(qintptr{fd})));
    }
}

FileLock::~FileLock()
{
    ::unlink(QFile::encodeName(m_path).constData()); // first: afterwards it may be another's
    ::close(static_cast<int>(reinterpret_cast<qintptr>(m_handle)));
}

#endif

FileLock::FileLock(QString path, Handle handle) : m_path(std::move(path)), m_handle(handle) {}

} // namespace clipkiln
