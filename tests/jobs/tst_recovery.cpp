// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/engine.h"
#include "store/backups.h"
#include "support/samples.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;
using clipkiln::test::TestProfile;
using simulator::Step;

/// The engine with a database that was damaged, and the backups it makes.
class TestRecovery : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<TestProfile> m_profile;
    std::unique_ptr<Engine> m_engine;

    void start()
    {
        m_engine =
            std::make_unique<Engine>(EnginePaths{m_profile->profile.databaseFile(), m_profile->profile.inputsFolder()},
                                     [address = m_profile->simulatorAddress()] { return address; });
        QSignalSpy loaded(m_engine.get(), &Engine::loaded);
        QSignalSpy trouble(m_engine.get(), &Engine::trouble);
        m_engine->start(test::quickSettings(m_profile->profile));
        QVERIFY(loaded.wait(patience));
        QVERIFY(trouble.isEmpty());
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(!m_profile->profile.makeFolders());
    }
    void cleanup()
    {
        m_engine.reset();
        m_profile.reset();
    }

    void theBackupOfTheDayIsMadeWhenThereIsNothingToDo()
    {
        start();
        const Backups backups(m_profile->profile.databaseFile());
        QTRY_COMPARE(backups.all().size(), 1);
    }

    void nothingOfABackupIsSentByItself()
    {
        const QString file = m_profile->profile.databaseFile();
        const QList<JobId> unsent{m_profile->plant(Held{}), m_profile->plant(Queued{}), m_profile->plant(Uploading{}),
                                  m_profile->plant(Submitting{})};
        const JobId accepted = m_profile->plant(Generating{samples::requestId, {}, {}});
        QVERIFY(!Backups(file).make(QDate(2026, 12, 1)));
        QFile damaged(file);
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.close(); // cut to nothing

        QHash<JobId, State> states;
        m_engine = std::make_unique<Engine>(EnginePaths{file, m_profile->profile.inputsFolder()},
                                            [address = m_profile->simulatorAddress()] { return address; });
        connect(m_engine.get(), &Engine::loaded, this, [&states](const QList<Job>& jobs) {
            for (const Job& job : jobs)
                states.insert(job.id, job.state());
        });
        QSignalSpy recovered(m_engine.get(), &Engine::recovered);
        m_engine->start(test::quickSettings(m_profile->profile));
        QTRY_VERIFY(m_profile->count(Step::Poll) > 0); // of the accepted one
        QTRY_COMPARE(recovered.size(), 1);
        QVERIFY2(recovered.first().first().toString().contains(u"backup of 2026-12-01"_s),
                 qPrintable(recovered.first().first().toString()));
        for (const JobId& id : unsent)
            QCOMPARE(states.value(id), State::Unconfirmed);
        QVERIFY(states.contains(accepted));
        QCOMPARE(m_profile->count(Step::Post), 0);
    }
};

QTEST_MAIN(TestRecovery)

#include "tst_recovery.moc"
