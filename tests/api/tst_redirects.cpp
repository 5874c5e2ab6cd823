// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"
#include "support/calls.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"

#include <QTemporaryDir>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Qt follows redirects by default and takes the Authorization header to any host (src/README.md, Qt fact 2). Nobody
/// but the API's own origin may ever see the key.
class TestRedirects : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void askingEndsAtTheRedirect_data();
    void askingEndsAtTheRedirect();
    void aDownloadFollowsWithoutAnythingOfOurs_data();
    void aDownloadFollowsWithoutAnythingOfOurs();
    void aRelativeRedirectIsFollowed();
    void aDownloadDoesNotFollowForEver();
    void aDownloadFollowsToNoPlainAddress_data();
    void aDownloadFollowsToNoPlainAddress();
    void cookiesAreNotKept();

private:
    [[nodiscard]] static QByteArray redirectTo(int status, const QByteArray& location)
    {
        return httpAnswer(status, {}, "Location: " + location + "\r\n");
    }
    [[nodiscard]] DownloadOutcome download()
    {
        return resultOf(m_client->download(m_first->address(u"/clip.mp4"_s), true, m_folder.filePath(u"clip.part"_s)));
    }

    const Secret m_key{QByteArrayLiteral("xai-test-key")};
    const QByteArray m_clip = QByteArray::fromHex("00000018") + "ftypisom" + QByteArray(1000, 'v');
    QTemporaryDir m_folder;
    std::unique_ptr<RudeProxy> m_first;
    std::unique_ptr<RudeProxy> m_second; ///< another origin: another port
    std::unique_ptr<Client> m_client;
};

void TestRedirects::init()
{
    TestCase::init();
    m_client = std::make_unique<Client>();
    m_client->setDeadlines(patient);
    m_first = std::make_unique<RudeProxy>();
    m_second = std::make_unique<RudeProxy>();
    m_second->answerWith(httpAnswer(200, m_clip, "Content-Type: video/mp4\r\n"));
    QFile::remove(m_folder.filePath(u"clip.part"_s));
}

void TestRedirects::askingEndsAtTheRedirect_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void TestRedirects::askingEndsAtTheRedirect()
{
    QFETCH(int, status);
    m_first->answerWith(redirectTo(status, m_second->address().toEncoded()));
    const Endpoint endpoint{m_first->address(), m_key};
    GenerationRequest request;
    request.prompt = u"A paper boat."_s;

    QVERIFY(as<SubmitOutcome::Lost>(resultOf(m_client->submit(endpoint, request, JobId::create()))));
    QVERIFY(as<PollOutcome::Trouble>(resultOf(m_client->poll(endpoint, RequestId(u"a"_s)))));
    QVERIFY(std::holds_alternative<Error>(resultOf(m_client->checkKey(endpoint))));
    QCOMPARE(m_first->seen().size(), 3);
    QCOMPARE(m_second->connections(), 0);
}

void TestRedirects::aDownloadFollowsWithoutAnythingOfOurs_data()
{
    askingEndsAtTheRedirect_data();
}

void TestRedirects::aDownloadFollowsWithoutAnythingOfOurs()
{
    QFETCH(int, status);
    // The key was in use right before, with the same client.
    m_first->answerWith(httpAnswer(202, {}));
    QVERIFY(as<PollOutcome::Pending>(resultOf(m_client->poll({m_first->address(), m_key}, RequestId(u"a"_s)))));

    m_first->answerWith(redirectTo(status, m_second->address(u"/other.mp4"_s).toEncoded()));
    QVERIFY(as<DownloadOutcome::Complete>(download()));
    QCOMPARE(m_second->seen().size(), 1);
    QCOMPARE(m_second->seen().first().path, "/other.mp4");
    for (const SeenRequest& seen : {m_first->seen().last(), m_second->seen().first()}) {
        QVERIFY(!seen.headers.contains("authorization"));
        QVERIFY(!seen.headers.contains("cookie"));
        QVERIFY(!seen.headers.contains("referer"));
        for (const QByteArray& value : seen.headers)
            QVERIFY(!value.contains(m_key.reveal()));
    }
}

void TestRedirects::aRelativeRedirectIsFollowed()
{
    m_first->answerWith([this](const SeenRequest& seen) {
        return seen.path == "/clip.mp4" ? redirectTo(302, "here/is%20it.mp4") : httpAnswer(200, m_clip);
    });
    QVERIFY(as<DownloadOutcome::Complete>(download()));
    QCOMPARE(m_first->seen().last().path, "/here/is%20it.mp4");
}

void TestRedirects::aDownloadDoesNotFollowForEver()
{
    m_first->answerWith(redirectTo(302, "/clip.mp4"));
    const auto outcome = download();
    const auto* gone = as<DownloadOutcome::LinkGone>(outcome);
    QVERIFY(gone);
    QCOMPARE(gone->error.kind, ErrorKind::LinkGone);
    QCOMPARE(m_first->seen().size(), 6); // the first and five more
}

void TestRedirects::aDownloadFollowsToNoPlainAddress_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("plain HTTP elsewhere") << QByteArray("http://192.0.2.1/clip.mp4");
    QTest::newRow("a file") << QByteArray("file:///etc/hostname");
    QTest::newRow("data") << QByteArray("data:video/mp4,ftyp");
    QTest::newRow("nonsense") << QByteArray("http://:::/");
}

void TestRedirects::aDownloadFollowsToNoPlainAddress()
{
    QFETCH(QByteArray, location);
    m_first->answerWith(redirectTo(302, location));
    const auto outcome = download();
    const auto* gone = as<DownloadOutcome::LinkGone>(outcome);
    QVERIFY(gone);
    QCOMPARE(gone->error.kind, ErrorKind::AddressRefused);
}

void TestRedirects::cookiesAreNotKept()
{
    m_first->answerWith(httpAnswer(202, {}, "Set-Cookie: track=1; Path=/\r\n"));
    const Endpoint endpoint{m_first->address(), m_key};
    QVERIFY(as<PollOutcome::Pending>(resultOf(m_client->poll(endpoint, RequestId(u"a"_s)))));
    QVERIFY(as<PollOutcome::Pending>(resultOf(m_client->poll(endpoint, RequestId(u"b"_s)))));
    QVERIFY(!m_first->seen().last().headers.contains("cookie"));
}

QTEST_GUILESS_MAIN(TestRedirects)

#include "tst_redirects.moc"
