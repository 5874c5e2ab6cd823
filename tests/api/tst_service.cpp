// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"
#include "simulator/simulator.h"
#include "support/calls.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"

#include <QTemporaryDir>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using simulator::LedgerEntry;
using simulator::Step;

/// The client against the simulator, which knows the API from its documents and nothing of our code.
class TestService : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void eachModeBecomesAClip_data();
    void eachModeBecomesAClip();
    void theKeyIsChecked();
    void aLostAnswerWasOnePost_data();
    void aLostAnswerWasOnePost();
    void aCutUploadIsNoRequest();
    void aPictureArrivesWhole();
    void aHundredAtOnceAreAllTaken();

private:
    [[nodiscard]] Endpoint endpoint() const { return {m_proxy->address(), Secret(QByteArrayLiteral("xai-test-key"))}; }
    [[nodiscard]] SubmitOutcome submit(const GenerationRequest& request)
    {
        return resultOf(m_client->submit(endpoint(), request, JobId::create()));
    }
    [[nodiscard]] LocalFile picture(qint64 bytes) const;
    [[nodiscard]] qsizetype postsInLedger(bool complete) const;

    QTemporaryDir m_folder;
    std::unique_ptr<simulator::Simulator> m_simulator;
    std::unique_ptr<RudeProxy> m_proxy;
    std::unique_ptr<Client> m_client;
};

namespace {

GenerationRequest request(const ModeInputs& inputs)
{
    GenerationRequest made;
    made.prompt = u"A paper boat drifts down a gutter."_s;
    made.model = u"grok-imagine-video"_s;
    made.inputs = inputs;
    return made;
}

} // namespace

void TestService::initTestCase()
{
    simulator::Options options;
    options.folder = m_folder.filePath(u"simulator"_s);
    options.speed = 1000;
    options.render = false;
    options.strict = true; // a misspelt field is an error here, at the service it is money
    m_simulator = std::make_unique<simulator::Simulator>(options);
    const auto error = m_simulator->start();
    QVERIFY2(!error, qPrintable(error.value_or(QString())));
}

void TestService::init()
{
    TestCase::init();
    m_simulator->clearLedger();
    m_proxy = std::make_unique<RudeProxy>();
    m_proxy->forwardTo(static_cast<quint16>(m_simulator->port()));
    m_client = std::make_unique<Client>();
    m_client->setDeadlines(patient);
}

