// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include "cli/commandcontext.h"
#include "cli/report.h"
#include "library/rebuild.h"
#include "settings/settings.h"
#include "store/library.h"
#include "store/profile.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

/// The folders to read: the profile's own where it has one, the one of the settings, those that were named.
QStringList foldersToRead(const Arguments& arguments, const CommandContext& context)
{
    QStringList folders;
    if (QFileInfo::exists(context.profile.clipsFolder()))
        folders.append(context.profile.clipsFolder());
    if (!context.settings.clipsFolder().isEmpty())
        folders.append(context.settings.clipsFolder());
    for (const QString& folder : arguments.folders)
        folders.append(QDir(folder).absolutePath());
    folders.removeDuplicates();
    return folders;
}

QByteArray toJsonLine(const ClipScan& scan, const Rebuilt& rebuilt)
{
    QJsonArray unreadable;
    for (const Error& error : scan.unreadable)
        unreadable.append(error.detail);
    const auto plain = std::count_if(scan.clips.begin(), scan.clips.end(),
                                     [](const ClipScan::Found& found) { return !found.hasDetails; });
    return QJsonDocument(QJsonObject{{u"added"_s, rebuilt.clips.size()},
                                     {u"without_details"_s, qint64{plain}},
                                     {u"known"_s, scan.known},
                                     {u"copies"_s, scan.copies},
                                     {u"unreadable"_s, unreadable}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

ExitCode rebuild(const Arguments& arguments, const CommandContext& context)
{
    const auto fail = [](const Error& error) {
        reportError(error);
        return ExitCode::LocalTrouble;
    };
    if (const auto error = context.profile.makeFolders())
        return fail(*error);
    const auto lock = context.profile.lock();
    if (!lock)
        return fail(lock.error());
    const auto library = openLibrary(context.profile.databaseFile(), QDate::currentDate());
    if (!library)
        return fail(library.error());
    if (!library->recovery.isEmpty())
        say(library->recovery);
    auto known = knownClips(library->database);
    if (!known)
        return fail(known.error());
    const ClipScan scan =
        scanClips(foldersToRead(arguments, context), context.profile.inputsFolder(), *std::move(known));
    const auto rebuilt = addFound(library->database, scan);
    if (!rebuilt)
        return fail(rebuilt.error());
    for (const Error& error : scan.unreadable)
        say(error.detail);
    say(summaryOf(scan));
    say(whatStaysLost());
    if (arguments.json)
        printResult(toJsonLine(scan, *rebuilt));
    return scan.unreadable.isEmpty() ? ExitCode::Done : ExitCode::LocalTrouble;
}

} // namespace clipkiln::cli
