// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/program.h"

#include "support/promises.h"

#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QtTest/qtestcase.h>

namespace clipkiln::test {

using namespace Qt::StringLiterals;

namespace {

simulator::Options optionsIn(const QString& folder, bool render)
{
    simulator::Options options;
    options.folder = folder;
    options.speed = 1000;
    options.render = render;
    options.strict = true;
    return options;
}

} // namespace

QList<QJsonObject> Outcome::lines() const
{
    QList<QJsonObject> objects;
    const QList<QByteArray> all = out.isEmpty() ? QList<QByteArray>() : out.chopped(1).split('\n');
    for (const QByteArray& text : all) {
        const QJsonDocument document = QJsonDocument::fromJson(text);
        if (!document.isObject())
            return {};
        objects.append(document.object());
    }
    return objects;
}

QJsonObject Outcome::line() const
{
    const QList<QJsonObject> all = lines();
    return all.size() == 1 ? all.first() : QJsonObject();
}

Program::Program(bool render) : simulator(optionsIn(folder.filePath(u"simulator"_s), render))
{
    if (const auto error = simulator.start())
        qFatal("%s", qPrintable(*error));
}

Program::~Program()
{
    verifyPromises({simulator.ledger(), profile(), {path(u"profile/clips"_s)}, m_said});
}

std::unique_ptr<QProcess> Program::prepare(const QStringList& arguments) const
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DISPLAY"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s); // a desktop's setting; there is no display behind it
    environment.insert(u"XAI_API_KEY"_s, QString::fromUtf8(environmentKey));
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(folder.path());
    process->setProgram(qEnvironmentVariable("CLIPKILN_PROGRAM"));
    process->setArguments(QStringList{u"--profile"_s, profile()} + arguments);
    return process;
}

std::unique_ptr<QProcess> Program::start(const QStringList& arguments) const
{
    auto process = prepare(arguments);
    process->start();
    return process;
}

Outcome Program::run(const QStringList& arguments) const
{
    return end(*start(arguments));
}

Outcome Program::end(QProcess& process) const
{
    constexpr int patience = 60'000;
    const bool ended = (process.state() == QProcess::NotRunning || process.waitForFinished(patience)) &&
                       process.exitStatus() == QProcess::NormalExit;
    Outcome outcome{ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
    m_said += outcome.out + outcome.err;
    if (!ended)
        qWarning() << "the program did not end by itself" << process.errorString() << outcome.err;
    return outcome;
}

QStringList Program::generateText(const QString& output) const
{
    return QStringList{u"generate"_s, u"text"_s, u"--prompt"_s, u"A paper boat"_s, u"--json"_s, u"--output"_s, output} +
           quickly();
}

QStringList Program::quickly() const
{
    return {u"--api-url"_s, simulator.baseUrl(), u"--poll-interval"_s, u"0.05"_s};
}

QList<simulator::LedgerEntry> Program::seen(simulator::Step step) const
{
    QList<simulator::LedgerEntry> found;
    const QList<simulator::LedgerEntry> all = simulator.ledger();
    for (const simulator::LedgerEntry& entry : all) {
        if (entry.step == step)
            found.append(entry);
    }
    return found;
}

} // namespace clipkiln::test
