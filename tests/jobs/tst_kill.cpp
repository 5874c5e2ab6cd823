// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/xmpbox.h"
#include "support/mediafiles.h"
#include "support/rudeproxy.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QProcess>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::rule;
using clipkiln::test::Run;
using clipkiln::test::TestProfile;
using simulator::Reply;
using simulator::Step;

namespace {

constexpr char runArgument[] = "--run-the-queue";

/// The other process: runs the queue of a profile until nothing is left. It tells each state on a line of its own.
int runTheQueue(const QString& folder, const QUrl& address)
{
    const Profile profile(folder);
    const auto lock = profile.lock();
    if (!lock)
        return 2;
    Run run(profile, [address] { return address; });
    run.queue.configure(test::quickSettings(profile));
    QFile out;
    if (!out.open(1, QIODevice::WriteOnly))
        return 2;
    QObject::connect(&run.queue, &JobQueue::changed, &run.queue, [&out](const Job& job) {
        out.write(toName(job.state()).toLatin1() + '\n');
        out.flush();
    });
    QObject::connect(&run.queue, &JobQueue::idle, &run.queue, &QCoreApplication::quit);
    if (!run.queue.restore())
        return 1;
    if (!run.queue.hasWork())
        return 0;
    return QCoreApplication::exec();
}

} // namespace

