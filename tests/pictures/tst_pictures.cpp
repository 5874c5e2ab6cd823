// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using clipkiln::test::patience;

namespace {

} // namespace

/// The program that makes the pictures, by its arguments.
class TestPictures : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void helpMakesNothing()
    {
        const Run run = start({u"--help"_s});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.out.contains("DIR [PATTERN]"), run.out.constData());
        QVERIFY(QDir(m_folder.path()).isEmpty());
    }

    void badArgumentsAreSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("none") << QStringList{} << "There has to be a folder"_ba;
        QTest::newRow("too many") << QStringList{u"a"_s, u"b"_s, u"c"_s} << "one pattern at most"_ba;
        QTest::newRow("an unknown option") << QStringList{u"--quick"_s, u"a"_s} << "Unknown option 'quick'."_ba;
        QTest::newRow("a name that no picture has") << QStringList{u"a"_s, u"zebra"_s} << "like zebra."_ba;
    }
    void badArgumentsAreSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, words);
        const Run run = start(arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.error.contains(words), run.error.constData());
        QVERIFY(QDir(m_folder.path()).isEmpty());
    }

private:
    struct Run
    {
        int exitCode = -1;
        QByteArray out;
        QByteArray error;
    };

    Run start(const QStringList& arguments)
    {
        QProcess program;
        program.setWorkingDirectory(m_folder.path());
        program.start(qEnvironmentVariable("CLIPKILN_PICTURES"), arguments);
        if (!program.waitForFinished(patience) || program.exitStatus() != QProcess::NormalExit)
            return {};
        return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestPictures)
#include "tst_pictures.moc"
