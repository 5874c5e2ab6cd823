// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clipdetails.h"
#include "library/clipdescriber.h"
#include "library/rebuild.h"
#include "media/read/xmpbox.h"
#include "media/write/xmpbox.h"
#include "store/clipstore.h"
#include "store/database.h"
#include "store/inputstore.h"
#include "store/jobstore.h"
#include "store/profile.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

QString hashOf(const QByteArray& content)
{
    return QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
}

/// A row without the ids that a rebuilt library gives anew.
Clip withoutIds(Clip clip)
{
    clip.id = {};
    clip.job = {};
    return clip;
}

} // namespace

/// A library is lost and made again from what its clips say.
class TestRebuild : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QTemporaryDir m_master;
    QByteArray m_video;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Profile> m_profile;
    std::shared_ptr<Database> m_database;

    void open()
    {
        auto database = Database::open(m_profile->databaseFile());
        QVERIFY(database);
        m_database = *database;
    }
    void loseTheDatabase()
    {
        m_database.reset();
        for (const QString& end : {u""_s, u"-wal"_s, u"-shm"_s})
            QFile::remove(m_profile->databaseFile() + end);
        open();
    }
    QString path(const QString& name) const { return m_profile->clipsFolder() + u'/' + name; }
    ClipScan scan(const QStringList& folders = {}) const
    {
        return scanClips(QStringList{m_profile->clipsFolder()} + folders, m_profile->inputsFolder(),
                         *knownClips(m_database));
    }
    /// A clip on disk and in the library, as a finished job leaves it.
    Clip make(int number, const ModeInputs& inputs = FromText{})
    {
        Clip clip;
        clip.id = ClipId::create();
        clip.requestId = RequestId(u"request-%1"_s.arg(number));
        clip.request.prompt = u"Clip <%1> & \"more\"\nof it 船"_s.arg(number);
        clip.request.model = u"grok-imagine-video"_s;
        clip.request.duration = std::chrono::seconds(1 + number % 10);
        clip.request.aspectRatio = u"16:9"_s;
        clip.request.inputs = inputs;
        clip.origin = number % 3 == 0 ? Origin::simulator() : Origin::service();
        clip.path = path(u"clip %1.mp4"_s.arg(number));
        clip.seconds = 0.5;
        clip.size = {128, 64};
        clip.cost = Money{4'220'000'000 + number};
        clip.createdAt = QDateTime(QDate(2026, 11, 1), QTime(8, 0), Qt::UTC).addSecs(number).addMSecs(number);
        clip.servedHash = hashOf(m_video);
        clip.servedBytes = m_video.size();
        if (!test::writeFile(clip.path, m_video) ||
            !putXmpBehind(m_video.size(), clip.path, toXmp(detailsOf(clip))).value_or(false))
            qFatal("The clip cannot be written");
        clip.bytes = QFileInfo(clip.path).size();
        Job job;
        job.id = clip.job = JobId::create();
        job.request = clip.request;
        job.origin = clip.origin;
        job.phase = Done{clip.requestId, clip.id};
        job.createdAt = job.acceptedAt = job.finishedAt = clip.createdAt;
        job.cost = clip.cost;
        if (ClipStore(m_database).save(clip, job))
            qFatal("The row cannot be written");
        return clip;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString file = m_master.filePath(u"video.mp4"_s);
        QVERIFY(test::makeNumberedVideo(file, 12, {u"-c:v"_s, u"libx264"_s}));
        m_video = test::readFile(file);
    }
    void init()
    {
        TestCase::init();
        m_folder = std::make_unique<QTemporaryDir>();
        m_profile = std::make_unique<Profile>(m_folder->path());
        QVERIFY(!m_profile->makeFolders());
        QVERIFY(QDir().mkpath(m_profile->clipsFolder()));
        open();
    }
    void cleanup() { m_database.reset(); }

    void aLibraryOfFiftyClipsComesBackRowByRow()
    {
        LocalFile photo;
        photo.path = m_folder->filePath(u"photo.png"_s);
        photo.name = u"photo.png"_s;
        photo.mime = u"image/png"_s;
        QVERIFY(test::writeFile(photo.path, "a picture"));
        photo = *InputStore(m_profile->inputsFolder()).keep(photo);
        QList<Clip> before;
        for (int number = 0; number < 50; ++number)
            before.append(
                make(number, number % 2 == 0 ? ModeInputs(FromText{}) : ModeInputs(FromImage{photo, {}, {}})));
        const SpendReport spent = *JobStore(m_database).spendSince({});
        loseTheDatabase();

        const auto rebuilt = addFound(m_database, scan());
        QVERIFY(rebuilt);
        QCOMPARE(rebuilt->clips.size(), 50);
        QList<Clip> after = *ClipStore(m_database).load();
        std::sort(after.begin(), after.end(), [](const Clip& a, const Clip& b) { return a.createdAt < b.createdAt; });
        QCOMPARE(after.size(), before.size());
        for (qsizetype i = 0; i < before.size(); ++i)
            QVERIFY2(withoutIds(after.at(i)) == withoutIds(before.at(i)), qPrintable(before.at(i).path));
        const auto jobs = JobStore(m_database).load();
        QCOMPARE(jobs->size(), 50);
        QCOMPARE(std::get<Done>(jobs->first().phase).requestId, before.first().requestId);
        const SpendReport spentAgain = *JobStore(m_database).spendSince({});
        QCOMPARE(spentAgain.lines.size(), spent.lines.size());
        for (qsizetype i = 0; i < spent.lines.size(); ++i)
            QVERIFY(spentAgain.lines.at(i).money == spent.lines.at(i).money);
    }

    void aSecondTimeAddsNothing()
    {
        make(1);
        loseTheDatabase();
        QVERIFY(addFound(m_database, scan()));
        const QList<Clip> rows = *ClipStore(m_database).load();
        const ClipScan again = scan();
        QCOMPARE(again.clips.size(), 0);
        QCOMPARE(again.known, 1);
        QVERIFY(addFound(m_database, again));
        QVERIFY(*ClipStore(m_database).load() == rows);
    }

    void aRowIsNeverChanged()
    {
        const Clip clip = make(1);
        Clip mine = clip;
        mine.request.prompt = u"What the row says"_s;
        QVERIFY(!ClipStore(m_database).save(mine));
        // Another file that claims the same request, and what became known between scan and writing.
        QVERIFY(QFile::copy(clip.path, path(u"a copy.mp4"_s)));
        const ClipScan found = scan();
        QCOMPARE(found.known, 1);
        QCOMPARE(found.copies, 1);
        ClipScan late;
        late.clips = {{clip, true, false}};
        QCOMPARE(addFound(m_database, late)->clips.size(), 0);
        QVERIFY(*ClipStore(m_database).load() == QList<Clip>{mine});
    }

    void ofTwoCopiesOneIsTaken()
    {
        const Clip clip = make(1);
        QVERIFY(QFile::copy(clip.path, path(u"z copy.mp4"_s)));
        loseTheDatabase();
        const ClipScan found = scan();
        QCOMPARE(found.copies, 1);
        QCOMPARE(addFound(m_database, found)->clips.size(), 1);
        QCOMPARE(ClipStore(m_database).load()->first().path, clip.path);
        QVERIFY(QFileInfo::exists(path(u"z copy.mp4"_s)));
    }

    void anMp4WithoutDetailsIsAClipByNameDateAndLength()
    {
        const QString file = path(u"2025-08-01 A lost boat.mp4"_s);
        QVERIFY(test::writeFile(file, m_video));
        const auto rebuilt = addFound(m_database, scan());
        QCOMPARE(rebuilt->clips.size(), 1);
        QCOMPARE(rebuilt->jobs.size(), 0);
        const Clip clip = ClipStore(m_database).load()->first();
        QCOMPARE(clip.request.prompt, u"2025-08-01 A lost boat"_s);
        QCOMPARE(clip.seconds, 0.5);
        QCOMPARE(clip.size, QSize(128, 64));
        QVERIFY(qAbs(clip.createdAt.msecsTo(QFileInfo(file).lastModified())) < 1'000);
        QVERIFY(!clip.cost);
    }

    void aSidecarIsRead()
    {
        const Clip clip = make(1);
        QVERIFY(test::writeFile(clip.path, m_video));
        QVERIFY(test::writeFile(sidecarOf(clip.path), toXmp(detailsOf(clip))));
        loseTheDatabase();
        const auto rebuilt = addFound(m_database, scan());
        QCOMPARE(rebuilt->clips.size(), 1);
        QCOMPARE(rebuilt->clips.first().requestId, clip.requestId);
        QCOMPARE(rebuilt->clips.first().servedHash, clip.servedHash);
    }

    void whatCannotBeReadIsSaidAndTheOthersCome()
    {
        make(1);
        loseTheDatabase();
        QVERIFY(test::writeFile(path(u"broken.mp4"_s), m_video.first(m_video.size() / 2)));
        QVERIFY(test::writeFile(path(u"page.mp4"_s), "<html>no clip</html>"));
        const ClipScan found = scan({m_folder->filePath(u"drive that is away"_s)});
        QCOMPARE(found.unreadable.size(), 3);
        QCOMPARE(addFound(m_database, found)->clips.size(), 1);
    }

    void foldersBelowAreReadAndLinksToFoldersAreNot()
    {
        const Clip clip = make(1);
        QVERIFY(QDir().mkpath(path(u"below"_s)));
        QVERIFY(QFile::rename(clip.path, path(u"below/clip.mp4"_s)));
        QVERIFY(QFile::link(m_profile->clipsFolder(), path(u"round"_s)));
        QVERIFY(test::writeFile(path(u".clipkiln-1.part"_s), m_video));
        loseTheDatabase();
        const ClipScan found = scan({path(u"below"_s)});
        QCOMPARE(found.clips.size(), 1);
        QCOMPARE(found.known + found.copies, 0);
    }

    void aClipOfAJobThatIsKnownGetsNoSecondJob()
    {
        const Clip clip = make(1);
        QVERIFY(!ClipStore(m_database).remove(clip.id));
        QVERIFY(!JobStore(m_database).remove(clip.job)); // out of the list, but in the books
        const auto rebuilt = addFound(m_database, scan());
        QCOMPARE(rebuilt->clips.size(), 1);
        QCOMPARE(rebuilt->jobs.size(), 0);
        QCOMPARE(JobStore(m_database).load()->size(), 0);
    }

    void aClipOfAJobThatGoesOnIsLeftToIt()
    {
        // Killed between the name of the clip and its row.
        const Clip clip = make(1);
        loseTheDatabase();
        Job job;
        job.id = JobId::create();
        job.request = clip.request;
        job.createdAt = clip.createdAt;
        Downloading downloading;
        downloading.requestId = clip.requestId;
        downloading.target = clip.path;
        job.phase = downloading;
        QVERIFY(!JobStore(m_database).save(job));
        const auto rebuilt = addFound(m_database, scan());
        QVERIFY(rebuilt);
        QVERIFY(rebuilt->clips.isEmpty());
        QVERIFY(ClipStore(m_database).load()->isEmpty());
    }

    void clipsOfBeforeAreDescribedOnce()
    {
        const Clip described = make(1);
        Clip clip = make(2);
        QVERIFY(test::writeFile(clip.path, m_video)); // as an earlier Clipkiln left it
        clip.servedHash.clear();
        clip.servedBytes = 0;
        clip.bytes = m_video.size();
        Clip gone = make(3);
        QVERIFY(QFile::remove(gone.path));
        Clip found = make(4);
        QVERIFY(test::writeFile(found.path, m_video));
        found.requestId = {}; // nothing is known of what made it
        const DescribedClips done = describeClips({described, clip, gone, found});
        QCOMPARE(done.clips.size(), 1);
        QCOMPARE(done.unwritable.size(), 1);
        const Clip& now = done.clips.first();
        QCOMPARE(now.id, clip.id);
        QCOMPARE(now.bytes, QFileInfo(clip.path).size());
        QCOMPARE(now.servedHash, hashOf(m_video));
        QCOMPARE(test::readFile(clip.path).first(now.servedBytes), m_video);
        QVERIFY(*detailsFromXmp(readXmp(clip.path)) == detailsOf(now));
        QCOMPARE(test::readFile(found.path), m_video);
        QCOMPARE(QDir(m_profile->clipsFolder()).entryList(QDir::Files | QDir::Hidden).size(), 3);
        QCOMPARE(describeClips(done.clips).clips.size(), 0);
    }

    void aScanCanBeStopped()
    {
        for (int number = 0; number < 3; ++number)
            make(number);
        loseTheDatabase();
        QList<std::pair<qsizetype, qsizetype>> steps;
        const ClipScan found = scanClips({m_profile->clipsFolder()}, {}, {}, [&](qsizetype read, qsizetype all) {
            steps.append({read, all});
            return read < 1;
        });
        QVERIFY(found.isStopped);
        QCOMPARE(found.clips.size(), 1);
        QCOMPARE(steps, (QList<std::pair<qsizetype, qsizetype>>{{0, 3}, {1, 3}}));
    }
};

QTEST_GUILESS_MAIN(TestRebuild)
#include "tst_rebuild.moc"
