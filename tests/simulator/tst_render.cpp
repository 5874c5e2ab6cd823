// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/httpclient.h"
#include "simulator/pace.h"
#include "simulator/renderer.h"
#include "simulator/seed.h"
#include "simulator/simulator.h"
#include "simulator/soundtrack.h"

#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QBuffer>
#include <QJsonArray>
#include <QPainter>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <complex>
#include <cstring>
#include <numbers>
#include <vector>

using namespace clipkiln::simulator;
using namespace Qt::StringLiterals;

namespace {

/// What ffprobe says of a clip.
struct Facts
{
    QSize size;
    int frames = 0;
    double seconds = 0;
    QString video;
    QString audio; ///< empty: none
};

Facts probe(const QString& path)
{
    QProcess ffprobe;
    ffprobe.start(u"ffprobe"_s, {u"-v"_s, u"error"_s, u"-count_frames"_s, u"-show_streams"_s, u"-show_format"_s,
                                 u"-of"_s, u"json"_s, path});
    ffprobe.waitForFinished();
    const QJsonObject json = QJsonDocument::fromJson(ffprobe.readAllStandardOutput()).object();
    Facts facts;
    facts.seconds = json[u"format"_s][u"duration"_s].toString().toDouble();
    for (const QJsonValue stream : json[u"streams"_s].toArray()) {
        if (stream[u"codec_type"_s] == u"audio"_s) {
            facts.audio = stream[u"codec_name"_s].toString();
            continue;
        }
        facts.video = stream[u"codec_name"_s].toString() + u' ' + stream[u"pix_fmt"_s].toString() + u' ' +
                      stream[u"avg_frame_rate"_s].toString();
        facts.size = {stream[u"width"_s].toInt(), stream[u"height"_s].toInt()};
        facts.frames = stream[u"nb_read_frames"_s].toString().toInt();
    }
    return facts;
}

QImage frameOf(const QString& path, int number)
{
    const QTemporaryDir folder;
    const QString png = folder.filePath(u"frame.png"_s);
    clipkiln::test::runFfmpeg({u"-v"_s, u"error"_s, u"-i"_s, path, u"-vf"_s, u"select=eq(n\\,%1)"_s.arg(number),
                               u"-frames:v"_s, u"1"_s, png});
    return QImage(png).convertToFormat(QImage::Format_RGB32);
}

/// The sound of a clip, both channels in one: 48000 samples a second.
std::vector<float> soundOf(const QString& path)
{
    const QTemporaryDir folder;
    const QString raw = folder.filePath(u"sound.raw"_s);
    clipkiln::test::runFfmpeg(
        {u"-v"_s, u"error"_s, u"-i"_s, path, u"-ac"_s, u"1"_s, u"-ar"_s, u"48000"_s, u"-f"_s, u"f32le"_s, raw});
    const QByteArray bytes = clipkiln::test::readFile(raw);
    std::vector<float> samples(static_cast<size_t>(bytes.size()) / sizeof(float));
    std::memcpy(samples.data(), bytes.constData(), samples.size() * sizeof(float));
    return samples;
}

/// How loud a tone is in it: the amplitude at that frequency.
double loudness(const std::vector<float>& samples, double frequency)
{
    std::complex<double> sum;
    for (size_t i = 0; i < samples.size(); ++i) {
        const double turn = 2 * std::numbers::pi * frequency * static_cast<double>(i) / 48000;
        sum += static_cast<double>(samples[i]) * std::polar(1.0, -turn);
    }
    return 2 * std::abs(sum) / static_cast<double>(samples.size());
}

/// The mean difference of two pictures of one size, 0 to 255, without the places of mark and prompt.
double difference(const QImage& a, const QImage& b)
{
    if (a.size() != b.size() || a.isNull())
        return 255;
    qint64 sum = 0;
    qint64 count = 0;
    for (int y = a.height() / 8; y < a.height() * 3 / 4; ++y) {
        for (int x = 0; x < a.width(); ++x, ++count) {
            const QRgb p = a.pixel(x, y);
            const QRgb q = b.pixel(x, y);
            sum += std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) + std::abs(qBlue(p) - qBlue(q));
        }
    }
    return static_cast<double>(sum) / static_cast<double>(count * 3);
}

