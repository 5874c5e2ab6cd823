// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/mediabackend.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibrary>
#include <QPluginLoader>

using namespace Qt::StringLiterals;

namespace clipkiln {

std::optional<Error> mediaBackendProblem()
{
    // Qt looks for <library path>/multimedia/*<name>mediaplugin*, the name from this variable or its own preference.
    const QString wanted = qEnvironmentVariable("QT_MEDIA_BACKEND") + u"mediaplugin"_s;
    QString reason = u"no multimedia plugin (%1) in %2"_s.arg(wanted, QCoreApplication::libraryPaths().join(u", "_s));
    for (const QString& path : QCoreApplication::libraryPaths()) {
        const QDir folder(path + u"/multimedia"_s);
        for (const QString& file : folder.entryList({u'*' + wanted + u'*'}, QDir::Files)) {
            if (!QLibrary::isLibrary(file))
                continue;
            QPluginLoader plugin(folder.filePath(file));
            if (plugin.load())
                return std::nullopt;
            reason = plugin.errorString();
        }
    }
    return Error{ErrorKind::NotAvailable, reason};
}

} // namespace clipkiln
