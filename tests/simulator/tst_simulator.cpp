// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/httpfriend.h"
#include "simulator/simulator.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace clipkiln::simulator;
using namespace Qt::StringLiterals;

class TestSimulator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void makesAClipOfARequest();
    void acceptsTheDocumentedBodies_data();
    void acceptsTheDocumentedBodies();
    void refusesLikeTheService_data();
    void refusesLikeTheService();
    void takesWhatTheServiceTakes_data();
    void takesWhatTheServiceTakes();
    void takesAPersonsOwnModels();
    void ignoresUnknownFieldsUnlessStrict();
    void wantsAKey();
    void knowsKeyAndModels();
    void tellsUnknownRequestsFromMalformedOnes();
    void chargesAsRecorded_data();
    void chargesAsRecorded();
    void servesRangesOfClips();
    void noticesAKeyThatLeaksToTheClipServer();
    void goesOnAfterARestart();
    void refusesAPortInUse();
    void failsWithSourcesThatCannotBeHad_data();
    void failsWithSourcesThatCannotBeHad();
    void keepsFiles();
    void forgetsFilesWhenTheirTimeIsOver();
    void storesResultsAsFiles();
    void putsResultsWhereTheyAreWanted();
    void answersAsScripted_data();
    void answersAsScripted();
    void takesAScriptOverHttp();
    void cutsClipsShort();
    void waitsAsScripted();
    void keepsALedger();
    void notesBodiesThatEndEarly();
    void keepsNoKey();
    void takesDataUrisApart();
    void servesManyAtOnce();
    void answersAHundredConnectionsAtOnce();
    void readsAFormThatComesInPieces();

private:
    QString submit(const QJsonObject& body, const QString& path = u"/v1/videos/generations"_s);
    QJsonObject polled(const QString& id);
    QJsonObject result(const QString& id);
    QJsonObject usual() const { return {{u"prompt"_s, u"A red ball rolls."_s}}; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Simulator> m_simulator;
    std::unique_ptr<HttpFriend> m_api;
    Options m_options;
    void start();
};

namespace {

const QString imageUri = u"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwA"
                         "DhgGAWjR9awAAAABJRU5ErkJggg=="_s;
const QString classic = u"grok-imagine-video"_s;
const QString newer = u"grok-imagine-video-1.5"_s;

QJsonObject parsed(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}

QJsonArray images(int count)
{
    QJsonArray result;
    for (int i = 0; i < count; ++i)
        result.append(QJsonObject{{u"url"_s, imageUri}});
    return result;
}

} // namespace

void TestSimulator::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_options = {};
    m_options.folder = m_folder->filePath(u"simulator"_s);
    m_options.speed = 100000;
    m_options.render = false;
    start();
}

void TestSimulator::start()
{
    m_api.reset();
    m_simulator.reset();
    m_simulator = std::make_unique<Simulator>(m_options);
    const auto error = m_simulator->start();
    QVERIFY2(!error, qPrintable(error.value_or(QString())));
    m_api = std::make_unique<HttpFriend>(m_simulator->baseUrl());
}

void TestSimulator::cleanup()
{
    m_api.reset(); // its open connection would hold the server for a second
    m_simulator.reset();
}

QString TestSimulator::submit(const QJsonObject& body, const QString& path)
{
    const HttpFriend::Answer answer = m_api->post(path, body);
    if (answer.status != 200)
        qWarning() << answer.status << answer.body;
    return answer.json()[u"request_id"_s].toString();
}

QJsonObject TestSimulator::polled(const QString& id)
{
    return m_api->get(u"/v1/videos/"_s + id).json();
}

QJsonObject TestSimulator::result(const QString& id)
{
    QJsonObject answer;
    const bool ended = QTest::qWaitFor(
        [&] {
            answer = polled(id);
            return answer[u"status"_s] != u"pending"_s;
        },
        20000);
    return ended ? answer : QJsonObject();
}

void TestSimulator::makesAClipOfARequest()
{
    m_options.speed = 20; // about a second
    start();
    const HttpFriend::Answer accepted = m_api->post(u"/v1/videos/generations"_s, usual());
    QCOMPARE(accepted.status, 200);
    const QString id = accepted.json()[u"request_id"_s].toString();
    QCOMPARE(id.size(), 36);
    QCOMPARE(accepted.header("x-request-id"), id.toLatin1());

    int progress = -1;
    QSet<int> seen;
    HttpFriend::Answer answer;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            answer = m_api->get(u"/v1/videos/"_s + id);
            const int now = answer.json()[u"progress"_s].toInt();
            const bool fine = now >= progress && (answer.status == 202) == (now < 100);
            progress = fine ? now : 1000;
            seen.insert(now);
            return answer.status == 200;
        }(),
        10000);
    QCOMPARE(progress, 100);
    QVERIFY(seen.size() > 2);
    const QJsonObject done = answer.json();
    QCOMPARE(done[u"status"_s], u"done"_s);
    QCOMPARE(done[u"model"_s], classic);
    QCOMPARE(done[u"usage"_s][u"cost_in_usd_ticks"_s].toInteger(), 4'000'000'000);
    QCOMPARE(done[u"video"_s][u"duration"_s], 8);
    QCOMPARE(done[u"video"_s][u"respect_moderation"_s], true);
    const QString url = done[u"video"_s][u"url"_s].toString();
    QVERIFY(url.startsWith(m_simulator->clipUrl()));
    QVERIFY(!url.contains(id));

    HttpFriend anybody(url, {});
    const HttpFriend::Answer clip = anybody.get(QUrl(url).path());
    QCOMPARE(clip.status, 200);
    QCOMPARE(clip.header("Content-Type"), "video/mp4"_ba);
    QCOMPARE(clip.body.sliced(4, 4), "ftyp"_ba);
}

void TestSimulator::acceptsTheDocumentedBodies_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(CLIPKILN_TEST_DATA) + u"/api"_s);
    for (const QString& name : folder.entryList({u"*.json"_s}))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestSimulator::acceptsTheDocumentedBodies()
{
    QFETCH(QString, file);
    m_options.strict = true;
    start();
    QFile golden(file);
    QVERIFY(golden.open(QIODevice::ReadOnly));
    // What a body names as uploaded has to be there.
    const QString id = m_api->upload(u"/v1/files"_s, {{"file", "x", "x", ""}}).json()[u"id"_s].toString();
    static const QRegularExpression fileId(u"\"file_id\": *\"[^\"]*\""_s);
    const QString text = QString::fromUtf8(golden.readAll()).replace(fileId, u"\"file_id\":\"%1\""_s.arg(id));
    const QJsonObject request = QJsonDocument::fromJson(text.toUtf8()).object();
    QVERIFY(!submit(request[u"body"_s].toObject(), request[u"path"_s].toString()).isEmpty());
}