QImage testPicture(QSize size, const QColor& left, const QColor& right)
{
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    QLinearGradient colors(0, 0, size.width(), size.height());
    colors.setColorAt(0, left);
    colors.setColorAt(1, right);
    painter.fillRect(image.rect(), colors);
    return image;
}

QJsonObject media(const QImage& image)
{
    QByteArray png;
    QBuffer buffer(&png);
    image.save(&buffer, "png");
    return {{u"url"_s, u"data:image/png;base64,"_s + QString::fromLatin1(png.toBase64())}};
}

const QString newer = u"grok-imagine-video-1.5"_s;

} // namespace

class TestRender : public clipkiln::test::TestCase
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void hasTheSizesOfTheService_data();
    void hasTheSizesOfTheService();
    void rendersText();
    void drawsAnotherSceneForAnotherPrompt();
    void drawsTheSameSceneInEveryRun();
    void isSilentWhenAsked();
    void beginsWithTheImage();
    void stretchesTheImageToARatio();
    void turnsPhonePhotosUpright();
    void collectsReferences();
    void beginsReferencesWithTheFirstFrame();
    void givesEachVoiceItsTone();
    void reachesKeyframesAndLastFrame();
    void chargesForTheSourceAsItIs_data();
    void chargesForTheSourceAsItIs();
    void changesTheVideoItEdits();
    void turnsPhoneVideosUpright();
    void cutsEditsShort();
    void extendsAVideo();
    void takesVideosFromEverywhere_data();
    void takesVideosFromEverywhere();
    void refusesSourcesOfTheWrongLength();
    void takesTheVideosTheServiceTakes_data();
    void takesTheVideosTheServiceTakes();
    void goesOnRenderingAfterARestart();

private:
    QJsonObject result(const QJsonObject& body, const QString& path = u"/v1/videos/generations"_s);
    QString clip(const QJsonObject& body, const QString& path = u"/v1/videos/generations"_s);
    QString fetch(const QString& url);

    QTemporaryDir m_folder;
    std::unique_ptr<Simulator> m_simulator;
    std::unique_ptr<HttpClient> m_api;
    int m_clips = 0;
};

void TestRender::initTestCase()
{
    Options options;
    options.folder = m_folder.filePath(u"simulator"_s);
    options.speed = 100000;
    m_simulator = std::make_unique<Simulator>(options);
    QVERIFY(!m_simulator->start());
    m_api = std::make_unique<HttpClient>(m_simulator->baseUrl());
}

QJsonObject TestRender::result(const QJsonObject& body, const QString& path)
{
    const QString id = m_api->post(path, body).json()[u"request_id"_s].toString();
    QJsonObject answer;
    const bool ended = QTest::qWaitFor(
        [&] {
            answer = m_api->get(u"/v1/videos/"_s + id).json();
            return answer[u"status"_s] != u"pending"_s;
        },
        60000);
    return ended ? answer : QJsonObject();
}

QString TestRender::fetch(const QString& url)
{
    const QString path = m_folder.filePath(QString::number(++m_clips) + u".mp4"_s);
    clipkiln::test::writeFile(path, HttpClient(url, {}).get(QUrl(url).path()).body);
    return path;
}

QString TestRender::clip(const QJsonObject& body, const QString& path)
{
    const QJsonObject answer = result(body, path);
    if (answer[u"status"_s] != u"done"_s)
        qWarning() << answer;
    return fetch(answer[u"video"_s][u"url"_s].toString());
}

