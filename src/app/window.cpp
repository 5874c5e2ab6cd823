// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window.h"

#include "app/session.h"
#include "app/singleinstance.h"
#include "core/error.h"
#include "gui/mainwindow.h"
#include "gui/serviceaccess.h"
#include "gui/theme.h"
#include "jobs/engine.h"
#include "media/thumbnails.h"

#include <QApplication>
#include <QDir>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int couldNotStart = 2;

QueueSettings queueSettings(const Settings& settings, const Profile& profile)
{
    QueueSettings queue;
    queue.concurrency = settings.concurrency();
    queue.pollInterval = settings.pollInterval();
    queue.softTimeLimit = settings.softTimeLimit();
    queue.hold = settings.queueOnHold();
    queue.holdUnsentAtStart = settings.unsentAtStart() == Settings::UnsentAtStart::Hold;
    queue.clipsFolder = settings.clipsFolder().isEmpty() ? profile.clipsFolder() : settings.clipsFolder();
    return queue;
}

} // namespace

int runWindow(Session& session, QApplication& application)
{
    QApplication::setWindowIcon(QIcon(u":/clipkiln/clipkiln.svg"_s));
    if (const std::optional<Error> error = session.open()) {
        if (error->kind == ErrorKind::ProfileInUse && SingleInstance::askToRaise(session.profile().socketName()))
            return 0;
        QMessageBox::critical(nullptr, QApplication::applicationDisplayName(), explain(*error).sentence);
        return couldNotStart;
    }
    const SingleInstance first(session.profile().socketName());

    Settings& settings = session.settings();
    const Profile& profile = session.profile();
    Engine& engine = session.engine();
    Theme theme;
    theme.applyTo(application);
    Thumbnails thumbnails(profile.thumbnailsFolder());
    ServiceAccess access(engine, settings, session.secrets(), session.environmentKey(), session.fixedOrigin());
    const Places places{profile.dataFolder(), profile.clipsFolder(), QDir(profile.dataFolder()).filePath(u"pasted"_s)};
    MainWindow window(engine, settings, access, session.models(), thumbnails, theme, places);

    QObject::connect(&first, &SingleInstance::raiseAsked, &window, &MainWindow::bringToFront);
    const auto configure = [&] { engine.configure(queueSettings(settings, profile)); };
    QObject::connect(&settings, &Settings::queueChanged, &window, configure);
    QObject::connect(&settings, &Settings::foldersChanged, &window, configure);

    engine.start(queueSettings(settings, profile));
    access.start();
    window.show();
    return QApplication::exec();
}

} // namespace clipkiln
