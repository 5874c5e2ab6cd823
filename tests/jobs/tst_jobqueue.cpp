// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/calls.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QFileInfo>
#include <QSignalSpy>
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

namespace {

Rule delayed(Step step, std::chrono::milliseconds delay)
{
    Rule slow = rule(step, Reply::Usual);
    slow.delay = delay;
    return slow;
}

} // namespace

/// The queue against a real service over real sockets; what it may cost is counted in the service's ledger.
class TestJobQueue : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<TestProfile> m_profile;

    void waitUntilAsked(qsizetype polls) { QTRY_VERIFY(m_profile->count(Step::Poll) >= polls); }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_profile = std::make_unique<TestProfile>();
    }
    void cleanup() { m_profile.reset(); }

    void aJobBecomesAClip()
    {
        JobQueue& queue = m_profile->start();
        QSignalSpy clipAdded(&queue, &JobQueue::clipAdded);
        QSignalSpy idle(&queue, &JobQueue::idle);
        const JobId id = m_profile->enqueue();
        QVERIFY(queue.hasWork());
        QVERIFY(m_profile->reaches(id, State::Done));

        QCOMPARE(m_profile->history(id), (QList{State::Queued, State::Uploading, State::Submitting, State::Generating,
                                                State::Downloading, State::Done}));
        QCOMPARE(m_profile->count(Step::Post), 1);
        QCOMPARE(clipAdded.size(), 1);
        const auto clip = clipAdded.first().first().value<Clip>();
        QVERIFY(QFileInfo::exists(clip.path));
        QCOMPARE(clip.bytes, QFileInfo(clip.path).size());
        QCOMPARE(clip.job, id);
        QVERIFY(!clip.requestId.isEmpty());
        QVERIFY(clip.size.isValid());
        QVERIFY(clip.seconds > 0);
        QVERIFY(clip.cost);

        const Job job = m_profile->stored(id);
        QCOMPARE(job.phase, Phase(Done{clip.requestId, clip.id}));
        QCOMPARE(job.cost, clip.cost);
        QVERIFY(job.acceptedAt.isValid());
        QVERIFY(job.finishedAt >= job.acceptedAt);
        QTRY_COMPARE(idle.size(), 1);
        QVERIFY(!queue.hasWork());
    }

    void theRowIsThereBeforeTheRequest()
    {
        // Whenever the service has a whole request, the row says Submitting or more.
        JobQueue& queue = m_profile->start();
        m_profile->play({delayed(Step::Post, 300ms)});
        const JobId id = m_profile->enqueue();
        QTRY_COMPARE(m_profile->count(Step::Post), 1);
        QCOMPARE(m_profile->stored(id).state(), State::Submitting);
        QVERIFY(queue.awaitsAnswer());
        QVERIFY(m_profile->reaches(id, State::Done));
    }

    void theRequestIdIsStoredBeforeTheFirstPoll()
    {
        m_profile->start();
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        const JobId id = m_profile->enqueue();
        waitUntilAsked(1);
        const Job job = m_profile->stored(id);
        QCOMPARE(job.state(), State::Generating);
        QVERIFY(!requestIdOf(job.phase).isEmpty());
        QVERIFY(job.acceptedAt.isValid());
    }

    void aRateLimitIsWaitedOutAndSentOnceMore()
    {
        JobQueue& queue = m_profile->start();
        m_profile->play({rule(Step::Post, Reply::RateLimited, 1)});
        const JobId id = m_profile->enqueue();
        bool counted = false;
        connect(&queue, &JobQueue::changed, this, [&](const Job& job) {
            const auto* queued = std::get_if<Queued>(&job.phase);
            counted = counted || (queued && queued->waiting && queued->waiting->kind == ErrorKind::RateLimited &&
                                  queued->until.isValid());
        });
        QVERIFY(m_profile->reaches(id, State::Done));
        QVERIFY(counted);
        QCOMPARE(m_profile->count(Step::Post), 2);
        QSet<QByteArray> keys;
        for (const auto& entry : m_profile->simulator.ledger()) {
            if (entry.step == Step::Post)
                keys.insert(entry.headers.value("idempotency-key"));
        }
        QCOMPARE(keys, QSet{id.toString().toUtf8()});
    }

    void aRateLimitMakesAllJobsOfTheOriginWait()
    {
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.concurrency = 1;
        settings.backoff = {1h, 1h};
        m_profile->start(settings);
        m_profile->play({rule(Step::Post, Reply::RateLimited, 1)});
        const JobId first = m_profile->enqueue();
        const JobId second = m_profile->enqueue();
        const auto isLimited = [this](const JobId& id) {
            const auto error = errorOf(m_profile->job(id).phase);
            return error && error->kind == ErrorKind::RateLimited;
        };
        QTRY_VERIFY(isLimited(first) && isLimited(second));
        QCOMPARE(m_profile->count(Step::Post), 1);
        m_profile->skip(1h);
        QVERIFY(m_profile->reaches(first, State::Done));
        QVERIFY(m_profile->reaches(second, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 3);
    }

    void theServicesOwnWaitIsKept()
    {
        m_profile->start();
        Rule limited = rule(Step::Post, Reply::RateLimited, 1);
        limited.headers.insert(u"Retry-After"_s, u"30"_s);
        m_profile->play({limited});
        const JobId id = m_profile->enqueue();
        QTRY_VERIFY(errorOf(m_profile->job(id).phase).has_value());
        const auto until = std::get<Queued>(m_profile->job(id).phase).until;
        const auto wait = QDateTime::currentDateTimeUtc().secsTo(until);
        QVERIFY2(wait > 25 && wait <= 30, qPrintable(QString::number(wait)));
        QCOMPARE(m_profile->count(Step::Post), 1);
        m_profile->skip(30s);
        QVERIFY(m_profile->reaches(id, State::Done));
    }

    void aSubmitEnds_data()
    {
        QTest::addColumn<Reply>("reply");
        QTest::addColumn<State>("state");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("out of credits is a failure, not a wait")
            << Reply::OutOfCredits << State::Failed << ErrorKind::OutOfCredits;
        QTest::newRow("a refused key fails before anything runs")
            << Reply::KeyRefused << State::Failed << ErrorKind::KeyRefused;
        QTest::newRow("a moderated prompt") << Reply::ModeratedPost << State::Moderated << ErrorKind::Moderated;
        QTest::newRow("a server fault leaves it open")
            << Reply::ServerFault << State::Unconfirmed << ErrorKind::SubmitLost;
        QTest::newRow("a web page leaves it open") << Reply::Html << State::Unconfirmed << ErrorKind::SubmitLost;
    }
    void aSubmitEnds()
    {
        QFETCH(const Reply, reply);
        QFETCH(const State, state);
        QFETCH(const ErrorKind, kind);
        m_profile->start();
        m_profile->play({rule(Step::Post, reply)});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, state));
        QCOMPARE(errorOf(m_profile->job(id).phase)->kind, kind);
        QVERIFY(m_profile->stored(id).finishedAt.isValid());
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void anUnconfirmedJobIsNeverSentAgain()
    {
        JobQueue& queue = m_profile->start();
        m_profile->play({rule(Step::Post, Reply::ServerFault, 1)});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Unconfirmed));
        queue.runNext(id);
        queue.release(id);
        queue.watchAgain(id);
        m_profile->start(); // a restart does not either
        const JobId other = m_profile->enqueue();
        QVERIFY(m_profile->reaches(other, State::Done));
        QCOMPARE(m_profile->job(id).state(), State::Unconfirmed);
        QCOMPARE(m_profile->count(Step::Post), 2);
    }

    void aJobGoesOnWhenTheNetworkComes()
    {
        QUrl address(u"http://127.0.0.1:1/v1"_s); // nobody there
        Run run(m_profile->profile, [&] { return address; });
        run.queue.configure(test::quickSettings(m_profile->profile));
        Job job;
        job.request.prompt = u"A paper boat"_s;
        job.request.model = u"grok-imagine-video"_s;
        const JobId id = run.queue.enqueue(job);
        const auto isOffline = [&] {
            const auto error = errorOf(run.queue.find(id)->phase);
            return run.queue.find(id)->state() == State::Queued && error && error->kind == ErrorKind::Offline;
        };
        QTRY_VERIFY(isOffline());
        QVERIFY(run.queue.hasWork());
        address = m_profile->simulatorAddress();
        QTRY_COMPARE(run.queue.find(id)->state(), State::Done);
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void whatTheTableForbidsEndsBeforeAnyNetwork()
    {
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.models = ModelTable::builtIn();
        JobQueue& queue = m_profile->start(settings);
        Job job;
        job.request.prompt = u"A paper boat"_s;
        job.request.model = u"grok-imagine-video"_s;
        job.request.duration = 16s;
        const JobId id = queue.enqueue(job);
        QVERIFY(m_profile->reaches(id, State::Failed));
        const auto error = errorOf(m_profile->job(id).phase);
        QCOMPARE(error->kind, ErrorKind::InvalidRequest);
        QVERIFY2(error->detail.contains(u"16 s"_s), qPrintable(error->detail));
        QVERIFY(m_profile->reaches(m_profile->enqueue(), State::Done));
        QCOMPARE(m_profile->simulator.ledger().first().body.value(u"duration"_s).toInt(), 1);
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void aGroupIsTakenUpWhereItStopped()
    {
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.concurrency = 2;
        JobQueue& queue = m_profile->start(settings);
        GenerationRequest request;
        request.prompt = u"A paper boat"_s;
        request.model = u"grok-imagine-video"_s;
        const auto ids = *queue.enqueueAll(jobsOf(takesOf(request, {}, 4), Origin::simulator()));
        QVERIFY(m_profile->reaches(ids.at(0), State::Generating));
        QVERIFY(m_profile->reaches(ids.at(1), State::Generating));
        m_profile->close();
        m_profile->play({});

        m_profile->start();
        for (qsizetype i = 0; i < ids.size(); ++i) {
            QVERIFY(m_profile->reaches(ids.at(i), State::Done));
            QCOMPARE(m_profile->job(ids.at(i)).take, static_cast<int>(i) + 1);
            QCOMPARE(m_profile->job(ids.at(i)).group, m_profile->job(ids.first()).group);
        }
        QCOMPARE(m_profile->count(Step::Post), 4);
    }

    void oneRequestOnTheWire_data()
    {
        QTest::addColumn<test::Rudeness>("rudeness");
        QTest::newRow("closed when it is there") << test::Rudeness::CloseAfterRequest;
        QTest::newRow("reset when it is there") << test::Rudeness::ResetAfterRequest;
        QTest::newRow("half a header comes back") << test::Rudeness::HalfHeader;
        QTest::newRow("half a body comes back") << test::Rudeness::CloseInBody;
        QTest::newRow("closed at once") << test::Rudeness::CloseAtOnce;
        QTest::newRow("reset at once") << test::Rudeness::ResetAtOnce;
    }
    void oneRequestOnTheWire()
    {
        QFETCH(const test::Rudeness, rudeness);
        test::RudeProxy proxy;
        proxy.answerWith(test::httpAnswer(200, R"({"request_id":"4c0f9a31"})"));
        proxy.behave(rudeness, 5);
        Run run(m_profile->profile, [&] { return proxy.address(); });
        run.queue.configure(test::quickSettings(m_profile->profile));
        Job job;
        job.request.prompt = u"A paper boat"_s;
        const JobId id = run.queue.enqueue(job);
        QTRY_COMPARE(run.queue.find(id)->state(), State::Unconfirmed);
        QVERIFY(!run.queue.hasWork());
        QVERIFY(proxy.count("POST", true) <= 1);
        QVERIFY(proxy.seen().size() <= 1); // of the connections: a cut before the last byte is free to try again
    }

    void pollsGoOnThroughTrouble_data()
    {
        QTest::addColumn<Rule>("trouble");
        QTest::newRow("server faults") << rule(Step::Poll, Reply::ServerFault, 3);
        QTest::newRow("web pages") << rule(Step::Poll, Reply::Html, 3);
        QTest::newRow("rate limits") << rule(Step::Poll, Reply::RateLimited, 3);
        QTest::newRow("empty answers") << rule(Step::Poll, Reply::PendingEmpty, 3);
        QTest::newRow("garbage") << rule(Step::Poll, Reply::PendingGarbage, 3);
    }
    void pollsGoOnThroughTrouble()
    {
        QFETCH(const Rule, trouble);
        m_profile->start();
        m_profile->play({trouble});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void aPollEnds_data()
    {
        QTest::addColumn<Reply>("reply");
        QTest::addColumn<State>("state");
        QTest::newRow("failed") << Reply::Failed << State::Failed;
        QTest::newRow("expired") << Reply::Expired << State::Expired;
        QTest::newRow("moderated, as done") << Reply::ModeratedDone << State::Moderated;
        QTest::newRow("moderated, as 400") << Reply::ModeratedPoll << State::Moderated;
        QTest::newRow("moderated, as failed") << Reply::ModeratedFailed << State::Moderated;
        QTest::newRow("done without an address") << Reply::NoAddress << State::Failed;
        QTest::newRow("forgotten") << Reply::Forgotten << State::Failed;
    }
    void aPollEnds()
    {
        QFETCH(const Reply, reply);
        QFETCH(const State, state);
        JobQueue& queue = m_profile->start();
        Rule end = rule(Step::Poll, reply);
        end.costInUsdTicks = 4'220'000'000;
        m_profile->play({end});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, state));
        const Job ended = m_profile->stored(id);
        QCOMPARE(ended.state(), state);
        QVERIFY(!requestIdOf(ended.phase).isEmpty());

        // Watch again asks about the same request and pays for nothing.
        m_profile->play({});
        queue.watchAgain(id);
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void aCostIsKeptOfAFailureToo()
    {
        m_profile->start();
        Rule failure = rule(Step::Poll, Reply::Failed);
        failure.costInUsdTicks = 4'220'000'000;
        m_profile->play({failure});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Failed));
        QCOMPARE(m_profile->stored(id).cost, std::optional(Money{4'220'000'000}));
    }

    void aRefusedKeyPausesAndAnotherGoesOn()
    {
        JobQueue& queue = m_profile->start();
        const Origin origin = m_profile->keyedOrigin();
        queue.setKey(origin, Secret("first"));
        m_profile->play({rule(Step::Poll, Reply::KeyRefused)});
        const JobId id = m_profile->enqueue(origin);
        const auto waitsFor = [&](ErrorKind kind) {
            const auto error = errorOf(m_profile->job(id).phase);
            return m_profile->job(id).state() == State::Generating && error && error->kind == kind;
        };
        QTRY_VERIFY(waitsFor(ErrorKind::KeyRefused));
        QTRY_VERIFY(!queue.hasWork());
        const auto asked = m_profile->count(Step::Poll);
        m_profile->play({});
        m_profile->start().setKey(origin, Secret()); // after a restart without a key it waits for one
        QTRY_VERIFY(waitsFor(ErrorKind::KeyMissing));
        QCOMPARE(m_profile->count(Step::Poll), asked);

        m_profile->run->queue.setKey(origin, Secret("second"));
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void theSameKeyAgainLetsItGoOn()
    {
        JobQueue& queue = m_profile->start();
        const Origin origin = m_profile->keyedOrigin();
        queue.setKey(origin, Secret("first"));
        m_profile->play({rule(Step::Poll, Reply::KeyRefused)});
        const JobId id = m_profile->enqueue(origin);
        QTRY_VERIFY(!queue.hasWork());
        QCOMPARE(errorOf(m_profile->job(id).phase)->kind, ErrorKind::KeyRefused);
        m_profile->play({}); // it was unblocked in the service's console
        queue.setKey(origin, Secret("first"));
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void aKeyThatWasReplacedWhileItWasRefusedIsNotWaitedFor()
    {
        JobQueue& queue = m_profile->start();
        const Origin origin = m_profile->keyedOrigin();
        queue.setKey(origin, Secret("first"));
        Rule slowRefusal = rule(Step::Poll, Reply::KeyRefused, 1);
        slowRefusal.delay = 300ms;
        m_profile->play({slowRefusal});
        const JobId id = m_profile->enqueue(origin);
        QVERIFY(m_profile->reaches(id, State::Generating));
        QTRY_COMPARE(m_profile->simulator.ledger().size(), 2); // the poll is on its way
        queue.setKey(origin, Secret("second"));
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void withoutAKeyNothingIsSent()
    {
        JobQueue& queue = m_profile->start();
        const Origin origin = m_profile->keyedOrigin();
        const JobId id = m_profile->enqueue(origin);
        const JobId simulated = m_profile->enqueue();
        QVERIFY(m_profile->reaches(simulated, State::Done)); // others go on
        QCOMPARE(m_profile->job(id).state(), State::Queued);
        QCOMPARE(errorOf(m_profile->job(id).phase)->kind, ErrorKind::KeyMissing);
        QCOMPARE(m_profile->count(Step::Post), 1);
        queue.setKey(origin, Secret("key"));
        QVERIFY(m_profile->reaches(id, State::Done));
    }

    void onlySoManyAtOnceAndInTheirOrder()
    {
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.concurrency = 2;
        JobQueue& queue = m_profile->start(settings);
        QList<JobId> ids;
        for (int i = 0; i < 6; ++i)
            ids.append(m_profile->enqueue());
        queue.runNext(ids.last());
        qsizetype most = 0;
        QList<JobId> order;
        connect(&queue, &JobQueue::changed, this, [&](const Job& job) {
            if (job.state() == State::Uploading && !order.contains(job.id))
                order.append(job.id);
            most = std::max(most, std::count_if(ids.begin(), ids.end(), [&](const JobId& id) {
                                const State state = m_profile->job(id).state();
                                return state >= State::Uploading && isUnfinished(state);
                            }));
        });
        for (const auto& id : ids)
            QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(most, 2);
        QCOMPARE(order, (QList{ids[5], ids[0], ids[1], ids[2], ids[3], ids[4]}));
    }

    void aQueueOnHoldSendsNothingAndFinishesWhatRuns()
    {
        QueueSettings settings = test::quickSettings(m_profile->profile);
        JobQueue& queue = m_profile->start(settings);
        m_profile->play({rule(Step::Poll, Reply::Pending, 5)});
        const JobId running = m_profile->enqueue();
        QVERIFY(m_profile->reaches(running, State::Generating));
        settings.hold = true;
        queue.configure(settings);
        const JobId waiting = m_profile->enqueue();
        QVERIFY(m_profile->reaches(running, State::Done));
        QCOMPARE(m_profile->job(waiting).state(), State::Queued);
        QCOMPARE(m_profile->count(Step::Post), 1);
        QVERIFY(!queue.hasWork());
        settings.hold = false;
        queue.configure(settings);
        QVERIFY(m_profile->reaches(waiting, State::Done));
    }

    void aHeldJobWaitsForItsRelease()
    {
        JobQueue& queue = m_profile->start();
        const JobId id = m_profile->enqueue();
        queue.hold(id);
        const JobId other = m_profile->enqueue();
        QVERIFY(m_profile->reaches(other, State::Done));
        QCOMPARE(m_profile->stored(id).state(), State::Held);
        queue.release(id);
        QVERIFY(m_profile->reaches(id, State::Done));
    }

    void cancelBeforeSendingIsFree()
    {
        JobQueue& queue = m_profile->start();
        const JobId id = m_profile->enqueue();
        queue.cancel(id);
        QCOMPARE(m_profile->stored(id).phase, Phase(Cancelled{}));
        const JobId other = m_profile->enqueue();
        QVERIFY(m_profile->reaches(other, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void cancelWhileUploadingIsFree()
    {
        // The upload stalls in the middle: the service never gets the whole request.
        test::RudeProxy proxy;
        proxy.behave(test::Rudeness::StopReading, 10);
        Run run(m_profile->profile, [&] { return proxy.address(); });
        run.queue.configure(test::quickSettings(m_profile->profile));
        Job job;
        job.request.prompt = QString(30'000'000, u'x');
        const JobId id = run.queue.enqueue(job);
        QTRY_COMPARE(proxy.connections(), 1);
        QCOMPARE(run.queue.find(id)->state(), State::Uploading);
        run.queue.cancel(id);
        QCOMPARE(run.jobs.find(id)->phase, Phase(Cancelled{}));
        QTRY_VERIFY(!run.queue.hasWork());
        QCOMPARE(proxy.count("POST", true), 0);
    }

    void cancelWhileTheAnswerIsAwaitedKeepsTheId()
    {
        JobQueue& queue = m_profile->start();
        m_profile->play({delayed(Step::Post, 400ms)});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Submitting));
        queue.cancel(id);
        QCOMPARE(m_profile->stored(id).phase, Phase(Cancelled{{}, true}));
        QVERIFY(queue.hasWork());
        QTRY_VERIFY(!requestIdOf(m_profile->stored(id).phase).isEmpty());
        QCOMPARE(m_profile->stored(id).state(), State::Cancelled);
        QTRY_VERIFY(!queue.hasWork());
        queue.watchAgain(id);
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void cancelOnceSentStopsWatching()
    {
        JobQueue& queue = m_profile->start();
        m_profile->play({rule(Step::Poll, Reply::Pending, 3)});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Generating));
        queue.cancel(id);
        const auto asked = m_profile->count(Step::Poll);
        QVERIFY(!requestIdOf(m_profile->stored(id).phase).isEmpty());
        const JobId other = m_profile->enqueue();
        QVERIFY(m_profile->reaches(other, State::Done));
        for (const auto& entry : m_profile->simulator.ledger().mid(asked + 1)) {
            if (entry.step == Step::Poll)
                QVERIFY(!entry.path.contains(requestIdOf(m_profile->job(id).phase).toString()));
        }
        queue.watchAgain(id); // and Undo is just that
        QVERIFY(m_profile->reaches(id, State::Done));
    }

    void anOverdueJobIsStillAsked()
    {
        m_profile->start();
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        const JobId id = m_profile->enqueue();
        const auto isOverdue = [this, id] {
            const Job job = m_profile->job(id);
            const auto* generating = std::get_if<Generating>(&job.phase);
            return generating && generating->overdue;
        };
        waitUntilAsked(3);
        QVERIFY(!isOverdue());
        m_profile->skip(10min); // the usual limit
        QTRY_VERIFY(isOverdue());
        m_profile->play({});
        QVERIFY(m_profile->reaches(id, State::Done));
    }

    void aJobIsLetGoAtTheLimitAndTakenUpAgain()
    {
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.followLimit = 300ms;
        JobQueue& queue = m_profile->start(settings);
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        QSignalSpy letGo(&queue, &JobQueue::letGo);
        const JobId id = m_profile->enqueue();
        QTRY_COMPARE(letGo.size(), 1);
        QCOMPARE(letGo.first().first().value<Job>().id, id);
        QVERIFY(!queue.hasWork());
        QCOMPARE(m_profile->stored(id).state(), State::Generating);
        m_profile->play({});
        m_profile->start();
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void anUnreachableJobIsLetGoUnsent()
    {
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.followLimit = 300ms;
        Run run(m_profile->profile, [] { return QUrl(); });
        run.queue.configure(settings);
        QSignalSpy letGo(&run.queue, &JobQueue::letGo);
        Job job;
        job.request.prompt = u"A paper boat"_s;
        const JobId id = run.queue.enqueue(job);
        QTRY_COMPARE(letGo.size(), 1);
        QCOMPARE(run.queue.find(id)->state(), State::Queued);
        QTRY_VERIFY(!run.queue.hasWork());
    }

    void aRemovedJobIsGoneAndItsClipStays()
    {
        JobQueue& queue = m_profile->start();
        QSignalSpy removed(&queue, &JobQueue::removed);
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Done));
        queue.remove(id);
        QCOMPARE(removed.size(), 1);
        QVERIFY(!queue.find(id));
        const auto clips = m_profile->run->clips.load();
        QCOMPARE(clips->size(), 1);
        QVERIFY(QFileInfo::exists(clips->first().path));
    }

    void aJobWithTheServiceIsNotRemoved()
    {
        JobQueue& queue = m_profile->start();
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Generating));
        queue.remove(id);
        QCOMPARE(m_profile->stored(id).state(), State::Generating);
    }

    void anInputThatIsGoneFailsBeforeAnythingIsSent()
    {
        JobQueue& queue = m_profile->start();
        Job job;
        job.request.prompt = u"Waves"_s;
        LocalFile missing;
        missing.path = m_profile->folder.filePath(u"missing.jpg"_s);
        missing.name = u"missing.jpg"_s;
        missing.mime = u"image/jpeg"_s;
        job.request.inputs = FromImage{missing, {}, {}};
        const JobId id = queue.enqueue(job);
        QCOMPARE(m_profile->stored(id).state(), State::Failed);
        QCOMPARE(errorOf(m_profile->stored(id).phase)->kind, ErrorKind::InputUnusable);
        QTRY_VERIFY(!queue.hasWork());
        QCOMPARE(m_profile->count(Step::Post), 0);
    }

    void closingWhileAnAnswerIsAwaitedCanBeSettled()
    {
        JobQueue& queue = m_profile->start();
        m_profile->play({delayed(Step::Post, 300ms), rule(Step::Poll, Reply::Pending)});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Submitting));
        const JobId unsent = m_profile->enqueue();
        queue.settle();
        QTRY_VERIFY(!queue.awaitsAnswer());
        m_profile->close();
        QCOMPARE(m_profile->stored(id).state(), State::Generating);
        QCOMPARE(m_profile->stored(unsent).state(), State::Queued);
        QCOMPARE(m_profile->count(Step::Post), 1);
    }
};

QTEST_MAIN(TestJobQueue)
#include "tst_jobqueue.moc"
