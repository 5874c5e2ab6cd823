// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/parts.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QJsonDocument>
#include <QProcess>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace clipkiln::bench {

void printFigures(const QJsonObject& figures)
{
    std::printf("%s\n", QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
}

QJsonObject runPart(const char* part, const QStringList& arguments)
{
    constexpr int patience = 120'000;
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QEventLoop loop; // what this process serves to the part goes on
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    process.start(QCoreApplication::applicationFilePath(), QStringList{QString::fromLatin1(part)} + arguments);
    loop.exec();
    const bool ended = process.state() == QProcess::NotRunning && process.exitStatus() == QProcess::NormalExit;
    const QJsonObject figures = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    if (!ended || process.exitCode() != 0 || figures.isEmpty())
        throw Trouble(u"The part %1 gave no figures."_s.arg(QLatin1StringView(part)));
    return figures;
}

void wait(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

void note(Measured& measured, const QJsonObject& ours, const QJsonObject& baseline, const QString& figure)
{
    if (!ours.contains(figure) || !baseline.contains(figure))
        return;
    measured.ours << ours[figure].toDouble();
    measured.baseline << baseline[figure].toDouble();
}

} // namespace clipkiln::bench
