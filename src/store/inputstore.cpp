// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/inputstore.h"

#include "core/files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

QString suffixOf(const LocalFile& file)
{
    const QString byType = QMimeDatabase().mimeTypeForName(file.mime).preferredSuffix();
    if (!byType.isEmpty())
        return byType;
    return safeFileName(QFileInfo(file.name).suffix().toLower(), 8);
}

struct Copied
{
    QString hash;
    qint64 bytes = 0;
};

/// Copies while hashing: a big file is read once.
Result<Copied> copy(const QString& from, QFile& to)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return Error{ErrorKind::InputUnusable, QDir::toNativeSeparators(from) + u": "_s + source.errorString()};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    Copied copied;
    QByteArray piece(256 * 1024, Qt::Uninitialized);
    for (;;) {
        const qint64 got = source.read(piece.data(), piece.size());
        if (got < 0)
            return Error{ErrorKind::InputUnusable, QDir::toNativeSeparators(from) + u": "_s + source.errorString()};
        if (got == 0)
            break;
        hash.addData(QByteArrayView(piece.constData(), got));
        if (to.write(piece.constData(), got) != got)
            return diskError(to.fileName(), to.errorString());
        copied.bytes += got;
    }
    if (!to.flush())
        return diskError(to.fileName(), to.errorString());
    copied.hash = QString::fromLatin1(hash.result().toHex());
    return copied;
}

} // namespace

InputStore::InputStore(QString folder) : m_folder(std::move(folder))
{
    // What a crash left of copies that were not whole.
    const QDir kept(m_folder);
    for (const auto& leftover : kept.entryList({u".dropped-*"_s}, QDir::Files | QDir::Hidden))
        QFile::remove(kept.filePath(leftover));
}

Result<LocalFile> InputStore::keep(const LocalFile& file)
{
    const QDir kept(m_folder);
    if (!file.hash.isEmpty() && QFileInfo(file.path).absolutePath() == kept.absolutePath() && QFile::exists(file.path))
        return file;
    if (!kept.mkpath(u"."_s))
        return diskError(m_folder, u"The folder cannot be made"_s);

    QFile temporary(kept.absoluteFilePath(u".dropped-"_s + QUuid::createUuid().toString(QUuid::Id128)));
    if (!temporary.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return diskError(temporary.fileName(), temporary.errorString());
    const auto fail = [&temporary](const Error& error) {
        temporary.remove();
        return error;
    };
    const auto copied = copy(file.path, temporary);
    if (!copied)
        return fail(copied.error());
    temporary.close();

    LocalFile result = file;
    result.hash = copied->hash;
    result.bytes = copied->bytes;
    const QString suffix = suffixOf(file);
    result.path = kept.absoluteFilePath(suffix.isEmpty() ? copied->hash : copied->hash + u'.' + suffix);
    // A file of this name that has not this length was damaged from outside; the fresh copy takes its place.
    if (QFileInfo(result.path).isFile() && QFileInfo(result.path).size() == copied->bytes) {
        temporary.remove();
        return result;
    }
    if (const auto error = durableReplace(temporary.fileName(), result.path))
        return fail(*error);
    return result;
}

Result<GenerationRequest> InputStore::keepAll(GenerationRequest request)
{
    for (Input* input : mutableInputsOf(request)) {
        auto* file = std::get_if<LocalFile>(input);
        if (!file)
            continue;
        auto kept = keep(*file);
        if (!kept)
            return kept.error();
        *file = *std::move(kept);
    }
    return request;
}

} // namespace clipkiln
