// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/clipfinalizer.h"
#include "jobs/leftovers.h"
#include "support/samples.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

/// Temporary files of downloads and copies stay as long as somebody may go on with them.
class TestLeftovers : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void whatNobodyOwnsGoes_data()
    {
        QTest::addColumn<QString>("name"); // empty: that of the job
        QTest::addColumn<bool>("isOver");
        QTest::addColumn<int>("hoursOld");
        QTest::addColumn<bool>("stays");
        const QString copy = u".clipkiln-0123456789abcdef0123456789abcdef.part"_s;
        QTest::newRow("of a running job, old") << QString() << false << 24 * 365 << true;
        QTest::newRow("of a job that has just failed") << QString() << true << 1 << true;
        QTest::newRow("of a job that failed yesterday") << QString() << true << 25 << false;
        QTest::newRow("of a copy, or of another profile") << copy << true << 24 * 6 << true;
        QTest::newRow("of a copy that a crash ended") << copy << true << 24 * 8 << false;
        QTest::newRow("a clip") << u"clip.mp4"_s << true << 24 * 365 << true;
        QTest::newRow("of another program") << u"film.part"_s << true << 24 * 365 << true;
    }
    void whatNobodyOwnsGoes()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, isOver);
        QFETCH(const int, hoursOld);
        QFETCH(const bool, stays);
        const QTemporaryDir clips;
        const QTemporaryDir elsewhere;
        Job here = samples::job(u"a"_s, isOver ? Phase(Failed{}) : Phase(Generating{samples::requestId, {}, {}}));
        Job there = here;
        there.id = JobId(u"b"_s);
        there.outputPath = elsewhere.path() + u'/';
        QStringList files;
        for (const Job& job : {here, there}) {
            const QString temporary = temporaryFileOf(job, targetOf(job, clips.path()));
            files.append(name.isEmpty() ? temporary : QFileInfo(temporary).dir().filePath(name));
            QFile file(files.last());
            QVERIFY(file.open(QIODevice::WriteOnly));
            QVERIFY(file.setFileTime(samples::now().addSecs(-3600 * hoursOld), QFileDevice::FileModificationTime));
        }
        clearLeftovers(clips.path(), {here, there}, samples::now());
        for (const QString& file : std::as_const(files))
            QCOMPARE(QFile::exists(file), stays);
    }
};

QTEST_GUILESS_MAIN(TestLeftovers)

#include "tst_leftovers.moc"