void TestRender::hasTheSizesOfTheService_data()
{
    QTest::addColumn<QString>("ratio");
    QTest::addColumn<int>("lines");
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<QSize>("size");
    QTest::newRow("nothing asked") << QString() << 480 << QSize() << QSize(848, 480);
    QTest::newRow("16:9, 720p") << u"16:9"_s << 720 << QSize() << QSize(1280, 720);
    QTest::newRow("16:9, 1080p") << u"16:9"_s << 1080 << QSize() << QSize(1920, 1080);
    QTest::newRow("9:16, 480p") << u"9:16"_s << 480 << QSize() << QSize(480, 848);
    QTest::newRow("1:1, 480p") << u"1:1"_s << 480 << QSize() << QSize(480, 480);
    QTest::newRow("4:3, 480p") << u"4:3"_s << 480 << QSize() << QSize(640, 480);
    QTest::newRow("4:3, 720p") << u"4:3"_s << 720 << QSize() << QSize(960, 720);
    QTest::newRow("3:2, 480p") << u"3:2"_s << 480 << QSize() << QSize(720, 480);
    QTest::newRow("2:3, 720p") << u"2:3"_s << 720 << QSize() << QSize(720, 1080);
    QTest::newRow("a picture of 3000 x 2000") << QString() << 720 << QSize(3000, 2000) << QSize(1080, 720);
    QTest::newRow("a picture of 1 x 1") << QString() << 480 << QSize(1, 1) << QSize(480, 480);
    QTest::newRow("a picture with a ratio asked") << u"16:9"_s << 480 << QSize(100, 300) << QSize(848, 480);
    QTest::newRow("a very long picture") << QString() << 480 << QSize(4000, 400) << QSize(1200, 120);
}

void TestRender::hasTheSizesOfTheService()
{
    QFETCH(QString, ratio);
    QFETCH(int, lines);
    QFETCH(QSize, picture);
    QFETCH(QSize, size);
    VideoRequest request;
    request.aspectRatio = ratio;
    request.lines = lines;
    QCOMPARE(clipSize(request, picture), size);
}

void TestRender::rendersText()
{
    const QString path = clip({{u"prompt"_s, u"A boat at sunset"_s}, {u"duration"_s, 2}});
    const Facts facts = probe(path);
    QCOMPARE(facts.size, QSize(848, 480));
    QCOMPARE(facts.frames, 49);
    QCOMPARE(facts.video, u"h264 yuv420p 24/1"_s);
    QCOMPARE(facts.audio, u"aac"_s);
    QVERIFY(std::abs(facts.seconds - 49 / 24.0) < 0.002);
    const double moved = difference(frameOf(path, 0), frameOf(path, 48));
    QVERIFY2(moved > 1, qPrintable(QString::number(moved)));
    QVERIFY(clipkiln::test::readFile(path).first(64 * 1024).contains("moov")); // plays before it is whole
}

void TestRender::drawsAnotherSceneForAnotherPrompt()
{
    const QJsonObject first{{u"prompt"_s, u"A calm sea at noon"_s}, {u"duration"_s, 1}};
    const QJsonObject second{{u"prompt"_s, u"A city at night"_s}, {u"duration"_s, 1}};
    const QImage frame = frameOf(clip(first), 0);
    QVERIFY(difference(frame, frameOf(clip(second), 0)) > 20);
    QVERIFY(difference(frame, frameOf(clip(first), 0)) < 1);
}

void TestRender::drawsTheSameSceneInEveryRun()
{
    QCOMPARE(seedOf(u"A red ball rolls."_s), size_t{2501720});
}

void TestRender::isSilentWhenAsked()
{
    const QString path = clip({{u"prompt"_s, u"Quiet"_s}, {u"duration"_s, 1}, {u"generate_audio"_s, false}});
    QCOMPARE(probe(path).audio, QString());
    QCOMPARE(probe(path).frames, 25);
}

void TestRender::beginsWithTheImage()
{
    const QImage picture = testPicture({600, 400}, Qt::darkRed, Qt::yellow);
    const QString path = clip({{u"prompt"_s, u"It moves"_s}, {u"duration"_s, 2}, {u"image"_s, media(picture)}});
    const Facts facts = probe(path);
    QCOMPARE(facts.size, QSize(720, 480));
    const QImage first = frameOf(path, 0);
    QVERIFY(difference(first, picture.scaled(facts.size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)) < 5);
    QVERIFY(difference(first, frameOf(path, 48)) > 2);
}

