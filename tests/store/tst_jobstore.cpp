// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/clipstore.h"
#include "store/database.h"
#include "store/jobstore.h"
#include "support/requests.h"
#include "support/testcase.h"

#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

const QDateTime moment = QDateTime::fromString(u"2026-11-23T08:09:10.123Z"_s, Qt::ISODateWithMs);

Job jobIn(const Phase& phase)
{
    Job job;
    job.id = JobId::create();
    job.request = test::request(Mode::Image);
    job.phase = phase;
    job.createdAt = moment;
    return job;
}

/// A job of the real service that was charged for.
Job charged(Money cost)
{
    Job job = jobIn(Done{RequestId(u"4c0f"_s), {}});
    job.origin = Origin::service();
    job.cost = cost;
    job.finishedAt = moment;
    return job;
}

QDate dayOf(const QDateTime& time)
{
    return time.toLocalTime().date();
}

Clip someClip(const QString& path = u"/videos/clip.mp4"_s)
{
    Clip clip;
    clip.id = ClipId::create();
    clip.job = JobId::create();
    clip.requestId = RequestId(u"4c0f9a31"_s);
    clip.request = test::request(Mode::Text);
    clip.path = path;
    clip.bytes = 5'000'000'000;
    clip.seconds = 6.0417;
    clip.size = QSize(1280, 720);
    clip.hasAudio = true;
    clip.cost = Money{4'220'000'000};
    clip.createdAt = moment;
    return clip;
}

} // namespace