LocalFile TestService::picture(qint64 bytes) const
{
    // The begin of a PNG with a size of 1 x 1; the rest is never looked at without rendering.
    QByteArray content = QByteArray::fromBase64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    content.resize(std::max<qsizetype>(content.size(), bytes), 'x');
    QFile file(m_folder.filePath(u"picture.png"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write the picture");
    LocalFile local;
    local.path = file.fileName();
    local.mime = u"image/png"_s;
    return local;
}

qsizetype TestService::postsInLedger(bool complete) const
{
    const QList<LedgerEntry> ledger = m_simulator->ledger();
    return std::ranges::count_if(ledger, [complete](const LedgerEntry& entry) {
        return entry.step == Step::Post && entry.complete == complete;
    });
}

void TestService::eachModeBecomesAClip_data()
{
    QTest::addColumn<GenerationRequest>("made");
    GenerationRequest text = request(FromText{});
    text.duration = 6s;
    text.aspectRatio = u"16:9"_s;
    text.resolution = u"720p"_s;
    QTest::newRow("text") << text;
    QTest::newRow("image") << request(FromImage{picture(0), {}, {}});
    QTest::newRow("reference") << request(FromReferences{{picture(0), picture(0)}, {}, {}});
}

void TestService::eachModeBecomesAClip()
{
    QFETCH(GenerationRequest, made);
    const auto submitted = submit(made);
    const auto* accepted = as<SubmitOutcome::Accepted>(submitted);
    QVERIFY(accepted);

    QUrl address;
    const auto ready = [&] {
        const auto outcome = resultOf(m_client->poll(endpoint(), accepted->requestId));
        if (const auto* found = std::get_if<PollOutcome::Ready>(&outcome.value)) {
            address = found->address;
            return found->cost && found->cost->ticks > 0;
        }
        return false;
    };
    QTRY_VERIFY(ready());

    const QString part = m_folder.filePath(u"clip.part"_s);
    QFile::remove(part);
    const auto downloaded = resultOf(m_client->download(address, true, part));
    const auto* complete = as<DownloadOutcome::Complete>(downloaded);
    QVERIFY(complete);
    QCOMPARE(complete->bytes, QFileInfo(part).size());

    QCOMPARE(postsInLedger(true), 1);
    for (const LedgerEntry& entry : m_simulator->ledger()) {
        QCOMPARE(entry.authorized, entry.step != Step::Download);
        QVERIFY(entry.status < 300);
    }
}

void TestService::theKeyIsChecked()
{
    QVERIFY(std::holds_alternative<KeyReport>(resultOf(m_client->checkKey(endpoint()))));
    const auto refused = resultOf(m_client->checkKey({m_proxy->address(), Secret()}));
    QVERIFY(std::holds_alternative<Error>(refused));
    QCOMPARE(std::get<Error>(refused).kind, ErrorKind::KeyRefused);
}

void TestService::aLostAnswerWasOnePost_data()
{
    QTest::addColumn<Rudeness>("rudeness");
    QTest::newRow("half a head") << Rudeness::HalfHeader;
    QTest::newRow("half a body") << Rudeness::CloseInBody;
    QTest::newRow("half a body and a reset") << Rudeness::ResetInBody;
    QTest::newRow("silence") << Rudeness::Silence;
}

void TestService::aLostAnswerWasOnePost()
{
    QFETCH(Rudeness, rudeness);
    m_client->setDeadlines(impatient);
    m_proxy->behave(rudeness, 10);
    QVERIFY(as<SubmitOutcome::Lost>(submit(request(FromImage{picture(300'000), {}, {}}))));
    QCOMPARE(postsInLedger(true), 1);
    QCOMPARE(postsInLedger(false), 0);
}

void TestService::aCutUploadIsNoRequest()
{
    m_proxy->behave(Rudeness::CloseInUpload, 100'000);
    // More than the kernel takes from a peer that reads nothing: the last byte is known to be here still.
    QVERIFY(as<SubmitOutcome::NotSent>(submit(request(FromImage{picture(9'000'000), {}, {}}))));
    QTRY_COMPARE(postsInLedger(false), 1);
    QCOMPARE(postsInLedger(true), 0);
}

void TestService::aPictureArrivesWhole()
{
    QVERIFY(as<SubmitOutcome::Accepted>(submit(request(FromImage{picture(5'000'000), {}, {}}))));
    QCOMPARE(postsInLedger(true), 1);
    QVERIFY(m_simulator->ledger().first().bodySize > 5'000'000 / 3 * 4);
}

void TestService::aHundredAtOnceAreAllTaken()
{
    constexpr int many = 100;
    const Endpoint direct{QUrl(m_simulator->baseUrl()), endpoint().key};
    QStringList lost;
    int ended = 0;
    for (int i = 0; i < many; ++i) {
        SubmitCall* call = m_client->submit(direct, request(FromText{}), JobId::create());
        connect(call, &SubmitCall::readyToCommit, call, &SubmitCall::commit);
        connect(call, &Call::finished, this, [&, call] {
            ++ended;
            if (const auto* unanswered = std::get_if<SubmitOutcome::Lost>(&call->result().value))
                lost.append(unanswered->error.detail);
            else if (!std::holds_alternative<SubmitOutcome::Accepted>(call->result().value))
                lost.append(u"not accepted"_s);
        });
    }
    QTRY_COMPARE(ended, many);
    QCOMPARE(lost, QStringList());
    QCOMPARE(postsInLedger(true), many);
}

QTEST_MAIN(TestService)

#include "tst_service.moc"