void TestSimulator::refusesLikeTheService_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("text");
    const QString make = u"/v1/videos/generations"_s;
    const QString edit = u"/v1/videos/edits"_s;
    const QString extend = u"/v1/videos/extensions"_s;

    QTest::newRow("no prompt") << make << parsed("{}") << 400 << u"Prompt cannot be empty."_s;
    QTest::newRow("a blank prompt") << make << parsed(R"({"prompt":"  "})") << 400 << u"Prompt cannot be empty."_s;
    QTest::newRow("an unknown model") << make << parsed(R"({"prompt":"a","model":"grok-2"})") << 404 << u"grok-2"_s;
    QTest::newRow("16 seconds") << make << parsed(R"({"prompt":"a","duration":16})") << 400
                                << u"Duration must be between 1 and 15 seconds"_s;
    QTest::newRow("0 seconds") << make << parsed(R"({"prompt":"a","seconds":"0"})") << 400
                               << u"Duration must be between 1 and 15 seconds"_s;
    QTest::newRow("half a second") << make << parsed(R"({"prompt":"a","duration":0.5})") << 422 << u"duration"_s;
    QTest::newRow("a ratio of its own") << make << parsed(R"({"prompt":"a","aspect_ratio":"auto"})") << 422
                                        << u"unknown variant `auto`"_s;
    QTest::newRow("4K") << make << parsed(R"({"prompt":"a","resolution":"4k"})") << 422 << u"unknown variant"_s;
    QTest::newRow("1080p on the first model") << make << parsed(R"({"prompt":"a","resolution":"1080p"})") << 400
                                              << u"1080p video resolution is not available for your team."_s;
    QTest::newRow("a prompt that is a number") << make << parsed(R"({"prompt":7})") << 422 << u"invalid type"_s;
    QTest::newRow("an image that is a string")
        << make << parsed(R"({"prompt":"a","image":"x"})") << 422 << u"invalid type"_s;
    QTest::newRow("an image of two origins")
        << make << parsed(R"({"prompt":"a","image":{"url":"x","file_id":"y"}})") << 400 << u"exactly one"_s;
    QTest::newRow("an image of no origin") << make << parsed(R"({"prompt":"a","image":{}})") << 400 << u"exactly one"_s;
    QTest::newRow("an image that is no base64")
        << make << parsed(R"({"prompt":"a","image":{"url":"data:image/png;base64,###"}})") << 400 << u"base64"_s;
    QTest::newRow("a file that is not there")
        << make << parsed(R"({"prompt":"a","image":{"file_id":"file_x"}})") << 404 << u"file_x"_s;
    const auto references = [](int count, const QString& model, int seconds, const QString& resolution) {
        return QJsonObject{{u"prompt"_s, u"a"_s},
                           {u"model"_s, model},
                           {u"duration"_s, seconds},
                           {u"resolution"_s, resolution},
                           {u"reference_images"_s, images(count)}};
    };
    QTest::newRow("8 references") << make << references(8, classic, 5, u"480p"_s) << 400
                                  << u"Too many reference images: 8. Maximum allowed is 7."_s;
    QTest::newRow("15 references on 1.5") << make << references(15, newer, 5, u"480p"_s) << 400
                                          << u"Too many reference images: 15. Maximum allowed is 14."_s;
    QTest::newRow("11 seconds of reference")
        << make << references(2, classic, 11, u"480p"_s) << 400
        << u"Duration 11s exceeds the maximum allowed for reference-to-video, which is 10s."_s;
    QTest::newRow("1080p with references")
        << make << references(2, newer, 5, u"1080p"_s) << 400
        << u"1080p video resolution is not supported for reference-to-video requests."_s;
    QTest::newRow("references on lite") << make << references(1, u"grok-imagine-video-1.5-lite"_s, 5, u"480p"_s) << 400
                                        << u"not supported for this model"_s;
    QJsonObject both = references(1, classic, 5, u"480p"_s);
    both[u"image"_s] = QJsonObject{{u"url"_s, imageUri}};
    QTest::newRow("image and references") << make << both << 400 << u"cannot be used together"_s;
    QTest::newRow("a last frame on the first model")
        << make << parsed(R"({"prompt":"a","last_frame":{"url":"https://a/b.png"}})") << 400
        << u"`last_frame` is not supported for this model."_s;
    QTest::newRow("voices on the first model")
        << make << parsed(R"({"prompt":"a","reference_audios":[{"voice_id":"eve"}]})") << 400
        << u"`reference_audios` is not supported for this model."_s;
    QTest::newRow("four voices") << make << parsed(R"({"model":"grok-imagine-video-1.5","prompt":"a","reference_audios":
            [{"voice_id":"a"},{"voice_id":"b"},{"voice_id":"c"},{"voice_id":"d"}]})")
                                 << 400 << u"Too many reference audio clips: 4. Maximum allowed is 3."_s;
    QTest::newRow("a keyframe at the end") << make << parsed(R"({"model":"grok-imagine-video-1.5","prompt":"a",
        "duration":5,"keyframes":[{"image":{"url":"https://a/b.png"},"timestamp_s":5}]})")
                                           << 400 << u"Keyframe"_s;
    QTest::newRow("a keyframe off the grid") << make << parsed(R"({"model":"grok-imagine-video-1.5","prompt":"a",
        "duration":5,"keyframes":[{"image":{"url":"https://a/b.png"},"timestamp_s":1.5}]})")
                                             << 400 << u"Keyframe"_s;
    QTest::newRow("a keyframe without a time") << make << parsed(R"({"model":"grok-imagine-video-1.5","prompt":"a",
        "keyframes":[{"image":{"url":"https://a/b.png"}}]})")
                                               << 422 << u"missing field `timestamp_s`"_s;
    QTest::newRow("1080p with references on the first model")
        << make << references(2, classic, 5, u"1080p"_s) << 400
        << u"1080p video resolution is not supported for reference-to-video requests."_s;
    QTest::newRow("16 seconds of reference on 1.5")
        << make << references(2, newer, 16, u"480p"_s) << 400
        << u"Duration 16s exceeds the maximum allowed for reference-to-video, which is 15s."_s;
    QTest::newRow("a last frame on lite")
        << make
        << parsed(R"({"model":"grok-imagine-video-1.5-lite","prompt":"a","last_frame":{"url":"https://a/b.png"}})")
        << 400 << u"`last_frame` is not supported for this model."_s;
    QTest::newRow("keyframes on the first model")
        << make << parsed(R"({"prompt":"a","keyframes":[{"image":{"url":"https://a/b.png"},"timestamp_s":1}]})") << 400
        << u"`keyframes` is not supported for this model."_s;
    QJsonArray five;
    for (int second = 1; second <= 5; ++second)
        five.append(
            QJsonObject{{u"image"_s, QJsonObject{{u"url"_s, u"https://a/b.png"_s}}}, {u"timestamp_s"_s, second}});
    QTest::newRow("five keyframes") << make
                                    << QJsonObject{{u"prompt"_s, u"a"_s}, {u"model"_s, newer}, {u"keyframes"_s, five}}
                                    << 400 << u"Too many keyframes: 5. Maximum allowed is 4."_s;
    QTest::newRow("a reference that is a string")
        << make << parsed(R"({"prompt":"a","reference_images":["https://a/b.png"]})") << 422 << u"invalid type"_s;
    QTest::newRow("a reference of two origins")
        << make << parsed(R"({"prompt":"a","reference_images":[{"url":"https://a/b.png","file_id":"y"}]})") << 400
        << u"exactly one"_s;
    QTest::newRow("sound that is a word")
        << make << parsed(R"({"prompt":"a","generate_audio":"false"})") << 422 << u"expected a boolean"_s;
    QTest::newRow("an edit of nothing") << edit << parsed(R"({"prompt":"a"})") << 422 << u"missing field `video`"_s;
    QTest::newRow("an edit without a prompt")
        << edit << parsed(R"({"video":{"url":"https://a/b.mp4"}})") << 422 << u"missing field `prompt`"_s;
    QTest::newRow("an edit of a string") << edit << parsed(R"({"prompt":"a","video":"x"})") << 422 << u"invalid type"_s;
    QTest::newRow("an edit by 1.5")
        << edit << parsed(R"({"model":"grok-imagine-video-1.5","prompt":"a","video":{"url":"https://a/b.mp4"}})") << 400
        << u"Video editing is not supported for this model."_s;
    QTest::newRow("an extension by 1.5")
        << extend << parsed(R"({"model":"grok-imagine-video-1.5","prompt":"a","video":{"url":"https://a/b.mp4"}})")
        << 400 << u"Video extension is not supported for this model."_s;
    QTest::newRow("an extension by 16 seconds")
        << extend << parsed(R"({"prompt":"a","duration":16,"video":{"url":"https://a/b.mp4"}})") << 400
        << u"Duration"_s;
    QTest::newRow("an extension by nothing")
        << extend << parsed(R"({"prompt":"a","duration":0,"video":{"url":"https://a/b.mp4"}})") << 400
        << u"Duration must be between 1 and 15 seconds"_s;
    QTest::newRow("an extension by a word")
        << extend << parsed(R"({"prompt":"a","duration":"long","video":{"url":"https://a/b.mp4"}})") << 422
        << u"duration: invalid type"_s;
    QTest::newRow("an extension of two origins")
        << extend << parsed(R"({"prompt":"a","video":{"url":"https://a/b.mp4","file_id":"y"}})") << 400
        << u"exactly one"_s;
    QTest::newRow("an extension of a file that is not there")
        << extend << parsed(R"({"prompt":"a","video":{"file_id":"file_x"}})") << 404 << u"file_x"_s;
    QTest::newRow("an edit with a blank prompt")
        << edit << parsed(R"({"prompt":" ","video":{"url":"https://a/b.mp4"}})") << 400 << u"Prompt cannot be empty."_s;
    QTest::newRow("storage without an end")
        << make << parsed(R"({"prompt":"a","storage_options":{"filename":"a.mp4","expires_after":2592001}})") << 400
        << u"expires_after"_s;
    QTest::newRow("storage without a name")
        << make << parsed(R"({"prompt":"a","storage_options":{}})") << 422 << u"missing field `filename`"_s;
    QTest::newRow("another word") << u"/v1/videos/remixes"_s << parsed("{}") << 405 << QString();
    QTest::newRow("another route") << u"/v1/pictures"_s << parsed("{}") << 404 << u"requested resource was not found"_s;
}

void TestSimulator::refusesLikeTheService()
{
    QFETCH(QString, path);
    QFETCH(QJsonObject, body);
    QFETCH(int, status);
    QFETCH(QString, text);
    const HttpFriend::Answer answer = m_api->post(path, body);
    QCOMPARE(answer.status, status);
    QVERIFY2(QString::fromUtf8(answer.body).contains(text), answer.body.constData());
    if (status == 422)
        QVERIFY(answer.header("Content-Type").startsWith("text/plain"));
    else if (status == 400)
        QCOMPARE(answer.json()[u"code"_s], u"invalid-argument"_s);
    QVERIFY(!QDir(m_options.folder + u"/requests"_s).exists() || QDir(m_options.folder + u"/requests"_s).isEmpty());
}

void TestSimulator::takesWhatTheServiceTakes_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<int>("seconds"); // as the answer reports them; -1: it does not get there
    const QString make = u"/v1/videos/generations"_s;
    const QString edit = u"/v1/videos/edits"_s;
    const QString extend = u"/v1/videos/extensions"_s;
    QTest::newRow("a number as text") << make << parsed(R"({"prompt":"a","duration":"3"})") << u"text"_s << 3;
    QTest::newRow("the other name of duration") << make << parsed(R"({"prompt":"a","seconds":4})") << u"text"_s << 4;
    QTest::newRow("no model and no duration") << make << parsed(R"({"prompt":"a"})") << u"text"_s << 8;
    QTest::newRow("null for what is not set") << make << parsed(R"({"model":null,"prompt":"a","duration":null,
        "image":null,"resolution":null,"reference_images":null,"storage_options":null})")
                                              << u"text"_s << 8;
    QTest::newRow("the newest ratio") << make << parsed(R"({"prompt":"a","duration":1,"aspect_ratio":"21:9"})")
                                      << u"text"_s << 1;
    QTest::newRow("a picture without a prompt")
        << make << parsed(R"({"duration":1,"image":{"url":"https://a/b.png"}})") << u"image"_s << 1;
    QTest::newRow("1.5: a first frame beside references")
        << make << parsed(R"({"model":"grok-imagine-video-1.5","prompt":"a","duration":15,
        "image":{"url":"https://a/b.png"},"reference_images":[{"url":"https://a/c.png"}]})")
        << u"reference"_s << 15;
    QTest::newRow("a video sent to generations: a text clip, charged as such")
        << make << parsed(R"({"prompt":"a","duration":2,"video":{"url":"https://a/b.mp4"}})") << u"text"_s << 2;
    QTest::newRow("an edit with a length and a resolution, which do nothing")
        << edit << parsed(R"({"prompt":"a","duration":99,"resolution":"x","video":{"url":"https://a/b.mp4"}})")
        << u"edit"_s << -1;
    QTest::newRow("an extension by more than is documented")
        << extend << parsed(R"({"prompt":"a","duration":15,"video":{"url":"https://a/b.mp4"}})") << u"extend"_s << -1;
    QTest::newRow("an upload address")
        << make << parsed(R"({"prompt":"a","duration":1,"output":{"upload_url":"https://a/b?c"},"user":"u"})")
        << u"text"_s << 1;
}

void TestSimulator::takesWhatTheServiceTakes()
{
    QFETCH(QString, path);
    QFETCH(QJsonObject, body);
    QFETCH(QString, mode);
    QFETCH(int, seconds);
    const QString id = submit(body, path);
    QCOMPARE(m_simulator->ledger().first().mode, mode);
    const QJsonObject answer = result(id);
    QCOMPARE(answer[u"status"_s], seconds < 0 ? u"failed"_s : u"done"_s); // no remote video is ever fetched
    if (seconds >= 0)
        QCOMPARE(answer[u"video"_s][u"duration"_s], seconds);
}

void TestSimulator::takesAPersonsOwnModels()
{
    m_options.modelsFile = m_folder->filePath(u"models.json"_s);
    QFile file(m_options.modelsFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"models":[{"id":"mine","perSecond":{"540p":"0.5"},"perImage":"0.25","modes":{
        "image":{"maxSeconds":20,"aspectRatios":["2:1"],"resolutions":["540p"]}}}]})");
    file.close();
    start();
    const QJsonObject image{{u"url"_s, imageUri}};
    QJsonObject body{{u"model"_s, u"mine"_s},      {u"prompt"_s, u"a"_s},         {u"duration"_s, 20},
                     {u"resolution"_s, u"540p"_s}, {u"aspect_ratio"_s, u"2:1"_s}, {u"image"_s, image}};
    const QJsonObject done = result(submit(body));
    QCOMPARE(done[u"model"_s], u"mine"_s);
    QCOMPARE(done[u"usage"_s][u"cost_in_usd_ticks"_s].toInteger(), 102'500'000'000); // 20 x 0.50 + 0.25
    body[u"duration"_s] = 21;
    QVERIFY(m_api->post(u"/v1/videos/generations"_s, body).body.contains("between 1 and 20 seconds"));
    body.remove(u"image"_s);
    QVERIFY(m_api->post(u"/v1/videos/generations"_s, body).body.contains("Text-to-video is not supported"));
    QCOMPARE(m_api->get(u"/v1/video-generation-models/mine"_s).json()[u"input_modalities"_s],
             (QJsonArray{u"text"_s, u"image"_s}));
}

void TestSimulator::ignoresUnknownFieldsUnlessStrict()
{
    QJsonObject body = usual();
    body[u"seed"_s] = 7;
    QVERIFY(!submit(body).isEmpty());
    m_options.strict = true;
    start();
    const HttpFriend::Answer answer = m_api->post(u"/v1/videos/generations"_s, body);
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.contains("`seed`"));
    body = usual();
    body[u"image"_s] = QJsonObject{{u"url"_s, imageUri}, {u"type"_s, u"image_url"_s}};
    QCOMPARE(m_api->post(u"/v1/videos/generations"_s, body).status, 400);
}

void TestSimulator::wantsAKey()
{
    HttpFriend nobody(m_simulator->baseUrl(), {});
    const HttpFriend::Answer answer = nobody.post(u"/v1/videos/generations"_s, usual());
    QCOMPARE(answer.status, 401);
    QCOMPARE(answer.json()[u"code"_s], u"unauthenticated:no-credentials"_s);
    QCOMPARE(nobody.get(u"/v1/api-key"_s).status, 401);
    QCOMPARE(m_api->post(u"/v1/videos/generations"_s, "prompt=a"_ba, "application/x-www-form-urlencoded").status, 415);
    QCOMPARE(m_api->upload(u"/v1/videos/generations"_s, {{"prompt", "a", "", ""}}).status, 415);
    QCOMPARE(m_api->post(u"/v1/videos/generations"_s, "{\"prompt\":"_ba).status, 400);
}

void TestSimulator::knowsKeyAndModels()
{
    const HttpFriend::Answer key = m_api->get(u"/v1/api-key"_s);
    QCOMPARE(key.status, 200);
    for (const QString& flag : {u"team_blocked"_s, u"api_key_blocked"_s, u"api_key_disabled"_s})
        QCOMPARE(key.json()[flag], QJsonValue(false));
    const QJsonArray models = m_api->get(u"/v1/video-generation-models"_s).json()[u"models"_s].toArray();
    QCOMPARE(models.size(), 3);
    QCOMPARE(models.first()[u"id"_s], classic);
    QCOMPARE(models.at(0)[u"input_modalities"_s], (QJsonArray{u"text"_s, u"image"_s, u"video"_s}));
    QCOMPARE(models.at(1)[u"input_modalities"_s], (QJsonArray{u"text"_s, u"image"_s, u"audio"_s}));
    QCOMPARE(models.at(2)[u"input_modalities"_s], (QJsonArray{u"text"_s, u"image"_s}));
    QCOMPARE(m_api->get(u"/v1/video-generation-models/grok-imagine-video-1.5-preview"_s).json()[u"id"_s], newer);
    QCOMPARE(m_api->get(u"/v1/models/nothing"_s).status, 404);
    QCOMPARE(m_api->post(u"/v1/api-key"_s, QJsonObject()).status, 405);
}

void TestSimulator::tellsUnknownRequestsFromMalformedOnes()
{
    QCOMPARE(m_api->get(u"/v1/videos/11111111-2222-3333-4444-555555555555"_s).status, 404);
    const HttpFriend::Answer malformed = m_api->get(u"/v1/videos/generations"_s);
    QCOMPARE(malformed.status, 400);
    QVERIFY(malformed.body.contains("Malformed request ID"));
}

void TestSimulator::chargesAsRecorded_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<qint64>("ticks");
    QTest::newRow("text, 8 s, 480p") << parsed(R"({"prompt":"a"})") << 4'000'000'000LL;
    QTest::newRow("image, 6 s, 720p") << QJsonObject{{u"prompt"_s, u"a"_s},
                                                     {u"duration"_s, 6},
                                                     {u"resolution"_s, u"720p"_s},
                                                     {u"image"_s, QJsonObject{{u"url"_s, imageUri}}}}
                                      << 4'220'000'000LL;
    QTest::newRow("references on 1.5") << QJsonObject{{u"model"_s, newer},
                                                      {u"prompt"_s, u"a"_s},
                                                      {u"duration"_s, 5},
                                                      {u"reference_images"_s, images(3)}}
                                       << 4'300'000'000LL;
    QTest::newRow("lite in 1080p") << parsed(R"({"model":"grok-imagine-video-1.5-lite","prompt":"a","duration":1,
        "resolution":"1080p"})") << 1'400'000'000LL;
}

void TestSimulator::chargesAsRecorded()
{
    QFETCH(QJsonObject, body);
    QFETCH(qint64, ticks);
    const QJsonObject done = result(submit(body));
    QCOMPARE(done[u"status"_s], u"done"_s);
    QCOMPARE(done[u"usage"_s][u"cost_in_usd_ticks"_s].toInteger(), ticks);
}

void TestSimulator::servesRangesOfClips()
{
    const QUrl url(result(submit(usual()))[u"video"_s][u"url"_s].toString());
    HttpFriend clips(url.toString(), {});
    const QByteArray whole = clips.get(url.path()).body;
    const auto range = [&](const std::string& value) { return clips.get(url.path(), {{"Range", value}}); };
    const QByteArray size = QByteArray::number(whole.size());

    const HttpFriend::Answer middle = range("bytes=100-199");
    QCOMPARE(middle.status, 206);
    QCOMPARE(middle.body, whole.sliced(100, 100));
    QCOMPARE(middle.header("Content-Range"), "bytes 100-199/" + size);
    QCOMPARE(range("bytes=100-").body, whole.sliced(100));
    QCOMPARE(range("bytes=-50").body, whole.last(50));
    const HttpFriend::Answer far = range("bytes=100-99999999");
    QCOMPARE(far.body, whole.sliced(100));
    QCOMPARE(far.header("Content-Range"), "bytes 100-" + QByteArray::number(whole.size() - 1) + '/' + size);
    const HttpFriend::Answer past = range("bytes=" + size.toStdString() + "-");
    QCOMPARE(past.status, 416);
    QCOMPARE(past.header("Content-Range"), "bytes */" + size);
    QVERIFY(past.body.isEmpty());
    QCOMPARE(clips.get(u"/xai-vidgen-bucket/xai-video-11111111-2222-3333-4444-555555555555.mp4"_s).status, 404);
}

void TestSimulator::noticesAKeyThatLeaksToTheClipServer()
{
    const QUrl url(result(submit(usual()))[u"video"_s][u"url"_s].toString());
    HttpFriend leaking(url.toString());
    QCOMPARE(leaking.get(url.path()).status, 400);
    const LedgerEntry entry = m_simulator->ledger().last();
    QCOMPARE(entry.step, Step::Download);
    QVERIFY(entry.authorized);
    QCOMPARE(entry.status, 400);
}

void TestSimulator::goesOnAfterARestart()
{
    const QString done = submit(usual());
    const QString url = result(done)[u"video"_s][u"url"_s].toString();
    m_options.speed = 0.001;
    start();
    const QString slow = submit(usual());
    QCOMPARE(polled(slow)[u"status"_s], u"pending"_s);
    m_options.speed = 100000;
    start();
    QCOMPARE(result(slow)[u"status"_s], u"done"_s);
    const QUrl again(result(done)[u"video"_s][u"url"_s].toString());
    QCOMPARE(again.path(), QUrl(url).path());
    QVERIFY(again.toString().startsWith(m_simulator->clipUrl()));
    HttpFriend clips(again.toString(), {});
    QCOMPARE(clips.get(again.path()).status, 200);
}

void TestSimulator::refusesAPortInUse()
{
    Options second = m_options;
    second.folder = m_folder->filePath(u"second"_s);
    second.port = m_simulator->port();
    Simulator simulator(second);
    const auto error = simulator.start();
    QVERIFY(error);
    QVERIFY(error->contains(QString::number(second.port)));
    const int port = m_simulator->port();
    cleanup();
    QVERIFY(!simulator.start()); // free again
    QCOMPARE(simulator.port(), port);
}

void TestSimulator::failsWithSourcesThatCannotBeHad_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("message"); // empty: done
    const QString edits = u"/v1/videos/edits"_s;
    const QString make = u"/v1/videos/generations"_s;
    const QString unable = u"Unable to download provided video_url, "_s;
    const QString notAsked = u"the simulator asks nothing of other hosts"_s;
    QTest::newRow("a remote video") << edits << u"video"_s << u"https://example.com/in.mp4"_s << notAsked;
    QTest::newRow("a remote video on a host that looks near")
        << edits << u"video"_s << u"http://127.0.0.1.example.com/in.mp4"_s << notAsked;
    QTest::newRow("a video of a port that nobody listens on")
        << edits << u"video"_s << u"http://127.0.0.1:1/in.mp4"_s << unable;
    QTest::newRow("a local file") << edits << u"video"_s << u"file:///etc/passwd"_s << unable;
    QTest::newRow("a picture as a video") << edits << u"video"_s << imageUri << u"supported format: video/mp4"_s;
    QTest::newRow("a picture that says it is a video")
        << edits << u"video"_s << QString(imageUri).replace(u"image/png"_s, u"video/mp4"_s)
        << u"could not be decoded"_s;
    QTest::newRow("a picture under the name of another type")
        << make << u"image"_s << QString(imageUri).replace(u"image/png"_s, u"image/jpeg"_s)
        << u"names the type image/jpeg, but its content is image/png"_s;
    QTest::newRow("a GIF") << make << u"image"_s
                           << u"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"_s
                           << u"supported format: image/jpeg, image/png, image/webp"_s;
    QTest::newRow("text as a picture") << make << u"image"_s << u"data:image/png;base64,aGVsbG8="_s
                                       << u"could not be decoded"_s;
    QTest::newRow("a remote picture is drawn") << make << u"image"_s << u"https://example.com/a.png"_s << QString();
}

void TestSimulator::failsWithSourcesThatCannotBeHad()
{
    QFETCH(QString, path);
    QFETCH(QString, field);
    QFETCH(QString, url);
    QFETCH(QString, message);
    QJsonObject body = usual();
    body[field] = QJsonObject{{u"url"_s, url}};
    const QJsonObject answer = result(submit(body, path));
    QCOMPARE(answer[u"status"_s], message.isEmpty() ? u"done"_s : u"failed"_s);
    if (!message.isEmpty()) {
        QCOMPARE(answer[u"error"_s][u"code"_s], u"invalid_argument"_s);
        QVERIFY2(answer[u"error"_s][u"message"_s].toString().contains(message),
                 qPrintable(answer[u"error"_s][u"message"_s].toString()));
        QCOMPARE(answer[u"video"_s][u"url"_s], QString());
        QCOMPARE(answer[u"video"_s][u"respect_moderation"_s], true);
        QVERIFY(!answer.contains(u"usage"_s));
    }
}

void TestSimulator::keepsFiles()
{
    const HttpFriend::Answer uploaded = m_api->upload(
        u"/v1/files"_s,
        {{"purpose", "", "", ""}, {"expires_after", "3600", "", ""}, {"file", "hello", "a b.txt", "text/plain"}});
    QCOMPARE(uploaded.status, 200);
    const QJsonObject file = uploaded.json();
    const QString path = u"/v1/files/"_s + file[u"id"_s].toString();
    QCOMPARE(file[u"bytes"_s], 5);
    QCOMPARE(file[u"filename"_s], u"a b.txt"_s);
    QCOMPARE(file[u"expires_at"_s].toInteger() - file[u"created_at"_s].toInteger(), 3600);
    QCOMPARE(m_api->upload(u"/v1/files"_s, {{"expires_after", "5", "", ""}, {"file", "x", "x", ""}}).status, 400);
    start(); // they are there after a restart
    QCOMPARE(m_api->get(u"/v1/files"_s).json()[u"data"_s].toArray().size(), 1);
    QCOMPARE(m_api->get(path).json(), file);
    QCOMPARE(m_api->get(path + u"/content"_s).body, "hello"_ba);
    const QUrl shared(m_api->post(path + u"/public-url"_s, QJsonObject()).json()[u"public_url"_s].toString());
    QCOMPARE(HttpFriend(shared.toString(), {}).get(shared.path(QUrl::FullyEncoded)).body, "hello"_ba);
    QCOMPARE(m_api->remove(path).json()[u"deleted"_s], true);
    QCOMPARE(m_api->get(path).status, 404);
    QCOMPARE(m_api->get(u"/v1/files"_s).json()[u"data"_s].toArray().size(), 0);
}

void TestSimulator::forgetsFilesWhenTheirTimeIsOver()
{
    const QString id = m_api->upload(u"/v1/files"_s, {{"expires_after", "3600", "", ""}, {"file", "x", "a.png", ""}})
                           .json()[u"id"_s]
                           .toString();
    QCOMPARE(m_api->get(u"/v1/files/"_s + id).status, 200);
    // As if it had been uploaded long ago.
    cleanup();
    const QDir folder(m_options.folder + u"/files"_s);
    QFile record(folder.filePath(id + u".json"_s));
    QVERIFY(record.open(QIODevice::ReadWrite));
    QJsonObject json = QJsonDocument::fromJson(record.readAll()).object();
    QVERIFY(json.contains(u"expires_at"_s));
    json[u"expires_at"_s] = json[u"created_at"_s].toInteger() - 1;
    record.resize(0);
    record.write(QJsonDocument(json).toJson());
    record.close();
    start();
    QCOMPARE(m_api->get(u"/v1/files/"_s + id).status, 404);
    QCOMPARE(m_api->get(u"/v1/files/"_s + id + u"/content"_s).status, 404);
    QCOMPARE(m_api->get(u"/v1/files"_s).json()[u"data"_s].toArray().size(), 0);
    QVERIFY(folder.isEmpty());
    QJsonObject body = usual();
    body[u"image"_s] = QJsonObject{{u"file_id"_s, id}};
    QCOMPARE(m_api->post(u"/v1/videos/generations"_s, body).status, 404);
}

void TestSimulator::storesResultsAsFiles()
{
    QJsonObject body = usual();
    body[u"storage_options"_s] =
        QJsonObject{{u"filename"_s, u"ball.mp4"_s}, {u"expires_after"_s, 86400}, {u"public_url"_s, true}};
    const QJsonObject video = result(submit(body))[u"video"_s].toObject();
    const QJsonObject output = video[u"file_output"_s].toObject();
    QCOMPARE(output[u"filename"_s], u"ball.mp4"_s);
    QVERIFY(!output[u"expires_at"_s].toString().isEmpty());
    const QUrl shared(output[u"public_url"_s].toString());
    const QByteArray content = HttpFriend(shared.toString(), {}).get(shared.path()).body;
    QCOMPARE(content.sliced(4, 4), "ftyp"_ba);
    QCOMPARE(m_api->get(u"/v1/files/"_s + output[u"file_id"_s].toString() + u"/content"_s).body, content);
}

void TestSimulator::putsResultsWhereTheyAreWanted()
{
    httplib::Server place;
    std::string kept;
    place.Put("/clips/1", [&kept](const httplib::Request& request, httplib::Response&) {
        kept = request.get_param_value("signature") == "a/b" ? request.body : std::string();
    });
    const int port = place.bind_to_any_port("127.0.0.1");
    std::thread listening([&place] { place.listen_after_bind(); });
    const QString address = u"http://127.0.0.1:%1/clips/1?signature=a%2Fb"_s.arg(port);
    const auto wanted = [this](const QString& url) {
        QJsonObject body = usual();
        body[u"output"_s] = QJsonObject{{u"upload_url"_s, url}};
        return result(submit(body));
    };
    const QJsonObject done = wanted(address);
    const QJsonObject refused = wanted(u"http://127.0.0.1:%1/elsewhere"_s.arg(port));
    const QJsonObject remote = wanted(u"https://example.com/put"_s);
    place.stop();
    listening.join();
    QCOMPARE(done[u"video"_s][u"url"_s].toString(), address);
    QCOMPARE(QByteArray::fromStdString(kept).mid(4, 4), "ftyp"_ba);
    QCOMPARE(refused[u"status"_s], u"failed"_s);
    QVERIFY(refused[u"error"_s][u"message"_s].toString().contains(u"HTTP 404"_s));
    QVERIFY(remote[u"video"_s][u"url"_s].toString().startsWith(m_simulator->clipUrl())); // no other host is asked
}

void TestSimulator::answersAsScripted_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body"); // a part of it
    QTest::newRow("any status and body")
        << R"({"step":"poll","answer":"status","status":520,"body":"teapot","headers":{"Retry-After":"9"}})"_ba << 520
        << "teapot"_ba;
    QTest::newRow("moderated, shape 1") << R"({"step":"poll","answer":"moderated-done"})"_ba << 200
                                        << R"("respect_moderation":false,"url":"")"_ba;
    QTest::newRow("moderated, shape 2") << R"({"step":"poll","answer":"moderated-poll"})"_ba << 400
                                        << R"("code":"imagine:content-moderated")"_ba;
    QTest::newRow("moderated, shape 2 with its cost")
        << R"({"step":"poll","answer":"moderated-poll"})"_ba << 400 << R"("cost_in_usd_ticks":4000000000)"_ba;
    QTest::newRow("moderated, shape 3") << R"({"step":"poll","answer":"moderated-failed"})"_ba << 200
                                        << R"("status":"failed")"_ba;
    for (const QByteArray code :
         {"invalid_argument", "permission_denied", "failed_precondition", "service_unavailable", "internal_error"})
        QTest::newRow("failed with " + code)
            << R"({"step":"poll","answer":"failed","code":")" + code + "\"}" << 200 << "\"code\":\"" + code;
    QTest::newRow("failed and charged") << R"({"step":"poll","answer":"failed","cost_in_usd_ticks":12})"_ba << 200
                                        << R"("cost_in_usd_ticks":12)"_ba;
    QTest::newRow("expired") << R"({"step":"poll","answer":"expired"})"_ba << 200 << R"("status":"expired")"_ba;
    QTest::newRow("never done") << R"({"step":"poll","answer":"pending","progress":99})"_ba << 202 << R"(99)"_ba;
    QTest::newRow("202 with nothing") << R"({"step":"poll","answer":"pending-empty"})"_ba << 202 << ""_ba;
    QTest::newRow("202 with garbage") << R"({"step":"poll","answer":"pending-garbage"})"_ba << 202 << "{"_ba;
    QTest::newRow("done without an address")
        << R"({"step":"poll","answer":"no-address"})"_ba << 200 << R"("url":"")"_ba;
    QTest::newRow("a rate limit") << R"({"step":"poll","answer":"rate-limited"})"_ba << 429 << "Too many requests"_ba;
    QTest::newRow("out of credits") << R"({"step":"poll","answer":"out-of-credits"})"_ba << 429
                                    << "used all available credits"_ba;
    QTest::newRow("a fault of the front end")
        << R"({"step":"poll","answer":"server-fault"})"_ba << 503 << "upstream"_ba;
    QTest::newRow("a web page") << R"({"step":"poll","answer":"html","status":200})"_ba << 200 << "<html>"_ba;
    QTest::newRow("a refused key") << R"({"step":"poll","answer":"key-refused"})"_ba << 400
                                   << "Incorrect API key provided"_ba;
    QTest::newRow("a blocked key") << R"({"step":"poll","answer":"key-blocked"})"_ba << 403 << "blocked"_ba;
    QTest::newRow("a forgotten id") << R"({"step":"poll","answer":"forgotten"})"_ba << 404 << "no deferred video"_ba;
    QTest::newRow("another mode only") << R"({"step":"poll","answer":"html","mode":"image"})"_ba << 200 << "done"_ba;
}

void TestSimulator::answersAsScripted()
{
    QFETCH(QByteArray, rule);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const QString id = submit(usual());
    result(id);
    QCOMPARE(m_api->put(u"/simulator/script"_s, '[' + rule + ']').status, 204);
    const HttpFriend::Answer answer = m_api->get(u"/v1/videos/"_s + id);
    QCOMPARE(answer.status, status);
    QVERIFY2(answer.body.contains(body), answer.body.constData());
    if (status == 520)
        QCOMPARE(answer.header("Retry-After"), "9"_ba);
    if (body.isEmpty())
        QVERIFY(answer.body.isEmpty());
}

void TestSimulator::takesAScriptOverHttp()
{
    QCOMPARE(m_api->put(u"/simulator/script"_s, R"([{"step":"post","answer":"moderated-post","times":1}])").status,
             204);
    QVERIFY(m_api->get(u"/simulator/script"_s).body.contains("moderated-post"));
    const HttpFriend::Answer answer = m_api->post(u"/v1/videos/generations"_s, usual());
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.contains("moderation"));
    QVERIFY(!submit(usual()).isEmpty());
    const HttpFriend::Answer wrong = m_api->put(u"/simulator/script"_s, R"([{"step":"nowhere"}])");
    QCOMPARE(wrong.status, 400);
    QVERIFY(wrong.body.contains("nowhere"));
    QCOMPARE(m_api->remove(u"/simulator/script"_s).status, 204);
    QCOMPARE(m_api->get(u"/simulator/script"_s).body, "[]"_ba);
}

void TestSimulator::cutsClipsShort()
{
    const QUrl url(result(submit(usual()))[u"video"_s][u"url"_s].toString());
    HttpFriend clips(url.toString(), {});
    const QByteArray whole = clips.get(url.path()).body;
    m_simulator->setScript(
        {{{.step = Step::Download, .reply = Reply::Truncated, .times = 1},
          {.step = Step::Download, .reply = Reply::Html, .from = 2, .times = 1},
          {.step = Step::Download, .reply = Reply::LinkGone, .from = 3, .times = 1, .status = 410}}});
    QCOMPARE(clips.get(url.path()).body, whole.first(whole.size() / 2));
    const HttpFriend::Answer page = clips.get(url.path());
    QCOMPARE(page.status, 200);
    QVERIFY(page.body.contains("<html>"));
    QCOMPARE(clips.get(url.path()).status, 410);
    QCOMPARE(clips.get(url.path()).body, whole);
}

void TestSimulator::waitsAsScripted()
{
    using namespace std::chrono_literals;
    m_simulator->setScript({{{.step = Step::Key, .times = 1, .delay = 300ms}, {.step = Step::Key, .delay = 1h}}});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(m_api->get(u"/v1/api-key"_s).status, 200);
    QVERIFY(timer.elapsed() >= 300);
    // Stopping does not wait for an answer that is an hour away.
    std::thread late([address = m_simulator->baseUrl()] { HttpFriend(address).get(u"/v1/api-key"_s); });
    QTRY_COMPARE(m_simulator->ledger().size(), 2);
    m_api.reset();
    timer.restart();
    m_simulator->stop();
    late.join();
    QVERIFY(timer.elapsed() < 5000);
}

void TestSimulator::keepsALedger()
{
    const QByteArray body = QJsonDocument(usual()).toJson();
    const QString id = m_api->post(u"/v1/videos/generations"_s, body).json()[u"request_id"_s].toString();
    result(id);
    const QJsonArray ledger = QJsonDocument::fromJson(m_api->get(u"/simulator/ledger"_s).body).array();
    const QJsonObject post = ledger.first().toObject();
    QCOMPARE(post[u"step"_s], u"post"_s);
    QCOMPARE(post[u"method"_s], u"POST"_s);
    QCOMPARE(post[u"path"_s], u"/v1/videos/generations"_s);
    QCOMPARE(post[u"authorized"_s], true);
    QCOMPARE(post[u"complete"_s], true);
    QCOMPARE(post[u"body_size"_s], body.size());
    QCOMPARE(post[u"body_sha256"_s].toString().toLatin1(),
             QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex());
    QCOMPARE(post[u"mode"_s], u"text"_s);
    QCOMPARE(post[u"body"_s].toObject(), usual());
    QCOMPARE(post[u"status"_s], 200);
    QCOMPARE(post[u"headers"_s][u"content-type"_s], u"application/json"_s);
    QVERIFY(!post[u"headers"_s].toObject().contains(u"authorization"_s));
    QCOMPARE(ledger.last()[u"step"_s], u"poll"_s);
    QCOMPARE(m_api->remove(u"/simulator/ledger"_s).status, 204);
    QVERIFY(m_simulator->ledger().isEmpty());
}

void TestSimulator::notesBodiesThatEndEarly()
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(m_simulator->port()));
    QVERIFY(socket.waitForConnected());
    socket.write("POST /v1/videos/generations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\n"
                 "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"prompt\":");
    QVERIFY(socket.waitForBytesWritten());
    socket.disconnectFromHost();
    QTRY_COMPARE(m_simulator->ledger().size(), 1);
    const LedgerEntry entry = m_simulator->ledger().first();
    QVERIFY(!entry.complete);
    QCOMPARE(entry.bodySize, 10);
    QVERIFY(QDir(m_options.folder + u"/requests"_s).isEmpty());
}

void TestSimulator::keepsNoKey()
{
    const std::string key = "xai-a-very-secret-key";
    HttpFriend secretive(m_simulator->baseUrl(), key);
    secretive.post(u"/v1/videos/generations"_s, usual());
    QVERIFY(!secretive.get(u"/simulator/ledger"_s).body.contains(key.c_str()));
    QDirIterator files(m_options.folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(key.c_str()));
    }
}

void TestSimulator::takesDataUrisApart()
{
    // Escaped as some encoders do it, in a body with a text that looks like a data URI.
    QString escaped = imageUri;
    escaped.replace(u"/"_s, u"\\/"_s).replace(u"+"_s, u"\\u002b"_s);
    const QByteArray body = "{ \"prompt\" : \"\\\"url\\\": data:image/png;base64,xx\", \"image\" : { \"url\" : \"" +
                            escaped.toUtf8() + "\"}}";
    const QString id = m_api->post(u"/v1/videos/generations"_s, body).json()[u"request_id"_s].toString();
    QCOMPARE(result(id)[u"status"_s], u"done"_s);
    QCOMPARE(m_simulator->ledger().first().mode, u"image"_s);
    const QDir inputs(m_options.folder + u"/inputs"_s);
    const QStringList kept = inputs.entryList(QDir::Files);
    QCOMPARE(kept.size(), 1);
    QFile input(inputs.filePath(kept.first()));
    QVERIFY(input.open(QIODevice::ReadOnly));
    QCOMPARE(input.readAll(), QByteArray::fromBase64(imageUri.section(u',', 1).toLatin1()));
}

void TestSimulator::servesManyAtOnce()
{
    constexpr int clients = 8;
    constexpr int each = 20;
    std::atomic_int done = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < clients; ++i) {
        threads.emplace_back([&] {
            HttpFriend client(m_simulator->baseUrl());
            for (int k = 0; k < each; ++k) {
                const QString id = client.post(u"/v1/videos/generations"_s, usual()).json()[u"request_id"_s].toString();
                QElapsedTimer patience;
                patience.start();
                while (patience.elapsed() < 20000 && client.get(u"/v1/videos/"_s + id).status == 202)
                    std::this_thread::yield();
                if (client.get(u"/v1/videos/"_s + id).json()[u"status"_s] == u"done"_s)
                    ++done;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(done.load(), clients * each);
}

void TestSimulator::answersAHundredConnectionsAtOnce()
{
    constexpr int many = 100;
    const QByteArray body = QJsonDocument(usual()).toJson(QJsonDocument::Compact);
    const QByteArray request =
        "POST /v1/videos/generations HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer key\r\n"
        "Content-Type: application/json\r\nContent-Length: " +
        QByteArray::number(body.size()) + "\r\n\r\n" + body;
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    int answered = 0;
    int failed = 0;
    for (int i = 0; i < many; ++i) {
        QTcpSocket& client = *clients.emplace_back(std::make_unique<QTcpSocket>());
        connect(&client, &QTcpSocket::connected, &client, [&client, request] { client.write(request); });
        connect(&client, &QTcpSocket::readyRead, &client, [&client, &answered] {
            answered += client.readAll().startsWith("HTTP/1.1 200") ? 1 : 0;
            client.disconnectFromHost(); // as a client that is done; one that stays would hold a worker for a second
        });
        connect(&client, &QTcpSocket::errorOccurred, &client,
                [&client, &failed] { failed += client.error() == QAbstractSocket::RemoteHostClosedError ? 0 : 1; });
        client.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(m_simulator->port()));
    }
    QTRY_COMPARE_WITH_TIMEOUT(answered + failed, many, 10'000);
    QCOMPARE(failed, 0);
}

void TestSimulator::readsAFormThatComesInPieces()
{
    const QByteArray form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n"
                            "Content-Type: video/mp4\r\n\r\nhe\r\n--llo\r\n--b--\r\n";
    QTcpSocket client;
    client.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(m_simulator->port()));
    QVERIFY(client.waitForConnected());
    client.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    client.write("POST /v1/files HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer key\r\n"
                 "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
                 QByteArray::number(form.size()) + "\r\n\r\n");
    for (const char byte : form) {
        client.write(&byte, 1);
        QVERIFY(client.waitForBytesWritten());
    }
    QTRY_VERIFY(client.bytesAvailable() > 0 || client.waitForReadyRead(100));
    const QByteArray answer = client.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 200") && answer.contains(R"("bytes":9)"), answer.constData());
}

QTEST_MAIN(TestSimulator)
#include "tst_simulator.moc"
