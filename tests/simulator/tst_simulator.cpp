// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simulatortest.h"
#include "support/rawanswer.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QSet>
#include <QTcpSocket>

#include <atomic>
#include <thread>
#include <vector>

using namespace clipkiln::simulator;
using namespace Qt::StringLiterals;
using clipkiln::test::patience;

namespace {

const QString classic = u"grok-imagine-video"_s;
const QString newer = u"grok-imagine-video-1.5"_s;

} // namespace

/// The life of a request at the simulator, and what its polls report.
class TestSimulator : public SimulatorTest
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        begin();
    }
    void cleanup() { end(); }

    void makesAClipOfARequest();
    void wantsAKey();
    void servesThisMachineOnly_data();
    void servesThisMachineOnly();
    void knowsKeyAndModels();
    void tellsUnknownRequestsFromMalformedOnes();
    void servesRangesOfClips();
    void noticesAKeyThatLeaksToTheClipServer();
    void goesOnAfterARestart();
    void refusesAPortInUse();
    void answersAsScripted_data();
    void answersAsScripted();
    void takesAScriptOverHttp();
    void cutsClipsShort();
    void waitsAsScripted();
    void keepsALedger();
    void notesBodiesThatEndEarly();
    void keepsNoKey();
    void servesManyAtOnce();
    void answersAHundredConnectionsAtOnce();
};

void TestSimulator::makesAClipOfARequest()
{
    m_options.speed = 20; // about a second
    start();
    const HttpClient::Answer accepted = m_api->post(u"/v1/videos/generations"_s, usual());
    QCOMPARE(accepted.status, 200);
    const QString id = accepted.json()[u"request_id"_s].toString();
    QCOMPARE(id.size(), 36);
    QCOMPARE(accepted.header("x-request-id"), id.toLatin1());

    int progress = -1;
    QSet<int> seen;
    HttpClient::Answer answer;
    QTRY_VERIFY([&] {
        answer = m_api->get(u"/v1/videos/"_s + id);
        const int now = answer.json()[u"progress"_s].toInt();
        const bool fine = now >= progress && (answer.status == 202) == (now < 100);
        progress = fine ? now : 1000;
        seen.insert(now);
        return answer.status == 200;
    }());
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

    HttpClient anybody(url, {});
    const HttpClient::Answer clip = anybody.get(QUrl(url).path());
    QCOMPARE(clip.status, 200);
    QCOMPARE(clip.header("Content-Type"), "video/mp4"_ba);
    QCOMPARE(clip.body.sliced(4, 4), "ftyp"_ba);
}

void TestSimulator::wantsAKey()
{
    HttpClient nobody(m_simulator->baseUrl(), {});
    const HttpClient::Answer answer = nobody.post(u"/v1/videos/generations"_s, usual());
    QCOMPARE(answer.status, 401);
    QCOMPARE(answer.json()[u"code"_s], u"unauthenticated:no-credentials"_s);
    QCOMPARE(nobody.get(u"/v1/api-key"_s).status, 401);
    QCOMPARE(m_api->post(u"/v1/videos/generations"_s, "prompt=a"_ba, "application/x-www-form-urlencoded").status, 415);
    QCOMPARE(m_api->upload(u"/v1/videos/generations"_s, {{"prompt", "a", "", ""}}).status, 415);
    QCOMPARE(m_api->post(u"/v1/videos/generations"_s, "{\"prompt\":"_ba).status, 400);
}

void TestSimulator::servesThisMachineOnly_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("status");
    QTest::newRow("the address") << "Host"_ba
                                 << "127.0.0.1:8080"_ba << 200;
    QTest::newRow("the name") << "Host"_ba
                              << "localhost:8080"_ba << 200;
    QTest::newRow("a name that points here") << "Host"_ba
                                             << "rebind.example:8080"_ba << 403;
    QTest::newRow("another address") << "Host"_ba
                                     << "192.168.1.7"_ba << 403;
    QTest::newRow("a page of this machine") << "Origin"_ba
                                            << "http://localhost:3000"_ba << 200;
    QTest::newRow("a page of another site") << "Origin"_ba
                                            << "https://example.com"_ba << 403;
    QTest::newRow("a page without a site") << "Origin"_ba
                                           << "null"_ba << 403;
    QTest::newRow("what a browser calls another site") << "Sec-Fetch-Site"_ba
                                                       << "cross-site"_ba << 403;
}

void TestSimulator::servesThisMachineOnly()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(int, status);
    const auto before = m_simulator->ledger().size();
    const httplib::Headers headers{{name.toStdString(), value.toStdString()}};
    QCOMPARE(m_api->get(u"/v1/models"_s, headers).status, status);
    QCOMPARE(m_simulator->ledger().size() - before, status == 200 ? 1 : 0);
}

void TestSimulator::knowsKeyAndModels()
{
    const HttpClient::Answer key = m_api->get(u"/v1/api-key"_s);
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
    const HttpClient::Answer malformed = m_api->get(u"/v1/videos/generations"_s);
    QCOMPARE(malformed.status, 400);
    QVERIFY(malformed.body.contains("Malformed request ID"));
}