void TestRender::stretchesTheImageToARatio()
{
    const QImage picture = testPicture({300, 300}, Qt::blue, Qt::white);
    const QString path = clip({{u"prompt"_s, u"It moves"_s},
                               {u"duration"_s, 1},
                               {u"aspect_ratio"_s, u"16:9"_s},
                               {u"image"_s, media(picture)}});
    const QSize size(848, 480);
    QVERIFY(difference(frameOf(path, 0), picture.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)) < 5);
}

void TestRender::turnsPhonePhotosUpright()
{
    using namespace clipkiln::test;
    const QByteArray jpeg = withQuarterTurn(encoded(testPicture({600, 400}, Qt::green, Qt::black), "jpeg"));
    const QJsonObject image{{u"url"_s, u"data:image/jpeg;base64,"_s + QString::fromLatin1(jpeg.toBase64())}};
    QCOMPARE(probe(clip({{u"prompt"_s, u"Up"_s}, {u"duration"_s, 1}, {u"image"_s, image}})).size, QSize(480, 720));
}

void TestRender::collectsReferences()
{
    const QJsonObject plain{{u"prompt"_s, u"Hills"_s}, {u"duration"_s, 3}};
    QJsonObject body = plain;
    body[u"reference_images"_s] = QJsonArray{media(testPicture({300, 200}, Qt::red, Qt::red)),
                                             QJsonObject{{u"url"_s, u"https://example.com/b.jpg"_s}}};
    const QString path = clip(body);
    QCOMPARE(probe(path).size, QSize(848, 480));
    QVERIFY(difference(frameOf(path, 60), frameOf(clip(plain), 60)) > 10);
}

void TestRender::beginsReferencesWithTheFirstFrame()
{
    const QImage first = testPicture({848, 480}, Qt::darkRed, Qt::yellow);
    const QImage reference = testPicture({300, 200}, Qt::blue, Qt::blue);
    const QString path = clip({{u"model"_s, newer},
                               {u"prompt"_s, u"Hills"_s},
                               {u"duration"_s, 3},
                               {u"image"_s, media(first)},
                               {u"reference_images"_s, QJsonArray{media(reference)}}});
    QVERIFY(difference(frameOf(path, 0), first) < 5);
    QVERIFY(difference(frameOf(path, 60), first) > 20);
}

void TestRender::givesEachVoiceItsTone()
{
    const QStringList all =
        u"ara eve leo rex sal carina zagan helix orion luna iris altair zenith perseus helios lux kepler rigel "
        "cosmo celeste ursa sirius lumen castor naksh atlas"_s.split(u' ');
    const QStringList asked{u"eve"_s, u"leo"_s, u"atlas"_s};
    QJsonArray voices;
    for (const QString& voice : asked)
        voices.append(QJsonObject{{u"voice_id"_s, voice}});
    const QJsonObject request{{u"model"_s, newer}, {u"prompt"_s, u"They talk"_s}, {u"duration"_s, 3}};
    QJsonObject spoken = request;
    spoken[u"reference_images"_s] = QJsonArray{media(testPicture({30, 20}, Qt::red, Qt::red))};
    QJsonObject silent = spoken;
    spoken[u"reference_audios"_s] = voices;
    const std::vector<float> with = soundOf(clip(spoken));
    const std::vector<float> without = soundOf(clip(silent));
    QVERIFY(with.size() > 48000);
    for (const QString& voice : all) {
        const double added = loudness(with, voiceFrequency(voice)) - loudness(without, voiceFrequency(voice));
        QVERIFY2((added > 0.01) == asked.contains(voice), qPrintable(u"%1: %2"_s.arg(voice).arg(added)));
    }
    QVERIFY(voiceFrequency(u"my-own-voice"_s) > voiceFrequency(u"atlas"_s)); // none that a preset has
}

