// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"
#include "support/calls.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Polls over real sockets; what each answer means is in tst_wireanswers.
class TestPoll : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void asksForTheIdWithTheKey();
    void anOddIdStaysOnePartOfThePath();
    void aPackedAnswerIsRead();
    void aPackedBombIsTrouble();
    void anEndlessAnswerIsTrouble();
    void retryAfterIsRead();
    void everyFaultIsTrouble_data();
    void everyFaultIsTrouble();
    void nobodyThereIsTrouble();
    void aDrippedAnswerIsRead();
    void manyAtOnceAllEnd();
    void aDestroyedCallSaysNothing();
    void aDestroyedClientTakesItsCallsAlong();
    void theKeyGoesToNoPlainAddress();
    void aKeyThatNoHeaderCanHoldIsRefused();

private:
    [[nodiscard]] PollCall* poll(const QString& id = u"4c0f9a31"_s)
    {
        return m_client->poll({m_proxy->address(), m_key}, RequestId(id));
    }

    const Secret m_key{QByteArrayLiteral("xai-test-key")};
    std::unique_ptr<RudeProxy> m_proxy;
    std::unique_ptr<Client> m_client;
};

void TestPoll::init()
{
    TestCase::init();
    m_client = std::make_unique<Client>();
    m_client->setDeadlines(patient);
    m_proxy = std::make_unique<RudeProxy>();
    m_proxy->answerWith(httpAnswer(202, R"({"status":"pending","progress":30})"));
}

void TestPoll::asksForTheIdWithTheKey()
{
    const auto outcome = resultOf(poll());
    QVERIFY(as<PollOutcome::Pending>(outcome));
    QCOMPARE(as<PollOutcome::Pending>(outcome)->percent, std::optional(30));
    QCOMPARE(m_proxy->seen().size(), 1);
    const SeenRequest& seen = m_proxy->seen().first();
    QCOMPARE(seen.method, "GET");
    QCOMPARE(seen.path, "/v1/videos/4c0f9a31");
    QCOMPARE(seen.headers.value("authorization"), "Bearer " + m_key.reveal());
    QVERIFY(seen.headers.value("user-agent").startsWith("Clipkiln/"));
    QVERIFY(!seen.headers.contains("idempotency-key"));
}

void TestPoll::anOddIdStaysOnePartOfThePath()
{
    QVERIFY(as<PollOutcome::Pending>(resultOf(poll(u"a/b?c#d %2F ü"_s))));
    QCOMPARE(m_proxy->seen().first().path, "/v1/videos/a%2Fb%3Fc%23d%20%252F%20%C3%BC");
}

namespace {

/// A gzip file of `count` bytes that are all the same, from stored bytes to a bomb: made by hand, for Qt has no gzip
/// writer.
QByteArray gzipOf(const QByteArray& content)
{
    // qCompress gives a length, a zlib header of two bytes, raw deflate data and four bytes of checksum.
    const QByteArray zlib = qCompress(content, 9).mid(4);
    QByteArray gzip = QByteArray::fromHex("1f8b08000000000000ff") + zlib.mid(2, zlib.size() - 6);
    quint32 crc = 0xffffffff;
    for (const char c : content) {
        crc ^= static_cast<quint8>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
    }
    for (const quint32 number : {~crc, static_cast<quint32>(content.size())}) {
        for (int shift = 0; shift < 32; shift += 8)
            gzip.append(static_cast<char>(number >> shift));
    }
    return gzip;
}

} // namespace

