// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"
#include "store/profile.h"
#include "support/mediafiles.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonObject>
#include <QSqlQuery>
#include <QTest>

#include <csignal>
#include <functional>
#include <memory>

#if defined(Q_OS_UNIX)
#include <sys/resource.h>
#endif

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using simulator::Step;

/// The command line where the profile's disk does not take what has to be written.
class TestUnwritable : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    /// The profile's database, as another program holds it open.
    [[nodiscard]] std::shared_ptr<Database> database() const
    {
        const Profile profile(m_program->profile());
        if (profile.makeFolders())
            return nullptr;
        return Database::open(profile.databaseFile()).value_or(nullptr);
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_program = std::make_unique<Program>();
    }

    void withoutARowNothingIsSentAndThatIsSaidAtOnce_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::newRow("refused")
            << u"CREATE TRIGGER no_more BEFORE INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'no'); END"_s;
        QTest::newRow("locked") << u"BEGIN IMMEDIATE"_s;
    }
    void withoutARowNothingIsSentAndThatIsSaidAtOnce()
    {
        QFETCH(const QString, statement);
        const auto other = database();
        QVERIFY(other && other->run(statement));
        const Outcome outcome = m_program->run(m_program->generateText());
        QVERIFY2(outcome.exitCode == 1, outcome.err);
        QVERIFY2(outcome.err.contains("Nothing was sent"), outcome.err);
        QVERIFY2(!outcome.err.contains("kept"), outcome.err);
        QVERIFY(outcome.out.isEmpty());
        QCOMPARE(m_program->posts(), 0);
    }

    void aClipWhoseRowCannotBeWrittenIsNotCalledDone()
    {
        const auto other = database();
        QVERIFY(other->run(u"CREATE TRIGGER no_more BEFORE INSERT ON clips BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
        const Outcome outcome = m_program->run(m_program->generateText());
        QVERIFY2(outcome.exitCode == 1, outcome.err);
        QCOMPARE(outcome.line().value(u"file"_s).toString(), m_program->path(u"out.mp4"_s));
        QCOMPARE(outcome.line().value(u"error"_s).toObject().value(u"kind"_s).toString(), u"database"_s);
        QVERIFY(QFileInfo::exists(m_program->path(u"out.mp4"_s)));

        // It is taken into the library later, from where it lies.
        QVERIFY(other->run(u"DROP TRIGGER no_more"_s));
        const Outcome resumed = m_program->run({u"resume"_s, u"--json"_s, u"--poll-interval"_s, u"0.05"_s});
        QVERIFY2(resumed.exitCode == 0, resumed.err);
        QCOMPARE(resumed.line().value(u"file"_s).toString(), m_program->path(u"out.mp4"_s));
        QCOMPARE(m_program->posts(), 1);
        QCOMPARE(m_program->seen(Step::Download).size(), 1);
    }

    void aRequestIdIsOnDiskOrPrinted_data()
    {
        QTest::addColumn<bool>("isNoted");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        const QStringList accepted{u"--no-wait"_s};
        const QStringList limit{u"--timeout"_s, u"1"_s};
        QTest::newRow("noted, accepted") << true << accepted << 0;
        QTest::newRow("noted, followed") << true << limit << 6;
        QTest::newRow("not noted, accepted") << false << accepted << 1;
        QTest::newRow("not noted, followed") << false << limit << 1;
    }
    void aRequestIdIsOnDiskOrPrinted()
    {
        QFETCH(const bool, isNoted);
        QFETCH(const QStringList, arguments);
        QFETCH(const int, exitCode);
        const auto other = database();
        QVERIFY(other->run(u"CREATE TRIGGER no_more BEFORE UPDATE ON jobs WHEN new.state NOT IN ('uploading', "
                           "'submitting') BEGIN SELECT RAISE(ABORT, 'no'); END"_s));
        const QString noted = m_program->profile() + u"/accepted.jsonl"_s;
        if (!isNoted)
            QVERIFY(QDir().mkpath(noted)); // no file can be there
        m_program->play({simulator::Rule{Step::Poll, simulator::Reply::Pending}});
        const Outcome outcome = m_program->run(m_program->generateText() + arguments);
        QVERIFY2(outcome.exitCode == exitCode, outcome.err);
        const QByteArray id = outcome.line().value(u"request_id"_s).toString().toUtf8();
        QVERIFY(!id.isEmpty());
        QCOMPARE(isNoted, readFile(noted).contains(id));
        QCOMPARE(!isNoted, outcome.err.contains(id));
        QVERIFY2(outcome.err.contains("resume") == isNoted, outcome.err);
        QCOMPARE(m_program->posts(), 1);
        if (!isNoted)
            return;
        QVERIFY(other->run(u"DROP TRIGGER no_more"_s));
        m_program->play({});
        const Outcome resumed = m_program->run({u"resume"_s, u"--json"_s, u"--poll-interval"_s, u"0.05"_s});
        QVERIFY2(resumed.exitCode == 0, resumed.err);
        QCOMPARE(resumed.line().value(u"file"_s).toString(), m_program->path(u"out.mp4"_s));
        QCOMPARE(m_program->posts(), 1);
    }

#if defined(Q_OS_UNIX)
    void onAFullDiskNothingIsSent()
    {
        QVERIFY(database());
        const auto process =
            m_program->prepare(QStringList{u"generate"_s, u"text"_s, u"--takes"_s, u"8"_s, u"--prompt"_s,
                                           QString(3'000, u'x'), u"--json"_s, u"--output"_s, u"clips/"_s} +
                               m_program->quickly());
        // No file may grow further, as on a full disk. What SQLite needs for reading still fits.
        process->setChildProcessModifier([] {
            std::signal(SIGXFSZ, SIG_IGN);
            constexpr rlim_t most = 36 * 1024;
            const rlimit limit{most, most};
            setrlimit(RLIMIT_FSIZE, &limit);
        });
        process->start();
        const Outcome outcome = m_program->end(*process);
        QVERIFY2(outcome.exitCode == 1, outcome.err);
        QVERIFY2(outcome.err.contains("Nothing was sent"), outcome.err);
        QCOMPARE(m_program->posts(), 0);
    }
#endif
};

QTEST_MAIN(TestUnwritable)
#include "tst_unwritable.moc"
