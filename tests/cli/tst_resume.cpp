// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/probe.h"
#include "store/database.h"
#include "store/profile.h"
#include "support/mediafiles.h"
#include "support/program.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"

#include <QImage>
#include <QRandomGenerator>
#include <QSqlQuery>
#include <QTest>

#include <csignal>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using simulator::Reply;
using simulator::Rule;
using simulator::Step;

namespace {

const QStringList resumeJson{u"resume"_s, u"--json"_s, u"--poll-interval"_s, u"0.05"_s};

QString stateOf(const QJsonObject& line)
{
    return line.value(u"state"_s).toString();
}

} // namespace

class TestResume : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_program = std::make_unique<Program>();
    }

    void withNothingToDoItSaysSo()
    {
        const Outcome outcome = m_program->run({u"resume"_s});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(outcome.err.contains("nothing to go on with"));
    }

    void anAcceptedJobIsFetchedToWhereItWasToGo()
    {
        const Outcome accepted = m_program->run(m_program->generateText() + QStringList{u"--no-wait"_s});
        QVERIFY2(accepted.exitCode == 0, accepted.err);
        QCOMPARE(stateOf(accepted.line()), u"generating"_s);
        QVERIFY(accepted.line().value(u"error"_s).isNull());
        QVERIFY(accepted.line().value(u"file"_s).isNull());
        QVERIFY(!accepted.line().value(u"request_id"_s).isNull());

        const Outcome outcome = m_program->run(resumeJson);
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(stateOf(outcome.line()), u"done"_s);
        QCOMPARE(outcome.line().value(u"id"_s), accepted.line().value(u"id"_s));
        QCOMPARE(outcome.line().value(u"request_id"_s), accepted.line().value(u"request_id"_s));
        QCOMPARE(outcome.line().value(u"file"_s).toString(), m_program->path(u"out.mp4"_s));
        QVERIFY(probeVideo(m_program->path(u"out.mp4"_s)).has_value());
        QCOMPARE(m_program->posts(), 1);
    }

    void noWaitTellsOfARefusalToo()
    {
        m_program->play({Rule{Step::Post, Reply::ModeratedPost}});
        QCOMPARE(m_program->run(m_program->generateText() + QStringList{u"--no-wait"_s}).exitCode, 4);
        m_program->play({Rule{Step::Post, Reply::ServerFault}});
        QCOMPARE(m_program->run(m_program->generateText() + QStringList{u"--no-wait"_s}).exitCode, 7);
    }

    void aJobThatWasNeverSentIsSentOnce()
    {
        const int port = m_program->simulator.port();
        m_program->simulator.stop();
        const QStringList arguments{u"generate"_s,
                                    u"text"_s,
                                    u"--prompt"_s,
                                    u"A paper boat"_s,
                                    u"--json"_s,
                                    u"--output"_s,
                                    u"out.mp4"_s,
                                    u"--timeout"_s,
                                    u"0.5"_s,
                                    u"--api-url"_s,
                                    u"http://127.0.0.1:%1/v1"_s.arg(port)};
        const Outcome unreachable = m_program->run(arguments);
        QCOMPARE(unreachable.exitCode, 7);
        QCOMPARE(stateOf(unreachable.line()), u"queued"_s);

        simulator::Options options;
        options.folder = m_program->path(u"simulator"_s);
        options.port = port;
        options.render = false;
        options.speed = 1000;
        simulator::Simulator simulator(options);
        const auto error = simulator.start();
        QVERIFY2(!error, error ? qPrintable(*error) : "");
        const Outcome outcome = m_program->run(resumeJson);
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(stateOf(outcome.line()), u"done"_s);
        const QList<simulator::LedgerEntry> ledger = simulator.ledger();
        QCOMPARE(
            std::count_if(ledger.begin(), ledger.end(), [](const auto& entry) { return entry.step == Step::Post; }), 1);
    }

    void anUnconfirmedJobIsToldOfAndNeverSentAgain()
    {
        m_program->play({Rule{Step::Post, Reply::ServerFault}});
        QCOMPARE(m_program->run(m_program->generateText()).exitCode, 7);
        m_program->play({});
        const Outcome outcome = m_program->run(resumeJson);
        QCOMPARE(outcome.exitCode, 7);
        QCOMPARE(stateOf(outcome.line()), u"unconfirmed"_s);
        QCOMPARE(m_program->posts(), 1);
    }

    void theWorstJobGivesTheExitCode()
    {
        for (const char* name : {"a.mp4", "b.mp4", "c.mp4"})
            QCOMPARE(m_program->run(m_program->generateText(QString::fromLatin1(name)) + QStringList{u"--no-wait"_s})
                         .exitCode,
                     0);
        Rule moderated{Step::Poll, Reply::ModeratedPoll};
        moderated.times = 1;
        Rule expired{Step::Poll, Reply::Expired};
        expired.from = 2;
        expired.times = 1;
        m_program->play({moderated, expired});
        const Outcome outcome = m_program->run(resumeJson);
        QVERIFY2(outcome.exitCode == 4, outcome.err);
        QCOMPARE(outcome.lines().size(), 3);
        QStringList states;
        for (const QJsonObject& line : outcome.lines())
            states.append(stateOf(line));
        states.sort();
        QCOMPARE(states, (QStringList{u"done"_s, u"expired"_s, u"moderated"_s}));
        QCOMPARE(m_program->posts(), 3);
    }

    void aJobThatIsStillNotFinishedIsSix()
    {
        QCOMPARE(m_program->run(m_program->generateText() + QStringList{u"--no-wait"_s}).exitCode, 0);
        m_program->play({Rule{Step::Poll, Reply::Pending}});
        const Outcome outcome = m_program->run(resumeJson + QStringList{u"--timeout"_s, u"0.5"_s});
        QCOMPARE(outcome.exitCode, 6);
        QCOMPARE(stateOf(outcome.line()), u"generating"_s);
        QCOMPARE(outcome.line().value(u"error"_s).toObject().value(u"kind"_s).toString(), u"still_running"_s);
    }

    void aServiceOutOfReachAfterAcceptanceIsSix()
    {
        QCOMPARE(m_program->run(m_program->generateText() + QStringList{u"--no-wait"_s}).exitCode, 0);
        m_program->simulator.stop();
        const Outcome outcome = m_program->run(resumeJson + QStringList{u"--timeout"_s, u"0.5"_s});
        QCOMPARE(outcome.exitCode, 6);
        QCOMPARE(outcome.line().value(u"error"_s).toObject().value(u"kind"_s).toString(), u"offline"_s);
    }

    void aNameThatWasTakenMeanwhileIsToldOf()
    {
        QCOMPARE(m_program->run(m_program->generateText() + QStringList{u"--no-wait"_s}).exitCode, 0);
        QVERIFY(writeFile(m_program->path(u"out.mp4"_s), "mine"));
        const Outcome outcome = m_program->run(resumeJson);
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(outcome.line().value(u"file"_s).toString(), m_program->path(u"out (2).mp4"_s));
        QVERIFY(outcome.err.contains("taken meanwhile"));
        QCOMPARE(readFile(m_program->path(u"out.mp4"_s)), QByteArray("mine"));
    }

    void aRowThatCannotBeReadIsShownAndAskedFor()
    {
        const Outcome accepted = m_program->run(m_program->generateText() + QStringList{u"--no-wait"_s});
        QCOMPARE(accepted.exitCode, 0);
        const QByteArray id = accepted.line().value(u"request_id"_s).toString().toUtf8();
        {
            const auto database = Database::open(Profile(m_program->profile()).databaseFile());
            QVERIFY(database && (*database)->run(u"UPDATE jobs SET state = 'flying'"_s));
        }
        const Outcome list = m_program->run({u"jobs"_s});
        QCOMPARE(list.exitCode, 0);
        QVERIFY2(list.out.contains("unreadable entry, request id " + id), list.out);
        QVERIFY2(!list.err.contains("no jobs yet"), list.err);
        const QJsonObject line = m_program->run({u"jobs"_s, u"--json"_s}).line();
        QCOMPARE(line.value(u"request_id"_s).toString().toUtf8(), id);
        QCOMPARE(line.value(u"error"_s).toObject().value(u"kind"_s).toString(), u"unreadable"_s);

        const Outcome outcome = m_program->run(resumeJson);
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(outcome.line().value(u"file"_s).toString(), m_program->path(u"out.mp4"_s));
        QCOMPARE(m_program->posts(), 1);
        QVERIFY(m_program->run({u"jobs"_s}).err.isEmpty());
    }

    void withoutItsKeyAJobWaits()
    {
        QCOMPARE(m_program->run(m_program->generateText() + QStringList{u"--no-wait"_s}).exitCode, 0);
        m_program->environmentKey.clear();
        const Outcome outcome = m_program->run(resumeJson);
        QCOMPARE(outcome.exitCode, 6);
        QCOMPARE(outcome.line().value(u"error"_s).toObject().value(u"kind"_s).toString(), u"key_missing"_s);
        QVERIFY(outcome.err.contains("XAI_API_KEY"));
    }

