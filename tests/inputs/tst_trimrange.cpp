// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/trimrange.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln;

/// The part of a video that a person chooses stays inside the video and within what the mode takes.
class TestTrimRange : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theLongestPartComesFirst_data();
    void theLongestPartComesFirst();
    void noEndPassesTheOther();
    void theLimitDrawsTheOtherEndAlong();
    void theWholePartStaysInside();
};

namespace {

constexpr int rate = 24; // frames per second

} // namespace

void TestTrimRange::theLongestPartComesFirst_data()
{
    QTest::addColumn<double>("whole");
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<double>("shortest");
    QTest::addColumn<double>("longest");
    QTest::addColumn<int>("out");
    QTest::newRow("30 s to edit") << 30.0 << 24.0 << 0.0 << 8.7 << 208;
    QTest::newRow("at 30 frames a second the limit is a whole frame") << 30.0 << 30.0 << 0.0 << 8.7 << 261;
    QTest::newRow("at 29.97 it is not") << 30.0 << 30000.0 / 1001 << 0.0 << 8.7 << 260;
    QTest::newRow("to extend") << 30.0 << 25.0 << 2.0 << 15.0 << 375;
    QTest::newRow("a video that is short enough") << 5.0 << 24.0 << 2.0 << 15.0 << 120;
    QTest::newRow("without limit") << 100.0 << 24.0 << 0.0 << 0.0 << 2400;
    QTest::newRow("of unknown rate") << 10.0 << 0.0 << 0.0 << 5.0 << 120;
    QTest::newRow("of one frame") << 0.04 << 24.0 << 2.0 << 15.0 << 1;
    QTest::newRow("of no known length") << 0.0 << 24.0 << 2.0 << 15.0 << 1;
}

void TestTrimRange::theLongestPartComesFirst()
{
    QFETCH(double, whole);
    QFETCH(double, perSecond);
    QFETCH(double, shortest);
    QFETCH(double, longest);
    QFETCH(int, out);
    const TrimRange range(whole, perSecond, shortest, longest);
    QCOMPARE(range.in(), 0);
    QCOMPARE(range.out(), out);
    QVERIFY(longest <= 0 || whole < 1 || range.seconds() <= longest + 1e-6);
}

void TestTrimRange::noEndPassesTheOther()
{
    TrimRange range(10, rate, 2, 8);
    range.setIn(1000);
    QCOMPARE(range.in(), 192 - 48);
    range.setOut(0);
    QCOMPARE(range.out(), range.in() + 48);
    range.setIn(-5);
    QCOMPARE(range.in(), 0);
    range.setOut(1000);
    QCOMPARE(range.out(), 240);
}

void TestTrimRange::theLimitDrawsTheOtherEndAlong()
{
    TrimRange range(10, rate, 0, 5);
    range.setOut(200);
    QCOMPARE(range.out(), 200);
    QCOMPARE(range.in(), 80);
    range.setIn(20);
    QCOMPARE(range.in(), 20);
    QCOMPARE(range.out(), 140);
}

void TestTrimRange::theWholePartStaysInside()
{
    TrimRange range(10, rate, 0, 5);
    range.moveTo(500);
    QCOMPARE(range.out(), 240);
    QCOMPARE(range.in(), 120);
    range.moveTo(-1);
    QCOMPARE(range.in(), 0);
    range.setPart({2, 4});
    QCOMPARE(range.part(), (VideoPart{2, 4}));
}

QTEST_GUILESS_MAIN(TestTrimRange)
#include "tst_trimrange.moc"
