// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/calls.h"
#include "support/mediafiles.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QFileInfo>
#include <QSqlQuery>
#include <QTest>
#include <QtEndian>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::resultOf;
using clipkiln::test::rule;
using clipkiln::test::Run;
using clipkiln::test::TestProfile;
using simulator::LedgerEntry;
using simulator::Reply;
using simulator::Rule;
using simulator::Step;

namespace {

constexpr qint64 bigVideo = 12'000'000;

/// A message that names the file the request named.
Rule fileNotFound(Step step, Reply reply, int times)
{
    Rule refusal = rule(step, reply, times);
    refusal.status = 404;
    refusal.body = R"({"code":"not-found","error":"File file_x not found."})";
    refusal.code = u"invalid_argument"_s;
    refusal.message = u"File file_x not found."_s;
    return refusal;
}

} // namespace

/// Source videos on their way through the Files API; what was sent is counted in the service's ledger.
class TestUploads : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<TestProfile> m_profile;
    QTemporaryDir m_folder;

    /// A kept video of so many bytes; names of their own have content of their own.
    LocalFile video(const QString& name = u"gulls.mp4"_s, qint64 bytes = 0) const
    {
        LocalFile file;
        file.path = m_folder.filePath(name);
        file.name = name;
        file.mime = u"video/mp4"_s;
        QByteArray content = test::readFile(m_folder.filePath(u"source.mp4"_s));
        const QByteArray tag = name.toUtf8();
        const qint64 padding = std::max<qint64>(bytes - content.size(), 8 + tag.size());
        QByteArray atom(8, '\0');
        qToBigEndian(static_cast<quint32>(padding), atom.data());
        content += atom.replace(4, 4, "free") + tag + QByteArray(padding - 8 - tag.size(), '\0');
        if (!test::writeFile(file.path, content))
            qFatal("cannot write the video");
        file.bytes = content.size();
        file.size = QSize(128, 64);
        file.seconds = 3;
        return file;
    }
    static Job editJob(const LocalFile& video)
    {
        Job job;
        job.request.prompt = u"Make it snow"_s;
        job.request.model = u"grok-imagine-video"_s;
        job.request.inputs = EditClip{video};
        return job;
    }
    JobId enqueue(const LocalFile& video) { return m_profile->run->queue.enqueue(editJob(video)); }

    QList<LedgerEntry> entries(Step step, const QByteArray& method = "POST") const
    {
        QList<LedgerEntry> found;
        for (const LedgerEntry& entry : m_profile->simulator.ledger()) {
            if (entry.step == step && entry.method == method && entry.complete)
                found.append(entry);
        }
        return found;
    }
    qsizetype uploads() const { return entries(Step::Files).size(); }
    /// Those that the service took, and charges for.
    qsizetype paidPosts() const
    {
        const auto posts = entries(Step::Post);
        return std::ranges::count(posts, 200, &LedgerEntry::status);
    }
    static QString fileIdIn(const LedgerEntry& entry) { return entry.body[u"video"_s][u"file_id"_s].toString(); }
    void setExpiry(std::chrono::minutes left)
    {
        const QDateTime at = QDateTime::currentDateTimeUtc().addSecs(std::chrono::seconds(left).count());
        QVERIFY(
            m_profile->run->database->run(u"UPDATE uploads SET expires_at = ?"_s, {at.toString(Qt::ISODateWithMs)}));
    }
    void deleteFilesAtTheService()
    {
        const Endpoint endpoint{m_profile->simulatorAddress(), Secret("some-key")};
        const auto files = resultOf(m_profile->run->client.listFiles(endpoint));
        QVERIFY(files && !files->isEmpty());
        for (const RemoteFile& file : *files)
            QVERIFY(!resultOf(m_profile->run->client.deleteFile(endpoint, file.id)));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(test::makeNumberedVideo(m_folder.filePath(u"source.mp4"_s), 72, {u"-c:v"_s, u"libx264"_s}));
    }
    void init()
    {
        TestCase::init();
        m_profile = std::make_unique<TestProfile>();
    }
    void cleanup() { m_profile.reset(); }

    void aVideoGoesUpFirstAndIsNamedInTheRequest()
    {
        JobQueue& queue = m_profile->start();
        QList<Uploading> progress;
        connect(&queue, &JobQueue::changed, this, [&](const Job& job) {
            if (const auto* uploading = std::get_if<Uploading>(&job.phase))
                progress.append(*uploading);
        });
        const LocalFile source = video(u"gulls.mp4"_s, bigVideo);
        const JobId id = enqueue(source);
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->history(id), (QList{State::Queued, State::Uploading, State::Submitting, State::Generating,
                                                State::Downloading, State::Done}));
        QCOMPARE(uploads(), 1);
        QCOMPARE(paidPosts(), 1);
        const LedgerEntry post = entries(Step::Post).first();
        QVERIFY(fileIdIn(post).startsWith(u"file_"_s));
        QVERIFY(post.bodySize < 1'000);
        // The job itself stays with the file: it can be run again when the upload is long gone.
        const Job stored = m_profile->stored(id);
        const auto* kept = std::get_if<LocalFile>(&std::get<EditClip>(stored.request.inputs).video);
        QVERIFY(kept && QFileInfo::exists(kept->path));

        QVERIFY(progress.size() > 2);
        qint64 before = 0;
        for (const Uploading& step : std::as_const(progress)) {
            QVERIFY(step.sent >= before && step.sent <= step.total);
            before = step.sent;
        }
        QVERIFY(before > bigVideo + post.bodySize - 2); // the file and the request behind it
        const Endpoint endpoint{m_profile->simulatorAddress(), Secret("some-key")};
        const auto files = resultOf(m_profile->run->client.listFiles(endpoint));
        QCOMPARE(files->size(), 1);
        QCOMPARE(files->first().name, u"gulls.mp4"_s);
        QCOMPARE(files->first().createdAt.secsTo(files->first().expiresAt), 24 * 3600);
    }

    void anUploadIsUsedAgain()
    {
        m_profile->start();
        QVERIFY(m_profile->reaches(enqueue(video()), State::Done));
        QVERIFY(m_profile->reaches(enqueue(video()), State::Done));
        m_profile->start(); // also by the next run
        Job extend = editJob(video());
        extend.request.inputs = ExtendClip{video()};
        QVERIFY(m_profile->reaches(m_profile->run->queue.enqueue(extend), State::Done));
        QCOMPARE(uploads(), 1);
        QCOMPARE(paidPosts(), 3);
        QVERIFY(m_profile->reaches(enqueue(video(u"other.mp4"_s)), State::Done));
        QCOMPARE(uploads(), 2);
    }

    void anUploadIsKnownForItsServiceOnly()
    {
        JobQueue& queue = m_profile->start();
        QVERIFY(m_profile->reaches(enqueue(video()), State::Done));
        Job job = editJob(video());
        job.origin = m_profile->keyedOrigin();
        queue.setKey(job.origin, Secret("key"));
        QVERIFY(m_profile->reaches(queue.enqueue(job), State::Done));
        QCOMPARE(uploads(), 2);
    }

    void jobsThatNeedItAtOnceShareOneUpload()
    {
        m_profile->start();
        const LocalFile source = video(u"gulls.mp4"_s, bigVideo);
        const QList<JobId> jobs{enqueue(source), enqueue(source), enqueue(source)};
        for (const JobId& id : jobs)
            QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(uploads(), 1);
        QCOMPARE(paidPosts(), 3);
        const auto posts = entries(Step::Post);
        QCOMPARE(fileIdIn(posts.at(0)), fileIdIn(posts.at(2)));
    }

    void anUploadNearItsEndIsMadeAnew_data()
    {
        QTest::addColumn<int>("minutesLeft");
        QTest::addColumn<int>("uploadsInAll");
        QTest::newRow("expired") << -1 << 2;
        QTest::newRow("nine minutes left") << 9 << 2;
        QTest::newRow("eleven minutes left") << 11 << 1;
    }
    void anUploadNearItsEndIsMadeAnew()
    {
        QFETCH(const int, minutesLeft);
        QFETCH(const int, uploadsInAll);
        m_profile->start();
        QVERIFY(m_profile->reaches(enqueue(video()), State::Done));
        setExpiry(std::chrono::minutes(minutesLeft));
        QVERIFY(m_profile->reaches(enqueue(video()), State::Done));
        QCOMPARE(uploads(), uploadsInAll);
        QCOMPARE(paidPosts(), 2);
    }

    void aForgottenFileIsUploadedOnceMore()
    {
        m_profile->start();
        QVERIFY(m_profile->reaches(enqueue(video()), State::Done));
        deleteFilesAtTheService();
        const JobId id = enqueue(video());
        QVERIFY(m_profile->reaches(id, State::Done));
        QCOMPARE(m_profile->history(id),
                 (QList{State::Queued, State::Uploading, State::Submitting, State::Queued, State::Uploading,
                        State::Submitting, State::Generating, State::Downloading, State::Done}));
        QCOMPARE(uploads(), 2);
        QCOMPARE(entries(Step::Post).size(), 3); // one of them was refused whole
        QCOMPARE(paidPosts(), 2);
    }

    void aFileThatIsNeverKnownFailsTheJob()
    {
        m_profile->start();
        m_profile->play({fileNotFound(Step::Post, Reply::Status, Rule::always)});
        const JobId id = enqueue(video());
        QVERIFY(m_profile->reaches(id, State::Failed));
        QCOMPARE(errorOf(m_profile->job(id).phase)->kind, ErrorKind::Rejected);
        QCOMPARE(uploads(), 2);
        QCOMPARE(entries(Step::Post).size(), 2);
        QVERIFY(m_profile->run->uploads.ids(Origin::simulator())->isEmpty());
    }

    void aRefusalOfARequestWithoutAnUploadIsFinal()
    {
        m_profile->start();
        m_profile->play({fileNotFound(Step::Post, Reply::Status, Rule::always)});
        const JobId id = m_profile->enqueue();
        QVERIFY(m_profile->reaches(id, State::Failed));
        QCOMPARE(entries(Step::Post).size(), 1);
    }

    void aFileThatWasGoneAtTheRenderingIsForgotten()
    {
        m_profile->start();
        m_profile->play({fileNotFound(Step::Poll, Reply::Failed, 1)});
        const JobId id = enqueue(video());
        QVERIFY(m_profile->reaches(id, State::Failed));
        QVERIFY(m_profile->reaches(enqueue(video()), State::Done));
        QCOMPARE(uploads(), 2);
        QCOMPARE(paidPosts(), 2); // the first may have been charged; it is not sent again by itself
    }

    void cancellingStopsTheUpload()
    {
        test::RudeProxy proxy;
        proxy.forwardTo(static_cast<quint16>(m_profile->simulator.port()));
        proxy.behave(test::Rudeness::StopReading, 1'000'000);
        Run run(m_profile->profile, [&] { return proxy.address(); });
        run.queue.configure(test::quickSettings(m_profile->profile));
        const JobId first = run.queue.enqueue(editJob(video(u"gulls.mp4"_s, bigVideo)));
        const JobId second = run.queue.enqueue(editJob(video(u"gulls.mp4"_s, bigVideo)));
        const auto uploadCall = [&] { return run.client.findChild<UploadFileCall*>(); };
        const auto sent = [&](const JobId& id) {
            const Result<Job> job = run.queue.find(id);
            const auto* uploading = job ? std::get_if<Uploading>(&job->phase) : nullptr;
            return uploading && uploading->sent > 0;
        };
        QTRY_VERIFY(sent(first) && sent(second));
        run.queue.cancel(first);
        QCOMPARE(run.queue.find(first)->state(), State::Cancelled);
        QCoreApplication::processEvents();
        QVERIFY(uploadCall()); // the other one still waits for it
        run.queue.cancel(second);
        QTRY_VERIFY(!uploadCall());
        QVERIFY(!run.queue.hasWork());
        QCOMPARE(entries(Step::Post).size(), 0);
        QCOMPARE(proxy.seen().size(), 1);
    }

    void aLostUploadIsTriedThreeTimesAndThenWaits()
    {
        test::RudeProxy proxy;
        proxy.forwardTo(static_cast<quint16>(m_profile->simulator.port()));
        proxy.behave(test::Rudeness::CloseInUpload, 1'000'000);
        QueueSettings settings = test::quickSettings(m_profile->profile);
        Run run(m_profile->profile, [&] { return proxy.address(); });
        run.queue.configure(settings);
        const JobId id = run.queue.enqueue(editJob(video(u"gulls.mp4"_s, bigVideo)));
        qsizetype triesBeforeWaiting = 0;
        connect(&run.queue, &JobQueue::changed, this, [&](const Job& job) {
            const auto* queued = std::get_if<Queued>(&job.phase);
            if (queued && queued->waiting && queued->waiting->kind == ErrorKind::Offline && triesBeforeWaiting == 0) {
                triesBeforeWaiting = proxy.seen().size();
                proxy.behave(test::Rudeness::None);
            }
        });
        QTRY_COMPARE(run.queue.find(id)->state(), State::Done);
        QCOMPARE(triesBeforeWaiting, 3);
        QCOMPARE(uploads(), 1);
        QCOMPARE(paidPosts(), 1);
    }

    void aFaultOfTheServiceEndsTheJobFree()
    {
        m_profile->start();
        m_profile->play({rule(Step::Files, Reply::ServerFault)});
        const JobId id = enqueue(video());
        QVERIFY(m_profile->reaches(id, State::Failed));
        QCOMPARE(errorOf(m_profile->job(id).phase)->kind, ErrorKind::ServerFault);
        QCOMPARE(uploads(), 3);
        QCOMPARE(entries(Step::Post).size(), 0);
    }

    void aRateLimitOfUploadsIsWaitedOut()
    {
        m_profile->start();
        m_profile->play({rule(Step::Files, Reply::RateLimited, 1)});
        const JobId id = enqueue(video());
        QVERIFY(m_profile->reaches(id, State::Done));
        QVERIFY(m_profile->history(id).count(State::Queued) == 2);
        QCOMPARE(uploads(), 2);
        QCOMPARE(paidPosts(), 1);
    }

    void bySettingAVideoGoesInsideTheRequest()
    {
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.uploadVideos = false;
        m_profile->start(settings);
        QVERIFY(m_profile->reaches(enqueue(video(u"gulls.mp4"_s, 1'000'000)), State::Done));
        QCOMPARE(uploads(), 0);
        QVERIFY(entries(Step::Post).first().bodySize > 1'300'000);
    }

    void theServiceIsToldHowLongToKeepIt()
    {
        QueueSettings settings = test::quickSettings(m_profile->profile);
        settings.uploadLife = 1h;
        m_profile->start(settings);
        QVERIFY(m_profile->reaches(enqueue(video()), State::Done));
        const auto files =
            resultOf(m_profile->run->client.listFiles({m_profile->simulatorAddress(), Secret("some-key")}));
        QCOMPARE(files->first().createdAt.secsTo(files->first().expiresAt), 3600);
    }

    void aVideoThatIsTooLargeEndsTheJobUnsent()
    {
        m_profile->start();
        const JobId id = enqueue(video(u"large.mp4"_s, 48'100'000));
        QVERIFY(m_profile->reaches(id, State::Failed));
        QVERIFY(m_profile->simulator.ledger().isEmpty());
    }

    void anImageIsNeverUploaded()
    {
        m_profile->start();
        LocalFile picture;
        picture.path = m_folder.filePath(u"picture.png"_s);
        picture.name = u"picture.png"_s;
        picture.mime = u"image/png"_s;
        QImage red(64, 64, QImage::Format_RGB32);
        red.fill(Qt::red);
        QVERIFY(red.save(picture.path));
        Job job = editJob({});
        job.request.inputs = FromImage{picture, {}, {}};
        QVERIFY(m_profile->reaches(m_profile->run->queue.enqueue(job), State::Done));
        QCOMPARE(uploads(), 0);
    }
};

QTEST_MAIN(TestUploads)

#include "tst_uploads.moc"