/// kill -9 at the worst moments: the job goes on in the next process, is paid for once, and its clip arrives once.
class TestKill : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<TestProfile> m_profile;

    std::unique_ptr<QProcess> begin(const QUrl& address) const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QCoreApplication::applicationFilePath(),
                       {QString::fromLatin1(runArgument), m_profile->folder.path(), address.toString()});
        return process;
    }
    /// kill -9; nothing in the process gets a chance to clear up.
    static void kill(QProcess& process)
    {
        process.kill();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    }
    void finish(const JobId& id)
    {
        const auto process = begin(m_profile->simulatorAddress());
        QVERIFY(process->waitForFinished(30'000));
        QCOMPARE(process->exitCode(), 0);
        const Job job = m_profile->stored(id);
        QCOMPARE(job.state(), State::Done);
        QCOMPARE(m_profile->count(Step::Post), 1);

        Run run(m_profile->profile, [] { return QUrl(); });
        const auto clips = run.clips.load();
        QCOMPARE(clips->size(), 1);
        QCOMPARE(QFileInfo(clips->first().path).size(), clips->first().bytes);
        QCOMPARE(bytesBeforeDetails(clips->first().path).value_or(0), clips->first().servedBytes);
        const QDir folder(m_profile->profile.clipsFolder());
        QCOMPARE(folder.entryList(QDir::Files | QDir::Hidden), QStringList{QFileInfo(clips->first().path).fileName()});
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_profile = std::make_unique<TestProfile>();
    }
    void cleanup() { m_profile.reset(); }

    void whileUploading()
    {
        // The request hangs in front of a proxy that reads only its beginning.
        test::RudeProxy proxy;
        proxy.forwardTo(static_cast<quint16>(m_profile->simulator.port()));
        proxy.behave(test::Rudeness::StopReading, 1'000);
        const JobId id = m_profile->plant(Queued{});
        {
            Run run(m_profile->profile, [] { return QUrl(); });
            Job job = *run.jobs.find(id);
            LocalFile photo;
            photo.path = m_profile->folder.filePath(u"photo.png"_s);
            photo.name = u"photo.png"_s;
            photo.mime = u"image/png"_s;
            QImage picture(64, 64, QImage::Format_RGB32);
            picture.fill(Qt::red);
            QVERIFY(picture.save(photo.path));
            QFile padding(photo.path); // bytes behind a PNG's end harm nobody
            QVERIFY(padding.open(QIODevice::Append));
            padding.write(QByteArray(12'000'000, '\0'));
            padding.close();
            photo.bytes = QFileInfo(photo.path).size();
            photo.size = picture.size();
            job.request.inputs = FromImage{photo, {}, {}};
            QVERIFY(!run.jobs.save(job));
        }
        const auto process = begin(proxy.address());
        QTRY_VERIFY(m_profile->stored(id).state() == State::Uploading && proxy.connections() > 0);
        kill(*process);
        QCOMPARE(m_profile->stored(id).state(), State::Uploading);
        QCOMPARE(m_profile->count(Step::Post), 0);
        finish(id);
    }

    void whileAVideoGoesUp()
    {
        test::RudeProxy proxy;
        proxy.forwardTo(static_cast<quint16>(m_profile->simulator.port()));
        proxy.behave(test::Rudeness::StopReading, 1'000'000);
        const JobId id = m_profile->plant(Queued{});
        {
            Run run(m_profile->profile, [] { return QUrl(); });
            Job job = *run.jobs.find(id);
            LocalFile video;
            video.path = m_profile->folder.filePath(u"gulls.mp4"_s);
            video.name = u"gulls.mp4"_s;
            video.mime = u"video/mp4"_s;
            QVERIFY(test::makeNumberedVideo(video.path, 72, {u"-c:v"_s, u"libx264"_s}));
            QFile padding(video.path); // an empty atom behind the others
            QVERIFY(padding.open(QIODevice::Append));
            padding.write(QByteArray::fromHex("00b71b00") + "free" + QByteArray(0xb71b00 - 8, '\0'));
            padding.close();
            video.bytes = QFileInfo(video.path).size();
            job.request.inputs = EditClip{video};
            const auto kept = run.inputs.keepAll(job.request);
            QVERIFY(kept);
            job.request = *kept;
            QVERIFY(!run.jobs.save(job));
        }
        const auto process = begin(proxy.address());
        QTRY_VERIFY(m_profile->stored(id).state() == State::Uploading && !proxy.seen().isEmpty());
        QCOMPARE(proxy.seen().first().path, "/v1/files");
        kill(*process);
        QCOMPARE(m_profile->stored(id).state(), State::Uploading);
        QCOMPARE(m_profile->count(Step::Post), 0);
        finish(id);
        QCOMPARE(m_profile->count(Step::Files), 1);
    }

    void whileTheAnswerIsAwaited()
    {
        simulator::Rule slow = rule(Step::Post, Reply::Usual);
        slow.delay = 1h; // so that the kill comes first on any machine
        m_profile->play({slow});
        const JobId id = m_profile->plant(Queued{});
        const auto process = begin(m_profile->simulatorAddress());
        QTRY_COMPARE(m_profile->count(Step::Post), 1);
        kill(*process);
        m_profile->play({});
        // The service may have taken it: a person decides, and nothing is sent meanwhile.
        const auto next = begin(m_profile->simulatorAddress());
        QVERIFY(next->waitForFinished(20'000));
        QCOMPARE(m_profile->stored(id).state(), State::Unconfirmed);
        QCOMPARE(m_profile->count(Step::Post), 1);
    }

    void whileGenerating()
    {
        m_profile->play({rule(Step::Poll, Reply::Pending)});
        const JobId id = m_profile->plant(Queued{});
        const auto process = begin(m_profile->simulatorAddress());
        QTRY_VERIFY(m_profile->count(Step::Poll) > 0);
        kill(*process);
        QCOMPARE(m_profile->stored(id).state(), State::Generating);
        m_profile->play({});
        finish(id);
    }

    void whileDownloading()
    {
        simulator::Rule slow = rule(Step::Download, Reply::Usual);
        slow.delay = 1h;
        m_profile->play({slow});
        const JobId id = m_profile->plant(Queued{});
        const auto process = begin(m_profile->simulatorAddress());
        QTRY_VERIFY(m_profile->count(Step::Download) > 0);
        kill(*process);
        QCOMPARE(m_profile->stored(id).state(), State::Downloading);
        m_profile->play({});
        finish(id);
    }

    void againAndAgain()
    {
        // Killed at the first, the second, the third… request of a run, so that every step is met; then left to finish.
        const JobId id = m_profile->plant(Queued{});
        for (int round = 0; round < 16; ++round) {
            const auto process = begin(m_profile->simulatorAddress());
            QVERIFY(process->waitForStarted());
            const auto reached = m_profile->simulator.ledger().size() + round / 2;
            QTRY_VERIFY(m_profile->simulator.ledger().size() >= reached || process->state() == QProcess::NotRunning);
            process->kill();
            QTRY_COMPARE(process->state(), QProcess::NotRunning); // it may have come to its end by itself
            QVERIFY(m_profile->count(Step::Post) <= 1);
        }
        const State state = m_profile->stored(id).state();
        if (state == State::Submitting || state == State::Unconfirmed)
            return; // met the one moment about which a person has to decide
        finish(id);
    }
};

int main(int argc, char* argv[])
{
    const QGuiApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1StringView(runArgument))
        return runTheQueue(arguments.value(2), QUrl(arguments.value(3)));
    TestKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_kill.moc"
