// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/bulkrow.h"
#include "support/testcase.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// A row of the table of many jobs is judged by what would be sent, and its price goes into the total.
class TestBulkRow : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstTroubleIsShown_data();
    void theFirstTroubleIsShown();
    void theTotalIsTheSumToTheTick();
};

void TestBulkRow::theFirstTroubleIsShown_data()
{
    using Change = std::function<void(BulkRow&)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("trouble"); // its beginning
    QTest::newRow("none") << Change([](BulkRow&) {}) << QString();
    QTest::newRow("a value of the list") << Change([](BulkRow& row) {
        row.listProblems = {{BulkColumn::Duration, u"99 is no length."_s}};
        row.imageTrouble = u"boat.heic: damaged"_s;
    }) << u"99 is no length."_s;
    QTest::newRow("the picture before the request") << Change([](BulkRow& row) {
        row.imageTrouble = u"boat.heic: damaged"_s;
        row.request.prompt.clear();
    }) << u"boat.heic: damaged"_s;
    QTest::newRow("the request") << Change([](BulkRow& row) { row.request.prompt.clear(); })
                                 << u"There is no prompt."_s;
    QTest::newRow("a picture that is missing")
        << Change([](BulkRow& row) { row.request.inputs = FromImage(); }) << u"An image is missing."_s;
    QTest::newRow("a picture that is still being prepared") << Change([](BulkRow& row) {
        row.request.inputs = FromImage();
        row.isLoading = true;
    }) << QString();
}

void TestBulkRow::theFirstTroubleIsShown()
{
    QFETCH(const std::function<void(BulkRow&)>, change);
    QFETCH(const QString, trouble);
    const ModelTable models = ModelTable::builtIn();
    BulkRow row;
    row.request = defaultRequest(Mode::Text, *models.find(models.defaultModel()));
    row.request.prompt = u"A paper boat"_s;
    change(row);
    judge(row, models);
    QVERIFY2(row.trouble.startsWith(trouble), qPrintable(row.trouble));
    QCOMPARE(row.trouble.isEmpty(), trouble.isEmpty());
    QCOMPARE(row.isChosen(), trouble.isEmpty());
}

void TestBulkRow::theTotalIsTheSumToTheTick()
{
    const ModelTable models = ModelTable::builtIn();
    auto random = QRandomGenerator(5);
    for (int round = 0; round < 200; ++round) {
        QList<BulkRow> rows;
        Money sum;
        int jobs = 0;
        QList<int> unknown;
        for (int count = random.bounded(40), i = 0; i < count; ++i) {
            BulkRow row;
            const auto all = models.models();
            const Model& model = all.at(random.bounded(all.size()));
            row.request = defaultRequest(Mode::Text, model);
            row.request.prompt = random.bounded(5) ? u"a"_s : QString();
            row.request.duration = std::chrono::seconds(1 + random.bounded(15));
            if (random.bounded(6) == 0)
                row.request.model = u"my-model"_s;
            row.takes = 1 + random.bounded(8);
            row.isWanted = random.bounded(3);
            judge(row, models);
            if (row.isWanted && !row.request.prompt.isEmpty()) {
                jobs += row.takes;
                const auto price = estimate(row.request, modelOf(row.request, models));
                if (price)
                    sum += price->total * row.takes;
                else
                    unknown.append(i + 1);
            }
            rows.append(row);
        }
        const BulkTotal total = totalOf(rows);
        QCOMPARE(total.jobs, jobs);
        QCOMPARE(total.known, sum);
        QCOMPARE(total.unknownRows, unknown);
        QCOMPARE(total.price().has_value(), unknown.isEmpty());
        Money ofParts;
        for (const BulkTotal::Part& part : total.parts)
            ofParts += part.each * part.jobs;
        QCOMPARE(ofParts, sum);
    }
}

QTEST_GUILESS_MAIN(TestBulkRow)
#include "tst_bulkrow.moc"
