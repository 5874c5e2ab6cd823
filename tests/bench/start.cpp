// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/subjects.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <chrono>

using namespace Qt::StringLiterals;

namespace clipkiln::bench {

namespace {

/// A screen that holds the whole window; the offscreen platform's own has 800 x 800 pixels.
constexpr char screen[] = R"({"screens": [{"name": "bench", "x": 0, "y": 0, "width": 1920, "height": 1080,
    "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]})";

struct FirstPaint
{
    double milliseconds; ///< since the program was started
    QString size;        ///< of the window: "1280x800"
};

FirstPaint startOnce(const QString& program, const QStringList& arguments, const QString& folder)
{
    constexpr int patience = 60'000;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen:configfile=%1/screen.json"_s.arg(folder));
    environment.insert(u"QT_QPA_GENERIC_PLUGINS"_s, u"firstpaint"_s);
    environment.insert(u"QT_PLUGIN_PATH"_s, QStringLiteral(BENCH_PLUGINS));
    QProcess process;
    process.setProcessEnvironment(environment);
    const auto begin = std::chrono::steady_clock::now().time_since_epoch();
    process.start(program, arguments);
    if (!process.waitForFinished(patience) || process.exitStatus() != QProcess::NormalExit)
        throw Trouble(program + u" did not end by itself after its first window."_s);

    static const QRegularExpression line(u"first paint (\\d+) (\\d+x\\d+)"_s);
    const QString words = QString::fromLocal8Bit(process.readAllStandardError());
    const QRegularExpressionMatch match = line.match(words);
    if (!match.hasMatch())
        throw Trouble(program + u" painted no window: "_s + words);
    const std::chrono::nanoseconds painted(match.captured(1).toLongLong());
    return {std::chrono::duration<double, std::milli>(painted - begin).count(), match.captured(2)};
}

} // namespace

QList<Row> measureStart(const Effort& effort)
{
    QTemporaryDir folder;
    QFile config(folder.filePath(u"screen.json"_s));
    if (!config.open(QIODevice::WriteOnly) || config.write(screen) < 0)
        throw Trouble(config.errorString());
    config.close();
    const QStringList arguments{u"--simulator"_s, u"--profile"_s, folder.filePath(u"profile"_s)};

    Row row{u"start to first painted window, bare window"_s, {}, u"ms"_s, 2.0};
    for (int round = 0; round <= effort.starts; ++round) {
        const FirstPaint ours = startOnce(QStringLiteral(CLIPKILN_PROGRAM), arguments, folder.path());
        const FirstPaint bare = startOnce(QStringLiteral(BENCH_BARE_WINDOW), {}, folder.path());
        if (ours.size != bare.size)
            throw Trouble(u"The windows differ in size: %1 and %2."_s.arg(ours.size, bare.size));
        if (round == 0)
            continue; // reads the programs from disk
        row.measured.ours << ours.milliseconds;
        row.measured.baseline << bare.milliseconds;
    }
    return {row};
}

} // namespace clipkiln::bench
