// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/outputpath.h"

#include "core/text.h"

#include <QDir>
#include <QFileInfo>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

Error wrong(const QString& sentence, const QString& path)
{
    return {ErrorKind::InvalidRequest, sentence.arg(QDir::toNativeSeparators(path))};
}

} // namespace

Result<QString> resolveOutput(const QString& output)
{
    const QString given = QDir::fromNativeSeparators(output);
    const QString path = QDir::cleanPath(QDir().absoluteFilePath(given));
    const QFileInfo target(path);
    const bool isFolder = target.isDir() || given.endsWith(u'/');
    // isSymLink: a broken link occupies its name too.
    if ((target.exists() || target.isSymLink()) && !target.isDir())
        return wrong(Text::tr("%1 is there already; nothing is overwritten. Choose another name."), path);
    const QFileInfo parent(target.isDir() ? path : target.path());
    if (!parent.isDir())
        return wrong(Text::tr("The folder %1 does not exist. Make it or choose another."), parent.filePath());
    if (!parent.isWritable())
        return wrong(Text::tr("The folder %1 cannot be written to. Choose another."), parent.filePath());
    return isFolder && !path.endsWith(u'/') ? path + u'/' : path;
}

} // namespace clipkiln::cli
