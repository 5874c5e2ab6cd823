// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/pacing.h"
#include "support/testcase.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using std::chrono::milliseconds;

namespace {

const Error limited{ErrorKind::RateLimited, u"Too many requests"_s, {}};

const Moment start{QDateTime(QDate(2026, 11, 23), QTime(8, 0), Qt::UTC), 5min};

Moment after(milliseconds time)
{
    return {start.utc.addMSecs(time.count()), start.steady + time};
}

Error limitedFor(std::chrono::seconds time)
{
    return {ErrorKind::RateLimited, u"Too many requests"_s, time};
}

} // namespace

class TestPacing : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aWaitDoublesUpToItsLimit_data()
    {
        QTest::addColumn<int>("failures");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("the first waits two seconds") << 1 << qint64{2'000};
        QTest::newRow("the second four") << 2 << qint64{4'000};
        QTest::newRow("the fifth 32") << 5 << qint64{32'000};
        QTest::newRow("the sixth a minute") << 6 << qint64{60'000};
        QTest::newRow("the thousandth a minute, too") << 1'000 << qint64{60'000};
    }
    void aWaitDoublesUpToItsLimit()
    {
        QFETCH(const int, failures);
        QFETCH(const qint64, expected);
        QCOMPARE(Backoff{}.after(failures, 0).count(), expected);
    }

    void chanceShortensAWaitByAFifthAtMost()
    {
        QCOMPARE(Backoff{}.after(1, 0.5), 1'800ms);
        QCOMPARE(Backoff{}.after(6, 1.0), 48'000ms);
        for (int i = 0; i < 1'000; ++i) {
            const milliseconds wait = Backoff{}.after(2);
            QVERIFY(wait >= 3'200ms && wait <= 4'000ms);
        }
    }

    void waitsOfManyDoNotEndTogether()
    {
        QSet<qint64> waits;
        for (int i = 0; i < 100; ++i)
            waits.insert(Backoff{}.after(6).count());
        QVERIFY(waits.size() > 50);
    }

    void anOutageDoesNotEndInACrowd_data()
    {
        QTest::addColumn<int>("failures");
        QTest::newRow("a short one") << 3; // within 8 s
        QTest::newRow("a long one") << 9;  // within a minute
    }
    void anOutageDoesNotEndInACrowd()
    {
        QFETCH(const int, failures);
        constexpr int jobs = 60;
        QHash<qint64, int> bySecond;
        const milliseconds longest = Backoff{}.after(failures, 0);
        for (int job = 0; job < jobs; ++job) {
            const milliseconds wait = Backoff{}.spread(failures);
            QVERIFY(wait > 0ms && wait <= longest);
            ++bySecond[wait.count() / 1'000];
        }
        const auto mean = static_cast<double>(jobs) / (static_cast<double>(longest.count()) / 1'000);
        QVERIFY(*std::max_element(bySecond.cbegin(), bySecond.cend()) <= 3 * mean);
        QVERIFY(static_cast<double>(bySecond.size()) > 0.8 * static_cast<double>(longest.count()) / 1'000);
    }

    void aGateIsOpenAtFirst() { QVERIFY(!Gate().isClosed(start)); }

    void aGateOpensByItself()
    {
        Gate gate;
        gate.close(limited, {20ms, 20ms}, start);
        QVERIFY(gate.isClosed(start));
        QCOMPARE(gate.reason(), limited);
        QVERIFY(gate.remaining(start) >= 16ms && gate.remaining(start) <= 20ms);
        QCOMPARE(gate.until(), start.utc.addMSecs(gate.remaining(start).count()));
        QVERIFY(gate.isClosed(after(15ms)));
        QVERIFY(!gate.isClosed(after(20ms)));
        QCOMPARE(gate.remaining(after(1h)), 0ms);
    }

    void aClockThatIsSetNeitherCutsNorStretchesAWait()
    {
        Gate gate;
        gate.close(limitedFor(12s), {20ms, 60ms}, start);
        QCOMPARE(gate.remaining({start.utc.addYears(1), start.steady + 2s}), 10s);
        QCOMPARE(gate.remaining({start.utc.addYears(-1), start.steady + 2s}), 10s);
    }

    void theServicesOwnWishCountsMore()
    {
        Gate gate;
        gate.close(limitedFor(12s), {20ms, 60ms}, start);
        QCOMPARE(gate.remaining(start), 12s);
    }

    void manyThatComeBackTogetherCountOnce()
    {
        Gate gate;
        const Backoff backoff{100ms, 10s};
        for (int i = 0; i < 6; ++i)
            gate.close(limited, backoff, start);
        QVERIFY(gate.remaining(start) <= 100ms);
        gate.close(limited, backoff, after(100ms)); // the second in a row, not the seventh
        QVERIFY(gate.remaining(after(100ms)) > 100ms);
        QVERIFY(gate.remaining(after(100ms)) <= 200ms);
    }

    void oneOfManyMayAskForMore()
    {
        Gate gate;
        gate.close(limited, {100ms, 10s}, start);
        gate.close(limitedFor(30s), {100ms, 10s}, start);
        QCOMPARE(gate.remaining(start), 30s);
        gate.close(limitedFor(1s), {100ms, 10s}, start); // never for less
        QCOMPARE(gate.remaining(start), 30s);
    }

    void afterASuccessTheWaitStartsSmallAgain()
    {
        Gate gate;
        const Backoff backoff{40ms, 10s};
        for (int i = 0; i < 3; ++i)
            gate.close(limited, backoff, after(i * 1s));
        QVERIFY(gate.remaining(after(2s)) > 100ms);
        gate.open();
        QVERIFY(!gate.isClosed(after(2s)));
        gate.close(limited, backoff, after(2s));
        QVERIFY(gate.remaining(after(2s)) <= 40ms);
    }

    void aGateOfTheLastRunIsClosedForWhatIsLeft()
    {
        Gate gate;
        gate.closeUntil(limited, start.utc.addSecs(10), start);
        QCOMPARE(gate.remaining(start), 10s);
        QCOMPARE(gate.reason(), limited);

        Gate past;
        past.closeUntil(limited, start.utc.addSecs(-10), start);
        QVERIFY(!past.isClosed(start));
        past.closeUntil(limited, {}, start);
        QVERIFY(!past.isClosed(start));

        Gate wrongClock;
        wrongClock.closeUntil(limited, start.utc.addYears(1), start);
        QCOMPARE(wrongClock.remaining(start), 1h);
    }
};

QTEST_GUILESS_MAIN(TestPacing)
#include "tst_pacing.moc"
