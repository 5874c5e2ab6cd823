// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/job.h"
#include "support/testcase.h"

#include <QJsonDocument>
#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

const RequestId someRequest(u"4c0f9a31-77d2-9be4-8a55-1f2e3d4c5b6a"_s);
const Error someError{ErrorKind::RateLimited, u"2/2 \"requests\""_s, std::chrono::seconds(12)};
const QDateTime someTime(QDate(2026, 10, 31), QTime(12, 0, 0, 250), Qt::UTC);

Downloading bareDownload()
{
    Downloading download;
    download.requestId = someRequest;
    return download;
}

Downloading fullDownload()
{
    Downloading download = bareDownload();
    download.address = QUrl(u"https://vidgen.x.ai/a%20b.mp4?c=d"_s);
    download.since = someTime;
    download.waiting = someError;
    download.refreshed = true;
    download.target = u"/clips/夜明け.mp4"_s;
    download.hash = u"00ff"_s;
    download.cancelAsked = true;
    return download;
}

/// One phase of each state, all that is kept filled in.
QList<Phase> fullPhases()
{
    return {Held{},
            Queued{someError, someTime},
            Uploading{},
            Submitting{},
            Unconfirmed{someError},
            Generating{someRequest, {}, someError, true},
            fullDownload(),
            Done{someRequest, ClipId(u"clip"_s)},
            Moderated{someRequest, someError},
            Failed{someRequest, someError},
            Expired{someRequest, someError},
            Cancelled{someRequest}};
}

Result<Phase> storedAndRead(const Phase& phase)
{
    const QByteArray stored = QJsonDocument(toJson(phase)).toJson();
    return phaseFromJson(stateOf(phase), QJsonDocument::fromJson(stored).object());
}

} // namespace

class TestJob : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyPhaseComesBack();
    void emptyPhasesComeBack();
    void whatARestartMakesStaleIsNotKept();
    void brokenPhasesNameTheField_data();
    void brokenPhasesNameTheField();
    void statesKnowTheirNames();
    void unfinishedAndSent_data();
    void unfinishedAndSent();
    void idAndErrorAreFoundInEveryPhase();
};

void TestJob::everyPhaseComesBack()
{
    for (const Phase& phase : fullPhases()) {
        const auto read = storedAndRead(phase);
        QVERIFY2(read, qPrintable(toName(stateOf(phase))));
        QVERIFY2(*read == phase, qPrintable(toName(stateOf(phase))));
    }
}

void TestJob::emptyPhasesComeBack()
{
    const QList<Phase> phases = {Queued{},
                                 Generating{someRequest, {}, {}, false},
                                 bareDownload(),
                                 Moderated{{}, Error{ErrorKind::Moderated, {}, {}}},
                                 Failed{{}, Error{ErrorKind::Rejected, {}, {}}},
                                 Cancelled{}};
    for (const Phase& phase : phases) {
        const auto read = storedAndRead(phase);
        QVERIFY2(read, qPrintable(toName(stateOf(phase))));
        QVERIFY2(*read == phase, qPrintable(toName(stateOf(phase))));
    }
}

void TestJob::whatARestartMakesStaleIsNotKept()
{
    QCOMPARE(std::get<Uploading>(*storedAndRead(Uploading{5, 10})), Uploading{});
    QCOMPARE(std::get<Generating>(*storedAndRead(Generating{someRequest, 42, {}, false})).percent, std::nullopt);
    Downloading download = bareDownload();
    download.received = 5;
    download.total = 10;
    QCOMPARE(std::get<Downloading>(*storedAndRead(download)), bareDownload());
}

void TestJob::brokenPhasesNameTheField_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("detail");
    QTest::newRow("generating without an id") << State::Generating << QByteArray("{}") << u"generating: requestId: "_s;
    QTest::newRow("failed without an error") << State::Failed << QByteArray("{}") << u"failed: error: "_s;
    QTest::newRow("an error of no kind") << State::Failed << QByteArray(R"({"error":{"kind":"odd"}})")
                                         << u"failed: error.kind: "_s;
    QTest::newRow("a time that is none") << State::Queued << QByteArray(R"({"until":"soon"})") << u"queued: until: "_s;
    QTest::newRow("done without a clip") << State::Done << QByteArray(R"({"requestId":"a"})") << u"done: clip: "_s;
}

void TestJob::brokenPhasesNameTheField()
{
    QFETCH(State, state);
    QFETCH(QByteArray, json);
    QFETCH(QString, detail);
    const auto read = phaseFromJson(state, QJsonDocument::fromJson(json).object());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Database);
    QVERIFY2(read.error().detail.startsWith(detail), qPrintable(read.error().detail));
}

void TestJob::statesKnowTheirNames()
{
    const QStringList names = {u"held"_s,        u"queued"_s,     u"uploading"_s,   u"submitting"_s,
                               u"unconfirmed"_s, u"generating"_s, u"downloading"_s, u"done"_s,
                               u"moderated"_s,   u"failed"_s,     u"expired"_s,     u"cancelled"_s};
    const QList<Phase> phases = fullPhases();
    QCOMPARE(phases.size(), names.size());
    for (qsizetype i = 0; i < names.size(); ++i) {
        const State state = stateOf(phases.at(i));
        QCOMPARE(state, static_cast<State>(i));
        QCOMPARE(toName(state), names.at(i));
        QCOMPARE(stateFromName(names.at(i)), std::optional(state));
        QCOMPARE(displayName(state).toLower(), names.at(i));
    }
    QVERIFY(!stateFromName(u"running"_s));
}

void TestJob::unfinishedAndSent_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<bool>("unfinished");
    QTest::addColumn<bool>("sent");
    QTest::newRow("held") << State::Held << true << false;
    QTest::newRow("queued") << State::Queued << true << false;
    QTest::newRow("uploading") << State::Uploading << true << false;
    QTest::newRow("submitting") << State::Submitting << true << true;
    QTest::newRow("unconfirmed waits for a person") << State::Unconfirmed << false << true;
    QTest::newRow("generating") << State::Generating << true << true;
    QTest::newRow("downloading") << State::Downloading << true << true;
    QTest::newRow("done") << State::Done << false << false;
    QTest::newRow("moderated") << State::Moderated << false << false;
    QTest::newRow("failed") << State::Failed << false << false;
    QTest::newRow("expired") << State::Expired << false << false;
    QTest::newRow("cancelled") << State::Cancelled << false << false;
}

void TestJob::unfinishedAndSent()
{
    QFETCH(State, state);
    QFETCH(bool, unfinished);
    QFETCH(bool, sent);
    QCOMPARE(isUnfinished(state), unfinished);
    QCOMPARE(isSent(state), sent);
}

void TestJob::idAndErrorAreFoundInEveryPhase()
{
    const QList<State> withoutId = {State::Held, State::Queued, State::Uploading, State::Submitting,
                                    State::Unconfirmed};
    const QList<State> withoutError = {State::Held, State::Uploading, State::Submitting, State::Done, State::Cancelled};
    for (const Phase& phase : fullPhases()) {
        const State state = stateOf(phase);
        QCOMPARE(requestIdOf(phase), withoutId.contains(state) ? RequestId() : someRequest);
        QCOMPARE(errorOf(phase), withoutError.contains(state) ? std::nullopt : std::optional(someError));
    }
}

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
