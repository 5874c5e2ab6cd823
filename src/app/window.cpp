// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window.h"

#include "app/session.h"
#include "app/singleinstance.h"
#include "app/windowassembly.h"
#include "core/error.h"
#include "gui/look/theme.h"
#include "gui/widgets/dialogs.h"

#include <QApplication>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int couldNotStart = 2;

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

    Theme theme;
    theme.setChoice(static_cast<Theme::Choice>(session.settings().theme()));
    theme.applyTo(application);
    Dialogs dialogs;
    WindowAssembly assembly({theme, dialogs, session.profile(), session.engine(), session.settings(), session.secrets(),
                             session.models(), session.environmentKey(), session.fixedOrigin()});
    QObject::connect(&first, &SingleInstance::raiseAsked, &assembly.window(), &MainWindow::bringToFront);
    assembly.start();
    if (!session.modelsProblem().isEmpty())
        assembly.window().warn(session.modelsProblem());
    return QApplication::exec();
}

} // namespace clipkiln
