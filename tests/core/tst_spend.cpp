// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spendlimits.h"
#include "support/testcase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// The sums of the spending report, and its export.
class TestSpend : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    const QDate m_day = QDate(2026, 11, 23);

private Q_SLOTS:
    void aSpanHoldsItsFirstAndLastDay()
    {
        SpendReport report;
        for (int days = 0; days < 4; ++days)
            report.lines.append({m_day.addDays(-days), u"model"_s, Mode::Text, Money{qint64{1} << days}, 1});
        QCOMPARE(report.spent(m_day, m_day), Money{1});
        QCOMPARE(report.spent(m_day.addDays(-2), m_day.addDays(-1)), Money{2 + 4});
        QCOMPARE(report.spent(m_day.addDays(-9), m_day.addDays(9)), Money{15});
        QCOMPARE(report.spent(m_day.addDays(1), m_day.addDays(9)), Money{});
    }

    void anUnknownPriceInFlightAddsNothing()
    {
        const SpendReport report{{}, {{{}, Money{3}}, {{}, std::nullopt}, {m_day, Money{4}}}};
        QCOMPARE(report.inFlight(m_day, m_day), Money{7});
        QCOMPARE(report.inFlight(m_day.addDays(1), m_day.addDays(2)), Money{3});
    }

    void aLimitHoldsToTheLastTick()
    {
        SpendLimits limits;
        limits.perDay = Money{100};
        const SpendReport report{{{m_day, u"model"_s, Mode::Text, Money{40}, 1}},
                                 {{{}, Money{30}}, {m_day, Money{20}}}};
        QVERIFY(!limitPassed(limits, report, Money{10}, m_day));
        const auto passed = limitPassed(limits, report, Money{11}, m_day);
        QVERIFY(passed);
        QCOMPARE(*passed,
                 (LimitPassed{{{LimitFigures::Span::Day, Money{100}, Money{40}, Money{50}}}, Money{11}, false}));
        // The next day only what is not over is left.
        QVERIFY(!limitPassed(limits, report, Money{70}, m_day.addDays(1)));
        QVERIFY(limitPassed(limits, report, Money{71}, m_day.addDays(1)));
    }

    void theMonthHasALimitOfItsOwn()
    {
        SpendLimits limits;
        limits.perMonth = Money{100};
        limits.refuses = true;
        const SpendReport report{{{QDate(2026, 11, 1), u"model"_s, Mode::Text, Money{60}, 1},
                                  {QDate(2026, 10, 31), u"model"_s, Mode::Text, Money{60}, 1}},
                                 {}};
        QVERIFY(!limitPassed(limits, report, Money{40}, m_day));
        const auto passed = limitPassed(limits, report, Money{41}, m_day);
        QVERIFY(passed);
        QCOMPARE(passed->limits.size(), 1);
        QCOMPARE(passed->limits.first().span, LimitFigures::Span::Month);
        QVERIFY(passed->isRefused);
        QVERIFY(!limitPassed(limits, report, Money{100}, QDate(2026, 12, 1)));
    }

    void anUnknownPricePassesEveryLimit()
    {
        QVERIFY(!limitPassed({}, {}, std::nullopt, m_day));
        const auto passed = limitPassed({Money{1'000'000'000'000}, {}, false}, {}, std::nullopt, m_day);
        QVERIFY(passed);
        QVERIFY(passed->sentence().contains(u"unknown"_s));
    }

    void aJobOfUnknownPriceUnderWayPassesEveryLimit()
    {
        SpendLimits limits;
        limits.perDay = Money{100};
        const SpendReport report{{}, {{{}, Money{3}}, {{}, std::nullopt}, {m_day.addDays(-1), std::nullopt}}};
        QCOMPARE(report.unpriced(m_day, m_day), 1);
        const auto passed = limitPassed(limits, report, Money{1}, m_day);
        QVERIFY(passed);
        QCOMPARE(passed->limits.first().unpriced, 1);
        QVERIFY(passed->sentence().contains(u"a job of unknown price"_s));
        QVERIFY(!limitPassed(limits, {{}, {report.pending.last()}}, Money{1}, m_day)); // over, on another day
    }

    void aSubmitOfSeveralSaysWhatTheyCostTogether()
    {
        SpendLimits limits;
        limits.perDay = Money{Money::ticksPerDollar};
        const auto passed = limitPassed(limits, {}, Money{16'880'000'000}, m_day, 4);
        QVERIFY(passed);
        QVERIFY2(passed->sentence().endsWith(u"These 4 jobs together: about $1.688."_s),
                 qPrintable(passed->sentence()));
    }

    void theSentenceNamesEveryFigure()
    {
        const LimitPassed passed{{{LimitFigures::Span::Month, Money{2 * Money::ticksPerDollar}, Money{15'000'000'000},
                                   Money{4'200'000'000}}},
                                 Money{4'220'000'000},
                                 false};
        QCOMPARE(passed.sentence(), u"This would pass the monthly limit of $2.00. Spent: $1.50. In flight: about "
                                    "$0.42. This job: about $0.422."_s);
    }

    /// One yes is for both limits.
    void bothLimitsAreNamedWhenBothArePassed()
    {
        const SpendLimits limits{Money{Money::ticksPerDollar}, Money{2 * Money::ticksPerDollar}, false};
        const SpendReport report{{{m_day, u"model"_s, Mode::Text, Money{8'000'000'000}, 1},
                                  {m_day.addDays(-1), u"model"_s, Mode::Text, Money{9'000'000'000}, 1}},
                                 {{{}, Money{1'000'000'000}}}};
        const auto passed = limitPassed(limits, report, Money{4'200'000'000}, m_day);
        QVERIFY(passed);
        QCOMPARE(passed->sentence(),
                 u"This would pass the daily limit of $1.00. Spent: $0.80. In flight: about $0.10. It would pass the "
                 "monthly limit of $2.00 too. Spent: $1.70. In flight: about $0.10. This job: about $0.42."_s);
        const auto unknown = limitPassed(limits, {}, std::nullopt, m_day);
        QVERIFY(unknown);
        QVERIFY2(unknown->sentence().contains(u"It might pass the monthly limit of $2.00 too."_s),
                 qPrintable(unknown->sentence()));
    }

    void theTableForSpreadsheetsIsExact()
    {
        const SpendReport report{{{m_day, u"grok-imagine-video"_s, Mode::Image, Money{4'220'000'001}, 2},
                                  {m_day.addDays(-1), u"a \"b\", c\nd"_s, Mode::Extend, Money{5'500'000'000}, 1}},
                                 {}};
        QCOMPARE(toCsv(report), QByteArray("day,model,mode,jobs,cost_usd\r\n"
                                           "2026-11-23,grok-imagine-video,image,2,0.4220000001\r\n"
                                           "2026-11-22,\"a \"\"b\"\", c\nd\",extend,1,0.55\r\n"));
        QCOMPARE(toCsv({}), QByteArray("day,model,mode,jobs,cost_usd\r\n"));
    }
};

QTEST_GUILESS_MAIN(TestSpend)
#include "tst_spend.moc"
