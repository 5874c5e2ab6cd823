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

/// Key checks over real sockets; what each answer means is in tst_wireanswers.
class TestKeyCheck : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void asksWithoutSpending();
    void aWrongKeyIsRefused();
    void aRestrictedKeyMayStillMakeVideos_data();
    void aRestrictedKeyMayStillMakeVideos();
    void nobodyThereIsOffline();
    void silenceEnds();
    void theKeyGoesToNoPlainAddress();

private:
    [[nodiscard]] std::variant<KeyReport, Error> check() { return resultOf(m_client->checkKey({m_base, m_key})); }

    const Secret m_key{QByteArrayLiteral("xai-test-key")};
    std::unique_ptr<RudeProxy> m_proxy;
    std::unique_ptr<Client> m_client;
    QUrl m_base;
};

void TestKeyCheck::init()
{
    TestCase::init();
    m_client = std::make_unique<Client>();
    m_client->setDeadlines(patient);
    m_proxy = std::make_unique<RudeProxy>();
    m_proxy->answerWith(httpAnswer(200, R"({"redacted_api_key":"xai-...b14o","name":"desktop"})"));
    m_base = m_proxy->address();
}

void TestKeyCheck::asksWithoutSpending()
{
    const auto result = check();
    const auto* report = std::get_if<KeyReport>(&result);
    QVERIFY(report);
    QCOMPARE(report->name, u"desktop"_s);
    QCOMPARE(report->redacted, u"xai-...b14o"_s);
    QVERIFY(!report->blocked);
    QVERIFY(!report->outOfCredits);
    QCOMPARE(m_proxy->seen().size(), 1);
    QCOMPARE(m_proxy->seen().first().method, "GET");
    QCOMPARE(m_proxy->seen().first().path, "/v1/api-key");
    QCOMPARE(m_proxy->seen().first().headers.value("authorization"), "Bearer " + m_key.reveal());
}

void TestKeyCheck::aWrongKeyIsRefused()
{
    m_proxy->answerWith(
        httpAnswer(400, R"({"code":"invalid-argument","error":"Incorrect API key provided: xa***ey."})"));
    const auto result = check();
    const auto* error = std::get_if<Error>(&result);
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::KeyRefused);
    QCOMPARE(m_proxy->seen().size(), 1);
}

void TestKeyCheck::aRestrictedKeyMayStillMakeVideos_data()
{
    QTest::addColumn<int>("keyStatus");
    QTest::addColumn<int>("modelsStatus");
    QTest::addColumn<bool>("good");
    QTest::newRow("may not ask about itself, but list models") << 403 << 200 << true;
    QTest::newRow("may do neither") << 403 << 403 << false;
    QTest::newRow("a service without that route") << 404 << 200 << true;
    QTest::newRow("a service without either route") << 404 << 404 << false;
}

void TestKeyCheck::aRestrictedKeyMayStillMakeVideos()
{
    QFETCH(int, keyStatus);
    QFETCH(int, modelsStatus);
    QFETCH(bool, good);
    m_proxy->answerWith([=](const SeenRequest& seen) {
        const bool first = seen.path == "/v1/api-key";
        return httpAnswer(first ? keyStatus : modelsStatus, R"({"error":"x"})");
    });
    const auto result = check();
    QCOMPARE(std::holds_alternative<KeyReport>(result), good);
    QCOMPARE(m_proxy->seen().size(), 2);
    QCOMPARE(m_proxy->seen().at(1).path, "/v1/video-generation-models");
    if (!good)
        QCOMPARE(std::get<Error>(result).detail, u"x (HTTP %1)"_s.arg(keyStatus));
}

void TestKeyCheck::nobodyThereIsOffline()
{
    m_base = QUrl(u"http://127.0.0.1:1/v1"_s);
    QCOMPARE(std::get<Error>(check()).kind, ErrorKind::Offline);
}

void TestKeyCheck::silenceEnds()
{
    m_client->setDeadlines(impatient);
    m_proxy->behave(Rudeness::Silence);
    QCOMPARE(std::get<Error>(check()).kind, ErrorKind::Timeout);
}

void TestKeyCheck::theKeyGoesToNoPlainAddress()
{
    m_base = QUrl(u"http://192.0.2.1/v1"_s);
    QCOMPARE(std::get<Error>(check()).kind, ErrorKind::AddressRefused);
}

QTEST_GUILESS_MAIN(TestKeyCheck)

#include "tst_keycheck.moc"