void TestPoll::aPackedAnswerIsRead()
{
    m_proxy->answerWith(httpAnswer(200, gzipOf(R"({"status":"done","video":{"url":"https://x/y.mp4"}})"),
                                   "Content-Encoding: gzip\r\n"));
    QVERIFY(as<PollOutcome::Ready>(resultOf(poll())));
}

void TestPoll::aPackedBombIsTrouble()
{
    m_proxy->answerWith(
        httpAnswer(200, gzipOf(QByteArray(30'000'000, ' ') + R"({"status":"done"})"), "Content-Encoding: gzip\r\n"));
    QVERIFY(as<PollOutcome::Trouble>(resultOf(poll())));
}

void TestPoll::anEndlessAnswerIsTrouble()
{
    m_proxy->answerWith(httpAnswer(200, QByteArray(5'000'000, ' ') + R"({"status":"done"})"));
    const auto outcome = resultOf(poll());
    const auto* trouble = as<PollOutcome::Trouble>(outcome);
    QVERIFY(trouble);
    QCOMPARE(trouble->error.kind, ErrorKind::BadAnswer);
}

void TestPoll::retryAfterIsRead()
{
    m_proxy->answerWith(httpAnswer(429, {}, "Retry-After: 7\r\n"));
    const auto outcome = resultOf(poll());
    const auto* trouble = as<PollOutcome::Trouble>(outcome);
    QVERIFY(trouble);
    QCOMPARE(trouble->error.kind, ErrorKind::RateLimited);
    QCOMPARE(trouble->error.retryAfter, std::optional(7s));
}

void TestPoll::everyFaultIsTrouble_data()
{
    QTest::addColumn<Rudeness>("rudeness");
    QTest::addColumn<QList<ErrorKind>>("kinds");
    const QList<ErrorKind> offline{ErrorKind::Offline};
    // Qt tries again by itself and now and then never ends: then our deadline does.
    const QList<ErrorKind> either{ErrorKind::Offline, ErrorKind::Timeout};
    QTest::newRow("closed at once") << Rudeness::CloseAtOnce << either;
    QTest::newRow("reset at once") << Rudeness::ResetAtOnce << either;
    QTest::newRow("closed after the request") << Rudeness::CloseAfterRequest << either;
    QTest::newRow("reset after the request") << Rudeness::ResetAfterRequest << either;
    QTest::newRow("half a head") << Rudeness::HalfHeader << offline;
    QTest::newRow("half a body") << Rudeness::CloseInBody << offline;
    QTest::newRow("half a body and a reset") << Rudeness::ResetInBody << offline;
    QTest::newRow("silence") << Rudeness::Silence << QList<ErrorKind>{ErrorKind::Timeout};
}

void TestPoll::everyFaultIsTrouble()
{
    QFETCH(Rudeness, rudeness);
    QFETCH(QList<ErrorKind>, kinds);
    m_client->setDeadlines(impatient);
    // Half of this answer is "failed" already, were it believed.
    m_proxy->answerWith(httpAnswer(200, R"({"status":"failed"}             )"));
    m_proxy->behave(rudeness, 20);
    const auto outcome = resultOf(poll());
    const auto* trouble = as<PollOutcome::Trouble>(outcome);
    QVERIFY(trouble);
    QVERIFY(kinds.contains(trouble->error.kind));
    QVERIFY(!trouble->error.detail.isEmpty());
}

void TestPoll::nobodyThereIsTrouble()
{
    m_proxy->close();
    const auto outcome = resultOf(m_client->poll({QUrl(u"http://127.0.0.1:1/v1"_s), m_key}, RequestId(u"a"_s)));
    const auto* trouble = as<PollOutcome::Trouble>(outcome);
    QVERIFY(trouble);
    QCOMPARE(trouble->error.kind, ErrorKind::Offline);
}

void TestPoll::aDrippedAnswerIsRead()
{
    m_proxy->behave(Rudeness::Drip);
    QVERIFY(as<PollOutcome::Pending>(resultOf(poll())));
}

void TestPoll::manyAtOnceAllEnd()
{
    int ended = 0;
    for (int i = 0; i < 100; ++i) {
        PollCall* call = poll(QString::number(i));
        connect(call, &Call::finished, this, [call, &ended] {
            if (std::holds_alternative<PollOutcome::Pending>(call->result().value))
                ++ended;
        });
    }
    QTRY_COMPARE(ended, 100);
}

void TestPoll::aDestroyedCallSaysNothing()
{
    PollCall* call = poll();
    QSignalSpy finished(call, &Call::finished);
    delete call;
    QVERIFY(!finished.wait(200));
}

void TestPoll::aDestroyedClientTakesItsCallsAlong()
{
    m_proxy->behave(Rudeness::Silence);
    QSignalSpy finished(poll(), &Call::finished);
    QSignalSpy submitFinished(m_client->submit({m_proxy->address(), m_key}, {}, JobId::create()), &Call::finished);
    QTRY_VERIFY(!m_proxy->seen().isEmpty());
    m_client.reset();
    QVERIFY(!finished.wait(200));
    QVERIFY(submitFinished.isEmpty());
}

void TestPoll::theKeyGoesToNoPlainAddress()
{
    const auto outcome = resultOf(m_client->poll({QUrl(u"http://192.0.2.1/v1"_s), m_key}, RequestId(u"a"_s)));
    const auto* trouble = as<PollOutcome::Trouble>(outcome);
    QVERIFY(trouble);
    QCOMPARE(trouble->error.kind, ErrorKind::AddressRefused);
}

void TestPoll::aKeyThatNoHeaderCanHoldIsRefused()
{
    const Secret broken(QByteArrayLiteral("xai\nkey"));
    QVERIFY(as<PollOutcome::KeyRefused>(resultOf(m_client->poll({m_proxy->address(), broken}, RequestId(u"a"_s)))));
    QCOMPARE(m_proxy->connections(), 0);
}

QTEST_GUILESS_MAIN(TestPoll)

#include "tst_poll.moc"
