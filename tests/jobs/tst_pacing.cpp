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

    void aGateIsOpenAtFirst() { QVERIFY(!Gate().isClosed()); }

    void aGateOpensByItself()
    {
        Gate gate;
        const QDateTime before = QDateTime::currentDateTimeUtc();
        gate.close(limited, {2s, 2s});
        QVERIFY(gate.isClosed());
        QCOMPARE(gate.reason(), limited);
        QVERIFY(gate.remaining() <= 2s);
        const QDateTime until = gate.until();
        QVERIFY(until <= QDateTime::currentDateTimeUtc().addSecs(2) && until >= before);
        QTRY_VERIFY(!gate.isClosed());
    }

    void theServicesOwnWishCountsMore()
    {
        Gate gate;
        gate.close(limitedFor(12s), {20ms, 60ms});
        QVERIFY(gate.remaining() > 11s);
    }

    void manyThatComeBackTogetherCountOnce()
    {
        Gate gate;
        const Backoff backoff{100ms, 10s};
        gate.close(limited, backoff);
        for (int i = 0; i < 5; ++i)
            gate.close(limited, backoff);
        QVERIFY(gate.remaining() <= 100ms);
        QTRY_VERIFY(!gate.isClosed());
        gate.close(limited, backoff); // the second in a row, not the seventh
        QVERIFY(gate.remaining() > 100ms);
        QVERIFY(gate.remaining() <= 200ms);
    }

    void oneOfManyMayAskForMore()
    {
        Gate gate;
        gate.close(limited, {100ms, 10s});
        gate.close(limitedFor(30s), {100ms, 10s});
        QVERIFY(gate.remaining() > 29s);
        gate.close(limitedFor(1s), {100ms, 10s}); // never for less
        QVERIFY(gate.remaining() > 29s);
    }

    void afterASuccessTheWaitStartsSmallAgain()
    {
        Gate gate;
        const Backoff backoff{40ms, 10s};
        for (int i = 0; i < 3; ++i) {
            gate.close(limited, backoff);
            QTRY_VERIFY(!gate.isClosed());
        }
        gate.open();
        gate.close(limited, backoff);
        QVERIFY(gate.remaining() <= 40ms);
    }

    void aGateOfTheLastRunIsClosedForWhatIsLeft()
    {
        Gate gate;
        gate.closeUntil(limited, QDateTime::currentDateTimeUtc().addSecs(10));
        QVERIFY(gate.remaining() > 8s && gate.remaining() <= 10s);
        QCOMPARE(gate.reason(), limited);

        Gate past;
        past.closeUntil(limited, QDateTime::currentDateTimeUtc().addSecs(-10));
        QVERIFY(!past.isClosed());
        past.closeUntil(limited, {});
        QVERIFY(!past.isClosed());

        Gate wrongClock;
        wrongClock.closeUntil(limited, QDateTime::currentDateTimeUtc().addYears(1));
        QVERIFY(wrongClock.remaining() <= 1h);
    }
};

QTEST_GUILESS_MAIN(TestPacing)
#include "tst_pacing.moc"
