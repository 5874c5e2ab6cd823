// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/spendwatch.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

namespace {

const RequestId requestId(u"4c0f9a31"_s);
const QDateTime noon(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);

Job paidJob(const Phase& phase = Generating{requestId, 10, {}})
{
    Job job;
    job.id = JobId(u"paid"_s);
    job.origin = *Origin::fromAddress(u"https://api.example.com/v1"_s);
    job.phase = phase;
    job.createdAt = job.acceptedAt = noon;
    job.estimate = Money{4'000'000'000};
    return job;
}

Job with(Job job, void (*change)(Job&))
{
    change(job);
    return job;
}

} // namespace

/// The books are summed over all jobs of a profile, so they are read only when what is in them may have changed.
class TestSpendWatch : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    test::TestProfile m_profile;

    /// Timers fire in the order in which they are due.
    void fireDueTimers()
    {
        QTimer last;
        last.setSingleShot(true);
        QSignalSpy fired(&last, &QTimer::timeout);
        last.start(0);
        QVERIFY(fired.wait(patience));
    }

    /// The reads that the second of two changes causes.
    int readsFor(const Job& before, const Job& after)
    {
        int reads = 0;
        SpendWatch watch(
            m_profile.run->queue,
            [&reads]() -> Result<SpendReport> {
                ++reads;
                return SpendReport{};
            },
            0ms);
        Q_EMIT m_profile.run->queue.changed(before);
        fireDueTimers();
        const int first = reads;
        Q_EMIT m_profile.run->queue.changed(after);
        fireDueTimers();
        return reads - first;
    }

private Q_SLOTS:
    void initTestCase() { m_profile.start(); }

    void theBooksAreReadWhenTheyMayHaveChanged_data()
    {
        QTest::addColumn<Job>("before");
        QTest::addColumn<Job>("after");
        QTest::addColumn<int>("reads");
        const auto row = [](const char* name, const Job& before, const Job& after, int reads) {
            QTest::newRow(name) << before << after << reads;
        };
        Downloading downloading;
        downloading.requestId = requestId;
        Downloading further = downloading;
        further.received = 1'000;
        row("a percentage", paidJob(), paidJob(Generating{requestId, 20, {}}), 0);
        row("bytes that go up", paidJob(Uploading{1, 10}), paidJob(Uploading{2, 10}), 0);
        row("bytes that come down", paidJob(downloading), paidJob(further), 0);
        row("a reason to wait", paidJob(Queued{}), paidJob(Queued{Error{ErrorKind::Offline, {}}, noon}), 0);
        row("a simulated job", paidJob(),
            with(paidJob(),
                 [](Job& job) {
                     job.id = JobId(u"simulated"_s);
                     job.origin = Origin::simulator();
                 }),
            0);
        row("a cost", paidJob(), with(paidJob(downloading), [](Job& job) { job.cost = Money{1}; }), 1);
        row("an estimate", paidJob(), with(paidJob(), [](Job& job) { job.estimate = Money{1}; }), 1);
        row("an end that costs nothing", paidJob(), paidJob(Failed{requestId, Error{ErrorKind::Rejected, {}}}), 1);
        row("a day", with(paidJob(downloading), [](Job& job) { job.cost = Money{1}; }),
            with(paidJob(Done{requestId, {}}),
                 [](Job& job) {
                     job.cost = Money{1};
                     job.finishedAt = noon.addDays(1);
                 }),
            1);
        row("an end whose cost is unknown", paidJob(),
            with(paidJob(Expired{requestId, Error{}}), [](Job& job) { job.finishedAt = noon.addDays(1); }), 1);
        row("another job", paidJob(), with(paidJob(), [](Job& job) { job.id = JobId(u"other"_s); }), 1);
    }
    void theBooksAreReadWhenTheyMayHaveChanged()
    {
        QFETCH(const Job, before);
        QFETCH(const Job, after);
        QTEST(readsFor(before, after), "reads");
    }

    void aRemovedJobIsNewsAndSoIsItsReturn()
    {
        int reads = 0;
        SpendWatch watch(
            m_profile.run->queue,
            [&reads]() -> Result<SpendReport> {
                ++reads;
                return SpendReport{};
            },
            0ms);
        Q_EMIT m_profile.run->queue.changed(paidJob());
        QTRY_COMPARE(reads, 1);
        Q_EMIT m_profile.run->queue.removed(paidJob().id);
        QTRY_COMPARE(reads, 2);
        Q_EMIT m_profile.run->queue.changed(paidJob());
        QTRY_COMPARE(reads, 3);
    }

    void manyChangesAtOnceAreReadOnce()
    {
        int reads = 0;
        SpendReport report;
        SpendWatch watch(
            m_profile.run->queue,
            [&]() -> Result<SpendReport> {
                ++reads;
                return report;
            },
            0ms);
        QSignalSpy changed(&watch, &SpendWatch::changed);
        report.pending = {{{}, Money{1}}};
        for (int i = 0; i < 100; ++i)
            Q_EMIT m_profile.run->queue.changed(with(paidJob(), [](Job& job) { job.id = JobId::create(); }));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(reads, 1);
        QCOMPARE(changed.first().first().value<SpendReport>(), report);
    }
};

QTEST_MAIN(TestSpendWatch)
#include "tst_spendwatch.moc"
