// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/engine.h"
#include "support/testprofile.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::rule;
using clipkiln::test::TestProfile;
using simulator::Reply;
using simulator::Step;

/// The queue behind its thread, as the window uses it.
class TestEngine : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TestProfile> m_profile;
    std::unique_ptr<Engine> m_engine;
    QHash<JobId, Job> m_jobs; ///< as the window would know them
    std::atomic<QThread*> m_askedFrom = nullptr;

    void open()
    {
        const auto error = m_profile->profile.makeFolders();
        QVERIFY(!error);
        m_engine =
            std::make_unique<Engine>(EnginePaths{m_profile->profile.databaseFile(), m_profile->profile.inputsFolder()},
                                     [this, address = m_profile->simulatorAddress()] {
                                         m_askedFrom = QThread::currentThread();
                                         return address;
                                     });
        m_jobs.clear();
        connect(m_engine.get(), &Engine::loaded, this, [this](const QList<Job>& jobs) {
            QVERIFY(m_jobs.isEmpty()); // what is there comes before what changes
            for (const Job& job : jobs)
                m_jobs.insert(job.id, job);
        });
        connect(m_engine.get(), &Engine::changed, this, [this](const Job& job) {
            QCOMPARE(QThread::currentThread(), thread());
            m_jobs.insert(job.id, job);
        });
        connect(m_engine.get(), &Engine::removed, this, [this](const JobId& id) { m_jobs.remove(id); });
    }
    void start()
    {
        QSignalSpy loaded(m_engine.get(), &Engine::loaded);
        m_engine->start(test::quickSettings(m_profile->profile));
        QVERIFY(loaded.wait(20'000));
    }
    JobId enqueue(const Origin& origin = Origin::simulator())
    {
        GenerationRequest request;
        request.prompt = u"A paper boat"_s;
        request.model = u"grok-imagine-video"_s;
        return m_engine->enqueue(request, origin, Money{420}, {});
    }
    bool reaches(const JobId& id, State state)
    {
        return QTest::qWaitFor([&] { return m_jobs.contains(id) && m_jobs.value(id).state() == state; }, 20'000);
    }

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        open();
    }
    void cleanup()
    {
        m_engine.reset();
        m_profile.reset();
    }

    void aJobBecomesAClipOnAnotherThread()
    {
        start();
        QSignalSpy clipAdded(m_engine.get(), &Engine::clipAdded);
        const JobId id = enqueue();
        QVERIFY(reaches(id, State::Done));
        QCOMPARE(m_jobs.value(id).estimate, std::optional(Money{420}));
        QCOMPARE(clipAdded.size(), 1);
        QVERIFY(QFileInfo::exists(clipAdded.first().first().value<Clip>().path));
        QVERIFY(m_askedFrom != nullptr);
        QVERIFY(m_askedFrom != QThread::currentThread());
        QVERIFY(!m_engine->isFetching());
    }

    void whatIsAskedBeforeTheStartIsDoneAfterIt()
    {
        const Origin origin = m_profile->keyedOrigin();
        m_engine->setKey(origin, Secret("key"));
        m_engine->start(test::quickSettings(m_profile->profile));
        const JobId id = enqueue(origin);
        QVERIFY(reaches(id, State::Done));
    }

    void jobsAndClipsAreThereAfterARestart()
    {
        start();
        const JobId done = enqueue();
        QVERIFY(reaches(done, State::Done));
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        const JobId running = enqueue();
        QVERIFY(reaches(running, State::Generating));
        m_engine.reset();
        m_profile->play({});

        open();
        QSignalSpy loaded(m_engine.get(), &Engine::loaded);
        start();
        QCOMPARE(loaded.first().at(1).value<QList<Clip>>().size(), 1);
        QCOMPARE(m_jobs.value(done).state(), State::Done);
        QVERIFY(reaches(running, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 2);
    }

    void aDatabaseThatCannotBeOpenedIsTold()
    {
        m_engine = std::make_unique<Engine>(
            EnginePaths{m_profile->folder.filePath(u"missing/library.sqlite"_s), m_profile->profile.inputsFolder()},
            [] { return QUrl(); });
        QSignalSpy trouble(m_engine.get(), &Engine::trouble);
        m_engine->start({});
        m_engine->cancel(JobId::create()); // nothing to work on, and nothing breaks
        QVERIFY(trouble.wait());
        QCOMPARE(trouble.first().first().value<Error>().kind, ErrorKind::Disk);
    }

    void fetchingIsKnownWhileItLasts()
    {
        start();
        simulator::Rule slow = rule(Step::Download, Reply::Usual);
        slow.delay = 500ms;
        m_profile->play({slow});
        const JobId id = enqueue();
        QVERIFY(reaches(id, State::Downloading));
        QVERIFY(m_engine->isFetching());
        QVERIFY(reaches(id, State::Done));
        QVERIFY(!m_engine->isFetching());
    }

    void everyWishArrives()
    {
        start();
        QueueSettings held = test::quickSettings(m_profile->profile);
        held.hold = true;
        m_engine->configure(held);
        const JobId first = enqueue();
        const JobId second = enqueue();
        const JobId third = enqueue();
        m_engine->hold(first);
        QVERIFY(reaches(first, State::Held));
        m_engine->release(first);
        QVERIFY(reaches(first, State::Queued));
        m_engine->cancel(second);
        QVERIFY(reaches(second, State::Cancelled));
        m_engine->remove(second);
        QTRY_VERIFY(!m_jobs.contains(second));
        m_engine->runNext(third);
        held.hold = false;
        held.concurrency = 1;
        m_engine->configure(held);
        QVERIFY(reaches(third, State::Done));
        QVERIFY(reaches(first, State::Done));
        QVERIFY(m_jobs.value(third).acceptedAt <= m_jobs.value(first).acceptedAt);
    }

    void clipsAreCopiedBinnedAndBroughtBack()
    {
        qputenv("XDG_DATA_HOME", m_profile->folder.path().toLocal8Bit());
        start();
        QSignalSpy clipAdded(m_engine.get(), &Engine::clipAdded);
        QVERIFY(reaches(enqueue(), State::Done));
        const Clip clip = clipAdded.first().first().value<Clip>();

        QSignalSpy copied(m_engine.get(), &Engine::copied);
        m_engine->copyClip(clip.id, m_profile->folder.filePath(u"saved.mp4"_s), false);
        QVERIFY(copied.wait());
        QSignalSpy removed(m_engine.get(), &Engine::clipRemoved);
        m_engine->binClip(clip.id);
        QVERIFY(removed.wait());
        QSignalSpy restored(m_engine.get(), &Engine::clipRestored);
        m_engine->restoreClip(clip.id);
        QVERIFY(restored.wait());
        QVERIFY(QFileInfo::exists(clip.path));
    }

    void whatRealJobsCostIsToldAlsoWhenTheirRowsAreGone()
    {
        SpendReport spend;
        connect(m_engine.get(), &Engine::spendChanged, this, [&spend](const SpendReport& report) { spend = report; });
        const auto today = QDate::currentDate();
        const Origin origin = m_profile->keyedOrigin();
        m_engine->setKey(origin, Secret("key"));
        start();
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        const JobId id = enqueue(origin);
        QVERIFY(reaches(id, State::Generating));
        QTRY_COMPARE(spend.inFlight(today, today), Money{420});
        m_profile->play({});
        QVERIFY(reaches(id, State::Done));
        const Money cost = m_jobs.value(id).cost.value();
        QTRY_COMPARE(spend.spent(today, today), cost);
        QCOMPARE(spend.inFlight(today, today), Money{});
        QVERIFY(reaches(enqueue(), State::Done)); // simulated: not real money

        m_engine->remove(id);
        QTRY_VERIFY(!m_jobs.contains(id));
        m_engine.reset();
        open();
        QSignalSpy told(m_engine.get(), &Engine::spendChanged);
        start();
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(told.first().first().value<SpendReport>().spent(today, today), cost);
    }

    void jobsSubmittedAtOnceNeverPassALimitTogether()
    {
        // 100 jobs of 420 ticks against a limit that holds ten of them, and lacks a tick for the eleventh.
        const Origin origin = m_profile->keyedOrigin();
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        m_engine->setKey(origin, Secret("key"));
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.limits.perDay = Money{11 * 420 - 1};
        QSignalSpy loaded(m_engine.get(), &Engine::loaded);
        QSignalSpy reached(m_engine.get(), &Engine::limitReached);
        m_engine->start(settings);
        for (int i = 0; i < 100; ++i)
            std::ignore = enqueue(origin);
        const JobId free = enqueue();
        QVERIFY(loaded.wait(20'000));
        QTRY_VERIFY(m_jobs.contains(free)); // a simulated one passes no limit
        QTRY_COMPARE(reached.size(), 90);
        QCOMPARE(m_jobs.size(), 11);
        const auto limit = reached.last().at(1).value<LimitPassed>();
        QCOMPARE(limit.limit, Money{11 * 420 - 1});
        QCOMPARE(limit.inFlight, Money{10 * 420});

        // A person may say so all the same.
        const Job refused = reached.first().first().value<Job>();
        m_engine->enqueueAnyway(refused);
        QTRY_VERIFY(m_jobs.contains(refused.id));
        QCOMPARE(m_jobs.value(refused.id).estimate, std::optional(Money{420}));
    }

    void quittingHearsTheAnswerToWhatWasSent()
    {
        start();
        simulator::Rule slow = rule(Step::Post, Reply::Usual);
        slow.delay = 500ms;
        m_profile->play({slow, rule(Step::Poll, Reply::Pending)});
        const JobId id = enqueue();
        QVERIFY(reaches(id, State::Submitting));
        m_engine.reset();
        QCOMPARE(m_profile->stored(id).state(), State::Generating);
    }

    void theWindowNeverWaits()
    {
        // The engine's thread is kept busy; calls return all the same.
        start();
        const JobId id = enqueue();
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 1'000; ++i)
            m_engine->runNext(id);
        QVERIFY(timer.elapsed() < 500);
        QVERIFY(reaches(id, State::Done));
    }
};

QTEST_MAIN(TestEngine)
#include "tst_engine.moc"