void TestRender::reachesKeyframesAndLastFrame()
{
    const QImage middle = testPicture({848, 480}, Qt::green, Qt::cyan);
    const QImage last = testPicture({848, 480}, Qt::magenta, Qt::white);
    const QString path =
        clip({{u"model"_s, newer},
              {u"prompt"_s, u"Through the points"_s},
              {u"duration"_s, 4},
              {u"keyframes"_s, QJsonArray{QJsonObject{{u"image"_s, media(middle)}, {u"timestamp_s"_s, 2}}}},
              {u"last_frame"_s, media(last)}});
    QVERIFY(difference(frameOf(path, 0), middle) > 20);
    QVERIFY(difference(frameOf(path, 48), middle) < 6);
    QVERIFY(difference(frameOf(path, 96), last) < 6);
}

void TestRender::chargesForTheSourceAsItIs_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<double>("seconds");
    QTest::addColumn<int>("lines");
    QTest::addColumn<qint64>("ticks");
    QTest::newRow("10 s behind 5 s, as recorded") << Mode::Extend << 5.0 << 480 << Q_INT64_C(5'500'000'000);
    QTest::newRow("behind a clip of the service, which is a little higher")
        << Mode::Extend << 5.04 << 482 << Q_INT64_C(5'500'000'000);
    QTest::newRow("behind 720p") << Mode::Extend << 5.0 << 720 << Q_INT64_C(7'500'000'000);
    QTest::newRow("an edit pays for what it uses") << Mode::Edit << 60.0 << 480 << Q_INT64_C(5'400'000'000);
}

void TestRender::chargesForTheSourceAsItIs()
{
    QFETCH(Mode, mode);
    QFETCH(double, seconds);
    QFETCH(int, lines);
    QFETCH(qint64, ticks);
    VideoRequest request;
    request.mode = mode;
    request.model = *Models::builtIn().find(u"grok-imagine-video"_s);
    request.seconds = 10;
    QCOMPARE(costInTicks(request, seconds, lines), ticks);
}

void TestRender::changesTheVideoItEdits()
{
    const QJsonObject source =
        result({{u"prompt"_s, u"A city by day"_s}, {u"duration"_s, 2}, {u"aspect_ratio"_s, u"9:16"_s}});
    const QString url = source[u"video"_s][u"url"_s].toString();
    const QJsonObject edited =
        result({{u"prompt"_s, u"Make it snow"_s}, {u"video"_s, QJsonObject{{u"url"_s, url}}}}, u"/v1/videos/edits"_s);
    QCOMPARE(edited[u"video"_s][u"duration"_s], 2);
    QCOMPARE(edited[u"usage"_s][u"cost_in_usd_ticks"_s].toInteger(), 1'200'000'000); // 2 x (0.05 + 0.01)
    const QString before = fetch(url);
    const QString after = fetch(edited[u"video"_s][u"url"_s].toString());
    const Facts facts = probe(after);
    QCOMPARE(facts.size, QSize(480, 848));
    QCOMPARE(facts.frames, 49);
    QCOMPARE(facts.audio, u"aac"_s);
    const double changed = difference(frameOf(before, 24), frameOf(after, 24));
    QVERIFY2(changed > 5 && changed < 90, qPrintable(QString::number(changed)));
}

void TestRender::turnsPhoneVideosUpright()
{
    using namespace clipkiln::test;
    const QString source = m_folder.filePath(u"phone.mp4"_s);
    const QString left = u"color=red:size=160x240:rate=24:duration=2[a];color=blue:size=160x240:rate=24:duration=2[b];"
                         "[a][b]hstack"_s;
    QVERIFY(runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, left, u"-pix_fmt"_s, u"yuv420p"_s, source}));
    QVERIFY(turnMp4(source));
    const QString video = u"data:video/mp4;base64,"_s + QString::fromLatin1(readFile(source).toBase64());
    const QString path =
        clip({{u"prompt"_s, u"On"_s}, {u"duration"_s, 1}, {u"video"_s, QJsonObject{{u"url"_s, video}}}},
             u"/v1/videos/extensions"_s);
    QCOMPARE(probe(path).size, QSize(240, 320));
    const QImage frame = frameOf(path, 10); // its left is above now
    QVERIFY(qRed(frame.pixel(120, 80)) > 200);
    QVERIFY(qBlue(frame.pixel(120, 200)) > 200);
}

void TestRender::cutsEditsShort()
{
    const QString source = m_folder.filePath(u"long.mp4"_s);
    QVERIFY(clipkiln::test::runFfmpeg({u"-v"_s, u"error"_s, u"-f"_s, u"lavfi"_s, u"-i"_s,
                                       u"testsrc2=size=1920x1080:rate=30:duration=10"_s, u"-preset"_s, u"ultrafast"_s,
                                       u"-pix_fmt"_s, u"yuv420p"_s, source}));
    const QByteArray content = clipkiln::test::readFile(source);
    const QJsonObject video{{u"url"_s, u"data:video/mp4;base64,"_s + QString::fromLatin1(content.toBase64())}};
    const QString path = clip({{u"prompt"_s, u"Make it snow"_s}, {u"video"_s, video}}, u"/v1/videos/edits"_s);
    const Facts facts = probe(path);
    QCOMPARE(facts.size, QSize(1280, 720));
    QCOMPARE(facts.frames, 209);     // 8.7 s
    QCOMPARE(facts.audio, u"aac"_s); // its own: the source has none
}

void TestRender::extendsAVideo()
{
    const QJsonObject source = result({{u"prompt"_s, u"A lake"_s}, {u"duration"_s, 5}});
    const QString url = source[u"video"_s][u"url"_s].toString();
    const QJsonObject extended = result(
        {{u"prompt"_s, u"The camera pans left"_s}, {u"duration"_s, 10}, {u"video"_s, QJsonObject{{u"url"_s, url}}}},
        u"/v1/videos/extensions"_s);
    QCOMPARE(extended[u"video"_s][u"duration"_s], 10); // the new part only, as recorded
    QCOMPARE(extended[u"usage"_s][u"cost_in_usd_ticks"_s].toInteger(), 5'500'000'000);
    const QString before = fetch(url);
    const QString after = fetch(extended[u"video"_s][u"url"_s].toString());
    QCOMPARE(probe(after).frames, 121 + 240);
    QCOMPARE(probe(after).size, QSize(848, 480));
    QVERIFY(std::abs(probe(after).seconds - 361 / 24.0) < 0.01);
    QVERIFY(difference(frameOf(before, 30), frameOf(after, 30)) < 4);
    QVERIFY(difference(frameOf(before, 120), frameOf(after, 120)) < 4);
    QVERIFY(difference(frameOf(before, 120), frameOf(after, 121)) < 4);
    QVERIFY(difference(frameOf(before, 120), frameOf(after, 360)) > 5);
}

void TestRender::takesVideosFromEverywhere_data()
{
    QTest::addColumn<QString>("origin");
    QTest::newRow("a file of the Files API") << u"file"_s;
    QTest::newRow("a data URI") << u"data"_s;
    QTest::newRow("an address on this machine") << u"loopback"_s;
    QTest::newRow("a clip's address of an earlier run") << u"clip"_s;
}

void TestRender::takesVideosFromEverywhere()
{
    QFETCH(QString, origin);
    const QJsonObject source = result({{u"prompt"_s, u"A lake"_s}, {u"duration"_s, 2}, {u"resolution"_s, u"480p"_s}});
    const QString url = source[u"video"_s][u"url"_s].toString();
    const QByteArray content = clipkiln::test::readFile(fetch(url));
    const QJsonObject file =
        m_api->upload(u"/v1/files"_s, {{"file", content.toStdString(), "in.mp4", "video/mp4"}}).json();
    const QString id = file[u"id"_s].toString();
    QJsonObject video;
    if (origin == u"file"_s) {
        video[u"file_id"_s] = id;
    } else if (origin == u"data"_s) {
        video[u"url"_s] = u"data:video/mp4;base64,"_s + QString::fromLatin1(content.toBase64());
    } else if (origin == u"loopback"_s) {
        video[u"url"_s] = m_api->post(u"/v1/files/"_s + id + u"/public-url"_s, QJsonObject()).json()[u"public_url"_s];
    } else {
        QUrl old(url);
        old.setPort(1);
        video[u"url"_s] = old.toString();
    }
    const QString path =
        clip({{u"prompt"_s, u"On"_s}, {u"duration"_s, 1}, {u"video"_s, video}}, u"/v1/videos/extensions"_s);
    QCOMPARE(probe(path).frames, 49 + 24);
}

void TestRender::refusesSourcesOfTheWrongLength()
{
    const QJsonObject source = result({{u"prompt"_s, u"Short"_s}, {u"duration"_s, 1}});
    const QJsonObject answer =
        result({{u"prompt"_s, u"On"_s}, {u"video"_s, QJsonObject{{u"url"_s, source[u"video"_s][u"url"_s]}}}},
               u"/v1/videos/extensions"_s);
    QCOMPARE(answer[u"status"_s], u"failed"_s);
    QCOMPARE(answer[u"error"_s][u"code"_s], u"invalid_argument"_s);
}

void TestRender::takesTheVideosTheServiceTakes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("codec");
    QTest::addColumn<bool>("taken");
    QTest::newRow("H.264 in MP4") << u"in.mp4"_s << QStringList{u"-c:v"_s, u"libx264"_s} << true;
    QTest::newRow("H.265 in MP4") << u"in.mp4"_s << QStringList{u"-c:v"_s, u"libx265"_s} << true;
    QTest::newRow("MPEG-4 in MP4") << u"in.mp4"_s << QStringList{u"-c:v"_s, u"mpeg4"_s} << false;
    QTest::newRow("H.264 in MOV") << u"in.mov"_s << QStringList{u"-c:v"_s, u"libx264"_s} << false;
    QTest::newRow("H.264 in Matroska") << u"in.mkv"_s << QStringList{u"-c:v"_s, u"libx264"_s} << false;
}

void TestRender::takesTheVideosTheServiceTakes()
{
    QFETCH(QString, name);
    QFETCH(QStringList, codec);
    QFETCH(bool, taken);
    const QString source = m_folder.filePath(name);
    QVERIFY(clipkiln::test::makeNumberedVideo(source, 24, codec));
    const QString video =
        u"data:video/mp4;base64,"_s + QString::fromLatin1(clipkiln::test::readFile(source).toBase64());
    QFile::remove(source);
    const QJsonObject answer =
        result({{u"prompt"_s, u"Snow"_s}, {u"video"_s, QJsonObject{{u"url"_s, video}}}}, u"/v1/videos/edits"_s);
    QCOMPARE(answer[u"status"_s], taken ? u"done"_s : u"failed"_s);
    if (!taken)
        QVERIFY(answer[u"error"_s][u"message"_s].toString().contains(u"MP4"_s));
}

void TestRender::goesOnRenderingAfterARestart()
{
    Options options;
    options.folder = m_folder.filePath(u"interrupted"_s);
    options.speed = 100000;
    QString id;
    {
        Simulator simulator(options);
        QVERIFY(!simulator.start());
        HttpClient api(simulator.baseUrl());
        id = api.post(u"/v1/videos/generations"_s, QJsonObject{{u"prompt"_s, u"Long"_s}, {u"duration"_s, 15}})
                 .json()[u"request_id"_s]
                 .toString();
        QCOMPARE(api.get(u"/v1/videos/"_s + id).status, 202);
    }
    Simulator simulator(options);
    QVERIFY(!simulator.start());
    HttpClient api(simulator.baseUrl());
    QTRY_COMPARE(api.get(u"/v1/videos/"_s + id).status, 200);
    const QString url = api.get(u"/v1/videos/"_s + id).json()[u"video"_s][u"url"_s].toString();
    QCOMPARE(probe(fetch(url)).frames, 361);
}

QTEST_MAIN(TestRender)
#include "tst_render.moc"
