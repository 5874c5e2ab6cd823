// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/targets.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// Reads again what fuzzing found worth keeping (packaging/drills fuzz): inputs that reach different code, and those
/// that once were trouble.
class TestCorpora : public test::TestCase
{
    Q_OBJECT

    using Run = decltype(test::FuzzTarget::run);

private Q_SLOTS:
    void eachInputIsRead_data()
    {
        QTest::addColumn<Run>("run");
        QTest::addColumn<QString>("path");
        for (const test::FuzzTarget& target : test::fuzzTargets()) {
            const QDir corpus(QStringLiteral(CLIPKILN_TEST_DATA "/fuzz/") + QLatin1StringView(target.name));
            const QStringList names = corpus.entryList(QDir::Files, QDir::Name);
            QVERIFY2(!names.isEmpty(), target.name);
            for (const QString& name : names)
                QTest::addRow("%s/%s", target.name, qPrintable(name)) << target.run << corpus.filePath(name);
        }
    }
    void eachInputIsRead()
    {
        QFETCH(Run, run);
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QLoggingCategory::setFilterRules(u"*.warning=false"_s); // what is wrong with a row is logged
        run(file.readAll());
        run({});
    }
};

QTEST_GUILESS_MAIN(TestCorpora)

#include "tst_corpora.moc"
