// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/clipfiles.h"

#include "core/files.h"
#include "core/text.h"
#include "media/read/xmpbox.h"
#include "store/clipstore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// The note that the bin of a Linux desktop keeps beside each file (freedesktop.org trash specification).
QString noteOf(const QString& inBin)
{
    const QFileInfo info(inBin);
    return QDir::cleanPath(info.path() + u"/../info/"_s + info.fileName() + u".trashinfo"_s);
}

/// Brings a file out of the bin; returns the name it got.
Result<QString> takeOut(const QString& inBin, const QString& wanted)
{
    const QString folder = QFileInfo(wanted).absolutePath();
    if (!QDir().mkpath(folder))
        return diskError(folder, u"The folder cannot be made"_s);
    auto path = durableRename(inBin, wanted);
    if (path)
        QFile::remove(noteOf(inBin));
    return path;
}

/// Moves a file to the system's bin; returns where it lies there.
Result<QString> moveToBin(const QString& path)
{
    const auto failed = [&path](const QString& why) {
        return Error{ErrorKind::Disk,
                     Text::tr("%1 could not be moved to the bin. %2").arg(QDir::toNativeSeparators(path), why)};
    };
    QFile file(path);
    if (!file.moveToTrash())
        return failed(file.errorString());
    // Empty where the system does not report it.
    if (file.fileName().isEmpty() || QDir::isAbsolutePath(file.fileName()))
        return file.fileName();
    // Where no bin can be made, Qt 6.4 takes the working folder for one (measured on Linux).
    if (const auto back = takeOut(file.fileName(), path); !back)
        return back.error();
    return failed(Text::tr("There is no bin."));
}

/// QFile::copy() would leave a part of the file under its name when the disk is full or the program ends.
Result<QString> durableCopy(const QString& from, const QString& to, bool overwrite, bool withDetails)
{
    const QFileInfo target(to);
    if (target.exists() && target.canonicalFilePath() == QFileInfo(from).canonicalFilePath())
        return target.absoluteFilePath();
    if (target.exists() && !overwrite)
        return Error{ErrorKind::Disk, Text::tr("%1 exists already.").arg(QDir::toNativeSeparators(to))};

    QFile source(from);
    const QString temporary =
        u"%1/.clipkiln-%2.part"_s.arg(target.absolutePath(), QUuid::createUuid().toString(QUuid::Id128));
    QFile copy(temporary);
    if (!source.open(QIODevice::ReadOnly))
        return diskError(from, source.errorString());
    if (!copy.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return diskError(to, copy.errorString());
    const auto fail = [&copy](const Error& error) {
        copy.remove();
        return error;
    };
    const std::optional<qint64> served = withDetails ? std::nullopt : bytesBeforeDetails(from);
    const qint64 bytes = served.value_or(source.size());
    QByteArray piece(1024 * 1024, Qt::Uninitialized);
    for (qint64 done = 0; done < bytes;) {
        const qint64 got = source.read(piece.data(), std::min<qint64>(piece.size(), bytes - done));
        if (got <= 0)
            return fail(diskError(from, source.errorString()));
        if (copy.write(piece.constData(), got) != got)
            return fail(diskError(to, copy.errorString()));
        done += got;
    }
    if (!copy.flush())
        return fail(diskError(to, copy.errorString()));
    copy.close();
    giveRightsByUmask(temporary);
    if (overwrite) {
        if (const auto error = durableReplace(temporary, target.absoluteFilePath()))
            return fail(*error);
        return target.absoluteFilePath();
    }
    const auto path = durableRename(temporary, target.absoluteFilePath());
    return path ? path : fail(path.error());
}

} // namespace

ClipFiles::ClipFiles(ClipStore& clips, QObject* parent) : QObject(parent), m_clips(clips) {}

ClipFiles::~ClipFiles()
{
    m_workers.waitForDone();
}

void ClipFiles::bin(const ClipId& id)
{
    if (m_binned.contains(id))
        return; // Delete, pressed again before the first was through
    const auto clip = m_clips.find(id);
    if (!clip) {
        Q_EMIT trouble(clip.error());
        return;
    }
    // The file first: a row without a file can be seen and mended, a file without a row is lost to the library.
    QString inBin;
    if (QFile::exists(clip->path)) {
        const auto moved = moveToBin(clip->path);
        if (!moved) {
            Q_EMIT trouble(moved.error());
            return;
        }
        inBin = *moved;
    }
    if (const auto error = m_clips.remove(id)) {
        if (!inBin.isEmpty())
            std::ignore = takeOut(inBin, clip->path);
        Q_EMIT trouble(*error);
        return;
    }
    m_binned.insert(id, {*clip, inBin});
    Q_EMIT removed(id);
}

void ClipFiles::restore(const ClipId& id)
{
    const auto binned = m_binned.constFind(id);
    if (binned == m_binned.cend())
        return;
    Clip clip = binned->clip;
    if (!binned->path.isEmpty()) {
        const auto path = takeOut(binned->path, clip.path);
        if (!path) {
            Q_EMIT trouble(path.error());
            return;
        }
        clip.path = *path;
    }
    if (const auto error = m_clips.save(clip)) {
        // The file is back; the row can be tried again.
        m_binned.insert(id, {clip, {}});
        Q_EMIT trouble(*error);
        return;
    }
    m_binned.erase(binned);
    Q_EMIT restored(clip);
}

void ClipFiles::copy(const ClipId& id, const QString& path, bool overwrite, bool withDetails)
{
    const auto clip = m_clips.find(id);
    if (!clip) {
        Q_EMIT copyFailed(id, clip.error());
        return;
    }
    m_workers.start([this, id, from = clip->path, path, overwrite, withDetails] {
        const auto done = durableCopy(from, path, overwrite, withDetails);
        QMetaObject::invokeMethod(
            this,
            [this, id, done] {
                if (done)
                    Q_EMIT copied(id, *done);
                else
                    Q_EMIT copyFailed(id, done.error());
            },
            Qt::QueuedConnection);
    });
}

} // namespace clipkiln
