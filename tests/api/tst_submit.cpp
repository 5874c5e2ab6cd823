// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"
#include "support/calls.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTemporaryDir>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSubmit : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void theRequestGoesOutWhole();
    void eachModeHasItsPath();
    void nothingCompleteLeavesBeforeCommit();
    void progressGoesUpToTheEnd();
    void twoAtOnceDoNotDisturbEachOther();
    void aDestroyedCallSaysNothingAndSendsNothingMore();

    void everyFaultCostsOnePost_data();
    void everyFaultCostsOnePost();
    void everyTlsFaultCostsOnePost_data();
    void everyTlsFaultCostsOnePost();
    void aDrippedAnswerIsAnAnswer();
    void anAnswerDuringTheUploadIsAnAnswer_data();
    void anAnswerDuringTheUploadIsAnAnswer();
    void anEndlessAnswerIsLost();

    void withoutAConnectionNothingWasSent_data();
    void withoutAConnectionNothingWasSent();
    void anUnknownCertificateIsNotSent();
    void aMissingFileIsRefusedBeforeAnythingIsSent();
    void aFileThatChangesEndsTheUpload_data();
    void aFileThatChangesEndsTheUpload();
    void theKeyGoesToNoPlainAddress();
    void aKeyWithALineBreakIsNotSent();
    void anAnswerThatRepeatsTheKeyIsCleaned_data();
    void anAnswerThatRepeatsTheKeyIsCleaned();

private:
    [[nodiscard]] Endpoint endpoint() const { return {m_proxy->address(), m_key}; }
    [[nodiscard]] SubmitCall* submit(const GenerationRequest& request)
    {
        return m_client->submit(endpoint(), request, m_job);
    }
    [[nodiscard]] static GenerationRequest textRequest();
    [[nodiscard]] GenerationRequest imageRequest(qint64 bytes);
    [[nodiscard]] QString inputPath() const { return m_folder.filePath(u"input.png"_s); }
    void verifyOnePost(const SubmitOutcome& outcome);

    const Secret m_key{QByteArrayLiteral("xai-test-key")};
    const JobId m_job = JobId::create();
    QTemporaryDir m_folder;
    std::unique_ptr<RudeProxy> m_proxy;
    std::unique_ptr<Client> m_client;
};

void TestSubmit::initTestCase()
{
    QCoreApplication::setApplicationVersion(u"1.2.3"_s);
    QVERIFY(m_folder.isValid());
}

void TestSubmit::init()
{
    TestCase::init();
    m_client = std::make_unique<Client>();
    m_client->setDeadlines(patient);
    m_proxy = std::make_unique<RudeProxy>();
    m_proxy->answerWith(httpAnswer(200, R"({"request_id":"4c0f9a31-77d2"})"));
}

GenerationRequest TestSubmit::textRequest()
{
    GenerationRequest request;
    request.prompt = u"A paper boat."_s;
    request.model = u"grok-imagine-video"_s;
    return request;
}

/// An image request whose picture is a file of so many bytes.
GenerationRequest TestSubmit::imageRequest(qint64 bytes)
{
    QByteArray content(bytes, Qt::Uninitialized);
    for (qsizetype i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>(i * i / 251);
    QFile file(inputPath());
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != bytes)
        qFatal("cannot write the input");
    LocalFile picture;
    picture.path = inputPath();
    picture.mime = u"image/png"_s;
    GenerationRequest request = textRequest();
    request.inputs = FromImage{picture, {}, {}};
    return request;
}

