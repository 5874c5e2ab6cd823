// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clipdetails.h"
#include "jobs/clipfinalizer.h"
#include "media/read/xmpbox.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlQuery>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::rule;
using clipkiln::test::TestProfile;
using simulator::Reply;
using simulator::Rule;

namespace {

void writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString hashOf(const QByteArray& content)
{
    return QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
}

QStringList filesIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

} // namespace

/// From the last byte to the clip's row: names, files that are in the way, broken files, disks in trouble, crashes.
class TestClipFinalizer : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<TestProfile> m_profile;

    QString clipsFolder() const { return m_profile->profile.clipsFolder(); }
    QString folder(const QString& name) const { return m_profile->folder.filePath(name); }
    Clip clipOf(const JobId& id) const
    {
        const Job job = m_profile->job(id);
        const auto* done = std::get_if<Done>(&job.phase);
        return done ? m_profile->run->clips.find(done->clip).value_or(Clip()) : Clip();
    }

    /// Runs a job to its end but for the last row, and closes: what a crash after the rename leaves.
    JobId crashBeforeTheLastRow(const QString& outputPath = {})
    {
        m_profile->start();
        auto& database = *m_profile->run->database;
        std::ignore =
            database.run(u"CREATE TRIGGER no_more BEFORE INSERT ON clips BEGIN SELECT RAISE(ABORT, 'no'); END"_s);
        const JobId id = m_profile->enqueueTo(outputPath);
        if (!QTest::qWaitFor([&] { return !m_profile->run->troubles.isEmpty(); }, 20'000))
            return {};
        std::ignore = database.run(u"DROP TRIGGER no_more"_s);
        m_profile->close();
        return m_profile->stored(id).state() == State::Downloading ? id : JobId();
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_profile = std::make_unique<TestProfile>();
    }
    void cleanup() { m_profile.reset(); }

    void aNameTellsDateAndPrompt()
    {
        Job job;
        job.id = JobId(u"12345678-abcd"_s);
        job.request.prompt = u"A boat: \"red/blue\"?\nSecond line"_s;
        job.createdAt = QDateTime(QDate(2026, 11, 23), QTime(12, 0), Qt::LocalTime);
        const QFileInfo target(targetOf(job, u"/videos"_s));
        QCOMPARE(target.path(), u"/videos"_s);
        QVERIFY2(target.fileName().startsWith(u"2026-11-23 A boat"_s), qPrintable(target.fileName()));
        QVERIFY(target.fileName().endsWith(u" 12345678.mp4"_s));
        QVERIFY(target.fileName().size() < 80);
    }

    void aJobMayNameItsFileOrFolder()
    {
        Job job;
        job.id = JobId(u"12345678-abcd"_s);
        job.createdAt = QDateTime::currentDateTimeUtc();
        job.outputPath = u"/tmp/out.mp4"_s;
        QCOMPARE(targetOf(job, u"/videos"_s), u"/tmp/out.mp4"_s);
        job.outputPath = u"/tmp/clips/"_s;
        QCOMPARE(QFileInfo(targetOf(job, u"/videos"_s)).path(), u"/tmp/clips"_s);
    }

    void theClipIsTheOnlyFileLeft()
    {
        m_profile->start();
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(filesIn(clipsFolder()), QStringList{QFileInfo(clipOf(id).path).fileName()});
    }

    void theClipSaysWhatItIsBehindWhatWasSent()
    {
        m_profile->start();
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Done));
        const Clip clip = clipOf(id);
        const QByteArray content = readFile(clip.path);
        QCOMPARE(clip.bytes, content.size());
        QVERIFY(clip.servedBytes > 0 && clip.servedBytes < clip.bytes);
        QCOMPARE(clip.servedHash, hashOf(content.first(clip.servedBytes)));
        const auto details = detailsFromXmp(readXmp(clip.path));
        QVERIFY(details);
        QVERIFY(*details == detailsOf(clip));
        QCOMPARE(details->request.prompt, u"A paper boat"_s);
        QVERIFY(details->cost && !details->requestId.isEmpty());
        QCOMPARE(bytesBeforeDetails(clip.path).value_or(0), clip.servedBytes);
    }

    void theClipIsWhatWasSentWhereDetailsAreNotWanted()
    {
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.describeClips = false;
        m_profile->start(settings);
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Done));
        const Clip clip = clipOf(id);
        QCOMPARE(clip.servedBytes, clip.bytes);
        QCOMPARE(clip.servedHash, hashOf(readFile(clip.path)));
        QCOMPARE(readXmp(clip.path), QByteArray());
    }

    void aClipWithAManifestIsLeftAsItIsAndDescribedBesideIt()
    {
        m_profile->start();
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Done));
        // A C2PA manifest vouches for all bytes of the file, so none may follow.
        const QByteArray manifest =
            QByteArray::fromHex("0000001c") + "uuid" + QByteArray::fromHex("d8fec3d61b0e483c92975828877ec481") + "c2pa";
        const QByteArray content = readFile(clipOf(id).path).first(clipOf(id).servedBytes) + manifest;
        Job job = m_profile->job(id);
        Downloading downloading;
        downloading.requestId = RequestId(u"4c0f9a31"_s);
        downloading.target = folder(u"vouched.mp4"_s);
        job.phase = downloading;
        const QString part = temporaryFileOf(job, downloading.target);
        writeFile(part, content);

        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto examined = std::get<event::Examined>(examineDownload(part, now));
        job.phase = clipkiln::advance(job.phase, examined).phase;
        const Event described = describeDownload(job, examined.info, true);
        QCOMPARE(std::get<event::Described>(described).hash, hashOf(content));
        job.phase = clipkiln::advance(job.phase, described).phase;
        const Event finalized = finalizeClip(job, examined.info, true, now);
        const Clip clip = std::get<event::Finalized>(finalized).clip;
        QCOMPARE(readFile(clip.path), content);
        QVERIFY(QFileInfo::exists(folder(u"vouched.xmp"_s)));
        const auto details = detailsFromXmp(readXmp(clip.path));
        QVERIFY(details && *details == detailsOf(clip));
    }

    void aNamedFileIsWritten()
    {
        m_profile->start();
        const JobId id = m_profile->enqueueTo(folder(u"out.mp4"_s));
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(clipOf(id).path, folder(u"out.mp4"_s));
        QCOMPARE(QFileInfo(folder(u"out.mp4"_s)).size(), clipOf(id).bytes);
    }

    void aFileInTheWayIsNeverOverwritten()
    {
        m_profile->start();
        writeFile(folder(u"out.mp4"_s), "precious");
        const JobId id = m_profile->enqueueTo(folder(u"out.mp4"_s));
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(readFile(folder(u"out.mp4"_s)), QByteArray("precious"));
        QCOMPARE(clipOf(id).path, folder(u"out (2).mp4"_s));
        QVERIFY(QFileInfo::exists(clipOf(id).path));
    }

    void twoJobsOfOneMomentHaveTwoFiles()
    {
        m_profile->start();
        const JobId one = m_profile->enqueueTo(folder(u"out.mp4"_s));
        const JobId two = m_profile->enqueueTo(folder(u"out.mp4"_s));
        QVERIFY(m_profile->reaches(one, State::Done));
        QVERIFY(m_profile->reaches(two, State::Done));
        QVERIFY(clipOf(one).path != clipOf(two).path);
        QVERIFY(QFileInfo::exists(clipOf(one).path));
        QVERIFY(QFileInfo::exists(clipOf(two).path));
    }

    void aDeadAddressIsAskedForOnceMore_data()
    {
        QTest::addColumn<Reply>("reply");
        QTest::newRow("link gone") << Reply::LinkGone;
        QTest::newRow("a web page") << Reply::Html;
        QTest::newRow("half a clip") << Reply::Truncated;
    }
    void aDeadAddressIsAskedForOnceMore()
    {
        QFETCH(const Reply, reply);
        m_profile->start();
        m_profile->play({rule(simulator::Step::Download, reply, 1)});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(simulator::Step::Post), 1);
        QCOMPARE(filesIn(clipsFolder()).size(), 1);
    }

    void anAddressThatStaysDeadIsTheEndAndCanBeWatchedAgain()
    {
        JobQueue& queue = m_profile->start();
        m_profile->play({rule(simulator::Step::Download, Reply::LinkGone)});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Failed));
        QCOMPARE(errorOf(m_profile->job(id).phase)->kind, ErrorKind::LinkGone);
        QCOMPARE(m_profile->count(simulator::Step::Download), 2);
        QCOMPARE(filesIn(clipsFolder()), QStringList());
        m_profile->play({});
        queue.watchAgain(id);
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->count(simulator::Step::Post), 1);
    }

    void aClipAtThePersonsOwnAddressIsLeftThere_data()
    {
        QTest::addColumn<int>("status"); // of a GET: the address is signed for a PUT
        for (const int status : {403, 404, 405})
            QTest::addRow("HTTP %d", status) << status;
    }
    void aClipAtThePersonsOwnAddressIsLeftThere()
    {
        QFETCH(const int, status);
        test::RudeProxy bucket;
        QByteArray put;
        bucket.answerWith([&put, status](const test::SeenRequest& request) {
            if (request.method != "PUT")
                return test::httpAnswer(status, "no");
            put = request.body;
            return test::httpAnswer(200, {});
        });
        m_profile->start();
        const JobId id = m_profile->enqueuePutting(bucket.address(u"/clips/1.mp4?signature=a%2Fb"_s));
        QVERIFY(m_profile->reaches(id, State::Failed));
        const Job job = m_profile->stored(id);
        QCOMPARE(errorOf(job.phase)->kind, ErrorKind::AtOwnAddress);
        QVERIFY(job.cost && job.cost->ticks > 0);
        QCOMPARE(put.mid(4, 4), QByteArray("ftyp"));
        QCOMPARE(bucket.count("GET", true), 1);
        QCOMPARE(m_profile->count(simulator::Step::Post), 1);
        QCOMPARE(filesIn(clipsFolder()), QStringList());
    }

    void aClipAtThePersonsOwnAddressIsFetchedWhereItCanBe()
    {
        test::RudeProxy bucket;
        QByteArray put;
        bucket.answerWith([&put](const test::SeenRequest& request) {
            if (request.method != "PUT")
                return test::httpAnswer(200, put, "Content-Type: video/mp4\r\n");
            put = request.body;
            return test::httpAnswer(200, {});
        });
        m_profile->start();
        const JobId id = m_profile->enqueuePutting(bucket.address(u"/clips/1.mp4?signature=a%2Fb"_s));
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(readFile(clipOf(id).path).first(clipOf(id).servedBytes), put);
    }

    void whatIsNoClipIsNotKept()
    {
        m_profile->start();
        m_profile->play({rule(simulator::Step::Download, Reply::Truncated)});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Failed));
        QCOMPARE(errorOf(m_profile->job(id).phase)->kind, ErrorKind::NotAClip);
        QCOMPARE(filesIn(clipsFolder()), QStringList());
        QCOMPARE(m_profile->run->clips.load()->size(), 0);
    }

    void aFolderThatCannotBeMadeIsWaitedFor()
    {
        m_profile->start();
        writeFile(folder(u"videos"_s), "a file where the folder should be");
        const JobId id = m_profile->enqueueTo(folder(u"videos/out.mp4"_s));
        QTRY_COMPARE(m_profile->run->troubles.size(), 1);
        QCOMPARE(m_profile->job(id).state(), State::Downloading);
        QCOMPARE(errorOf(m_profile->job(id).phase)->kind, ErrorKind::Disk);
        QVERIFY(QFile::remove(folder(u"videos"_s)));
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->run->troubles.size(), 1);
        QVERIFY(QFileInfo::exists(folder(u"videos/out.mp4"_s)));
    }

    void cancellingADownloadLeavesNoPartBehind()
    {
        JobQueue& queue = m_profile->start();
        Rule faulty = rule(simulator::Step::Download, Reply::ServerFault);
        m_profile->play({faulty});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Downloading));
        const Job job = m_profile->job(id);
        const QString part = temporaryFileOf(job, std::get<Downloading>(job.phase).target);
        QVERIFY(QDir().mkpath(clipsFolder()));
        writeFile(part, "the first bytes");
        queue.cancel(id);
        QCOMPARE(filesIn(clipsFolder()), QStringList());
    }

    void aCancelAfterTheRenameLeavesNoFileWithoutARow()
    {
        JobQueue& queue = m_profile->start();
        connect(&queue, &JobQueue::changed, this, [&queue](const Job& job) {
            const auto* downloading = std::get_if<Downloading>(&job.phase);
            if (downloading && !downloading->hash.isEmpty())
                queue.cancel(job.id); // the file has its name, the event that says so is still to come
        });
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(filesIn(clipsFolder()), QStringList{QFileInfo(clipOf(id).path).fileName()});
    }

    void aCancelWhileARestartLooksForTheFileGivesItsRowToIt()
    {
        const JobId id = crashBeforeTheLastRow();
        QVERIFY(!id.isEmpty());
        m_profile->start().cancel(id);
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(filesIn(clipsFolder()), QStringList{QFileInfo(clipOf(id).path).fileName()});
    }

    void aCancelBeforeTheRenameLeavesNoFile()
    {
        const JobId id = crashBeforeTheLastRow();
        QVERIFY(!id.isEmpty());
        const Job job = m_profile->stored(id);
        const QString& target = std::get<Downloading>(job.phase).target;
        QVERIFY(QFile::rename(target, temporaryFileOf(job, target)));
        m_profile->start().cancel(id);
        QVERIFY(m_profile->reaches(id, State::Cancelled));
        QCOMPARE(filesIn(clipsFolder()), QStringList());
    }

    void aJobWhoseClipHasNoRowYetIsNotRemoved()
    {
        JobQueue& queue = m_profile->start();
        auto& database = *m_profile->run->database;
        std::ignore =
            database.run(u"CREATE TRIGGER no_more BEFORE INSERT ON clips BEGIN SELECT RAISE(ABORT, 'no'); END"_s);
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Done));
        queue.remove(id);
        std::ignore = database.run(u"DROP TRIGGER no_more"_s);
        QTRY_COMPARE(m_profile->run->clips.load()->size(), 1);
        QCOMPARE(m_profile->stored(id).state(), State::Done);
        queue.remove(id);
        QVERIFY(!queue.find(id));
    }

    void aCrashAfterTheRenameIsRecognised()
    {
        const JobId id = crashBeforeTheLastRow();
        QVERIFY(!id.isEmpty());
        const QStringList files = filesIn(clipsFolder());
        QCOMPARE(files.size(), 1);
        QVERIFY(!files.first().endsWith(u".part"_s));
        const auto downloads = m_profile->count(simulator::Step::Download);

        m_profile->start();
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(filesIn(clipsFolder()), files);
        QCOMPARE(clipOf(id).path, clipsFolder() + u'/' + files.first());
        QCOMPARE(m_profile->count(simulator::Step::Download), downloads); // fetched once
    }

    void aCrashAfterARenameToANumberedNameIsRecognised()
    {
        writeFile(folder(u"out.mp4"_s), "precious");
        const JobId id = crashBeforeTheLastRow(folder(u"out.mp4"_s));
        QVERIFY(!id.isEmpty());
        m_profile->start();
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(clipOf(id).path, folder(u"out (2).mp4"_s));
        QCOMPARE(readFile(folder(u"out.mp4"_s)), QByteArray("precious"));
        QVERIFY(!QFileInfo::exists(folder(u"out (3).mp4"_s)));
    }

    void aCrashBeforeTheRenameIsGoneOnFrom()
    {
        const JobId id = crashBeforeTheLastRow();
        QVERIFY(!id.isEmpty());
        const Job job = m_profile->stored(id);
        const QString& target = std::get<Downloading>(job.phase).target;
        QVERIFY(QFile::rename(target, temporaryFileOf(job, target)));
        const auto downloads = m_profile->count(simulator::Step::Download);
        m_profile->start();
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(clipOf(id).path, target);
        QCOMPARE(m_profile->count(simulator::Step::Download), downloads);
    }

    void aCrashAtAnyStepGivesOneClip_data()
    {
        QTest::addColumn<int>("behind"); // bytes that stand behind what was sent; -1: all of the details
        QTest::addColumn<bool>("isHashNoted");
        QTest::addColumn<bool>("isNamed");
        QTest::addColumn<bool>("isDamaged");
        QTest::newRow("before the details") << 0 << false << false << false;
        QTest::newRow("amid the details") << 10 << false << false << false;
        QTest::newRow("behind the details, their hash not noted") << -1 << false << false << false;
        QTest::newRow("before the rename") << -1 << true << false << false;
        QTest::newRow("after the rename") << -1 << true << true << false;
        QTest::newRow("what was sent did not reach the disk") << 0 << false << false << true;
    }
    void aCrashAtAnyStepGivesOneClip()
    {
        QFETCH(const int, behind);
        QFETCH(const bool, isHashNoted);
        QFETCH(const bool, isNamed);
        QFETCH(const bool, isDamaged);
        const JobId id = crashBeforeTheLastRow();
        QVERIFY(!id.isEmpty());
        Job job = m_profile->stored(id);
        auto& phase = std::get<Downloading>(job.phase);
        const QString part = temporaryFileOf(job, phase.target);
        const QByteArray finished = readFile(phase.target);
        const QByteArray served = finished.first(phase.servedBytes);
        if (!isNamed) {
            QVERIFY(QFile::remove(phase.target));
            QByteArray content = behind < 0 ? finished : finished.first(phase.servedBytes + behind);
            if (isDamaged)
                content.replace(content.size() / 2, 16, QByteArray(16, '\0'));
            writeFile(part, content);
        }
        if (!isHashNoted)
            phase.hash.clear();
        {
            test::Run run(m_profile->profile, [] { return QUrl(); });
            QVERIFY(!run.jobs.save(job));
        }
        const auto downloads = m_profile->count(simulator::Step::Download);

        m_profile->start();
        QVERIFY(m_profile->reaches(id, State::Done));
        const Clip clip = clipOf(id);
        QCOMPARE(filesIn(clipsFolder()), QStringList{QFileInfo(clip.path).fileName()});
        const QByteArray content = readFile(clip.path);
        QCOMPARE(content.first(clip.servedBytes), served);
        QCOMPARE(clip.bytes, content.size());
        const auto details = detailsFromXmp(readXmp(clip.path));
        QVERIFY(details && *details == detailsOf(clip));
        QCOMPARE(m_profile->count(simulator::Step::Post), 1);
        QCOMPARE(m_profile->count(simulator::Step::Download), downloads + (isDamaged ? 1 : 0));
    }

    void aFileThatVanishedIsFetchedAgain()
    {
        const JobId id = crashBeforeTheLastRow();
        QVERIFY(!id.isEmpty());
        for (const auto& name : filesIn(clipsFolder()))
            QVERIFY(QFile::remove(clipsFolder() + u'/' + name));
        m_profile->start();
        QVERIFY(m_profile->reaches(id, State::Done));
        QVERIFY(QFileInfo::exists(clipOf(id).path));
        QCOMPARE(m_profile->count(simulator::Step::Post), 1);
    }

    void aClipOfTheSameContentIsNotTakenForOnesOwn()
    {
        // Two jobs, the same bytes: the first is a clip already, the second crashed before it got its name.
        m_profile->start();
        const JobId first = m_profile->enqueueTo(folder(u"out.mp4"_s));
        QVERIFY(m_profile->reaches(first, State::Done));
        const JobId second = crashBeforeTheLastRow(folder(u"out.mp4"_s));
        QVERIFY(!second.isEmpty());
        QVERIFY(QFile::remove(folder(u"out (2).mp4"_s)));
        m_profile->start();
        QVERIFY(m_profile->reaches(second, State::Done));
        QVERIFY(clipOf(first).path != clipOf(second).path);
        QVERIFY(QFileInfo::exists(clipOf(second).path));
    }
};

QTEST_MAIN(TestClipFinalizer)
#include "tst_clipfinalizer.moc"
