// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files.h"

#include "core/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStorageInfo>
#include <QUuid>

#include <algorithm>
#include <cerrno>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int notPlain = -1; ///< no error number of a system

// The few steps that differ by system. Each gives 0 or the system's error number, openPlain() also notPlain.
#ifdef Q_OS_WIN

constexpr int nameTaken = ERROR_ALREADY_EXISTS;
constexpr int fullDiskErrors[] = {ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL};

const wchar_t* native(const QString& path)
{
    return reinterpret_cast<const wchar_t*>(path.utf16());
}

int syncFile(const QString& path)
{
    const HANDLE handle = CreateFileW(native(QDir::toNativeSeparators(path)), GENERIC_WRITE, FILE_SHARE_READ, nullptr,
                                      OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return static_cast<int>(GetLastError());
    const int error = FlushFileBuffers(handle) ? 0 : static_cast<int>(GetLastError());
    CloseHandle(handle);
    return error;
}

/// Nothing to do: MOVEFILE_WRITE_THROUGH has synced it already.
int syncFolder(const QString&)
{
    return 0;
}

int move(const QString& from, const QString& to, DWORD flags)
{
    if (MoveFileExW(native(QDir::toNativeSeparators(from)), native(QDir::toNativeSeparators(to)),
                    flags | MOVEFILE_WRITE_THROUGH))
        return 0;
    const auto error = static_cast<int>(GetLastError());
    return error == ERROR_FILE_EXISTS ? nameTaken : error;
}

int renameToFreeName(const QString& from, const QString& to)
{
    return move(from, to, 0);
}

/// The rights of a folder hold for what is in it.
void setRights(const QString&, int) {}

int openOwn(QFile& file)
{
    if (QFileInfo(file.fileName()).isSymLink())
        QFile::remove(file.fileName());
    return file.open(QIODevice::ReadWrite | QIODevice::Unbuffered) ? 0 : static_cast<int>(GetLastError());
}

int openPlain(QFile& file)
{
    if (QFileInfo::exists(file.fileName()) && !QFileInfo(file.fileName()).isFile())
        return notPlain;
    return file.open(QIODevice::ReadOnly) ? 0 : static_cast<int>(GetLastError());
}

int renameOver(const QString& from, const QString& to)
{
    return move(from, to, MOVEFILE_REPLACE_EXISTING);
}

#else

constexpr int nameTaken = EEXIST;
constexpr int fullDiskErrors[] = {ENOSPC, EDQUOT};

/// fsync of a file or a folder.
int sync(const QString& path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
#ifdef Q_OS_MACOS
    // On macOS fsync leaves the data in the drive's cache.
    const bool done = ::fcntl(fd, F_FULLFSYNC) == 0 || ::fsync(fd) == 0;
#else
    const bool done = ::fsync(fd) == 0;
#endif
    const int error = done ? 0 : errno;
    ::close(fd);
    return error;
}

int syncFile(const QString& path)
{
    return sync(path);
}

int syncFolder(const QString& path)
{
    const int error = sync(path);
    return error == EINVAL ? 0 : error; // some network file systems cannot sync a folder, and say so like this
}

/// Sets what the umask leaves of the rights.
void setRights(const QString& path, mode_t rights)
{
    // Read once, for it can only be read by setting it: to the strictest, for the threads that make a file meanwhile.
    static const mode_t umask = [] {
        const mode_t found = ::umask(0077);
        ::umask(found);
        return found;
    }();
    ::chmod(QFile::encodeName(path).constData(), rights & ~umask);
}

int openOwn(QFile& file)
{
    const QByteArray name = QFile::encodeName(file.fileName());
    constexpr int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK; // a pipe would be waited for
    int fd = ::open(name.constData(), flags, 0600);
    if (fd < 0 && (errno == ELOOP || errno == ENXIO) && ::unlink(name.constData()) == 0) // a link or a socket
        fd = ::open(name.constData(), flags, 0600);
    if (fd < 0)
        return errno;
    struct stat status = {};
    int error = ::fstat(fd, &status) != 0 || ::fchmod(fd, 0600) != 0 ? errno : 0;
    if (error == 0 && !S_ISREG(status.st_mode))
        error = EEXIST;
    // A QFile that is given a descriptor forgets its name, so it opens the file itself, and it has to be this one.
    if (error == 0 && !file.open(QIODevice::ReadWrite | QIODevice::Unbuffered | QIODevice::ExistingOnly))
        error = EIO;
    struct stat opened = {};
    if (error == 0 &&
        (::fstat(file.handle(), &opened) != 0 || opened.st_dev != status.st_dev || opened.st_ino != status.st_ino)) {
        file.close();
        error = EEXIST;
    }
    ::close(fd);
    return error;
}

int openPlain(QFile& file)
{
    // Opening a pipe waits for its other end, unless it is opened like this; a plain file does not mind.
    const int fd = ::open(QFile::encodeName(file.fileName()).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno;
    struct stat status = {};
    const int error = ::fstat(fd, &status) != 0 ? errno : S_ISREG(status.st_mode) ? 0 : notPlain;
    if (error == 0 && file.open(fd, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return 0;
    ::close(fd);
    return error != 0 ? error : EIO;
}

int renameOver(const QString& from, const QString& to)
{
    return std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0 ? 0 : errno;
}

/// Renames only when no file has the new name, even when another program creates one at this moment.
int renameToFreeName(const QString& from, const QString& to)
{
    const QByteArray target = QFile::encodeName(to);
#ifdef RENAME_NOREPLACE
    if (::renameat2(AT_FDCWD, QFile::encodeName(from).constData(), AT_FDCWD, target.constData(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS) // these two: not on this file system or kernel
        return errno;
#endif
    // Creates an empty file of that name, then renames over it. FAT has no hard links, which would be simpler.
    const int fd = ::open(target.constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno;
    ::close(fd);
    const int error = renameOver(from, to);
    if (error != 0)
        ::unlink(target.constData());
    return error;
}

#endif

constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

/// "clip (2).mp4"; the first is the name itself.
QString numbered(const QString& path, int number)
{
    if (number == 1)
        return path;
    const QFileInfo info(path);
    const QString suffix = info.suffix().isEmpty() ? QString() : u'.' + info.suffix();
    return u"%1/%2 (%3)%4"_s.arg(info.path(), info.completeBaseName(), QString::number(number), suffix);
}

} // namespace

std::optional<Error> durableSync(const QString& path)
{
    if (const int error = syncFile(path))
        return diskError(path, error);
    return std::nullopt;
}

Result<QString> durableRename(const QString& temporary, const QString& wanted)
{
    if (const auto error = durableSync(temporary))
        return *error;

    constexpr int mostNames = 10'000;
    QString name;
    int error = nameTaken;
    for (int number = 1; error == nameTaken && number <= mostNames; ++number) {
        name = numbered(wanted, number);
        error = renameToFreeName(temporary, name);
    }
    if (error != 0)
        return diskError(name, error);
    if (const int folderError = syncFolder(QFileInfo(name).path()))
        return diskError(name, folderError);
    return name;
}

std::optional<Error> durableReplace(const QString& temporary, const QString& path)
{
    if (const int error = syncFile(temporary))
        return diskError(path, error);
    if (const int error = renameOver(temporary, path))
        return diskError(path, error);
    if (const int error = syncFolder(QFileInfo(path).path()))
        return diskError(path, error);
    return std::nullopt;
}

std::optional<Error> durableWrite(const QString& path, const QByteArray& content, FileRights rights)
{
    const QString temporary = u"%1.%2.part"_s.arg(path, QUuid::createUuid().toString(QUuid::Id128));
    QFile file(temporary);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly))
        return diskError(path, file.errorString());
    const auto fail = [&](const Error& error) {
        file.remove();
        return error;
    };
    if (file.write(content) != content.size() || !file.flush())
        return fail(diskError(path, file.errorString()));
    file.close();
    if (rights == FileRights::ByUmask)
        giveRightsByUmask(temporary);
    if (const auto error = durableReplace(temporary, path))
        return fail(*error);
    return std::nullopt;
}

std::optional<Error> openPrivate(QFile& file)
{
    const int error = openOwn(file);
    return error == 0 ? std::nullopt : std::optional(diskError(file.fileName(), error));
}

void giveRightsByUmask(const QString& path)
{
    setRights(path, 0666);
}

void makePrivate(const QString& path)
{
    constexpr QFile::Permissions others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    const QFile::Permissions now = QFileInfo(path).permissions(); // none for a file that is not there
    if (now & others)
        QFile::setPermissions(path, now & (ownerOnly | QFile::ExeOwner));
}

Result<QByteArray> readPlainFile(const QString& path, qint64 most)
{
    QFile file(path);
    const int error = openPlain(file);
    if (error == notPlain)
        return Error{ErrorKind::InputUnusable, Text::tr("This is not a plain file.")};
    if (error != 0)
        return diskError(path, error);
    const QByteArray content = file.read(most + 1);
    if (file.error() != QFileDevice::NoError)
        return diskError(path, file.errorString());
    if (content.size() > most)
        return Error{ErrorKind::InputUnusable, Text::tr("This file is larger than %1 MB.").arg(most / (1024 * 1024))};
    return content;
}

Error diskError(const QString& path, const QString& systemText)
{
    const bool full = std::any_of(std::begin(fullDiskErrors), std::end(fullDiskErrors),
                                  [&](int error) { return systemText == qt_error_string(error); });
    return {full ? ErrorKind::DiskFull : ErrorKind::Disk, QDir::toNativeSeparators(path) + u": "_s + systemText};
}

Error diskError(const QString& path, int systemError)
{
    return diskError(path, qt_error_string(systemError));
}

qint64 freeBytes(const QString& folder)
{
    QDir existing(folder);
    while (!existing.exists() && existing.path() != QFileInfo(existing.path()).path())
        existing.setPath(QFileInfo(existing.path()).path());
    return qMax<qint64>(0, QStorageInfo(existing).bytesAvailable());
}

QString safeFileName(const QString& text, int length)
{
    QString name;
    for (const QChar c : text) {
        const bool bad = !c.isPrint() && !c.isSurrogate();
        name += bad || u"<>:\"/\\|?*"_s.contains(c) ? u' ' : c;
    }
    name = name.simplified().left(length);
    if (!name.isEmpty() && name.back().isHighSurrogate())
        name.chop(1);
    // A dot in front hides a file, one at the end is lost on Windows.
    static const QRegularExpression edges(u"^[. ]+|[. ]+$"_s);
    name.remove(edges);
    // Names of devices on Windows, whatever the suffix.
    static const QRegularExpression devices(u"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\\.|$)"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    name.replace(devices, u"\\1_"_s);
    return name.isEmpty() ? u"clip"_s : name;
}

} // namespace clipkiln