void TestSubmit::theRequestGoesOutWhole()
{
    const auto outcome = resultOf(submit(imageRequest(300'001)));
    const auto* accepted = as<SubmitOutcome::Accepted>(outcome);
    QVERIFY(accepted);
    QCOMPARE(accepted->requestId.toString(), u"4c0f9a31-77d2"_s);

    QCOMPARE(m_proxy->seen().size(), 1);
    const SeenRequest& seen = m_proxy->seen().first();
    QCOMPARE(seen.method, "POST");
    QCOMPARE(seen.path, "/v1/videos/generations");
    QCOMPARE(seen.headers.value("authorization"), "Bearer " + m_key.reveal());
    QCOMPARE(seen.headers.value("content-type"), "application/json");
    QCOMPARE(seen.headers.value("idempotency-key"), m_job.toString().toUtf8());
    QCOMPARE(seen.headers.value("user-agent"), "Clipkiln/1.2.3");
    QVERIFY(!seen.headers.contains("cookie"));
    QVERIFY(!seen.headers.contains("transfer-encoding"));

    QFile file(inputPath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject body = QJsonDocument::fromJson(seen.body).object();
    QCOMPARE(body["image"_L1]["url"_L1].toString(),
             u"data:image/png;base64,"_s + QString::fromLatin1(file.readAll().toBase64()));
}

void TestSubmit::eachModeHasItsPath()
{
    GenerationRequest request = textRequest();
    const RemoteUrl source{QUrl(u"https://example.com/in.mp4"_s)};
    QVERIFY(as<SubmitOutcome::Accepted>(resultOf(submit(request))));
    request.inputs = EditClip{source};
    QVERIFY(as<SubmitOutcome::Accepted>(resultOf(submit(request))));
    request.inputs = ExtendClip{source};
    QVERIFY(as<SubmitOutcome::Accepted>(resultOf(submit(request))));

    QCOMPARE(m_proxy->seen().size(), 3);
    QCOMPARE(m_proxy->seen().at(0).path, "/v1/videos/generations");
    QCOMPARE(m_proxy->seen().at(1).path, "/v1/videos/edits");
    QCOMPARE(m_proxy->seen().at(2).path, "/v1/videos/extensions");
    // A connection kept from one POST for the next may be dead: the next would be lost or sent twice.
    QCOMPARE(m_proxy->connections(), 3);
}

void TestSubmit::nothingCompleteLeavesBeforeCommit()
{
    m_client->setDeadlines(impatient);
    SubmitCall* call = submit(imageRequest(100'000));
    QSignalSpy ready(call, &SubmitCall::readyToCommit);
    QSignalSpy finished(call, &Call::finished);
    QVERIFY(ready.wait(patience));
    QTRY_COMPARE(m_proxy->seen().size(), 1);
    const qint64 length = m_proxy->seen().first().headers.value("content-length").toLongLong();
    QTRY_COMPARE(m_proxy->seen().first().body.size(), length - 1);
    // Longer than both deadlines: waiting for the commit is no stall.
    QVERIFY(!finished.wait(1500));
    QCOMPARE(m_proxy->seen().first().body.size(), length - 1);

    call->commit();
    QVERIFY(finished.wait(patience));
    QCOMPARE(m_proxy->count("POST", true), 1);
    QCOMPARE(ready.size(), 1);
}

void TestSubmit::progressGoesUpToTheEnd()
{
    SubmitCall* call = submit(imageRequest(5'000'000));
    QSignalSpy progress(call, &SubmitCall::progressed);
    QVERIFY(as<SubmitOutcome::Accepted>(resultOf(call)));
    const qint64 total = m_proxy->seen().first().body.size();
    qint64 before = 0;
    for (const QList<QVariant>& arguments : std::as_const(progress)) {
        QCOMPARE(arguments.at(1).toLongLong(), total);
        QVERIFY(arguments.at(0).toLongLong() >= before);
        before = arguments.at(0).toLongLong();
    }
    QCOMPARE(before, total - 1);
}

void TestSubmit::twoAtOnceDoNotDisturbEachOther()
{
    SubmitCall* first = submit(textRequest());
    QSignalSpy firstReady(first, &SubmitCall::readyToCommit);
    QVERIFY(firstReady.wait(patience));
    QVERIFY(as<SubmitOutcome::Accepted>(resultOf(submit(textRequest()))));
    first->commit();
    QVERIFY(as<SubmitOutcome::Accepted>(resultOf(first)));
    QCOMPARE(m_proxy->count("POST", true), 2);
}

void TestSubmit::aDestroyedCallSaysNothingAndSendsNothingMore()
{
    SubmitCall* call = submit(imageRequest(100'000));
    QSignalSpy ready(call, &SubmitCall::readyToCommit);
    QSignalSpy finished(call, &Call::finished);
    QVERIFY(ready.wait(patience));
    delete call;
    QVERIFY(!finished.wait(300));
    QCOMPARE(m_proxy->count("POST", true), 0);
}

void TestSubmit::everyFaultCostsOnePost_data()
{
    QTest::addColumn<Rudeness>("rudeness");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("fileSize"); // 0: a text request

    for (const int size : {0, 200'000, 9'000'000}) {
        const QByteArray what = size == 0 ? "text" : QByteArray::number(size) + " bytes";
        const auto row = [&](const char* name, Rudeness rudeness, int at = 0) {
            QTest::newRow((what + ", " + name).constData()) << rudeness << at << size;
        };
        row("taken and closed at once", Rudeness::CloseAtOnce);
        row("taken and reset at once", Rudeness::ResetAtOnce);
        row("closed in the upload", Rudeness::CloseInUpload, 40);
        row("reset in the upload", Rudeness::ResetInUpload, 40);
        row("closed after the request", Rudeness::CloseAfterRequest);
        row("reset after the request", Rudeness::ResetAfterRequest);
        row("half a head", Rudeness::HalfHeader);
        row("half a body", Rudeness::CloseInBody, 10);
        row("half a body and a reset", Rudeness::ResetInBody, 10);
        row("silence", Rudeness::Silence);
    }
    QTest::newRow("reading stops in the upload") << Rudeness::StopReading << 100'000 << 30'000'000;
}

void TestSubmit::everyFaultCostsOnePost()
{
    QFETCH(Rudeness, rudeness);
    QFETCH(int, at);
    QFETCH(int, fileSize);

    m_client->setDeadlines(impatient);
    m_proxy->behave(rudeness, at);
    const auto outcome = resultOf(submit(fileSize == 0 ? textRequest() : imageRequest(fileSize)));
    // The kernel takes megabytes from a peer that reads nothing, so only a larger body is known not to have left.
    const bool cutShort =
        rudeness == Rudeness::CloseInUpload || rudeness == Rudeness::ResetInUpload || rudeness == Rudeness::StopReading;
    if (cutShort && fileSize > 8'000'000)
        QVERIFY(as<SubmitOutcome::NotSent>(outcome));
    verifyOnePost(outcome);
}

void TestSubmit::everyTlsFaultCostsOnePost_data()
{
    QTest::addColumn<Rudeness>("rudeness");
    QTest::newRow("closed in the upload") << Rudeness::CloseInUpload;
    QTest::newRow("reset in the upload") << Rudeness::ResetInUpload;
    QTest::newRow("closed after the request") << Rudeness::CloseAfterRequest;
    QTest::newRow("reset after the request") << Rudeness::ResetAfterRequest;
    QTest::newRow("half a head") << Rudeness::HalfHeader;
    QTest::newRow("half a body") << Rudeness::CloseInBody;
    QTest::newRow("silence") << Rudeness::Silence;
    QTest::newRow("none at all") << Rudeness::None;
}

void TestSubmit::everyTlsFaultCostsOnePost()
{
    QFETCH(Rudeness, rudeness);

    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    const auto restore = qScopeGuard([&before] { QSslConfiguration::setDefaultConfiguration(before); });
    QSslConfiguration trusting = before;
    trusting.addCaCertificate(RudeProxy::certificate());
    QSslConfiguration::setDefaultConfiguration(trusting);

    m_client->setDeadlines(impatient);
    m_proxy->useTls();
    m_proxy->behave(rudeness, 10);
    const auto outcome = resultOf(submit(imageRequest(200'000)));
    if (rudeness == Rudeness::None)
        QVERIFY(as<SubmitOutcome::Accepted>(outcome));
    else
        verifyOnePost(outcome);
}

/// Lost, or not sent as long as no server can have it whole.
void TestSubmit::verifyOnePost(const SubmitOutcome& outcome)
{
    if (const auto* notSent = std::get_if<SubmitOutcome::NotSent>(&outcome.value)) {
        QVERIFY(!notSent->error.detail.isEmpty());
        QCOMPARE(m_proxy->count("POST", true), 0);
    } else {
        const auto* lost = as<SubmitOutcome::Lost>(outcome);
        QVERIFY(lost);
        QCOMPARE(lost->error.kind, ErrorKind::SubmitLost);
        QVERIFY(!lost->error.detail.isEmpty());
    }
    // Qt's own second try comes at once, if it comes. It may connect again, but finds no body to send again.
    QTest::qWait(100);
    QVERIFY(m_proxy->seen().size() <= 1);
}

void TestSubmit::aDrippedAnswerIsAnAnswer()
{
    m_proxy->behave(Rudeness::Drip);
    QVERIFY(as<SubmitOutcome::Accepted>(resultOf(submit(textRequest()))));
}

void TestSubmit::anAnswerDuringTheUploadIsAnAnswer_data()
{
    QTest::addColumn<int>("fileSize");
    QTest::newRow("small body") << 0;
    QTest::newRow("big body") << 9'000'000;
}

void TestSubmit::anAnswerDuringTheUploadIsAnAnswer()
{
    QFETCH(int, fileSize);
    m_proxy->behave(Rudeness::AnswerEarly);
    m_proxy->answerWith(httpAnswer(413, R"({"error":"length limit exceeded"})"));
    const auto outcome = resultOf(submit(fileSize == 0 ? textRequest() : imageRequest(fileSize)));
    const auto* refused = as<SubmitOutcome::Refused>(outcome);
    QVERIFY(refused);
    QCOMPARE(refused->error.kind, ErrorKind::Rejected);
    QCOMPARE(refused->error.detail, u"length limit exceeded (HTTP 413)"_s);
    QCOMPARE(m_proxy->connections(), 1);
}

void TestSubmit::anEndlessAnswerIsLost()
{
    m_proxy->answerWith(httpAnswer(200, QByteArray(3'000'000, ' ') + R"({"request_id":"late"})"));
    verifyOnePost(resultOf(submit(textRequest())));
}

void TestSubmit::withoutAConnectionNothingWasSent_data()
{
    QTest::addColumn<QUrl>("base");
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    QTest::newRow("nobody listens") << QUrl(u"http://127.0.0.1:%1/v1"_s.arg(closed.serverPort()));
    QTest::newRow("no such host") << QUrl(u"https://api.clipkiln.invalid/v1"_s);
}

void TestSubmit::withoutAConnectionNothingWasSent()
{
    QFETCH(QUrl, base);
    const auto outcome = resultOf(m_client->submit({base, m_key}, imageRequest(100'000), m_job));
    const auto* notSent = as<SubmitOutcome::NotSent>(outcome);
    QVERIFY(notSent);
    QCOMPARE(notSent->error.kind, ErrorKind::Offline);
    QVERIFY(!notSent->error.detail.isEmpty());
}

void TestSubmit::anUnknownCertificateIsNotSent()
{
    m_proxy->useTls();
    const auto outcome = resultOf(submit(textRequest()));
    const auto* notSent = as<SubmitOutcome::NotSent>(outcome);
    QVERIFY(notSent);
    QCOMPARE(notSent->error.kind, ErrorKind::TlsFailed);
    QVERIFY(m_proxy->seen().isEmpty());
}

void TestSubmit::aMissingFileIsRefusedBeforeAnythingIsSent()
{
    const GenerationRequest request = imageRequest(1000);
    QVERIFY(QFile::remove(inputPath()));
    const auto outcome = resultOf(submit(request));
    const auto* refused = as<SubmitOutcome::Refused>(outcome);
    QVERIFY(refused);
    QCOMPARE(refused->error.kind, ErrorKind::InputUnusable);
    QVERIFY(refused->error.detail.contains(inputPath()));
    QCOMPARE(m_proxy->connections(), 0);
}

void TestSubmit::aFileThatChangesEndsTheUpload_data()
{
    QTest::addColumn<qint64>("newSize");
    QTest::newRow("shorter") << qint64{1000};
    QTest::newRow("longer") << qint64{7'000'000};
}

void TestSubmit::aFileThatChangesEndsTheUpload()
{
    QFETCH(qint64, newSize);
    SubmitCall* call = submit(imageRequest(6'000'000));
    QVERIFY(QFile::resize(inputPath(), newSize));
    const auto outcome = resultOf(call);
    const auto* refused = as<SubmitOutcome::Refused>(outcome);
    QVERIFY(refused);
    QCOMPARE(refused->error.kind, ErrorKind::InputUnusable);
    QVERIFY2(refused->error.detail.contains("changed"_L1), qPrintable(refused->error.detail));
    QCOMPARE(m_proxy->count("POST", true), 0);
}

void TestSubmit::theKeyGoesToNoPlainAddress()
{
    const auto outcome = resultOf(m_client->submit({QUrl(u"http://192.0.2.1/v1"_s), m_key}, textRequest(), m_job));
    const auto* refused = as<SubmitOutcome::Refused>(outcome);
    QVERIFY(refused);
    QCOMPARE(refused->error.kind, ErrorKind::AddressRefused);
}

void TestSubmit::aKeyWithALineBreakIsNotSent()
{
    const Secret broken(QByteArrayLiteral("xai-key\r\nX-Injected: yes"));
    const auto outcome = resultOf(m_client->submit({m_proxy->address(), broken}, textRequest(), m_job));
    const auto* refused = as<SubmitOutcome::Refused>(outcome);
    QVERIFY(refused);
    QCOMPARE(refused->error.kind, ErrorKind::KeyRefused);
    QVERIFY(!refused->error.detail.contains("xai-key"_L1));
    QCOMPARE(m_proxy->connections(), 0);
}

void TestSubmit::anAnswerThatRepeatsTheKeyIsCleaned_data()
{
    const auto escaped = [this](const char* format, int base) {
        QByteArray text;
        for (const char c : m_key.reveal())
            text += QByteArray(format).replace("?", QByteArray::number(static_cast<int>(c), base));
        return text;
    };
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("as it is") << m_key.reveal();
    QTest::newRow("escaped as JSON does") << escaped("\\u00?", 16);
    QTest::newRow("escaped as an address") << escaped("%?", 16);
    QTest::newRow("escaped as HTML") << escaped("&#?;", 10);
    QTest::newRow("one letter escaped") << escaped("\\u00?", 16).first(6) + m_key.reveal().sliced(1);
}

void TestSubmit::anAnswerThatRepeatsTheKeyIsCleaned()
{
    QFETCH(QByteArray, written);
    m_proxy->answerWith(httpAnswer(401, R"({"error":"wrong key )" + written + R"("})"));
    const auto outcome = resultOf(submit(textRequest()));
    const auto* refused = as<SubmitOutcome::Refused>(outcome);
    QVERIFY(refused);
    QCOMPARE(refused->error.kind, ErrorKind::KeyRefused);
    QCOMPARE(refused->error.detail, u"wrong key … (HTTP 401)"_s);
}

QTEST_GUILESS_MAIN(TestSubmit)

#include "tst_submit.moc"
