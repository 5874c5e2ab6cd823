// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format.h"
#include "support/testcase.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using std::chrono::seconds;

class TestFormat : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        QLocale::setDefault(QLocale::c());
    }
    void clocks();
    void positionsAreCutNotRounded();
    void spans();
    void lengthsShowADecimalOnlyWhereThereIsOne();
    void bytes_data();
    void bytes();
    void progressKeepsOneUnit();
    void sizesAndRatios();
    void estimatesAreRoundedUpToATenthOfACent();
    void settingsLine_data();
    void settingsLine();
    void numbersFollowTheLocale();
};

void TestFormat::clocks()
{
    QCOMPARE(formatClock(seconds(0)), u"0:00"_s);
    QCOMPARE(formatClock(seconds(31)), u"0:31"_s);
    QCOMPARE(formatClock(seconds(3723)), u"1:02:03"_s);
    QCOMPARE(formatClock(seconds(-5)), u"0:00"_s);
    QCOMPARE(formatClock(6.04), u"0:06"_s);
    QCOMPARE(formatClock(59.6), u"1:00"_s);
}

void TestFormat::positionsAreCutNotRounded()
{
    QCOMPARE(formatPosition(3.219), u"0:03.21"_s);
    QCOMPARE(formatPosition(0.29), u"0:00.29"_s);
    QCOMPARE(formatPosition(59.999), u"0:59.99"_s);
    QCOMPARE(formatPosition(61.05), u"1:01.05"_s);
    QCOMPARE(formatPosition(-1), u"0:00.00"_s);
}

void TestFormat::spans()
{
    QCOMPARE(formatSpan(12.2), u"12 s"_s);
    QCOMPARE(formatSpan(312), u"5 min 12 s"_s);
    QCOMPARE(formatSpan(7500), u"2 h 5 min"_s);
}

void TestFormat::lengthsShowADecimalOnlyWhereThereIsOne()
{
    QCOMPARE(formatSeconds(6), u"6 s"_s);
    QCOMPARE(formatSeconds(7.7), u"7.7 s"_s);
    QCOMPARE(formatSeconds(6.04), u"6 s"_s);
}

void TestFormat::bytes_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("a small file is counted in bytes") << qint64(512) << u"512 bytes"_s;
    QTest::newRow("below ten there is a decimal") << qint64(3'140'000) << u"3.1 MB"_s;
    QTest::newRow("from ten on there is none") << qint64(61'300'000'000) << u"61 GB"_s;
    QTest::newRow("almost ten is ten") << qint64(9'960'000) << u"10 MB"_s;
}

void TestFormat::bytes()
{
    QFETCH(qint64, bytes);
    QTEST(formatBytes(bytes), "text");
}

void TestFormat::progressKeepsOneUnit()
{
    QCOMPARE(formatBytesOf(3'100'000, 8'000'000), u"3.1 of 8.0 MB"_s);
    QCOMPARE(formatBytesOf(40'000, 12'000'000), u"0.0 of 12.0 MB"_s);
    QCOMPARE(formatBytesOf(2'000, 50'000), u"2.0 of 50.0 kB"_s);
    QCOMPARE(formatBytesOf(3'100'000, 0), u"3.1 MB"_s);
}

void TestFormat::sizesAndRatios()
{
    QCOMPARE(formatSize({1280, 720}), u"1280 × 720"_s);
    QCOMPARE(formatRatio({4032, 2268}), u"16:9"_s);
    QCOMPARE(formatRatio({848, 480}), u"16:9"_s); // what the service calls 480p at 16:9
    QCOMPARE(formatRatio({720, 1280}), u"9:16"_s);
    QCOMPARE(formatRatio({1998, 1080}), u"1.85:1"_s);
    QCOMPARE(formatRatio({}), QString());
}

void TestFormat::estimatesAreRoundedUpToATenthOfACent()
{
    QCOMPARE(formatAbout({4'220'000'000}), u"about $0.422"_s);
    QCOMPARE(formatAbout({3'504'200'000}), u"about $0.351"_s);
    QCOMPARE(formatAbout({5'500'000'000}), u"about $0.55"_s);
    QCOMPARE(formatAbout({1}), u"about $0.001"_s);
    QCOMPARE(formatAbout({0}), u"about $0.00"_s);
}

void TestFormat::settingsLine_data()
{
    QTest::addColumn<GenerationRequest>("request");
    QTest::addColumn<QString>("text");

    GenerationRequest image;
    image.inputs = FromImage{};
    image.duration = seconds(6);
    image.resolution = u"720p"_s;
    QTest::newRow("mode, length and resolution") << image << u"image · 6 s · 720p"_s;

    GenerationRequest extend;
    extend.inputs = ExtendClip{};
    extend.duration = seconds(6);
    QTest::newRow("an extension adds its length") << extend << u"extend · +6 s"_s;

    GenerationRequest edit;
    LocalFile source;
    source.seconds = 7.7;
    edit.inputs = EditClip{source};
    QTest::newRow("an edit is as long as its source") << edit << u"edit · 7.7 s"_s;

    edit.inputs = EditClip{RemoteUrl{QUrl(u"https://example.org/a.mp4"_s)}};
    QTest::newRow("what is not known is left out") << edit << u"edit"_s;
}

void TestFormat::settingsLine()
{
    QFETCH(GenerationRequest, request);
    QTEST(formatSettings(request), "text");
}

void TestFormat::numbersFollowTheLocale()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(formatSeconds(7.7), u"7,7 s"_s);
    QCOMPARE(formatPosition(3.21), u"0:03,21"_s);
    QCOMPARE(formatBytesOf(3'100'000, 8'000'000), u"3,1 of 8,0 MB"_s);
    QCOMPARE(formatSize({4032, 2268}), u"4032 × 2268"_s);
}

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