class TestJobStore : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::shared_ptr<Database> m_database;

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        auto database = Database::open(m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) +
                                                         QString::fromLatin1(QTest::currentDataTag())));
        QVERIFY(database);
        m_database = *database;
    }
    void cleanup() { m_database.reset(); }

    void aJobComesBackAsItWasSaved_data()
    {
        const Error error{ErrorKind::RateLimited, u"Too many requests, \"ä\""_s, std::chrono::seconds(12)};
        const RequestId id(u"4c0f9a31-77d2-9be4"_s);
        QTest::addColumn<Phase>("phase");
        QTest::newRow("held") << Phase(Held{});
        QTest::newRow("queued") << Phase(Queued{});
        QTest::newRow("queued behind a rate limit") << Phase(Queued{error, moment});
        QTest::newRow("uploading") << Phase(Uploading{});
        QTest::newRow("submitting") << Phase(Submitting{});
        QTest::newRow("unconfirmed") << Phase(Unconfirmed{error});
        QTest::newRow("generating") << Phase(Generating{id, {}, {}, true});
        QTest::newRow("generating, waiting for a key")
            << Phase(Generating{id, {}, Error{ErrorKind::KeyRefused, {}}, false});
        Downloading downloading;
        downloading.requestId = id;
        downloading.address = QUrl(u"https://vidgen.x.ai/a%20b.mp4?x=1"_s);
        downloading.since = moment;
        downloading.refreshed = true;
        downloading.target = u"/videos/ä clip.mp4"_s;
        downloading.hash = u"abc"_s;
        QTest::newRow("downloading") << Phase(downloading);
        QTest::newRow("done") << Phase(Done{id, ClipId(u"clip"_s)});
        QTest::newRow("moderated") << Phase(Moderated{id, error});
        QTest::newRow("failed") << Phase(Failed{{}, error});
        QTest::newRow("expired") << Phase(Expired{id, error});
        QTest::newRow("cancelled") << Phase(Cancelled{id});
        QTest::newRow("cancelled before the answer") << Phase(Cancelled{{}, true});
    }
    void aJobComesBackAsItWasSaved()
    {
        QFETCH(const Phase, phase);
        Job job = jobIn(phase);
        job.origin = *Origin::fromAddress(u"https://example.com/v1"_s);
        job.acceptedAt = moment.addSecs(1);
        job.finishedAt = moment.addSecs(2);
        job.estimate = Money{4'220'000'000};
        job.cost = Money{9'007'199'254'740'993}; // more than a double holds
        job.outputPath = u"/tmp/out.mp4"_s;
        job.retryOf = JobId::create();
        job.group = GroupId::create();
        job.take = 2;
        job.takes = 4;
        JobStore jobs(m_database);
        QVERIFY(!jobs.save(job));
        const auto found = jobs.find(job.id);
        QVERIFY(found);
        QCOMPARE(*found, job);
        const auto all = jobs.load();
        QVERIFY(all);
        QCOMPARE(*all, QList<Job>{job});
    }

    void savingAgainChangesTheRow()
    {
        JobStore jobs(m_database);
        Job job = jobIn(Queued{});
        QVERIFY(!jobs.save(job));
        job.phase = Generating{RequestId(u"id"_s), {}, {}};
        QVERIFY(!jobs.save(job));
        QCOMPARE(*jobs.load(), QList<Job>{job});
    }

    void theOldestComesFirstAndEqualsStayInOrder()
    {
        JobStore jobs(m_database);
        Job late = jobIn(Queued{});
        late.createdAt = moment.addSecs(1);
        const Job early = jobIn(Queued{});
        Job same = jobIn(Queued{});
        for (const Job& job : {late, early, same})
            QVERIFY(!jobs.save(job));
        same.phase = Held{};
        QVERIFY(!jobs.save(early)); // a later save does not move a row
        QVERIFY(!jobs.save(same));
        QCOMPARE(*jobs.load(), (QList<Job>{early, same, late}));
    }

    void severalJobsAreSavedTogetherOrNotAtAll()
    {
        JobStore jobs(m_database);
        const QList<Job> all{jobIn(Queued{}), jobIn(Queued{}), jobIn(Queued{})};
        QVERIFY(m_database->run(u"CREATE TRIGGER no_more BEFORE INSERT ON jobs WHEN (SELECT count(*) FROM jobs) = 2 "
                                "BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
        QVERIFY(jobs.save(all));
        QCOMPARE(jobs.load()->size(), 0);
        QVERIFY(m_database->run(u"DROP TRIGGER no_more"_s));
        QVERIFY(!jobs.save(all));
        QCOMPARE(*jobs.load(), all);
    }

    void aRemovedJobThatIsSavedAgainIsBack()
    {
        JobStore jobs(m_database);
        const Job job = jobIn(Queued{});
        QVERIFY(!jobs.save(job));
        QVERIFY(!jobs.remove(job.id));
        QVERIFY(!jobs.save(job));
        QCOMPARE(*jobs.load(), QList<Job>{job});
    }

    void aRemovedJobComesBackAsItWas()
    {
        JobStore jobs(m_database);
        const QList<Job> all{charged(Money{5}), charged(Money{7})};
        QVERIFY(!jobs.save(all));
        QVERIFY(!jobs.remove(all.first().id));
        QVERIFY(!jobs.putBack(all.first().id));
        QCOMPARE(*jobs.load(), all); // in its place, too
    }

    void aRemovedJobIsGone()
    {
        JobStore jobs(m_database);
        const Job job = jobIn(Queued{});
        QVERIFY(!jobs.save(job));
        QVERIFY(!jobs.remove(job.id));
        QVERIFY(!jobs.find(job.id));
        QCOMPARE(jobs.load()->size(), 0);
    }

    void whatARemovedJobCostStaysInTheBooks()
    {
        JobStore jobs(m_database);
        const Job job = charged(Money{4'220'000'000});
        QVERIFY(!jobs.save(job));
        QVERIFY(!jobs.remove(job.id));
        QCOMPARE(jobs.load()->size(), 0);
        const auto report = jobs.spendSince({});
        QVERIFY(report);
        QCOMPARE(report->spent(dayOf(moment), dayOf(moment)), Money{4'220'000'000});
    }

    void theBooksAddUpByDayModelAndMode()
    {
        JobStore jobs(m_database);
        Job other = charged(Money{9'007'199'254'740'993}); // more than a double holds
        other.request.model = u"another"_s;
        Job text = charged(Money{1});
        text.request = test::request(Mode::Text);
        Job later = charged(Money{5});
        later.finishedAt = moment.addDays(2);
        Job free = charged(Money{7});
        free.origin = Origin::simulator();
        for (const Job& job : {charged(Money{2}), charged(Money{3}), other, text, later, free})
            QVERIFY(!jobs.save(job));

        const QDate day = dayOf(moment);
        const QString model = test::model().id;
        const auto report = jobs.spendSince({});
        QVERIFY(report);
        const QList<SpendReport::Line> lines{{day.addDays(2), model, Mode::Image, Money{5}, 1},
                                             {day, u"another"_s, Mode::Image, Money{9'007'199'254'740'993}, 1},
                                             {day, model, Mode::Image, Money{5}, 2},
                                             {day, model, Mode::Text, Money{1}, 1}};
        QCOMPARE(report->lines, lines);
        QCOMPARE(report->pending, QList<SpendReport::Pending>());
        QCOMPARE(jobs.spendSince(day.addDays(1))->lines, QList{lines.first()});
    }

    void chargesWhoseRequestCannotBeReadStillCount()
    {
        JobStore jobs(m_database);
        QVERIFY(!jobs.save(charged(Money{7})));
        QVERIFY(m_database->run(u"UPDATE jobs SET request = 'junk'"_s));
        QCOMPARE(jobs.spendSince({})->spent(dayOf(moment), dayOf(moment)), Money{7});
    }

    void whatMayStillBeChargedIsInFlight_data()
    {
        const RequestId id(u"4c0f"_s);
        const Error error{ErrorKind::ServerFault, {}};
        QTest::addColumn<Phase>("phase");
        QTest::addColumn<bool>("removed");
        QTest::addColumn<bool>("counts");
        QTest::newRow("held") << Phase(Held{}) << false << true;
        QTest::newRow("queued") << Phase(Queued{}) << false << true;
        QTest::newRow("queued, taken out") << Phase(Queued{}) << true << false;
        QTest::newRow("held, taken out") << Phase(Held{}) << true << false;
        QTest::newRow("submitting") << Phase(Submitting{}) << false << true;
        QTest::newRow("generating") << Phase(Generating{id, {}, {}}) << false << true;
        QTest::newRow("unconfirmed") << Phase(Unconfirmed{error}) << false << true;
        QTest::newRow("unconfirmed, taken out") << Phase(Unconfirmed{error}) << true << true;
        QTest::newRow("done without a word on money") << Phase(Done{id, {}}) << false << true;
        QTest::newRow("moderated after it was accepted") << Phase(Moderated{id, error}) << false << true;
        QTest::newRow("moderated at once") << Phase(Moderated{{}, error}) << false << false;
        QTest::newRow("failed") << Phase(Failed{id, error}) << false << false;
        QTest::newRow("cancelled before it was sent") << Phase(Cancelled{}) << false << false;
        QTest::newRow("cancelled while it was sent") << Phase(Cancelled{{}, true}) << false << true;
        QTest::newRow("not watched any more, taken out") << Phase(Cancelled{id}) << true << true;
    }
    void whatMayStillBeChargedIsInFlight()
    {
        QFETCH(const Phase, phase);
        QFETCH(const bool, removed);
        QFETCH(const bool, counts);
        JobStore jobs(m_database);
        Job job = charged({});
        job.phase = phase;
        job.cost.reset();
        job.estimate = Money{42};
        Job simulated = job;
        simulated.id = JobId::create();
        simulated.origin = Origin::simulator();
        QVERIFY(!jobs.save(job));
        QVERIFY(!jobs.save(simulated));
        if (removed)
            QVERIFY(!jobs.remove(job.id));

        const auto report = jobs.spendSince({});
        QVERIFY(report);
        QCOMPARE(report->lines, QList<SpendReport::Line>());
        const QDate day = dayOf(moment);
        QCOMPARE(report->inFlight(day, day), counts ? Money{42} : Money{});
        // One that is over counts for its own day only, one that is not for every day.
        QCOMPARE(report->inFlight(day.addDays(1), day.addDays(1)),
                 counts && isUnfinished(job.state()) ? Money{42} : Money{});
    }

    void aRowThatCannotBeReadHidesNoOther()
    {
        JobStore jobs(m_database);
        const Job good = jobIn(Queued{});
        const Job bad = jobIn(Queued{});
        QVERIFY(!jobs.save(bad));
        QVERIFY(!jobs.save(good));
        QVERIFY(m_database->run(u"UPDATE jobs SET state = 'dreaming' WHERE id = ?"_s, {bad.id.toString()}));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be read.*dreaming"_s));
        const auto all = jobs.load();
        QCOMPARE(all->size(), 2);
        QCOMPARE(all->at(1), good);
        QCOMPARE(all->at(0).request, bad.request);
        QCOMPARE(errorOf(all->at(0).phase)->kind, ErrorKind::Unreadable);
    }

    void whatCannotBeReadIsAskedForWhenItCanBe_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<State>("state");
        QTest::addColumn<bool>("hasId");
        QTest::newRow("an unknown state") << u"state = 'flying'"_s << State::Generating << true;
        QTest::newRow("a request of another kind")
            << u"request = '{\"mode\":\"hologram\"}'"_s << State::Generating << true;
        QTest::newRow("an origin that is none") << u"origin = 'ftp://example.com'"_s << State::Unconfirmed << false;
        QTest::newRow("no phase") << u"phase = 'junk'"_s << State::Unconfirmed << false;
        QTest::newRow("an end without its data") << u"state = 'done', request = 'junk'"_s << State::Failed << true;
    }
    void whatCannotBeReadIsAskedForWhenItCanBe()
    {
        QFETCH(const QString, change);
        QFETCH(const State, state);
        QFETCH(const bool, hasId);
        JobStore jobs(m_database);
        Job job = jobIn(Generating{RequestId(u"4c0f"_s), {}, {}});
        job.origin = Origin::service();
        job.estimate = Money{42};
        QVERIFY(!jobs.save(job));
        QVERIFY(m_database->run(u"UPDATE jobs SET "_s + change));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be read"_s));
        const auto all = jobs.load();
        QCOMPARE(all->size(), 1);
        QCOMPARE(all->first().state(), state);
        QCOMPARE(!requestIdOf(all->first().phase).isEmpty(), hasId);
        QCOMPARE(errorOf(all->first().phase)->kind, ErrorKind::Unreadable);
        // A limit counts what it may cost.
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be read"_s));
        const QDate day = dayOf(moment);
        QCOMPARE(jobs.spendSince({})->inFlight(day, day), state == State::Failed ? Money{} : Money{42});
    }

    void anAcceptedJobIsThatWhateverItsRowSays_data()
    {
        QTest::addColumn<Phase>("phase");
        QTest::addColumn<Phase>("merged");
        const RequestId id(u"4c0f"_s);
        const Phase generating = Generating{id, {}, {}};
        QTest::newRow("its row is of a backup") << Phase(Queued{}) << generating;
        QTest::newRow("the answer was not written") << Phase(Submitting{}) << generating;
        QTest::newRow("a start without its id") << Phase(Unconfirmed{{ErrorKind::SubmitLost, {}}}) << generating;
        QTest::newRow("cancelled meanwhile") << Phase(Cancelled{{}, true}) << Phase(Cancelled{id});
        QTest::newRow("its row is further") << Phase(Done{id, ClipId(u"clip"_s)}) << Phase(Done{id, ClipId(u"clip"_s)});
    }
    void anAcceptedJobIsThatWhateverItsRowSays()
    {
        QFETCH(const Phase, phase);
        QFETCH(const Phase, merged);
        const Job job = jobIn(phase);
        Job accepted = job;
        accepted.phase = Generating{RequestId(u"4c0f"_s), {}, {}};
        accepted.acceptedAt = moment.addSecs(5);
        JobStore before(m_database);
        QVERIFY(!before.save(job));
        QVERIFY(!before.noteAccepted(accepted, u"/videos/a.mp4"_s));

        JobStore jobs(m_database);
        QCOMPARE(jobs.load()->size(), 1);
        QCOMPARE(jobs.load()->first().phase, merged);
        if (requestIdOf(phase).isEmpty())
            QCOMPARE(jobs.load()->first().acceptedAt, accepted.acceptedAt);
        QCOMPARE(jobs.load()->first().request, job.request);
        jobs.forgetAccepted(job.id);
        QCOMPARE(*JobStore(m_database).load(), QList{job});
    }

    void anAcceptedJobWithoutARowIsOneUnlessItWasRemoved()
    {
        Job accepted = jobIn(Generating{RequestId(u"4c0f"_s), {}, {}});
        accepted.origin = Origin::service();
        accepted.acceptedAt = moment;
        JobStore jobs(m_database);
        QVERIFY(!jobs.noteAccepted(accepted, u"/videos/a.mp4"_s));
        const auto found = JobStore(m_database).load();
        QCOMPARE(found->size(), 1);
        QCOMPARE(found->first().id, accepted.id);
        QCOMPARE(found->first().origin, accepted.origin);
        QCOMPARE(found->first().phase, accepted.phase);
        QCOMPARE(found->first().outputPath, u"/videos/a.mp4"_s);

        QVERIFY(!jobs.save(accepted));
        QVERIFY(!jobs.remove(accepted.id));
        QCOMPARE(jobs.load()->size(), 0);
        jobs.forgetAccepted(accepted.id); // the folder is shared
    }

    void theFileReadsWellInAShell()
    {
        QVERIFY(!JobStore(m_database).save(jobIn(Generating{RequestId(u"4c0f"_s), {}, {}})));
        auto row = m_database->run(u"SELECT state, origin, phase, created_at FROM jobs"_s);
        QVERIFY(row);
        QVERIFY(row->next());
        QCOMPARE(row->value(0).toString(), u"generating"_s);
        QCOMPARE(row->value(1).toString(), u"simulator"_s);
        QVERIFY(row->value(2).toString().contains(u"\"requestId\":\"4c0f\""_s));
        QCOMPARE(row->value(3).toString(), u"2026-11-23T08:09:10.123Z"_s);
    }

    void clipsLikeItSayHowLargeAClipIs()
    {
        ClipStore clips(m_database);
        Clip clip = someClip();
        clip.request.resolution = u"720p"_s;
        clip.seconds = 2;
        QVERIFY(!clips.bytesPerSecondLike(clip.request));
        for (const qint64 bytes : {1'000, 9'000'000, 3'000}) {
            clip.id = ClipId::create();
            clip.bytes = bytes;
            QVERIFY(!clips.save(clip));
        }
        QCOMPARE(clips.bytesPerSecondLike(clip.request), std::optional(1'500.0)); // the middle one
        GenerationRequest other = clip.request;
        other.resolution.reset();
        QVERIFY(!clips.bytesPerSecondLike(other));
        other = clip.request;
        other.model = u"another"_s;
        QVERIFY(!clips.bytesPerSecondLike(other));
    }

    void aClipComesBackAsItWasSaved()
    {
        ClipStore clips(m_database);
        Clip clip = someClip();
        QVERIFY(!clips.save(clip));
        QCOMPARE(*clips.find(clip.id), clip);
        clip.cost.reset();
        clip.path = u"/elsewhere/clip (2).mp4"_s;
        QVERIFY(!clips.save(clip));
        QCOMPARE(*clips.load(), QList<Clip>{clip});
        QVERIFY(!clips.remove(clip.id));
        QCOMPARE(clips.load()->size(), 0);
    }

    void theNewestClipComesFirst()
    {
        ClipStore clips(m_database);
        const Clip early = someClip();
        Clip late = someClip();
        late.createdAt = moment.addSecs(1);
        QVERIFY(!clips.save(late));
        QVERIFY(!clips.save(early));
        QCOMPARE(*clips.load(), (QList<Clip>{late, early}));
    }

    void clipAndJobAreSavedTogetherOrNotAtAll()
    {
        ClipStore clips(m_database);
        JobStore jobs(m_database);
        Job job = jobIn(Queued{});
        QVERIFY(!jobs.save(job));
        const Clip clip = someClip();
        Job done = job;
        done.phase = Done{clip.requestId, clip.id};

        QVERIFY(
            m_database->run(u"CREATE TRIGGER no_more BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
        QVERIFY(clips.save(clip, done));
        QCOMPARE(clips.load()->size(), 0);
        QCOMPARE(*jobs.find(job.id), job);

        QVERIFY(m_database->run(u"DROP TRIGGER no_more"_s));
        QVERIFY(!clips.save(clip, done));
        QCOMPARE(*clips.load(), QList<Clip>{clip});
        QCOMPARE(*jobs.find(job.id), done);
    }
};

QTEST_GUILESS_MAIN(TestJobStore)
#include "tst_jobstore.moc"
