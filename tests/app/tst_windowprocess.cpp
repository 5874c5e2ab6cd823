// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"
#include "settings/settings.h"
#include "store/database.h"
#include "store/jobstore.h"
#include "store/profile.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QDir>
#include <QLocalServer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

} // namespace

/// The program's window as a process: how it starts beside another one, and how it ends.
class TestWindowProcess : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    [[nodiscard]] std::unique_ptr<QProcess> startWindow(const QStringList& arguments = {}) const
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"XAI_API_KEY"_s, QString::fromLatin1(Program::key));
        process->setProcessEnvironment(environment);
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        // A test that was started by nohup would have it ignored.
        process->setChildProcessModifier([] { std::signal(SIGHUP, SIG_DFL); });
        process->start(qEnvironmentVariable("CLIPKILN_PROGRAM"),
                       QStringList{u"--profile"_s, m_program->profile()} + arguments);
        return process;
    }

    /// True as soon as the window runs: it answers a second start.
    [[nodiscard]] bool isOpen() const
    {
        ProfileWait second(
            m_profile->socketName(),
            [] {
                return Error{ErrorKind::ProfileInUse, {}};
            },
            std::chrono::milliseconds(patience));
        QSignalSpy finished(&second, &ProfileWait::finished);
        second.start();
        return finished.wait(patience) &&
               finished.first().first().value<ProfileWait::Result>() == ProfileWait::Result::Raised;
    }

    /// Sends a signal; true when the program ends by itself, with success, and leaves its profile in order.
    [[nodiscard]] bool endsInOrder(QProcess& process, int signal) const
    {
        ::kill(static_cast<pid_t>(process.processId()), signal);
        if (!process.waitForFinished(patience))
            return false;
        const auto left = QDir(m_profile->dataFolder()).entryList({u"clipkiln.lock"_s, u"*-wal"_s, u"*-shm"_s});
        return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 && left.isEmpty();
    }

    [[nodiscard]] JobStore jobs() const { return JobStore(*Database::open(m_profile->databaseFile())); }

    /// A queued job of the simulator as a service with a key.
    [[nodiscard]] Job planted() const
    {
        Job job;
        job.id = JobId::create();
        job.origin = *Origin::fromAddress(m_program->simulator.baseUrl());
        job.request.prompt = u"A paper boat"_s;
        job.request.model = u"grok-imagine-video"_s;
        job.createdAt = QDateTime::currentDateTimeUtc();
        return job;
    }

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Profile> m_profile;

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void init()
    {
        TestCase::init();
        m_program = std::make_unique<Program>();
        m_profile = std::make_unique<Profile>(m_program->profile());
        QVERIFY(!m_profile->makeFolders());
    }

    void aSignalEndsItInOrder_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("the terminal closes") << SIGHUP;
    }

    void aSignalEndsItInOrder()
    {
        QFETCH(int, signal);
        const auto process = startWindow({u"--simulator"_s});
        QVERIFY(isOpen());
        QVERIFY(endsInOrder(*process, signal));
        const QSettings settings(m_profile->settingsFile(), QSettings::IniFormat);
        QVERIFY(!settings.allKeys().filter(u"geometry"_s, Qt::CaseInsensitive).isEmpty());
    }

    void aSignalAsksNoQuestionWhileAClipIsFetched()
    {
        const Outcome accepted = m_program->run(m_program->generateText() + QStringList{u"--no-wait"_s});
        QCOMPARE(accepted.exitCode, 0);
        simulator::Rule slow{simulator::Step::Download, simulator::Reply::Usual};
        slow.delay = std::chrono::minutes(1);
        m_program->play({slow});
        const auto process = startWindow({u"--api-url"_s, m_program->simulator.baseUrl()});
        QTRY_VERIFY(!m_program->seen(simulator::Step::Download).isEmpty());
        QVERIFY(endsInOrder(*process, SIGTERM));
    }

    void whatEndsWhileASubmitIsOutTakesItsAnswer()
    {
        const Job job = planted();
        QVERIFY(!jobs().save(job));
        simulator::Rule slow{simulator::Step::Post, simulator::Reply::Usual};
        slow.delay = std::chrono::seconds(2);
        m_program->play({slow});
        const auto process = startWindow({u"--api-url"_s, m_program->simulator.baseUrl()});
        QTRY_VERIFY(!m_program->seen(simulator::Step::Post).isEmpty());
        // A session that ends and its terminal ask again and again.
        const auto pid = static_cast<pid_t>(process->processId());
        for (int asked = 0; process->state() != QProcess::NotRunning; ++asked) {
            ::kill(pid, asked % 2 == 0 ? SIGTERM : SIGHUP);
            process->waitForFinished(50);
            QVERIFY(asked < patience / 50);
        }
        QCOMPARE(process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(process->exitCode(), 0);
        QVERIFY(!requestIdOf(jobs().find(job.id)->phase).isEmpty());
        QCOMPARE(m_program->seen(simulator::Step::Post).size(), 1);
    }

    void killedAgainAndAgainItLosesNoJob()
    {
        constexpr int count = 6;
        constexpr int kills = 20;
        Settings(m_profile->settingsFile()).setConcurrency(count);
        for (int i = 0; i < count; ++i)
            QVERIFY(!jobs().save(planted()));
        const auto in = [this](State state) {
            const auto all = *jobs().load();
            return std::count_if(all.begin(), all.end(), [state](const Job& job) { return job.state() == state; });
        };
        const auto requests = [this] { return m_program->simulator.ledger().size(); };
        const QStringList arguments{u"--api-url"_s, m_program->simulator.baseUrl()};

        m_program->play({simulator::Rule{simulator::Step::Poll, simulator::Reply::Pending}});
        auto process = startWindow(arguments);
        QTRY_COMPARE(in(State::Generating), count);
        for (int kill = 0; kill < kills; ++kill) {
            if (kill == kills / 2) { // from now on in the midst of downloads
                simulator::Rule slow{simulator::Step::Download, simulator::Reply::Usual};
                slow.delay = std::chrono::milliseconds(300);
                m_program->play({slow});
            }
            process->kill();
            QVERIFY(process->waitForFinished(patience));
            process = startWindow(arguments);
            const auto reached = requests() + kill % (2 * count);
            QTRY_VERIFY(requests() >= reached || in(State::Done) == count);
        }
        QTRY_COMPARE(in(State::Done), count);
        QVERIFY(endsInOrder(*process, SIGTERM));
        QCOMPARE(m_program->posts(), count);
        QCOMPARE(QDir(m_profile->clipsFolder()).entryList(QDir::Files | QDir::Hidden).size(), count);
    }

    void aStartWaitsForAnotherThatIsClosing()
    {
        auto lock = m_profile->lock();
        QVERIFY(lock);
        auto closing = std::make_unique<QLocalServer>(); // accepts, and never answers
        QVERIFY(closing->listen(m_profile->socketName()));
        QSignalSpy asked(closing.get(), &QLocalServer::newConnection);
        const auto process = startWindow({u"--simulator"_s});
        QVERIFY(asked.wait(patience)); // it has found the profile in use
        closing.reset();
        lock->reset();
        QVERIFY(isOpen());
        QVERIFY(endsInOrder(*process, SIGTERM));
    }

    void aSignalEndsTheWaiting()
    {
        const auto lock = m_profile->lock();
        QVERIFY(lock);
        QLocalServer closing;
        QVERIFY(closing.listen(m_profile->socketName()));
        QSignalSpy asked(&closing, &QLocalServer::newConnection);
        const auto process = startWindow();
        QVERIFY(asked.wait(patience));
        ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
        QVERIFY(process->waitForFinished(patience));
        QCOMPARE(process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(process->exitCode(), 0);
    }
};

QTEST_MAIN(TestWindowProcess)

#include "tst_windowprocess.moc"
