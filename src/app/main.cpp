// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"
#include "app/window.h"
#include "cli/cli.h"
#include "cli/report.h"
#include "core/keytext.h"

#include <QApplication>

using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

void introduce()
{
    QCoreApplication::setApplicationName(u"clipkiln"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(CLIPKILN_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Clipkiln"_s);
    QGuiApplication::setDesktopFileName(QLatin1StringView(desktopFileId));
}

/// Without the options that QApplication reads and removes by itself.
QStringList withoutQtOptions(QStringList arguments)
{
    for (const QString& name : {u"-platform"_s, u"-style"_s, u"-session"_s}) {
        if (const qsizetype at = arguments.indexOf(name); at > 0)
            arguments.remove(at, std::min<qsizetype>(2, arguments.size() - at));
    }
    arguments.removeAll(u"-reverse"_s);
    return arguments;
}

/// The arguments as they were typed: on Windows argv comes in a code page that cannot write every name.
cli::Arguments asTyped(const cli::Arguments& arguments)
{
    return cli::readArguments(QCoreApplication::arguments()).value_or(arguments);
}

int runCommand(const cli::Arguments& arguments, const Secret& key)
{
    Session session(arguments, key);
    for (const QString& problem : {session.settings().problem(), session.modelsProblem()}) {
        if (!problem.isEmpty())
            cli::say(problem);
    }
    return static_cast<int>(cli::run(arguments, session.context()));
}

Secret takeKey()
{
    const QString text = QString::fromLocal8Bit(takeFromEnvironment("XAI_API_KEY"));
    // What cannot be a key stays as it is: it is refused with a sentence where it would be used.
    return keyFromText(text).value_or(Secret(text.toUtf8()));
}

/// The simulator draws text, which needs a QGuiApplication, but no display.
bool mayDraw(const cli::Arguments& arguments)
{
    return arguments.verb == cli::Verb::Serve || arguments.verb == cli::Verb::Resume ||
           (arguments.verb == cli::Verb::Generate && arguments.simulator);
}

} // namespace

int main(int argc, char* argv[])
{
    switchOffDumps();
    const Secret key = takeKey();
    introduce();
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    const Result<cli::Arguments> arguments = cli::readArguments(withoutQtOptions(words));
    if (!arguments) {
        cli::reportError(arguments.error());
        return static_cast<int>(cli::ExitCode::Invalid);
    }
    if (arguments->help) {
        cli::printResult(cli::helpText(arguments->verb).trimmed().toUtf8());
        return 0;
    }
    if (arguments->version) {
        cli::printResult(u"Clipkiln "_s + QCoreApplication::applicationVersion());
        return 0;
    }

    if (arguments->verb == cli::Verb::None) {
        qputenv("QT_MEDIA_BACKEND", "ffmpeg"); // before Qt loads a backend (src/README.md, Qt fact 8)
        QApplication application(argc, argv);
        Session session(asTyped(*arguments), key);
        return runWindow(session, application);
    }
    if (mayDraw(*arguments)) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        const QGuiApplication application(argc, argv);
        return runCommand(asTyped(*arguments), key);
    }
    const QCoreApplication application(argc, argv);
    return runCommand(asTyped(*arguments), key);
}
