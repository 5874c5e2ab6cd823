// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/csv.h"
#include "support/testcase.h"

#include <QRandomGenerator>
#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

Result<QList<CsvRecord>> recordsOf(QStringView text, QChar separator)
{
    QList<CsvRecord> records;
    if (const auto error = readCsv(text, separator, [&](const CsvRecord& record) { records.append(record); }))
        return *error;
    return records;
}

} // namespace

class TestCsv : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void isRead_data();
    void isRead();
    void anOpenQuoteIsNamed();
    void whatIsWrittenComesBack();
    void noTextIsTooMuch();
};

using Records = QList<CsvRecord>;

void TestCsv::isRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Records>("records");
    QTest::newRow("nothing") << QString() << Records{};
    QTest::newRow("two lines") << u"a,b\nc,d\n"_s << Records{{1, {u"a"_s, u"b"_s}}, {2, {u"c"_s, u"d"_s}}};
    QTest::newRow("no line end at the end") << u"a,b"_s << Records{{1, {u"a"_s, u"b"_s}}};
    QTest::newRow("line ends of Windows") << u"a\r\nb\r\n"_s << Records{{1, {u"a"_s}}, {2, {u"b"_s}}};
    QTest::newRow("line ends of an old Mac") << u"a\rb"_s << Records{{1, {u"a"_s}}, {2, {u"b"_s}}};
    QTest::newRow("empty lines are nothing, but are counted")
        << u"\n\na\n\nb"_s << Records{{3, {u"a"_s}}, {5, {u"b"_s}}};
    QTest::newRow("empty cells") << u",a,\n"_s << Records{{1, {QString(), u"a"_s, QString()}}};
    QTest::newRow("a separator in quotes") << u"\"a,b\",c"_s << Records{{1, {u"a,b"_s, u"c"_s}}};
    QTest::newRow("a doubled quote") << u"\"say \"\"go\"\"\""_s << Records{{1, {u"say \"go\""_s}}};
    QTest::newRow("a line end in quotes") << u"\"a\r\nb\",c\nd"_s << Records{{1, {u"a\nb"_s, u"c"_s}}, {3, {u"d"_s}}};
    QTest::newRow("a quote inside a cell is a character") << u"5\" high,b"_s << Records{{1, {u"5\" high"_s, u"b"_s}}};
    QTest::newRow("what follows a closed quote belongs to the cell")
        << u"\"a\"b,c"_s << Records{{1, {u"ab"_s, u"c"_s}}};
    QTest::newRow("quotes around nothing") << u"\"\",a"_s << Records{{1, {QString(), u"a"_s}}};
    QTest::newRow("spaces stay") << u" a , b "_s << Records{{1, {u" a "_s, u" b "_s}}};
}

void TestCsv::isRead()
{
    QFETCH(QString, text);
    QFETCH(Records, records);
    const auto read = recordsOf(text, u',');
    QVERIFY(read);
    QCOMPARE(*read, records);
    QString tabs = text;
    Records sameByTabs = records;
    for (CsvRecord& record : sameByTabs)
        record.cells.replaceInStrings(u","_s, u"\t"_s);
    QCOMPARE(*recordsOf(tabs.replace(u',', u'\t'), u'\t'), sameByTabs);
}

void TestCsv::anOpenQuoteIsNamed()
{
    const auto read = recordsOf(u"a\n\"b\nc\n\nd", u',');
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::InvalidRequest);
    QVERIFY2(read.error().detail.contains(u"line 2"), qPrintable(read.error().detail));
}

void TestCsv::whatIsWrittenComesBack()
{
    auto random = QRandomGenerator(7);
    const QString alphabet = u"ab ,;\"\n\té漢"_s;
    for (int round = 0; round < 2000; ++round) {
        QStringList cells;
        QString text;
        const int count = 1 + random.bounded(5);
        for (int i = 0; i < count; ++i) {
            QString cell;
            for (int length = random.bounded(8); length > 0; --length)
                cell.append(alphabet.at(random.bounded(static_cast<int>(alphabet.size()))));
            cells.append(cell);
            text += (i == 0 ? u"\""_s : u",\""_s) + QString(cell).replace(u'"', u"\"\""_s) + u'"';
        }
        const auto read = recordsOf(text, u',');
        QVERIFY(read);
        const Records expected = cells == QStringList{QString()} ? Records{} : Records{{1, cells}};
        QCOMPARE(*read, expected);
    }
}

void TestCsv::noTextIsTooMuch()
{
    // One cell of a megabyte, and as many cells: both in one go, without going back.
    QCOMPARE(recordsOf(u'"' + QString(1'000'000, u'"') + u'"', u',')->first().cells.first().size(), 500'000);
    QCOMPARE(recordsOf(QString(1'000'000, u','), u',')->first().cells.size(), 1'000'001);
}

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
