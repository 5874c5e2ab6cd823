// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/engine.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QFileInfo>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;
using clipkiln::test::rule;
using clipkiln::test::TestProfile;
using simulator::Reply;
using simulator::Step;

/// The queue behind its thread, as the window uses it.
class TestEngine : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<TestProfile> m_profile;
    std::unique_ptr<Engine> m_engine;
    QHash<JobId, Job> m_jobs; ///< as the window would know them
    std::atomic<QThread*> m_askedFrom = nullptr;
    std::atomic_bool m_standsStill = false; ///< the engine's thread, when it next asks for the address
    QSemaphore m_stands;
    QSemaphore m_goesOn;

    void open()
    {
        const auto error = m_profile->profile.makeFolders();
        QVERIFY(!error);
        m_engine =
            std::make_unique<Engine>(EnginePaths{m_profile->profile.databaseFile(), m_profile->profile.inputsFolder()},
                                     [this, address = m_profile->simulatorAddress()] {
                                         m_askedFrom = QThread::currentThread();
                                         if (m_standsStill.exchange(false)) {
                                             m_stands.release();
                                             m_goesOn.acquire();
                                         }
                                         return address;
                                     });
        m_jobs.clear();
        connect(m_engine.get(), &Engine::loaded, this, [this](const QList<Job>& jobs) {
            QVERIFY(m_jobs.isEmpty()); // what is there comes before what changes
            for (const Job& job : jobs)
                m_jobs.insert(job.id, job);
        });
        connect(&m_engine->jobs(), &JobsProxy::changed, this, [this](const Job& job) {
            QCOMPARE(QThread::currentThread(), thread());
            m_jobs.insert(job.id, job);
        });
        connect(&m_engine->jobs(), &JobsProxy::removed, this, [this](const JobId& id) { m_jobs.remove(id); });
    }
    void start()
    {
        QSignalSpy loaded(m_engine.get(), &Engine::loaded);
        m_engine->start(test::quickSettings(m_profile->profile));
        QVERIFY(loaded.wait(20'000));
    }
    JobId enqueue(const Origin& origin = Origin::simulator())
    {
        return m_engine->jobs().enqueue(paperBoat(), origin, Money{420}, {});
    }
    static GenerationRequest paperBoat()
    {
        GenerationRequest request;
        request.prompt = u"A paper boat"_s;
        request.model = u"grok-imagine-video"_s;
        return request;
    }
    bool reaches(const JobId& id, State state)
    {
        return QTest::qWaitFor([&] { return m_jobs.contains(id) && m_jobs.value(id).state() == state; }, 20'000);
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
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
        QSignalSpy clipAdded(&m_engine->clips(), &ClipsProxy::added);
        const JobId id = enqueue();
        QVERIFY(reaches(id, State::Done));
        QCOMPARE(m_jobs.value(id).estimate, std::optional(Money{420}));
        QCOMPARE(clipAdded.size(), 1);
        QVERIFY(QFileInfo::exists(clipAdded.first().first().value<Clip>().path));
        QVERIFY(m_askedFrom != nullptr);
        QVERIFY(m_askedFrom != QThread::currentThread());
        QVERIFY(!m_engine->jobs().isFetching());
    }

    void whatIsAskedBeforeTheStartIsDoneAfterIt()
    {
        const Origin origin = m_profile->keyedOrigin();
        m_engine->setKey(origin, Secret("key"));
        m_engine->start(test::quickSettings(m_profile->profile));
        const JobId id = enqueue(origin);
        QVERIFY(reaches(id, State::Done));
    }

    void anAcceptedJobFindsItsKeyAfterARestart_data()
    {
        QTest::addColumn<bool>("isKeyFirst");
        QTest::newRow("the key comes before the engine starts") << true;
        QTest::newRow("the key comes right after") << false;
    }
    void anAcceptedJobFindsItsKeyAfterARestart()
    {
        QFETCH(const bool, isKeyFirst);
        const Origin origin = m_profile->keyedOrigin();
        start();
        m_engine->setKey(origin, Secret("key"));
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        const JobId id = enqueue(origin);
        QVERIFY(reaches(id, State::Generating));
        m_engine.reset();
        m_profile->play({});

        open();
        if (isKeyFirst)
            m_engine->setKey(origin, Secret("key"));
        m_engine->start(test::quickSettings(m_profile->profile));
        if (!isKeyFirst)
            m_engine->setKey(origin, Secret("key"));
        QVERIFY(reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
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
        QSignalSpy failed(&m_engine->jobs(), &JobsProxy::submitFailed);
        m_engine->jobs().cancel({JobId::create()}); // nothing to work on, and nothing breaks
        std::ignore = enqueue();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().first().value<Error>().kind, ErrorKind::Disk);
        QCOMPARE(trouble.size(), 1);
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
        QVERIFY(m_engine->jobs().isFetching());
        QVERIFY(reaches(id, State::Done));
        QVERIFY(!m_engine->jobs().isFetching());
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
        m_engine->jobs().hold(first);
        QVERIFY(reaches(first, State::Held));
        m_engine->jobs().release(first);
        QVERIFY(reaches(first, State::Queued));
        m_engine->jobs().cancel({second});
        QVERIFY(reaches(second, State::Cancelled));
        m_engine->jobs().remove({second});
        QTRY_VERIFY(!m_jobs.contains(second));
        m_engine->jobs().runNext(third);
        held.hold = false;
        held.concurrency = 1;
        m_engine->configure(held);
        QVERIFY(reaches(third, State::Done));
        QVERIFY(reaches(first, State::Done));
        QVERIFY(m_jobs.value(third).acceptedAt <= m_jobs.value(first).acceptedAt);
    }

    void aCancelIsAnswered()
    {
        start();
        QSignalSpy cancelled(&m_engine->jobs(), &JobsProxy::cancelled);
        const auto report = [&cancelled] { return cancelled.last().first().value<CancelReport>(); };
        const JobId done = enqueue();
        QVERIFY(reaches(done, State::Done));
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        const JobId sent = enqueue();
        QVERIFY(reaches(sent, State::Generating));
        QueueSettings held = test::quickSettings(m_profile->profile);
        held.hold = true;
        m_engine->configure(held);
        const JobId unsent = enqueue();
        QVERIFY(reaches(unsent, State::Queued));
        const Job before = m_jobs.value(unsent);

        m_engine->jobs().cancel({done, sent, unsent});
        QTRY_COMPARE(cancelled.size(), 1);
        QCOMPARE(report().over, 1);
        QCOMPARE(report().stopped, QList<JobId>{sent});
        QVERIFY(!report().isUnanswered);
        QCOMPARE(report().unsent, QList<Job>{before});

        m_engine->jobs().cancel({unsent}); // asked for twice
        QTRY_COMPARE(cancelled.size(), 2);
        QCOMPARE(report().over, 0);
        QCOMPARE(report().unsent, QList<Job>());
    }

    void removedRowsComeBack()
    {
        start();
        const JobId id = enqueue();
        QVERIFY(reaches(id, State::Done));
        const Job before = m_jobs.value(id);
        QSignalSpy ended(&m_engine->jobs(), &JobsProxy::removeEnded);
        m_engine->jobs().remove({id});
        m_engine->jobs().remove({id});
        QTRY_COMPARE(ended.size(), 2);
        QCOMPARE(ended.first().first().value<QList<JobId>>(), QList<JobId>{id});
        QCOMPARE(ended.last().first().value<QList<JobId>>(), QList<JobId>());
        QVERIFY(!m_jobs.contains(id));
        m_engine->jobs().restore({id});
        QTRY_VERIFY(m_jobs.contains(id));
        QCOMPARE(m_jobs.value(id), before);
    }

    void clipsAreCopiedBinnedAndBroughtBack()
    {
        qputenv("XDG_DATA_HOME", m_profile->folder.path().toLocal8Bit());
        start();
        QSignalSpy clipAdded(&m_engine->clips(), &ClipsProxy::added);
        QVERIFY(reaches(enqueue(), State::Done));
        const Clip clip = clipAdded.first().first().value<Clip>();

        QSignalSpy copied(&m_engine->clips(), &ClipsProxy::copied);
        m_engine->clips().copy(clip.id, m_profile->folder.filePath(u"saved.mp4"_s), false);
        QVERIFY(copied.wait(patience));
        QSignalSpy removed(&m_engine->clips(), &ClipsProxy::removed);
        m_engine->clips().bin(clip.id);
        QVERIFY(removed.wait(patience));
        QSignalSpy restored(&m_engine->clips(), &ClipsProxy::restored);
        m_engine->clips().restore(clip.id);
        QVERIFY(restored.wait(patience));
        QVERIFY(QFileInfo::exists(clip.path));
    }

    void whatRealJobsCostIsToldAlsoWhenTheirRowsAreGone()
    {
        SpendReport spend;
        connect(&m_engine->history(), &HistoryProxy::spendChanged, this,
                [&spend](const SpendReport& report) { spend = report; });
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

        m_engine->jobs().remove({id});
        QTRY_VERIFY(!m_jobs.contains(id));
        m_engine.reset();
        open();
        QSignalSpy told(&m_engine->history(), &HistoryProxy::spendChanged);
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
        QSignalSpy reached(&m_engine->jobs(), &JobsProxy::limitReached);
        m_engine->start(settings);
        for (int i = 0; i < 100; ++i)
            std::ignore = enqueue(origin);
        const JobId free = enqueue();
        QVERIFY(loaded.wait(20'000));
        QTRY_VERIFY(m_jobs.contains(free)); // a simulated one passes no limit
        QTRY_COMPARE(reached.size(), 90);
        QCOMPARE(m_jobs.size(), 11);
        const auto limit = reached.last().at(1).value<LimitPassed>();
        QCOMPARE(limit.limits.first().limit, Money{11 * 420 - 1});
        QCOMPARE(limit.limits.first().inFlight, Money{10 * 420});

        // A person may say so all the same.
        const Job refused = reached.first().first().value<QList<Job>>().first();
        m_engine->jobs().enqueueAnyway({refused});
        QTRY_VERIFY(m_jobs.contains(refused.id));
        QCOMPARE(m_jobs.value(refused.id).estimate, std::optional(Money{420}));
    }

    void theJobsOfOneSubmitPassALimitTogetherOrNotAtAll()
    {
        // Groups of 1 to 4 at 420 ticks each; the limit holds ten jobs, and lacks a tick for the eleventh.
        const Origin origin = m_profile->keyedOrigin();
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        m_engine->setKey(origin, Secret("key"));
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.limits.perDay = Money{11 * 420 - 1};
        QSignalSpy loaded(m_engine.get(), &Engine::loaded);
        QSignalSpy reached(&m_engine->jobs(), &JobsProxy::limitReached);
        m_engine->start(settings);
        const GenerationRequest request = paperBoat();
        for (const int takes : {4, 4, 4, 3, 1, 2, 1, 1})
            std::ignore = m_engine->jobs().enqueueAll(takesOf(request, Money{420}, takes), origin);
        QVERIFY(loaded.wait(20'000));
        QTRY_COMPARE(reached.size(), 4); // 4 + 4 fit, then 1 and 1
        QCOMPARE(m_jobs.size(), 10);
        QCOMPARE(reached.first().first().value<QList<Job>>().size(), 4);
        const auto limit = reached.first().at(1).value<LimitPassed>();
        QCOMPARE(limit.jobs, 4);
        QCOMPARE(limit.price, std::optional(Money{4 * 420}));

        m_engine->jobs().enqueueAnyway(reached.first().first().value<QList<Job>>());
        QTRY_COMPARE(m_jobs.size(), 14);
    }

    void whatBecameOfASubmitIsTold()
    {
        QSignalSpy ended(&m_engine->jobs(), &JobsProxy::submitEnded);
        const JobId early = enqueue();
        QTRY_COMPARE(ended.size(), 1); // there is no database yet
        QCOMPARE(ended.last().first().value<QList<Job>>().first().id, early);
        QVERIFY(!ended.last().at(1).toBool());

        const Origin origin = m_profile->keyedOrigin();
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.limits.perDay = Money{420};
        QSignalSpy reached(&m_engine->jobs(), &JobsProxy::limitReached);
        m_engine->start(settings);
        const JobId fits = enqueue(origin);
        QTRY_COMPARE(ended.size(), 2);
        QCOMPARE(ended.last().first().value<QList<Job>>().first().id, fits);
        QVERIFY(ended.last().at(1).toBool());
        const JobId tooMuch = enqueue(origin);
        QTRY_COMPARE(reached.size(), 1);
        QCOMPARE(ended.size(), 2); // a person decides
        m_engine->jobs().enqueueAnyway(reached.first().first().value<QList<Job>>());
        QTRY_COMPARE(ended.size(), 3);
        QCOMPARE(ended.last().first().value<QList<Job>>().first().id, tooMuch);
        QVERIFY(ended.last().at(1).toBool());
    }

    void eachTakeIsItsOwnJobAndPost()
    {
        start();
        const auto ids = m_engine->jobs().enqueueAll(takesOf(paperBoat(), Money{420}, 4), Origin::simulator());
        QCOMPARE(ids.size(), 4);
        for (qsizetype i = 0; i < ids.size(); ++i) {
            QVERIFY(reaches(ids.at(i), State::Done));
            const Job job = m_jobs.value(ids.at(i));
            QVERIFY(!job.group.isEmpty());
            QCOMPARE(job.group, m_jobs.value(ids.first()).group);
            QCOMPARE(job.take, static_cast<int>(i) + 1);
            QCOMPARE(job.takes, 4);
        }
        QCOMPARE(m_profile->count(Step::Post), 4);
        const auto alone = m_engine->jobs().enqueueAll(takesOf(paperBoat(), Money{420}, 1), Origin::simulator());
        QVERIFY(reaches(alone.first(), State::Done));
        QVERIFY(m_jobs.value(alone.first()).group.isEmpty());
    }

    void aJobOfUnknownPriceThatWasLetThroughKeepsTheLimitWatchful()
    {
        const Origin origin = m_profile->keyedOrigin();
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        m_engine->setKey(origin, Secret("key"));
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.limits.perDay = Money{1'000'000};
        QSignalSpy loaded(m_engine.get(), &Engine::loaded);
        QSignalSpy reached(&m_engine->jobs(), &JobsProxy::limitReached);
        m_engine->start(settings);
        QVERIFY(loaded.wait(20'000));
        std::ignore = m_engine->jobs().enqueueAll({{paperBoat(), std::nullopt, 1, 1, {}}}, origin);
        QTRY_COMPARE(reached.size(), 1);
        m_engine->jobs().enqueueAnyway(reached.first().first().value<QList<Job>>());
        QTRY_COMPARE(m_jobs.size(), 1);
        std::ignore = enqueue(origin);
        QTRY_COMPARE(reached.size(), 2);
        QCOMPARE(reached.last().at(1).value<LimitPassed>().limits.first().unpriced, 1);
    }

    void aCancelledJobIsBroughtBackWithinTheLimitsOnly()
    {
        const Origin origin = m_profile->keyedOrigin(); // no key yet: all wait unsent
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.limits.perDay = Money{420};
        QSignalSpy loaded(m_engine.get(), &Engine::loaded);
        QSignalSpy reached(&m_engine->jobs(), &JobsProxy::limitReached);
        QSignalSpy removed(&m_engine->jobs(), &JobsProxy::removed);
        m_engine->start(settings);
        QVERIFY(loaded.wait(20'000));
        const JobId first = enqueue(origin);
        QVERIFY(reaches(first, State::Queued));
        const Job before = m_jobs.value(first);
        m_engine->jobs().cancel({first});
        QVERIFY(reaches(first, State::Cancelled));
        const JobId second = enqueue(origin);
        QVERIFY(reaches(second, State::Queued));

        m_engine->jobs().bringBack({before});
        QTRY_COMPARE(reached.size(), 1);
        QCOMPARE(m_jobs.value(first).state(), State::Cancelled);
        QCOMPARE(removed.size(), 0);
        m_engine->jobs().enqueueAnyway(reached.first().first().value<QList<Job>>());
        QVERIFY(reaches(first, State::Queued));
        QCOMPARE(m_jobs.size(), 2);
        QCOMPARE(m_jobs.value(first).createdAt, before.createdAt);

        // Asked for twice it is still one job and one POST.
        m_engine->setKey(origin, Secret("key"));
        QVERIFY(reaches(first, State::Done));
        QVERIFY(reaches(second, State::Done)); // before that it cannot be removed
        m_engine->jobs().enqueueAnyway({before});
        m_engine->jobs().remove({second});
        QTRY_COMPARE(removed.size(), 1);
        QCOMPARE(m_jobs.value(first).state(), State::Done);
        QCOMPARE(m_profile->count(Step::Post), 2);
    }

    void aHeldJobIsBroughtBackHeld()
    {
        start();
        QueueSettings held = test::quickSettings(m_profile->profile);
        held.hold = true;
        m_engine->configure(held);
        const JobId id = enqueue();
        m_engine->jobs().hold(id);
        QVERIFY(reaches(id, State::Held));
        const Job before = m_jobs.value(id);
        m_engine->jobs().cancel({id});
        QVERIFY(reaches(id, State::Cancelled));
        m_engine->jobs().bringBack({before});
        QVERIFY(reaches(id, State::Held));
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
        // The engine's thread stands still until all is asked of it: a call that waited for it would never return.
        start();
        m_standsStill = true;
        const JobId id = enqueue();
        QVERIFY(m_stands.tryAcquire(1, 20'000));
        for (int i = 0; i < 1'000; ++i)
            m_engine->jobs().runNext(id);
        m_goesOn.release();
        QVERIFY(reaches(id, State::Done));
    }

    void promptsAreToldAndForgotten()
    {
        QSignalSpy told(&m_engine->history(), &HistoryProxy::promptsChanged);
        const auto prompts = [&told] {
            return told.isEmpty() ? QList<PastPrompt>() : told.last().first().value<QList<PastPrompt>>();
        };
        start();
        QVERIFY(told.isEmpty()); // there are none yet
        const JobId id = enqueue();
        QTRY_COMPARE(prompts().size(), 1);
        QCOMPARE(prompts().first().prompt, u"A paper boat"_s);
        QCOMPARE(prompts().first().uses, 1);
        QVERIFY(reaches(id, State::Done));
        m_engine->jobs().remove({id});
        QTRY_VERIFY(!m_jobs.contains(id));
        enqueue();
        QTRY_COMPARE(prompts().first().uses, 2); // the removed one counts, too

        m_engine->history().forgetPrompt(u"A paper boat"_s);
        QTRY_VERIFY(prompts().isEmpty());
        QTRY_COMPARE(m_jobs.size(), 1); // the job itself stays
    }
};

QTEST_MAIN(TestEngine)
#include "tst_engine.moc"
