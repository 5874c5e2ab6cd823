// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/calls.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlQuery>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::rule;
using clipkiln::test::Run;
using clipkiln::test::TestProfile;
using simulator::Reply;
using simulator::Rule;
using simulator::Step;

/// Closing and starting again in every phase, and rows that cannot be written.
class TestRestart : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<TestProfile> m_profile;

    /// A job that the service has, known by its row alone.
    JobId plantGenerating()
    {
        m_profile->start();
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        const JobId id = m_profile->enqueue();
        if (!m_profile->reaches(id, State::Generating))
            return {};
        m_profile->close();
        m_profile->play({});
        return id;
    }

    /// SQLite's own limit stands for the full disk: every further row meets the very same error.
    void fillDisk(Run& run)
    {
        QVERIFY(run.database->run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
        auto pages = run.database->run(u"PRAGMA page_count"_s);
        QVERIFY(pages && pages->next());
        QVERIFY(run.database->run(u"PRAGMA max_page_count = %1"_s.arg(pages->value(0).toInt())));
        // What free room the last page has is used up.
        for (int size = 2'000; size > 0; size /= 2) {
            while (run.database->run(u"INSERT INTO ballast VALUES (?)"_s, {QByteArray(size, 'x')}))
                ;
        }
    }
    /// Refuses rows that reach a state, and notes each try: FAIL keeps what the trigger wrote before it.
    void refuseRows(const QString& state)
    {
        auto& database = *m_profile->run->database;
        QVERIFY(database.run(u"CREATE TABLE tries (x)"_s));
        QVERIFY(database.run(u"CREATE TRIGGER no_more BEFORE UPDATE ON jobs WHEN new.state = '%1' BEGIN "
                             "INSERT INTO tries VALUES (1); SELECT RAISE(FAIL, 'no'); END"_s.arg(state)));
    }
    int tries()
    {
        auto counted = m_profile->run->database->run(u"SELECT count(*) FROM tries"_s);
        return counted && counted->next() ? counted->value(0).toInt() : 0;
    }
    void emptyDisk(Run& run) { QVERIFY(run.database->run(u"PRAGMA max_page_count = 1000000"_s)); }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_profile = std::make_unique<TestProfile>();
    }
    void cleanup() { m_profile.reset(); }

    void unsentJobsGoOn()
    {
        const JobId queued = m_profile->plant(Queued{});
        const JobId held = m_profile->plant(Held{});
        m_profile->start();
        QVERIFY(m_profile->reaches(queued, State::Done));
        QCOMPARE(m_profile->job(held).state(), State::Held);
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void unsentJobsAreHeldBySetting()
    {
        const JobId queued = m_profile->plant(Queued{});
        const JobId uploading = m_profile->plant(Uploading{});
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.holdUnsentAtStart = true;
        JobQueue& queue = m_profile->start(settings);
        QCOMPARE(m_profile->stored(queued).state(), State::Held);
        QCOMPARE(m_profile->stored(uploading).state(), State::Held);
        QVERIFY(!queue.hasWork());
        const JobId fresh = m_profile->enqueue(); // the setting is about the last run
        QVERIFY(m_profile->reaches(fresh, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void halfAnUploadIsSentAnew()
    {
        const JobId id = m_profile->plant(Uploading{});
        m_profile->start();
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void aSubmitWithoutItsAnswerIsUnconfirmed_data()
    {
        QTest::addColumn<Phase>("phase");
        QTest::newRow("as it was sent") << Phase(Submitting{});
        QTest::newRow("cancelled before the answer") << Phase(Cancelled{{}, true});
    }
    void aSubmitWithoutItsAnswerIsUnconfirmed()
    {
        QFETCH(const Phase, phase);
        const JobId id = m_profile->plant(phase);
        JobQueue& queue = m_profile->start();
        QCOMPARE(m_profile->stored(id).state(), State::Unconfirmed);
        QCOMPARE(errorOf(m_profile->stored(id).phase)->kind, ErrorKind::SubmitLost);
        QVERIFY(!queue.hasWork());
        const JobId other = m_profile->enqueue();
        QVERIFY(m_profile->reaches(other, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void generatingIsAskedForAtOnce()
    {
        const JobId id = plantGenerating();
        QVERIFY(!id.isEmpty());
        m_profile->simulator.clearLedger();
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.pollInterval = 1h;
        settings.firstPoll = 1h;
        m_profile->start(settings);
        QTRY_COMPARE(m_profile->count(Step::Poll), 1);
        m_profile->start();
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 0);
    }

    void downloadingAsksForAFreshAddress()
    {
        const JobId id = plantGenerating();
        Job job = m_profile->stored(id);
        Downloading downloading;
        downloading.requestId = requestIdOf(job.phase);
        downloading.address = QUrl(m_profile->simulator.clipUrl() + u"/gone.mp4"_s);
        downloading.target = m_profile->profile.clipsFolder() + u"/clip.mp4"_s;
        job.phase = downloading;
        {
            Run run(m_profile->profile, [] { return QUrl(); });
            QVERIFY(!run.jobs.save(job));
        }
        m_profile->start();
        QVERIFY(m_profile->reaches(id, State::Done));
        QVERIFY(QFileInfo::exists(downloading.target));
        for (const auto& entry : m_profile->simulator.ledger())
            QVERIFY(!entry.path.contains(u"gone"_s));
    }

    void aRestartTellsTheJobsAsTheyStand()
    {
        const JobId submitting = m_profile->plant(Submitting{});
        const JobId failed = m_profile->plant(Failed{{}, Error{ErrorKind::Rejected, {}, {}}});
        Run run(m_profile->profile, [] { return QUrl(); });
        const auto jobs = run.queue.restore();
        QVERIFY(jobs);
        QCOMPARE(jobs->size(), 2);
        QCOMPARE(jobs->at(0).id, submitting);
        QCOMPARE(jobs->at(0).state(), State::Unconfirmed);
        QCOMPARE(jobs->at(1).id, failed);
        QVERIFY(run.history.isEmpty());
    }

    void closingAtAnyMomentLosesNothing()
    {
        // Closes without ado when the job has changed so many times, other ones each round; until the clip is there.
        JobId id;
        {
            m_profile->start();
            id = m_profile->enqueue();
        }
        for (int round = 0; round < 60 && m_profile->stored(id).state() != State::Done; ++round) {
            m_profile->start();
            (void)QTest::qWaitFor([&] {
                return m_profile->history(id).size() >= round % 12 || m_profile->stored(id).state() == State::Done;
            });
            m_profile->close();
            if (m_profile->stored(id).state() == State::Unconfirmed)
                break; // closed between the request and its answer: a person decides
        }
        const State state = m_profile->stored(id).state();
        QVERIFY2(state == State::Done || state == State::Unconfirmed, qPrintable(toName(state)));
        QVERIFY(m_profile->count(Step::Post) <= 1);
        const QDir clips(m_profile->profile.clipsFolder());
        QCOMPARE(clips.entryList(QDir::Files | QDir::Hidden).size(), state == State::Done ? 1 : 0);
    }

    void withoutARowNothingIsSent()
    {
        JobQueue& queue = m_profile->start();
        Run& run = *m_profile->run;
        QVERIFY(run.database->run(u"CREATE TABLE ballast (x BLOB)"_s));
        fillDisk(run);
        Job job;
        job.request.model = u"grok-imagine-video"_s;
        job.request.prompt = QString(5'000, u'x');
        const auto refused = queue.enqueueAll({job});
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::DiskFull);
        QVERIFY(!queue.hasWork());
        QCOMPARE(run.history.size(), 0);

        emptyDisk(run);
        const auto taken = queue.enqueueAll({job});
        QVERIFY(taken);
        QVERIFY(m_profile->reaches(taken->first(), State::Done));
        QCOMPARE(m_profile->stored(taken->first()).state(), State::Done);
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void aStepThatCannotBeWrittenKeepsTheRequestHere_data()
    {
        QTest::addColumn<QString>("state");
        QTest::newRow("not begun") << u"uploading"_s;
        QTest::newRow("its last byte held back") << u"submitting"_s;
    }
    void aStepThatCannotBeWrittenKeepsTheRequestHere()
    {
        QFETCH(const QString, state);
        m_profile->start();
        refuseRows(state);
        const JobId id = m_profile->enqueue();
        QTRY_VERIFY(tries() >= 4);
        QVERIFY(!m_profile->run->troubles.isEmpty());
        QCOMPARE(m_profile->count(Step::Post), 0);
        QVERIFY(isUnfinished(m_profile->job(id).state()));
        QVERIFY(m_profile->run->database->run(u"DROP TRIGGER no_more"_s));
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void aRequestIdThatCannotBeWrittenIsNotedAndAskedFor_data()
    {
        QTest::addColumn<bool>("isClosed");
        QTest::newRow("the row is written later") << false;
        QTest::newRow("the program ends before it is") << true;
    }
    void aRequestIdThatCannotBeWrittenIsNotedAndAskedFor()
    {
        QFETCH(const bool, isClosed);
        m_profile->start();
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        refuseRows(u"generating"_s);
        const JobId id = m_profile->enqueue();
        QTRY_VERIFY(tries() >= 4);
        QCOMPARE(m_profile->run->troubles.size(), 1);               // said once
        QCOMPARE(m_profile->job(id).state(), State::Generating);    // here
        QCOMPARE(m_profile->stored(id).state(), State::Submitting); // in its row
        QTRY_VERIFY(m_profile->count(Step::Poll) >= 2);
        QVERIFY(!m_profile->run->queue.unkept(id));
        QVERIFY(m_profile->run->database->run(u"DROP TRIGGER no_more"_s));
        if (isClosed)
            m_profile->start();
        m_profile->play({});
        QVERIFY(m_profile->reaches(id, State::Done));
        QTRY_COMPARE(m_profile->stored(id).state(), State::Done);
        QCOMPARE(m_profile->count(Step::Post), 1);
        QTRY_VERIFY(m_profile->run->jobs.accepted().isEmpty());
    }

    void aRequestIdThatIsNowhereOnDiskIsReportedAndAskedFor()
    {
        QVERIFY(QDir().mkpath(m_profile->profile.dataFolder() + u"/accepted.jsonl"_s)); // no file can be there
        m_profile->start();
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        refuseRows(u"generating"_s);
        const JobId id = m_profile->enqueue();
        QTRY_VERIFY(m_profile->count(Step::Poll) >= 2);
        QCOMPARE(m_profile->run->troubles.size(), 1);
        const QString requestId = requestIdOf(m_profile->job(id).phase).toString();
        QVERIFY(m_profile->run->troubles.first().detail.contains(requestId));
        QVERIFY(m_profile->run->queue.unkept(id));
        QVERIFY(m_profile->run->database->run(u"DROP TRIGGER no_more"_s));
        m_profile->play({});
        QVERIFY(m_profile->reaches(id, State::Done));
        QTRY_VERIFY(!m_profile->run->queue.unkept(id));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void aClipWhoseRowCannotBeWrittenIsKeptAndWrittenLater()
    {
        m_profile->start();
        Run& run = *m_profile->run;
        QVERIFY(
            run.database->run(u"CREATE TRIGGER no_more BEFORE INSERT ON clips BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
        const JobId id = m_profile->enqueue();
        QTRY_COMPARE(run.troubles.size(), 1);
        QCOMPARE(m_profile->stored(id).state(), State::Downloading);
        QVERIFY(run.database->run(u"DROP TRIGGER no_more"_s));
        QTRY_COMPARE(run.clips.load()->size(), 1);
        QCOMPARE(m_profile->stored(id).state(), State::Done);
        QCOMPARE(m_profile->count(Step::Download), 1);
    }
};

QTEST_MAIN(TestRestart)
#include "tst_restart.moc"
