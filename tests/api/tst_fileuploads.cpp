// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"
#include "api/wirefiles.h"
#include "simulator/simulator.h"
#include "support/calls.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Reads requests and keeps nothing of them; answers an upload when it is whole.
class Drain final : public QTcpServer
{
public:
    Drain()
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* client = nextPendingConnection();
            client->setReadBufferSize(64 * 1024);
            connect(client, &QTcpSocket::readyRead, this, [this, client] { take(*client); });
        });
    }
    [[nodiscard]] QUrl address() const { return QUrl(u"http://127.0.0.1:%1/v1"_s.arg(serverPort())); }
    qint64 bytes = 0; ///< of the body

private:
    void take(QTcpSocket& client)
    {
        QByteArray piece = client.readAll();
        if (m_expected < 0) {
            m_head += std::exchange(piece, {});
            const qsizetype end = m_head.indexOf("\r\n\r\n");
            if (end < 0)
                return;
            const qsizetype length = m_head.toLower().indexOf("content-length: ") + 16;
            m_expected = m_head.mid(length, m_head.indexOf('\r', length) - length).toLongLong();
            piece = m_head.mid(end + 4);
        }
        bytes += piece.size();
        if (bytes == m_expected)
            client.write(httpAnswer(200, R"({"id":"file_1","filename":"a.mp4"})"));
    }

    QByteArray m_head;
    qint64 m_expected = -1;
};

Error errorOf(const UploadOutcome& outcome)
{
    if (const auto* limited = std::get_if<UploadOutcome::RateLimited>(&outcome.value))
        return limited->error;
    if (const auto* refused = std::get_if<UploadOutcome::Refused>(&outcome.value))
        return refused->error;
    const auto* lost = std::get_if<UploadOutcome::Lost>(&outcome.value);
    return lost ? lost->error : Error{};
}

#ifdef Q_OS_LINUX
/// A figure of /proc/self/status in bytes.
qint64 memory(const QByteArray& name)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf(name + ':');
    return text.mid(at + name.size() + 1, 20).trimmed().split(' ').first().toLongLong() * 1024;
}
#endif

} // namespace

