// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/profile.h"
#include "support/mediafiles.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

/// `clipkiln rebuild` as a script sees it.
class TestCliRebuild : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aLostLibraryComesBack()
    {
        const Program program;
        const QString out = program.path(u"clips"_s);
        QVERIFY(QDir().mkpath(out));
        const Outcome made = program.run(program.generateText(u"clips/out.mp4"_s));
        QCOMPARE(made.exitCode, 0);
        const QStringList rebuild{u"rebuild"_s, out, u"--json"_s};
        for (const QString& end : {u""_s, u"-wal"_s, u"-shm"_s})
            QFile::remove(program.profile() + u"/library.sqlite"_s + end);
        QVERIFY(QDir(program.profile() + u"/backups"_s).removeRecursively());

        const Outcome rebuilt = program.run(rebuild);
        QVERIFY2(rebuilt.exitCode == 0, rebuilt.err);
        QCOMPARE(rebuilt.line(), (QJsonObject{{u"added"_s, 1},
                                              {u"without_details"_s, 0},
                                              {u"known"_s, 0},
                                              {u"copies"_s, 0},
                                              {u"unreadable"_s, QJsonArray()}}));
        QVERIFY(rebuilt.err.contains("1 clip was added."));
        QVERIFY(rebuilt.err.contains("removed jobs"));
        const QJsonObject job = program.run({u"jobs"_s, u"--json"_s}).line();
        for (const QString& field : {u"request_id"_s, u"cost_usd"_s, u"file"_s, u"state"_s})
            QCOMPARE(job.value(field), made.line().value(field));
        QCOMPARE(program.posts(), 1);

        QVERIFY(QFile::copy(out + u"/out.mp4"_s, out + u"/copy.mp4"_s));
        const Outcome again = program.run(rebuild);
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(again.line().value(u"known"_s), 1);
        QCOMPARE(again.line().value(u"copies"_s), 1);
    }

    void whatCannotBeReadIsExitCode1()
    {
        const Program program;
        QVERIFY(test::writeFile(program.path(u"no clip.mp4"_s), "no clip"));
        for (const QString& folder : {program.folder.path(), program.path(u"not there"_s)}) {
            const Outcome outcome = program.run({u"rebuild"_s, folder, u"--json"_s});
            QCOMPARE(outcome.exitCode, 1);
            QCOMPARE(outcome.line().value(u"unreadable"_s).toArray().size(), 1);
        }
    }

    void aProfileInUseIsExitCode1()
    {
        const Program program;
        const Profile profile(program.profile());
        QVERIFY(!profile.makeFolders());
        const auto lock = profile.lock();
        QVERIFY(lock);
        const Outcome outcome = program.run({u"rebuild"_s, program.folder.path()});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY(outcome.out.isEmpty());
    }
};

QTEST_MAIN(TestCliRebuild)
#include "tst_clirebuild.moc"