void TestSimulator::servesRangesOfClips()
{
    const QUrl url(result(submit(usual()))[u"video"_s][u"url"_s].toString());
    HttpClient clips(url.toString(), {});
    const QByteArray whole = clips.get(url.path()).body;
    const auto range = [&](const std::string& value) { return clips.get(url.path(), {{"Range", value}}); };
    const QByteArray size = QByteArray::number(whole.size());

    const HttpClient::Answer middle = range("bytes=100-199");
    QCOMPARE(middle.status, 206);
    QCOMPARE(middle.body, whole.sliced(100, 100));
    QCOMPARE(middle.header("Content-Range"), "bytes 100-199/" + size);
    QCOMPARE(range("bytes=100-").body, whole.sliced(100));
    QCOMPARE(range("bytes=-50").body, whole.last(50));
    const HttpClient::Answer far = range("bytes=100-99999999");
    QCOMPARE(far.body, whole.sliced(100));
    QCOMPARE(far.header("Content-Range"), "bytes 100-" + QByteArray::number(whole.size() - 1) + '/' + size);
    const HttpClient::Answer past = range("bytes=" + size.toStdString() + "-");
    QCOMPARE(past.status, 416);
    QCOMPARE(past.header("Content-Range"), "bytes */" + size);
    QVERIFY(past.body.isEmpty());
    QCOMPARE(clips.get(u"/xai-vidgen-bucket/xai-video-11111111-2222-3333-4444-555555555555.mp4"_s).status, 404);
}

void TestSimulator::noticesAKeyThatLeaksToTheClipServer()
{
    const QUrl url(result(submit(usual()))[u"video"_s][u"url"_s].toString());
    HttpClient leaking(url.toString());
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
    HttpClient clips(again.toString(), {});
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
    end();
    QVERIFY(!simulator.start()); // free again
    QCOMPARE(simulator.port(), port);
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
    const HttpClient::Answer answer = m_api->get(u"/v1/videos/"_s + id);
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
    const HttpClient::Answer answer = m_api->post(u"/v1/videos/generations"_s, usual());
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.contains("moderation"));
    QVERIFY(!submit(usual()).isEmpty());
    const HttpClient::Answer wrong = m_api->put(u"/simulator/script"_s, R"([{"step":"nowhere"}])");
    QCOMPARE(wrong.status, 400);
    QVERIFY(wrong.body.contains("nowhere"));
    QCOMPARE(m_api->remove(u"/simulator/script"_s).status, 204);
    QCOMPARE(m_api->get(u"/simulator/script"_s).body, "[]"_ba);
}

void TestSimulator::cutsClipsShort()
{
    const QUrl url(result(submit(usual()))[u"video"_s][u"url"_s].toString());
    HttpClient clips(url.toString(), {});
    const QByteArray whole = clips.get(url.path()).body;
    m_simulator->setScript(
        {{{.step = Step::Download, .reply = Reply::Truncated, .times = 1},
          {.step = Step::Download, .reply = Reply::Html, .from = 2, .times = 1},
          {.step = Step::Download, .reply = Reply::LinkGone, .from = 3, .times = 1, .status = 410}}});
    QCOMPARE(clips.get(url.path()).body, whole.first(whole.size() / 2));
    const HttpClient::Answer page = clips.get(url.path());
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
    // Stopping does not wait for an answer that is an hour away; a test that did would be ended.
    std::thread late([address = m_simulator->baseUrl()] { HttpClient(address).get(u"/v1/api-key"_s); });
    QTRY_COMPARE(m_simulator->ledger().size(), 2);
    m_api.reset();
    m_simulator->stop();
    late.join();
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
    socket.write("POST /v1/videos/generations HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer k\r\n"
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
    HttpClient secretive(m_simulator->baseUrl(), key);
    secretive.post(u"/v1/videos/generations"_s, usual());
    QVERIFY(!secretive.get(u"/simulator/ledger"_s).body.contains(key.c_str()));
    QDirIterator files(m_options.folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(key.c_str()));
    }
}

void TestSimulator::servesManyAtOnce()
{
    constexpr int clients = 8;
    constexpr int each = 20;
    std::atomic_int done = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < clients; ++i) {
        threads.emplace_back([&] {
            HttpClient client(m_simulator->baseUrl());
            for (int k = 0; k < each; ++k) {
                const QString id = client.post(u"/v1/videos/generations"_s, usual()).json()[u"request_id"_s].toString();
                const QDeadlineTimer deadline(60'000);
                while (!deadline.hasExpired() && client.get(u"/v1/videos/"_s + id).status == 202)
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
        connect(&client, &QTcpSocket::readyRead, &client, [&client, &answered, answer = QByteArray()]() mutable {
            answer += client.readAll();
            if (!clipkiln::test::isWholeAnswer(answer))
                return;
            answered += answer.startsWith("HTTP/1.1 200") ? 1 : 0;
            client.disconnectFromHost(); // as a client that is done; one that stays would hold a worker for a second
        });
        connect(&client, &QTcpSocket::errorOccurred, &client,
                [&client, &failed] { failed += client.error() == QAbstractSocket::RemoteHostClosedError ? 0 : 1; });
        client.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(m_simulator->port()));
    }
    QTRY_COMPARE(answered + failed, many);
    QCOMPARE(failed, 0);
}

QTEST_MAIN(TestSimulator)
#include "tst_simulator.moc"