/// Files that go up, are listed and deleted; real sockets.
class TestFileUploads : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    [[nodiscard]] Endpoint endpoint() const { return {m_proxy->address(), m_key}; }
    [[nodiscard]] FileToUpload file(qint64 bytes, const QString& name = u"gulls.mp4"_s) const
    {
        QFile made(m_folder.filePath(u"input.mp4"_s));
        QByteArray content(std::min<qint64>(bytes, 1'000'000), Qt::Uninitialized);
        for (char& byte : content)
            byte = static_cast<char>(QRandomGenerator::global()->bounded(256));
        if (!made.open(QIODevice::WriteOnly) || made.write(content) != content.size() || !made.resize(bytes))
            qFatal("cannot write the input");
        return {made.fileName(), name, u"video/mp4"_s};
    }
    [[nodiscard]] UploadOutcome upload(const FileToUpload& file)
    {
        return resultOf(m_client->uploadFile(endpoint(), file, 24h));
    }
    void startSimulator()
    {
        simulator::Options options;
        options.folder = m_folder.filePath(u"simulator"_s);
        options.render = false;
        m_simulator = std::make_unique<simulator::Simulator>(options);
        QVERIFY(!m_simulator->start());
        m_proxy = std::make_unique<RudeProxy>();
        m_proxy->forwardTo(static_cast<quint16>(m_simulator->port()));
    }

    const Secret m_key{QByteArrayLiteral("xai-test-key")};
    QTemporaryDir m_folder;
    std::unique_ptr<simulator::Simulator> m_simulator;
    std::unique_ptr<RudeProxy> m_proxy;
    std::unique_ptr<Client> m_client;

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_client = std::make_unique<Client>();
        m_client->setDeadlines(patient);
        m_proxy = std::make_unique<RudeProxy>();
        m_proxy->answerWith(httpAnswer(200, R"({"id":"file_1","filename":"gulls.mp4"})"));
    }
    void cleanup() { m_simulator.reset(); }

    void aFileGoesUpIsListedAndDeleted()
    {
        startSimulator();
        const FileToUpload made = file(300'001, u"gulls \"at\" dawn, größer.mp4"_s);
        const auto outcome = upload(made);
        const auto* stored = as<UploadOutcome::Stored>(outcome);
        QVERIFY(stored);
        QCOMPARE(stored->file.bytes, 300'001);
        QCOMPARE(stored->file.createdAt.secsTo(stored->file.expiresAt), 24 * 3600);
        QVERIFY(stored->file.name.startsWith(u"gulls "_s) && stored->file.name.endsWith(u"größer.mp4"_s));

        QFile kept(m_folder.filePath(u"simulator/files/"_s + stored->file.id));
        QFile original(made.path);
        QVERIFY(kept.open(QIODevice::ReadOnly) && original.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), original.readAll());

        const auto listed = resultOf(m_client->listFiles(endpoint()));
        QVERIFY(listed);
        QCOMPARE(*listed, QList{stored->file});
        QCOMPARE(resultOf(m_client->deleteFile(endpoint(), stored->file.id)), std::nullopt);
        QCOMPARE(resultOf(m_client->deleteFile(endpoint(), stored->file.id)), std::nullopt); // gone is gone
        QVERIFY(resultOf(m_client->listFiles(endpoint()))->isEmpty());
        for (const SeenRequest& seen : m_proxy->seen())
            QCOMPARE(seen.headers.value("authorization"), "Bearer " + m_key.reveal());
    }

    void progressGoesUpToTheEnd()
    {
        UploadFileCall* call = m_client->uploadFile(endpoint(), file(5'000'000), 1h);
        QSignalSpy progress(call, &UploadFileCall::progressed);
        QVERIFY(as<UploadOutcome::Stored>(resultOf(call)));
        const qint64 total = m_proxy->seen().first().body.size();
        qint64 before = 0;
        for (const QList<QVariant>& arguments : std::as_const(progress)) {
            QCOMPARE(arguments.at(1).toLongLong(), total);
            QVERIFY(arguments.at(0).toLongLong() >= before);
            before = arguments.at(0).toLongLong();
        }
        QCOMPARE(before, total);
        QCOMPARE(m_proxy->seen().first().headers.value("content-length").toLongLong(), total);
    }

    void aFileNameCannotBeginAHeader()
    {
        QVERIFY(as<UploadOutcome::Stored>(upload(file(10, u"a\"\r\nX-Evil: 1\r\n.mp4"_s))));
        const QByteArray body = m_proxy->seen().first().body;
        QVERIFY(!body.contains("\nX-Evil"));
        QVERIFY(body.contains("filename=\"a%22%0D%0AX-Evil: 1%0D%0A.mp4\""));
    }

#ifdef Q_OS_LINUX
    void aBigFileIsNeverHeldInMemory()
    {
        Drain drain;
        const FileToUpload big = file(40'000'000);
        QVERIFY(as<UploadOutcome::Stored>(resultOf(m_client->uploadFile({drain.address(), m_key}, file(10), 1h))));
        QFile reset(u"/proc/self/clear_refs"_s);
        QVERIFY(reset.open(QIODevice::WriteOnly) && reset.write("5") == 1); // the peak begins anew
        reset.close();
        const qint64 before = memory("VmRSS");
        Drain second;
        QVERIFY(
            as<UploadOutcome::Stored>(resultOf(m_client->uploadFile({second.address(), m_key}, file(40'000'000), 1h))));
        QVERIFY(second.bytes > 40'000'000);
        const qint64 grown = memory("VmHWM") - before;
#ifndef __SANITIZE_ADDRESS__ // it keeps what is freed
        QVERIFY2(grown < 8'000'000, qPrintable(QString::number(grown)));
#else
        Q_UNUSED(grown)
#endif
    }
#endif

    void troubleIsLostWithOnePost_data()
    {
        QTest::addColumn<Rudeness>("rudeness");
        QTest::addColumn<int>("at");
        QTest::newRow("taken and closed at once") << Rudeness::CloseAtOnce << 0;
        QTest::newRow("taken and reset at once") << Rudeness::ResetAtOnce << 0;
        QTest::newRow("closed in the middle") << Rudeness::CloseInUpload << 1'000'000;
        QTest::newRow("reset in the middle") << Rudeness::ResetInUpload << 1'000'000;
        QTest::newRow("not read any further") << Rudeness::StopReading << 1'000'000;
        QTest::newRow("closed after the file") << Rudeness::CloseAfterRequest << 0;
        QTest::newRow("half a head") << Rudeness::HalfHeader << 0;
        QTest::newRow("half a body") << Rudeness::CloseInBody << 10;
        QTest::newRow("silence") << Rudeness::Silence << 0;
    }
    void troubleIsLostWithOnePost()
    {
        QFETCH(const Rudeness, rudeness);
        QFETCH(const int, at);
        m_client->setDeadlines(impatient);
        m_proxy->behave(rudeness, at);
        const auto outcome = upload(file(9'000'000));
        const auto* lost = as<UploadOutcome::Lost>(outcome);
        QVERIFY(lost);
        QVERIFY(lost->error.kind == ErrorKind::Offline || lost->error.kind == ErrorKind::Timeout);
        QVERIFY(m_proxy->seen().size() <= 1); // repeating is the queue's, which counts
    }

    void anAnswerIsUnderstood_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("alternative"); // of UploadOutcome
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("too large for the service")
            << 413 << R"({"code":"invalid-argument","error":"The file exceeds 50 MB."})"_ba << 3 << ErrorKind::Rejected;
        QTest::newRow("a wrong key") << 400 << R"({"code":"x","error":"Incorrect API key provided"})"_ba << 3
                                     << ErrorKind::KeyRefused;
        QTest::newRow("no credits") << 429 << R"({"error":"used all available credits"})"_ba << 3
                                    << ErrorKind::OutOfCredits;
        QTest::newRow("a rate limit") << 429 << R"({"error":"Too many requests"})"_ba << 2 << ErrorKind::RateLimited;
        QTest::newRow("a fault of the service") << 503 << "upstream connect error"_ba << 0 << ErrorKind::ServerFault;
        QTest::newRow("a web page") << 200 << "<html><title>Hello</title></html>"_ba << 0 << ErrorKind::BadAnswer;
        QTest::newRow("a redirect is not followed") << 307 << "{}"_ba << 0 << ErrorKind::Offline;
    }
    void anAnswerIsUnderstood()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const int, alternative);
        QFETCH(const ErrorKind, kind);
        m_proxy->answerWith(httpAnswer(status, body, "Location: https://example.com/v1/files\r\nRetry-After: 7\r\n"));
        const auto outcome = upload(file(1'000));
        QCOMPARE(outcome.value.index(), static_cast<size_t>(alternative));
        const Error error = errorOf(outcome);
        QVERIFY2(error.kind == kind, qPrintable(toName(error.kind) + u": "_s + error.detail));
        QCOMPARE(error.retryAfter == 7s, alternative == 2);
        QCOMPARE(m_proxy->seen().size(), 1);
    }

    void whatCannotGoUpIsRefusedBeforeAnythingIsSent()
    {
        const auto kindOf = [](const UploadOutcome& outcome) {
            const auto* refused = as<UploadOutcome::Refused>(outcome);
            return refused ? refused->error.kind : ErrorKind{};
        };
        const auto large = upload(file(48'000'001));
        QCOMPARE(kindOf(large), ErrorKind::InputUnusable);
        QCOMPARE(std::get<UploadOutcome::Refused>(large.value).error.detail,
                 u"gulls.mp4 has 49 MB. The service takes files of at most 48 MB."_s);
        QCOMPARE(kindOf(upload({u"/nowhere/a.mp4"_s, u"a.mp4"_s, u"video/mp4"_s})), ErrorKind::InputUnusable);
        const Endpoint plain{QUrl(u"http://example.com/v1"_s), m_key};
        QCOMPARE(kindOf(resultOf(m_client->uploadFile(plain, file(10), 1h))), ErrorKind::AddressRefused);
        QCOMPARE(resultOf(m_client->listFiles(plain)).error().kind, ErrorKind::AddressRefused);
        QCOMPARE(resultOf(m_client->deleteFile(plain, u"file_1"_s))->kind, ErrorKind::AddressRefused);
        QCOMPARE(m_proxy->connections(), 0);
    }

    void aDestroyedUploadSaysNothing()
    {
        m_proxy->behave(Rudeness::StopReading, 100'000);
        UploadFileCall* call = m_client->uploadFile(endpoint(), file(9'000'000), 1h);
        QSignalSpy finished(call, &Call::finished);
        QTRY_COMPARE(m_proxy->seen().size(), 1);
        delete call;
        QVERIFY(!finished.wait(200));
    }

    void allPagesAreListed()
    {
        m_proxy->answerWith([](const SeenRequest& seen) {
            if (seen.path == "/v1/files")
                return httpAnswer(200, R"({"data":[{"id":"file_1","filename":"a"},{}],"pagination_token":"p+2&="})");
            if (seen.path == "/v1/files?pagination_token=p%2B2%26%3D")
                return httpAnswer(200, R"({"data":[{"id":"file_2","expires_at":1776323956}],"pagination_token":"p3"})");
            return httpAnswer(200, R"({"data":[{"id":"file_3"}],"pagination_token":"p3"})"); // for ever, if one asks
        });
        const auto files = resultOf(m_client->listFiles(endpoint()));
        QVERIFY(files);
        QStringList ids;
        for (const RemoteFile& listed : *files)
            ids.append(listed.id);
        QCOMPARE(ids, (QStringList{u"file_1"_s, u"file_2"_s, u"file_3"_s}));
        QCOMPARE(files->at(1).expiresAt, QDateTime::fromSecsSinceEpoch(1776323956));
        QVERIFY(!files->at(0).expiresAt.isValid());
        QCOMPARE(m_proxy->seen().size(), 3);
    }

    void aListInCirclesEnds()
    {
        m_proxy->answerWith([](const SeenRequest& seen) {
            return seen.path.endsWith("=A") ? httpAnswer(200, R"({"data":[{"id":"file_2"}],"pagination_token":"B"})")
                                            : httpAnswer(200, R"({"data":[{"id":"file_1"}],"pagination_token":"A"})");
        });
        const auto files = resultOf(m_client->listFiles(endpoint()));
        QVERIFY(files);
        QCOMPARE(m_proxy->seen().size(), 3);
    }

    void aListWithoutEndIsAnError()
    {
        int page = 0;
        m_proxy->answerWith([&page](const SeenRequest&) {
            QByteArray body = R"({"data":[{"id":"file_%"}],"pagination_token":"p%"})";
            ++page;
            return httpAnswer(200, page > 300 ? "{\"data\":[]}" : body.replace('%', QByteArray::number(page)));
        });
        QCOMPARE(resultOf(m_client->listFiles(endpoint())).error().kind, ErrorKind::BadAnswer);
        QCOMPARE(m_proxy->seen().size(), 100);
    }

    void troubleOfListAndDeletionIsTold()
    {
        m_proxy->answerWith(httpAnswer(503, "upstream connect error"));
        QCOMPARE(resultOf(m_client->listFiles(endpoint())).error().kind, ErrorKind::ServerFault);
        QCOMPARE(resultOf(m_client->deleteFile(endpoint(), u"file_1"_s))->kind, ErrorKind::ServerFault);
        m_proxy->answerWith(httpAnswer(200, "{}"));
        QCOMPARE(resultOf(m_client->listFiles(endpoint())).error().kind, ErrorKind::BadAnswer);
        m_client->setDeadlines(impatient);
        m_proxy->behave(Rudeness::Silence);
        QCOMPARE(resultOf(m_client->listFiles(endpoint())).error().kind, ErrorKind::Timeout);
        QVERIFY(resultOf(m_client->deleteFile(endpoint(), u"../x"_s)));
        QCOMPARE(m_proxy->seen().last().path, "/v1/files/..%2Fx");
    }

    void aFileTheServiceDoesNotKnowIsToldFromOtherRefusals_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("unknown");
        QTest::newRow("404 with the id") << 404 << "File file_7 not found."_ba << true;
        QTest::newRow("400 with the id") << 400 << "file_7 does not exist"_ba << true;
        QTest::newRow("an expired one") << 400 << "The file has expired"_ba << true;
        QTest::newRow("an unknown model") << 404 << "The model grok-x does not exist"_ba << false;
        QTest::newRow("a wrong field") << 422 << "unknown field `file_idd`"_ba << false;
        QTest::newRow("a bad file") << 400 << "The file is not an MP4"_ba << false;
        QTest::newRow("a profile") << 404 << "Your profile was not found"_ba << false;
    }
    void aFileTheServiceDoesNotKnowIsToldFromOtherRefusals()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, text);
        QFETCH(const bool, unknown);
        const auto outcome = wire::readSubmit(status, QByteArray(R"({"code":"x","error":"%"})").replace('%', text), {});
        const auto* refused = as<SubmitOutcome::Refused>(outcome);
        QVERIFY(refused);
        QCOMPARE(refused->unknownFile, unknown);
        QByteArray failure = R"({"status":"failed","error":{"code":"invalid_argument","message":"%"}})";
        const auto polled = wire::readPoll(200, failure.replace('%', text), {});
        const auto* failed = as<PollOutcome::Failed>(polled);
        QVERIFY(failed);
        QCOMPARE(failed->unknownFile, unknown);
    }
};

QTEST_MAIN(TestFileUploads)

#include "tst_fileuploads.moc"
