// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/subjects.h"
#include "media/read/frames.h"
#include "media/read/probe.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;

namespace clipkiln::bench {

namespace {

constexpr int clipCount = 40;

void run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    process.start(program, arguments);
    constexpr int patience = 120'000;
    if (!process.waitForFinished(patience) || process.exitCode() != 0)
        throw Trouble(program + u": "_s + QString::fromUtf8(process.readAllStandardError()));
}

/// Milliseconds for each of the clips.
double perClip(const QStringList& clips, const std::function<void(const QString&)>& work)
{
    QElapsedTimer time;
    time.start();
    for (const QString& clip : clips)
        work(clip);
    return double(time.nsecsElapsed()) / 1e6 / double(clips.size());
}

QStringList makeClips(const QTemporaryDir& folder)
{
    QStringList clips{folder.filePath(u"0.mp4"_s)};
    run(u"ffmpeg"_s, {u"-loglevel"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s, u"testsrc2=s=1280x720:r=24:d=6"_s,
                      u"-pix_fmt"_s, u"yuv420p"_s, u"-preset"_s, u"veryfast"_s, clips.first()});
    for (int i = 1; i < clipCount; ++i) {
        clips.append(folder.filePath(u"%1.mp4"_s.arg(i)));
        if (!QFile::copy(clips.first(), clips.last()))
            throw Trouble(u"the clips cannot be copied"_s);
    }
    return clips;
}

void expect(bool isThere)
{
    if (!isThere)
        throw Trouble(u"a clip could not be read"_s);
}

} // namespace

QList<Row> measureMedia(const Effort& effort)
{
    for (const QString& program : {u"ffmpeg"_s, u"ffprobe"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty()) {
            std::fprintf(stderr, "bench: thumbnails and probes are not measured: there is no %s command\n",
                         qPrintable(program));
            return {};
        }
    }
    const QTemporaryDir folder;
    const QStringList clips = makeClips(folder);
    constexpr double half = 0.5; // twice as fast
    Row thumbnails{u"a thumbnail of a 720p clip, by the ffmpeg command"_s, {}, u"ms"_s, half};
    Row probes{u"a probe of a 720p clip, by the ffprobe command"_s, {}, u"ms"_s, half};
    for (int round = 0; round < effort.rounds; ++round) {
        thumbnails.measured.ours.append(perClip(clips, [](const QString& clip) {
            expect(thumbnail(clip, {480, 480}).has_value());
        }));
        thumbnails.measured.baseline.append(perClip(clips, [](const QString& clip) {
            run(u"ffmpeg"_s, {u"-nostdin"_s, u"-loglevel"_s, u"error"_s, u"-i"_s, clip, u"-frames:v"_s, u"1"_s,
                              u"-vf"_s, u"scale=480:-2"_s, u"-pix_fmt"_s, u"bgra"_s, u"-f"_s, u"null"_s, u"-"_s});
        }));
        probes.measured.ours.append(perClip(clips, [](const QString& clip) { expect(probeVideo(clip).has_value()); }));
        probes.measured.baseline.append(perClip(clips, [](const QString& clip) {
            run(u"ffprobe"_s, {u"-v"_s, u"error"_s, u"-show_format"_s, u"-show_streams"_s, clip});
        }));
    }
    return {thumbnails, probes};
}

} // namespace clipkiln::bench
