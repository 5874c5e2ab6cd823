// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window.h"

#include "app/session.h"
#include "app/singleinstance.h"
#include "app/windowassembly.h"
#include "cli/stopsignals.h"
#include "core/error.h"
#include "core/text.h"
#include "gui/look/theme.h"
#include "gui/widgets/dialogs.h"

#include <QApplication>
#include <QEventLoop>
#include <QMessageBox>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int success = 0;
constexpr int couldNotStart = 2;

/// Opens the profile, waiting for another program that has it; the exit code when there is nothing to open.
std::optional<int> openProfile(Session& session, const cli::StopSignals& signals)
{
    std::optional<Error> error = session.open();
    if (error && error->kind == ErrorKind::ProfileInUse) {
        // The box comes late, so that nobody sees it where the wait is short.
        constexpr std::chrono::seconds unnoticed(1);
        QMessageBox box(QMessageBox::Information, QApplication::applicationDisplayName(),
                        Text::tr("Another Clipkiln is working with this profile. This one opens when it is done."),
                        QMessageBox::Cancel);
        QTimer::singleShot(unnoticed, &box, &QWidget::show);

        ProfileWait wait(session.profile().socketName(), [&session] { return session.open(); });
        QEventLoop loop;
        std::optional<ProfileWait::Result> result;
        QObject::connect(&wait, &ProfileWait::finished, &loop, [&](ProfileWait::Result ended) {
            result = ended;
            loop.quit();
        });
        QObject::connect(&box, &QMessageBox::rejected, &loop, &QEventLoop::quit);
        QObject::connect(&signals, &cli::StopSignals::caught, &loop, &QEventLoop::quit);
        wait.start();
        loop.exec();
        if (!result || result == ProfileWait::Result::Raised)
            return success;
        error = wait.error();
    }
    if (!error)
        return std::nullopt;
    QMessageBox box(QMessageBox::Critical, QApplication::applicationDisplayName(), explain(*error).sentence);
    QObject::connect(&signals, &cli::StopSignals::caught, &box, &QDialog::reject);
    box.exec();
    return couldNotStart;
}

} // namespace

int runWindow(Session& session, QApplication& application)
{
    QApplication::setWindowIcon(QIcon(u":/clipkiln/clipkiln.svg"_s));
    cli::StopSignals signals;
    // The box that waits for the profile must not end the program when it goes.
    QApplication::setQuitOnLastWindowClosed(false);
    if (const std::optional<int> code = openProfile(session, signals))
        return *code;
    QApplication::setQuitOnLastWindowClosed(true);
    SingleInstance instance(session.profile().socketName());

    Theme theme;
    theme.setChoice(static_cast<Theme::Choice>(session.settings().theme()));
    theme.applyTo(application);
    Dialogs dialogs;
    WindowAssembly assembly({theme, dialogs, session.profile(), session.engine(), session.settings(), session.secrets(),
                             session.models(), session.environmentKey(), session.fixedOrigin()});
    MainWindow& window = assembly.window();
    QObject::connect(&instance, &SingleInstance::raiseRequested, &window, &MainWindow::bringToFront);
    QObject::connect(&application, &QApplication::lastWindowClosed, &instance, &SingleInstance::stop);
    QObject::connect(&signals, &cli::StopSignals::caught, &window, [&] {
        instance.stop();
        window.putAway();
        QApplication::exit(success); // ends the loops of open dialogs too
    });
    assembly.start();
    for (const QString& problem : {session.settings().problem(), session.modelsProblem()}) {
        if (!problem.isEmpty())
            window.warn(problem);
    }
    const int code = QApplication::exec();
    signals.expectEnd(); // the engine may still await the answer to a submit
    return code;
}

} // namespace clipkiln