#if defined(Q_OS_UNIX)
    void stoppedWhileGeneratingTheJobStaysAndGoesOn_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("by Ctrl+C") << SIGINT;
        QTest::newRow("by SIGTERM") << SIGTERM;
    }
    void stoppedWhileGeneratingTheJobStaysAndGoesOn()
    {
        QFETCH(int, signal);
        m_program->play({Rule{Step::Poll, Reply::Pending}});
        const auto process = m_program->start(m_program->generateText());
        QTRY_VERIFY(!m_program->seen(Step::Poll).isEmpty());
        ::kill(static_cast<pid_t>(process->processId()), signal);
        const Outcome stopped = m_program->end(*process);
        QCOMPARE(stopped.exitCode, 6);
        QCOMPARE(stateOf(stopped.line()), u"generating"_s);
        QVERIFY2(stopped.err.contains("clipkiln resume"), stopped.err);

        m_program->play({});
        const Outcome outcome = m_program->run(resumeJson);
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(m_program->posts(), 1);
    }

    void stoppedWhileUploadingNothingWasSentAndTheJobGoesOn()
    {
        RudeProxy proxy;
        proxy.forwardTo(static_cast<quint16>(m_program->simulator.port()));
        proxy.behave(Rudeness::StopReading, 10'000);
        // Noise does not compress: more bytes than the buffers between two processes hold.
        QImage noise(2000, 2000, QImage::Format_RGB32);
        QRandomGenerator(1).fillRange(reinterpret_cast<quint32*>(noise.bits()), noise.sizeInBytes() / 4);
        QVERIFY(writeFile(m_program->path(u"in.png"_s), encoded(noise, "png")));
        const auto process =
            m_program->start({u"--api-url"_s, proxy.address().toString(), u"generate"_s, u"image"_s, u"--image"_s,
                              u"in.png"_s, u"--prompt"_s, u"Waves"_s, u"--json"_s, u"--output"_s, u"out.mp4"_s});
        QTRY_VERIFY(!proxy.seen().isEmpty() && proxy.seen().first().body.size() >= 10'000);
        ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
        const Outcome stopped = m_program->end(*process);
        QVERIFY2(stopped.exitCode == 7, stopped.err);
        QVERIFY(stopped.line().value(u"request_id"_s).isNull());
        QCOMPARE(proxy.count("POST", true), 0);

        proxy.behave(Rudeness::None);
        const auto resumed = m_program->start(resumeJson);
        QTRY_COMPARE(resumed->state(), QProcess::NotRunning); // the proxy needs this thread
        const Outcome outcome = m_program->end(*resumed);
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(proxy.count("POST", true), 1);
    }

    void stoppedWhileTheSubmitIsOutItsAnswerIsStillTaken_data()
    {
        QTest::addColumn<QList<int>>("signalsSent");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("Ctrl+C") << QList{SIGINT} << QStringList{} << 6;
        QTest::newRow("SIGTERM") << QList{SIGTERM} << QStringList{} << 6;
        QTest::newRow("the terminal closes") << QList{SIGHUP} << QStringList{} << 6;
        QTest::newRow("a session ends") << QList{SIGHUP, SIGTERM, SIGHUP} << QStringList{} << 6;
        QTest::newRow("it was not to wait") << QList{SIGTERM} << QStringList{u"--no-wait"_s} << 0;
        QTest::newRow("Ctrl+C once more ends at once") << QList{SIGINT, SIGINT} << QStringList{} << 7;
        QTest::newRow("Ctrl+C ends what SIGTERM began to end") << QList{SIGTERM, SIGINT} << QStringList{} << 7;
    }
    void stoppedWhileTheSubmitIsOutItsAnswerIsStillTaken()
    {
        QFETCH(const QList<int>, signalsSent);
        QFETCH(const QStringList, arguments);
        QFETCH(const int, exitCode);
        Rule slow{Step::Post, Reply::Usual};
        slow.delay = std::chrono::milliseconds(1500);
        m_program->play({slow, Rule{Step::Poll, Reply::Pending}});
        const auto process = m_program->prepare(m_program->generateText() + arguments);
        // A test that was started by nohup would have it ignored.
        process->setChildProcessModifier([] { std::signal(SIGHUP, SIG_DFL); });
        process->start();
        QTRY_COMPARE(m_program->posts(), 1);
        QByteArray said;
        for (const int signal : signalsSent) {
            ::kill(static_cast<pid_t>(process->processId()), signal);
            QTRY_VERIFY((said += process->readAllStandardError()).contains("Waiting for the answer"));
        }
        const Outcome stopped = m_program->end(*process);
        QVERIFY2(stopped.exitCode == exitCode, stopped.err);
        QCOMPARE(stopped.line().value(u"request_id"_s).isNull(), exitCode == 7);
        QCOMPARE(m_program->posts(), 1);
        if (exitCode == 7)
            return;
        m_program->play({});
        const Outcome resumed = m_program->run(resumeJson);
        QVERIFY2(resumed.exitCode == 0, resumed.err);
        QCOMPARE(m_program->posts(), 1);
    }
#endif
};

QTEST_MAIN(TestResume)

#include "tst_resume.moc"
