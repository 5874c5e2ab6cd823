// SPDX-License-Identifier: GPL-3.0-or-later
#include "pictures/fixture.h"

#include "jobs/engine.h"
#include "simulator/simulator.h"
#include "store/profile.h"

#include <QDir>
#include <QEventLoop>
#include <QLinearGradient>
#include <QPainter>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace clipkiln::pictures {

namespace {

constexpr int renderTimeout = 180'000; // milliseconds for all clips on a busy machine

QString paintPhoto(const QString& path)
{
    QImage photo(2016, 1134, QImage::Format_RGB32);
    QPainter painter(&photo);
    QLinearGradient sky(0, 0, 0, 700);
    sky.setColorAt(0, QColor(0x24, 0x3a, 0x68));
    sky.setColorAt(0.8, QColor(0xe0, 0x8a, 0x55));
    sky.setColorAt(1, QColor(0xf6, 0xc4, 0x7c));
    painter.fillRect(photo.rect(), sky);
    QLinearGradient sea(0, 700, 0, 1134);
    sea.setColorAt(0, QColor(0x4c, 0x66, 0x78));
    sea.setColorAt(1, QColor(0x16, 0x27, 0x36));
    painter.fillRect(0, 700, 2016, 434, sea);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0xff, 0xe6, 0xa8));
    painter.drawEllipse(QPointF(1400, 610), 90, 90);
    painter.end();
    if (!photo.save(path))
        qFatal("no photo could be written to %s", qPrintable(path));
    return path;
}

GenerationRequest textRequest(const QString& prompt, int seconds)
{
    GenerationRequest request;
    request.prompt = prompt;
    request.model = u"grok-imagine-video"_s;
    request.duration = std::chrono::seconds(seconds);
    request.aspectRatio = u"16:9"_s;
    request.resolution = u"480p"_s;
    return request;
}

/// Renders the clips through the real engine, or finds them rendered already.
QList<Clip> renderClips(const QString& folder)
{
    const QList<std::pair<QString, int>> wanted{
        {u"The paper boat drifts out past the breakwater as the sun clears the horizon"_s, 6},
        {u"Lantern festival over a violet lake"_s, 8},
        {u"Mist over green rice terraces at dawn"_s, 7},
        {u"Ember storm at the crater rim"_s, 12},
        {u"Night train, rain on the window"_s, 5},
    };
    const Profile profile(folder);
    if (const auto error = profile.makeFolders())
        qFatal("no folder for the pictures: %s", qPrintable(error->detail));
    simulator::Options options;
    options.folder = profile.simulatorFolder();
    options.speed = 100;
    simulator::Simulator simulator(options);
    if (const auto error = simulator.start())
        qFatal("the simulator does not start: %s", qPrintable(*error));

    QList<Clip> clips;
    Engine engine({profile.databaseFile(), profile.inputsFolder()}, [&] { return QUrl(simulator.baseUrl()); });
    QEventLoop loop;
    QObject::connect(&engine, &Engine::loaded, &loop, [&](const QList<Job>&, const QList<Clip>& found) {
        clips = found;
        if (clips.size() >= wanted.size())
            return loop.quit();
        for (const auto& [prompt, seconds] : wanted)
            engine.jobs().enqueue(textRequest(prompt, seconds), Origin::simulator(), {});
    });
    QObject::connect(&engine.clips(), &ClipsProxy::added, &loop, [&](const Clip& clip) {
        clips << clip;
        if (clips.size() >= wanted.size())
            loop.quit();
    });
    QTimer::singleShot(renderTimeout, &loop, [] { qFatal("the clips were not rendered in time"); });
    QueueSettings settings;
    settings.pollInterval = std::chrono::milliseconds(200);
    settings.clipsFolder = profile.clipsFolder();
    engine.start(settings);
    loop.exec();
    return clips;
}

} // namespace

Job jobIn(const Phase& phase, const QString& prompt, int secondsOld, const QString& photo)
{
    Job job;
    job.id = JobId::create();
    job.request = textRequest(prompt, 6);
    job.request.resolution = u"720p"_s;
    job.origin = Origin::service();
    if (!photo.isEmpty()) {
        LocalFile image;
        image.path = photo;
        image.name = u"harbour_dawn.jpg"_s;
        image.mime = u"image/jpeg"_s;
        image.bytes = 3'100'000;
        image.size = {4032, 2268};
        job.request.inputs = FromImage{image, {}, {}};
        job.request.aspectRatio.reset();
    }
    job.createdAt = QDateTime::currentDateTimeUtc().addSecs(-secondsOld);
    if (!requestIdOf(phase).isEmpty())
        job.acceptedAt = job.createdAt.addSecs(2);
    if (!isUnfinished(stateOf(phase)))
        job.finishedAt = job.createdAt.addSecs(28);
    job.phase = phase;
    job.estimate = Money{Money::ticksPerDollar / 100 * 42};
    return job;
}

Fixture makeFixture(const QString& folder, const QString& scratch)
{
    Fixture fixture;
    fixture.folder = folder;
    fixture.scratch = QDir(folder).filePath(scratch);
    fixture.clips = renderClips(folder);
    if (!QDir().mkpath(fixture.scratch))
        qFatal("%s cannot be made", qPrintable(fixture.scratch));
    fixture.photo = paintPhoto(QDir(fixture.scratch).filePath(u"harbour_dawn.jpg"_s));

    const RequestId id(u"4c0f9a31-77d2-9be4-8a55-1f2e3d4c5b6a"_s);
    const auto soon = [](int seconds) { return QDateTime::currentDateTimeUtc().addSecs(seconds); };
    Job done = jobIn(Done{id, fixture.clips.first().id}, fixture.clips.first().request.prompt, 900);
    done.cost = Money{Money::ticksPerDollar / 100 * 42};
    fixture.clips.first().job = done.id;
    Job moderated = jobIn(Moderated{id, {ErrorKind::Moderated, u"Generated video rejected by content moderation."_s}},
                          u"Ember storm at the crater rim"_s, 700);
    moderated.cost = Money{Money::ticksPerDollar / 100 * 42};
    Downloading fetching;
    fetching.requestId = id;
    fetching.received = 3'100'000;
    fetching.total = 8'000'000;
    Generating working;
    working.requestId = id;
    working.percent = 42;
    fixture.jobs = {
        done,
        jobIn(Cancelled{id}, u"Slow dolly through a neon market"_s, 800),
        moderated,
        jobIn(Failed{id, {ErrorKind::ServerFault, u"internal_error: The service could not complete the generation."_s}},
              u"Night train, rain on the window"_s, 600),
        jobIn(Expired{id, {ErrorKind::Expired, {}}}, u"A lighthouse in winter surf"_s, 500),
        jobIn(Unconfirmed{{ErrorKind::SubmitLost, u"The connection was closed before an answer came."_s}},
              u"Fireflies over a dark meadow"_s, 400),
        jobIn(Held{}, u"A fox crosses a frozen river"_s, 300),
        jobIn(Queued{Error{ErrorKind::RateLimited, u"Too many requests"_s}, soon(12)},
              u"Make it snow over the terraces"_s, 200),
        jobIn(Queued{}, u"Lantern festival over a violet lake"_s, 100),
        jobIn(fetching, u"Clouds pour over a ridge"_s, 60),
        jobIn(working, u"The paper boat drifts out past the breakwater as the sun clears the horizon"_s, 33,
              fixture.photo),
    };
    return fixture;
}

} // namespace clipkiln::pictures
