// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/profile.h"

#include "core/files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

QString systemFolder(QStandardPaths::StandardLocation location, const QString& name)
{
    return QStandardPaths::writableLocation(location) + u'/' + name;
}

} // namespace

Profile::Profile(const QString& folder)
{
    if (folder.isEmpty()) {
        m_data = systemFolder(QStandardPaths::GenericDataLocation, u"clipkiln"_s);
        m_clips = systemFolder(QStandardPaths::MoviesLocation, u"Clipkiln"_s);
    } else {
        m_data = QDir(folder).absolutePath();
        m_clips = m_data + u"/clips"_s;
    }
}

QString Profile::databaseFile() const
{
    return m_data + u"/library.sqlite"_s;
}

QString Profile::settingsFile() const
{
    return m_data + u"/settings.ini"_s;
}

QString Profile::modelsFile() const
{
    return m_data + u"/models.json"_s;
}

QString Profile::inputsFolder() const
{
    return m_data + u"/inputs"_s;
}

QString Profile::thumbnailsFolder() const
{
    return m_data + u"/thumbnails"_s;
}

QString Profile::backupsFolder() const
{
    return m_data + u"/backups"_s;
}

QString Profile::simulatorFolder() const
{
    return m_data + u"/simulator"_s;
}

QString Profile::socketName() const
{
    // A socket's path must be short, so the folder goes in as a hash; links to one folder are one profile.
    const QString folder = QDir(m_data).canonicalPath();
    const QByteArray name = (folder.isEmpty() ? m_data : folder).toUtf8();
    const QByteArray hash = QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().left(16);
    return u"clipkiln-"_s + QString::fromLatin1(hash);
}

std::optional<Error> Profile::makeFolders() const
{
    // Prompts and pictures are a person's own, whatever the umask. A folder of other things, which --profile may name
    // as well, keeps the rights it was given.
    const bool isOurs =
        !QDir(m_data).exists() || QFileInfo::exists(databaseFile()) || QFileInfo::exists(settingsFile());
    for (const auto& folder : {m_data, inputsFolder(), thumbnailsFolder(), simulatorFolder(), backupsFolder()}) {
        if (!QDir().mkpath(folder))
            return diskError(folder, u"The folder cannot be made"_s);
        if (folder != m_data || isOurs)
            makePrivate(folder);
    }
    for (const auto& file : {settingsFile(), m_data + u"/presets.json"_s, databaseFile(), databaseFile() + u"-wal"_s,
                             databaseFile() + u"-shm"_s})
        makePrivate(file);
    return std::nullopt;
}

Result<std::shared_ptr<FileLock>> Profile::lock() const
{
    auto lock = FileLock::take(m_data + u"/clipkiln.lock"_s);
    if (!lock && lock.error().kind == ErrorKind::ProfileInUse)
        return Error{ErrorKind::ProfileInUse, QDir::toNativeSeparators(m_data) + u": "_s + lock.error().detail};
    return lock;
}

} // namespace clipkiln
