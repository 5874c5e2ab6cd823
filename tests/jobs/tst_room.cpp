// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/lifecycle.h"
#include "jobs/room.h"
#include "support/requests.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::TestProfile;

/// What is sent only when what it brings fits on the disk.
class TestRoom : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<TestProfile> m_profile;

    static Job textJob(std::chrono::seconds duration, const QString& outputPath = {})
    {
        Job job;
        job.request.prompt = u"A paper boat"_s;
        job.request.model = u"grok-imagine-video"_s;
        job.request.duration = duration;
        job.outputPath = outputPath;
        return job;
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_profile = std::make_unique<TestProfile>();
    }

    void aClipIsAsLargeAsThoseLikeIt()
    {
        GenerationRequest text = test::request(Mode::Text);
        text.duration = 10s;
        QCOMPARE(expectedBytes(text, {}), 30'000'000);
        QCOMPARE(expectedBytes(text, 250'000.0), 2'500'000);
        GenerationRequest edit = test::request(Mode::Edit); // of a video of 5 s
        edit.duration.reset();
        QCOMPARE(expectedBytes(edit, {}), 15'000'000);
        GenerationRequest extend = test::request(Mode::Extend);
        extend.duration = 6s;
        QCOMPARE(expectedBytes(extend, {}), 33'000'000);
    }

    void aDiskIsFullWhenItHasLessThanIsNeeded()
    {
        QVERIFY(!roomProblem(u"/clips"_s, 100, 100));
        QVERIFY(!roomProblem(u"/clips"_s, {}, 100)); // a network drive that does not say
        const auto problem = roomProblem(u"/clips"_s, 0, 100);
        QVERIFY(problem);
        QCOMPARE(problem->kind, ErrorKind::DiskFull);
        QVERIFY(problem->detail.contains(u"clips"_s));
        QVERIFY(freeRoom(m_profile->folder.filePath(u"not/there/yet"_s)).value_or(-1) >= 0);
    }

    void withoutRoomAJobWaitsAndGoesOnByItself_data()
    {
        QTest::addColumn<bool>("isProfileFull");
        QTest::newRow("none for the profile") << true;
        QTest::newRow("none for the clip") << false;
    }
    void withoutRoomAJobWaitsAndGoesOnByItself()
    {
        QFETCH(const bool, isProfileFull);
        const QString full = isProfileFull ? m_profile->profile.dataFolder() : m_profile->profile.clipsFolder();
        qint64 room = isProfileFull ? profileRoom - 1 : 0;
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.freeRoom = [&](const QString& folder) { return folder == full ? room : profileRoom; };
        JobQueue& queue = m_profile->start(settings);
        const JobId id = queue.enqueue(textJob(1s));
        QTRY_VERIFY(errorOf(m_profile->job(id).phase));
        const auto queued = std::get<Queued>(m_profile->job(id).phase);
        QCOMPARE(queued.waiting->kind, ErrorKind::DiskFull);
        QVERIFY(queued.until.isValid());
        QVERIFY(queue.hasWork());
        QCOMPARE(m_profile->count(simulator::Step::Post), 0);
        if (!isProfileFull) { // another has its own disk
            const JobId other = queue.enqueue(textJob(1s, m_profile->folder.filePath(u"elsewhere/"_s)));
            QVERIFY(m_profile->reaches(other, State::Done));
            QCOMPARE(m_profile->job(id).state(), State::Queued);
        }
        room = profileRoom;
        QVERIFY(m_profile->reaches(id, State::Done)); // nobody asks
        QCOMPARE(m_profile->stored(id).state(), State::Done);
    }

    void theJobsOfOneSubmitNeedRoomTogether()
    {
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.freeRoom = [](const QString&) { return 20'000'000; };
        const JobQueue& queue = m_profile->start(settings);
        QVERIFY(!queue.lackOfRoom({textJob(4s)}));
        const auto lack = queue.lackOfRoom({textJob(4s), textJob(4s)});
        QVERIFY(lack);
        QCOMPARE(lack->kind, ErrorKind::DiskFull);
        QVERIFY(!queue.lackOfRoom({textJob(4s), textJob(4s, u"/elsewhere/"_s)}));
    }

    void aClipWhoseFolderTakesNothingIsSavedInAnother_data()
    {
        QTest::addColumn<bool>("isEachAlone");
        QTest::newRow("the folder of all is changed") << false;
        QTest::newRow("one is saved elsewhere") << true;
    }
    void aClipWhoseFolderTakesNothingIsSavedInAnother()
    {
        QFETCH(const bool, isEachAlone);
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.clipsFolder = m_profile->folder.filePath(u"gone"_s);
        QFile inItsPlace(settings.clipsFolder); // as good as a drive that was taken out
        QVERIFY(inItsPlace.open(QIODevice::WriteOnly));
        JobQueue& queue = m_profile->start(settings);
        const QList<JobId> ids{m_profile->enqueue(u"One"_s), m_profile->enqueue(u"Two"_s),
                               m_profile->enqueueTo(settings.clipsFolder + u"/three.mp4"_s)};
        for (const JobId& id : ids)
            QTRY_VERIFY(waitsForFolder(m_profile->job(id).phase));

        const QDir other(m_profile->folder.filePath(u"other"_s));
        if (isEachAlone) {
            for (const JobId& id : ids)
                queue.saveElsewhere(id, other.filePath(id.toString() + u".mp4"_s));
        } else {
            settings.clipsFolder = other.path();
            queue.configure(settings);
        }
        for (const JobId& id : ids)
            QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(other.entryList(QDir::Files | QDir::Hidden).size(), 3);
        QCOMPARE(m_profile->count(simulator::Step::Post), 3);
        if (!isEachAlone)
            QVERIFY(other.exists(u"three.mp4"_s));
    }
};

QTEST_MAIN(TestRoom)
#include "tst_room.moc"
