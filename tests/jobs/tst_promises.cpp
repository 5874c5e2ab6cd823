// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/promises.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::brokenPromises;
using clipkiln::test::TestProfile;
using clipkiln::test::Traces;
using simulator::LedgerEntry;
using simulator::Step;

/// The checker that holds every other run against its promises: it sees each way to break one.
class TestPromises : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<TestProfile> m_profile;
    QTemporaryDir m_empty;
    JobId m_job;

    [[nodiscard]] Traces traces() const
    {
        return {m_profile->simulator.ledger(), m_profile->profile.dataFolder(), {m_profile->profile.clipsFolder()}, {}};
    }
    [[nodiscard]] static LedgerEntry& post(Traces& traces)
    {
        return *std::find_if(traces.ledger.begin(), traces.ledger.end(),
                             [](const LedgerEntry& entry) { return entry.step == Step::Post; });
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_profile = std::make_unique<TestProfile>();
        m_profile->start();
        m_job = m_profile->enqueue();
        QVERIFY(m_profile->reaches(m_job, State::Done));
    }
    void cleanup() { m_profile.reset(); }

    void aRunThatKeptThemAllIsFine() { QCOMPARE(brokenPromises(traces()), QStringList()); }

    void aSecondWholePostIsSeen()
    {
        Traces seen = traces();
        seen.ledger.append(post(seen));
        QCOMPARE(brokenPromises(seen),
                 {u"Job %1 was sent whole again, though it may have been accepted."_s.arg(m_job.toString())});
    }

    void aPostAfterARateLimitIsFine()
    {
        Traces seen = traces();
        LedgerEntry limited = post(seen);
        limited.status = 429;
        limited.requestId.clear();
        seen.ledger.prepend(limited);
        QCOMPARE(brokenPromises(seen), QStringList());
    }

    void anAcceptedJobWithoutARowIsSeen()
    {
        Traces seen = traces();
        seen.profile = m_empty.path();
        QCOMPARE(brokenPromises(seen).size(), 2);
        seen.said = post(seen).requestId.toLatin1();
        QCOMPARE(brokenPromises(seen), QStringList());
    }

    void aLostRequestIdIsSeen()
    {
        Traces seen = traces();
        post(seen).requestId = u"another"_s;
        QCOMPARE(brokenPromises(seen).size(), 1);
        QVERIFY(brokenPromises(seen).first().startsWith(u"The request id"_s));
    }

    void aCutClipIsSeen()
    {
        QFile clip((*m_profile->run->clips.load()).first().path);
        QVERIFY(clip.open(QIODevice::ReadWrite));
        const QByteArray whole = clip.readAll();
        QVERIFY(clip.resize(whole.size() - 1));
        const QStringList shorter = brokenPromises(traces());
        QVERIFY(clip.resize(100)); // of what was served, too
        const QStringList shortest = brokenPromises(traces());
        QVERIFY(clip.seek(0) && clip.write(whole) == whole.size() && clip.flush());
        QCOMPARE(shorter.size(), 1);
        QCOMPARE(shortest.size(), 2);
    }

    void aClipThatIsGoneIsSeen()
    {
        const QString path = (*m_profile->run->clips.load()).first().path;
        QVERIFY(QFile::rename(path, path + u".away"_s));
        QCOMPARE(brokenPromises(traces()), {u"The clip of job %1 is not at %2."_s.arg(m_job.toString(), path)});
        QVERIFY(QFile::rename(path + u".away"_s, path));
    }
};

QTEST_MAIN(TestPromises)

#include "tst_promises.moc"
