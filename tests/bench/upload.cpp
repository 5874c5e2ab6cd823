// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"
#include "bench/memory.h"
#include "bench/parts.h"
#include "bench/serveprocess.h"
#include "bench/stallmeter.h"
#include "bench/subjects.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>

#include <cstdio>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln::bench {

namespace {

constexpr qint64 inputBytes = 50'000'000;

/// An edit of a video as large as the service is known to take (CONTRACT.md 3.2).
GenerationRequest editOf(const QString& path)
{
    LocalFile video;
    video.path = path;
    video.name = u"input.mp4"_s;
    video.mime = u"video/mp4"_s;
    video.bytes = QFileInfo(path).size();
    GenerationRequest request;
    request.prompt = u"Make it snow"_s;
    request.model = u"grok-imagine-video"_s;
    request.inputs = EditClip{video};
    return request;
}

/// Sends the request and waits for the answer; false when it was not accepted.
bool send(Client& client, const QString& address, const GenerationRequest& request)
{
    QEventLoop loop;
    bool accepted = false;
    SubmitCall* call = client.submit({QUrl(address), Secret("bench")}, request, JobId::create());
    QObject::connect(call, &SubmitCall::readyToCommit, call, &SubmitCall::commit);
    QObject::connect(call, &Call::finished, &loop, [&] {
        accepted = std::holds_alternative<SubmitOutcome::Accepted>(call->result().value);
        loop.quit();
    });
    loop.exec();
    return accepted;
}

} // namespace

int runUploadPart(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments().mid(2);
    const QString address = words.value(0);
    const QString file = words.value(1);

    Client client;
    StallMeter stalls;
    MemoryMeter memory;
    wait(200ms); // the start of the program is over
    memory.start();
    stalls.start();
    QElapsedTimer time;
    time.start();
    if (file.isEmpty()) {
        wait(std::chrono::milliseconds(words.value(2).toInt()));
    } else if (!send(client, address, editOf(file))) {
        std::fputs("the upload was not accepted\n", stderr);
        return 1;
    }
    QJsonObject figures = stalls.stop();
    figures[u"milliseconds"_s] = time.elapsed();
    if (const auto rise = memory.rise())
        figures[u"memory"_s] = *rise;
    printFigures(figures);
    return 0;
}

QList<Row> measureUpload(const Effort& effort)
{
    const ServeProcess serve;
    // Nothing is to be rendered of what this sends.
    serve.play({QJsonObject{{u"step"_s, u"post"_s},
                            {u"answer"_s, u"status"_s},
                            {u"status"_s, 200},
                            {u"body"_s, QJsonObject{{u"request_id"_s, u"bench"_s}}}}});
    const QTemporaryDir folder;
    QFile input(folder.filePath(u"input.mp4"_s));
    if (!input.open(QIODevice::WriteOnly) || input.write(QByteArray(inputBytes, 'v')) != inputBytes)
        throw Trouble(input.errorString());
    input.close();

    Row memory{u"memory while sending 50 MB, idle"_s, {}, u"MB"_s, {}, 10.0};
    Row stall{u"longest stall while sending 50 MB, idle"_s, {}, u"ms"_s, {}, 16.0};
    Row work{u"  of it the thread's own work"_s, {}, u"ms"_s};
    for (int round = 0; round < effort.rounds; ++round) {
        const QJsonObject ours = runPart(uploadPart, {serve.address(), input.fileName(), {}});
        const QString same = QString::number(ours["milliseconds"_L1].toInt());
        const QJsonObject idle = runPart(uploadPart, {serve.address(), {}, same});
        note(memory.measured, ours, idle, u"memory"_s);
        note(stall.measured, ours, idle, u"stall"_s);
        note(work.measured, ours, idle, u"work"_s);
    }
    return {memory, stall, work};
}

} // namespace clipkiln::bench
