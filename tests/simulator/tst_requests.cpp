// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simulatortest.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTcpServer>

using namespace clipkiln::simulator;
using namespace Qt::StringLiterals;

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

/// What the service accepts, what it refuses and how it words that, and what it charges.
class TestRequests : public SimulatorTest
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        begin();
    }
    void cleanup() { end(); }

    void acceptsTheDocumentedBodies_data();
    void acceptsTheDocumentedBodies();
    void refusesLikeTheService_data();
    void refusesLikeTheService();
    void takesWhatTheServiceTakes_data();
    void takesWhatTheServiceTakes();
    void takesAPersonsOwnModels();
    void ignoresUnknownFieldsUnlessStrict();
    void chargesAsRecorded_data();
    void chargesAsRecorded();
    void failsWithSourcesThatCannotBeHad_data();
    void failsWithSourcesThatCannotBeHad();
    void asksNothingOfOtherPrograms();
    void takesDataUrisApart();
};

void TestRequests::acceptsTheDocumentedBodies_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(CLIPKILN_TEST_DATA) + u"/api"_s);
    for (const QString& name : folder.entryList({u"*.json"_s}))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestRequests::acceptsTheDocumentedBodies()
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

void TestRequests::refusesLikeTheService_data()
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

void TestRequests::refusesLikeTheService()
{
    QFETCH(QString, path);
    QFETCH(QJsonObject, body);
    QFETCH(int, status);
    QFETCH(QString, text);
    const HttpClient::Answer answer = m_api->post(path, body);
    QCOMPARE(answer.status, status);
    QVERIFY2(QString::fromUtf8(answer.body).contains(text), answer.body.constData());
    if (status == 422)
        QVERIFY(answer.header("Content-Type").startsWith("text/plain"));
    else if (status == 400)
        QCOMPARE(answer.json()[u"code"_s], u"invalid-argument"_s);
    QVERIFY(!QDir(m_options.folder + u"/requests"_s).exists() || QDir(m_options.folder + u"/requests"_s).isEmpty());
}

void TestRequests::takesWhatTheServiceTakes_data()
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

void TestRequests::takesWhatTheServiceTakes()
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

void TestRequests::takesAPersonsOwnModels()
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

void TestRequests::ignoresUnknownFieldsUnlessStrict()
{
    QJsonObject body = usual();
    body[u"seed"_s] = 7;
    QVERIFY(!submit(body).isEmpty());
    m_options.strict = true;
    start();
    const HttpClient::Answer answer = m_api->post(u"/v1/videos/generations"_s, body);
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.contains("`seed`"));
    body = usual();
    body[u"image"_s] = QJsonObject{{u"url"_s, imageUri}, {u"type"_s, u"image_url"_s}};
    QCOMPARE(m_api->post(u"/v1/videos/generations"_s, body).status, 400);
}

void TestRequests::chargesAsRecorded_data()
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

void TestRequests::chargesAsRecorded()
{
    QFETCH(QJsonObject, body);
    QFETCH(qint64, ticks);
    const QJsonObject done = result(submit(body));
    QCOMPARE(done[u"status"_s], u"done"_s);
    QCOMPARE(done[u"usage"_s][u"cost_in_usd_ticks"_s].toInteger(), ticks);
}

void TestRequests::failsWithSourcesThatCannotBeHad_data()
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

void TestRequests::failsWithSourcesThatCannotBeHad()
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

void TestRequests::asksNothingOfOtherPrograms()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    for (const QString& field : {u"image"_s, u"video"_s}) {
        QJsonObject body = usual();
        body[field] = QJsonObject{{u"url"_s, u"http://127.0.0.1:%1/secret"_s.arg(other.serverPort())}};
        const QString path = field == "video"_L1 ? u"/v1/videos/edits"_s : u"/v1/videos/generations"_s;
        const QJsonObject answer = result(submit(body, path));
        QVERIFY2(answer[u"error"_s][u"message"_s].toString().contains(u"nothing of other programs"_s),
                 qPrintable(answer[u"error"_s][u"message"_s].toString()));
    }
    QVERIFY(!other.waitForNewConnection(0));
}

void TestRequests::takesDataUrisApart()
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

QTEST_MAIN(TestRequests)
#include "tst_requests.moc"
