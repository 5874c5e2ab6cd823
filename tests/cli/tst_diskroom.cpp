// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/commandcontext.h"
#include "core/modeltable.h"
#include "settings/memorysecrets.h"
#include "settings/settings.h"
#include "store/database.h"
#include "store/jobstore.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using namespace clipkiln::cli;
using clipkiln::test::TestProfile;
using simulator::Step;

/// The command line where the disk has no room for what it would pay for.
class TestDiskRoom : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void withoutRoomNothingIsSent_data()
    {
        QTest::addColumn<qint64>("room");
        QTest::addColumn<ExitCode>("code");
        QTest::newRow("a byte too little") << qint64{23'999'999} << ExitCode::LocalTrouble; // 8 s
        QTest::newRow("enough") << qint64{24'000'000} << ExitCode::Done;
    }
    void withoutRoomNothingIsSent()
    {
        QFETCH(const qint64, room);
        QFETCH(const ExitCode, code);
        TestProfile test;
        const Settings settings(test.profile.settingsFile());
        MemorySecrets secrets;
        const ModelTable models = ModelTable::builtIn();
        CommandContext context{test.profile, settings,           secrets,
                               models,       Secret("xai-1234"), [&test] { return test.simulatorAddress(); }};
        context.freeRoom = [room](const QString&) { return room; };
        const auto arguments =
            readArguments({u"clipkiln"_s, u"--simulator"_s, u"generate"_s, u"text"_s, u"--prompt"_s, u"A boat"_s,
                           u"--duration"_s, u"8"_s, u"--no-wait"_s, u"--output"_s, test.folder.filePath(u"out.mp4"_s)});
        QVERIFY2(arguments, qPrintable(arguments ? QString() : arguments.error().detail));
        QCOMPARE(generate(*arguments, context), code);
        QCOMPARE(test.count(Step::Post), code == ExitCode::Done ? 1 : 0);
        const auto database = Database::open(test.profile.databaseFile());
        QCOMPARE(JobStore(*database).load()->size(), code == ExitCode::Done ? 1 : 0);
    }
};

QTEST_MAIN(TestDiskRoom)
#include "tst_diskroom.moc"
