// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simulatortest.h"
#include "support/rawanswer.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTcpSocket>

#include <thread>

using namespace clipkiln;
using namespace clipkiln::simulator;
using namespace Qt::StringLiterals;
using clipkiln::test::patience;

namespace {

} // namespace

/// The Files API, and results that are kept elsewhere.
class TestStoredFiles : public SimulatorTest
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        begin();
    }
    void cleanup() { end(); }

    void keepsFiles();
    void forgetsFilesWhenTheirTimeIsOver();
    void storesResultsAsFiles();
    void putsResultsWhereTheyAreWanted();
    void readsAFormThatComesInPieces();
};

void TestStoredFiles::keepsFiles()
{
    const HttpClient::Answer uploaded = m_api->upload(
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
    QCOMPARE(HttpClient(shared.toString(), {}).get(shared.path(QUrl::FullyEncoded)).body, "hello"_ba);
    QCOMPARE(m_api->remove(path).json()[u"deleted"_s], true);
    QCOMPARE(m_api->get(path).status, 404);
    QCOMPARE(m_api->get(u"/v1/files"_s).json()[u"data"_s].toArray().size(), 0);
}

void TestStoredFiles::forgetsFilesWhenTheirTimeIsOver()
{
    const QString id = m_api->upload(u"/v1/files"_s, {{"expires_after", "3600", "", ""}, {"file", "x", "a.png", ""}})
                           .json()[u"id"_s]
                           .toString();
    QCOMPARE(m_api->get(u"/v1/files/"_s + id).status, 200);
    // As if it had been uploaded long ago.
    end();
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

void TestStoredFiles::storesResultsAsFiles()
{
    QJsonObject body = usual();
    body[u"storage_options"_s] =
        QJsonObject{{u"filename"_s, u"ball.mp4"_s}, {u"expires_after"_s, 86400}, {u"public_url"_s, true}};
    const QJsonObject video = result(submit(body))[u"video"_s].toObject();
    const QJsonObject output = video[u"file_output"_s].toObject();
    QCOMPARE(output[u"filename"_s], u"ball.mp4"_s);
    QVERIFY(!output[u"expires_at"_s].toString().isEmpty());
    const QUrl shared(output[u"public_url"_s].toString());
    const QByteArray content = HttpClient(shared.toString(), {}).get(shared.path()).body;
    QCOMPARE(content.sliced(4, 4), "ftyp"_ba);
    QCOMPARE(m_api->get(u"/v1/files/"_s + output[u"file_id"_s].toString() + u"/content"_s).body, content);
}

void TestStoredFiles::putsResultsWhereTheyAreWanted()
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

void TestStoredFiles::readsAFormThatComesInPieces()
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
    QByteArray answer;
    while (!test::isWholeAnswer(answer) && client.waitForReadyRead(patience))
        answer += client.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 200") && answer.contains(R"("bytes":9)"), answer.constData());
}

QTEST_MAIN(TestStoredFiles)
#include "tst_storedfiles.moc"
