// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/player.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QDir>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;
using State = Player::State;

namespace {

constexpr int frames = 49; // two seconds and one frame, as the service makes them
constexpr double fps = 24;

/// Reads the number out of every frame that the player shows.
class Viewer
{
public:
    explicit Viewer(Player& player) : m_player(player)
    {
        QObject::connect(&player, &Player::frameChanged, &player, [this, &player](const QVideoFrame& frame) {
            shown = test::numberIn(frame.toImage());
            claimed = player.frame();
            seen.insert(shown);
            ++count;
        });
    }

    /// Waits until the number is shown, without the rounding of time that QTRY_COMPARE has.
    [[nodiscard]] bool sees(int number)
    {
        QSignalSpy frame(&m_player, &Player::frameChanged);
        while (shown != number) {
            if (!frame.wait(patience))
                return false;
        }
        return true;
    }

    int shown = -1;
    int claimed = -1;
    int count = 0;
    std::set<int> seen;

private:
    Player& m_player;
};

} // namespace

class TestPlayer : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsTheFirstFrameAndWaits();
    void stepsByExactlyOneFrame_data();
    void stepsByExactlyOneFrame();
    void seeksToAnyFrame();
    void followsADragAndStopsAtItsEnd();
    void endsOnceAndKeepsTheLastFrame();
    void stepsBackFromTheEnd();
    void playsAgainFromTheEnd();
    void loops();
    void seeksWhilePlaying();
    void playsFasterAndSlower();
    void reachesTheLastPictureWhenTheSoundIsLonger();
    void opensOnlyTheLastOfQuickCalls();
    void opensTheSameFileAgainFromItsBeginning();
    void showsWhereItWasSentWhenPausedOnTheWay();
    void playsPicturesOfUnevenLength();
    void saysOnceWhatIsWrong_data();
    void saysOnceWhatIsWrong();
    void playsAGoodFileAfterABadOne();
    void missesItsPluginWithoutDying();
    void letsGoOfTheFile();

private:
    [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(name); }
    /// Opens a numbered video and waits for its first frame.
    void open(Player& player, const QString& name = u"silent.mp4"_s)
    {
        connect(&player, &Player::failed, this, [](const Error& error) { qWarning() << "failed:" << error.detail; });
        player.open(file(name), frames / fps, fps);
        QTRY_COMPARE(player.state(), State::Paused);
    }

    QTemporaryDir m_folder;
};

void TestPlayer::initTestCase()
{
    const QStringList h264{u"-c:v"_s, u"libx264"_s, u"-g"_s, u"250"_s, u"-bf"_s, u"2"_s};
    QVERIFY(test::makeNumberedVideo(file(u"silent.mp4"_s), frames, h264));
    QVERIFY(test::makeNumberedVideo(file(u"short.mp4"_s), 5, h264));
    const auto addSound = [this](const QString& name, const QString& seconds) {
        return test::runFfmpeg({u"-i"_s, file(u"silent.mp4"_s), u"-f"_s, u"lavfi"_s, u"-i"_s,
                                u"sine=frequency=300:duration="_s + seconds, u"-c:v"_s, u"copy"_s, u"-c:a"_s, u"aac"_s,
                                file(name)});
    };
    QVERIFY(addSound(u"sound.mp4"_s, u"2.04"_s));
    QVERIFY(addSound(u"longsound.mp4"_s, u"2.3"_s));
    QVERIFY(test::runFfmpeg(
        {u"-f"_s, u"lavfi"_s, u"-i"_s, u"sine=duration=1"_s, u"-c:a"_s, u"aac"_s, file(u"onlysound.mp4"_s)}));

    QVERIFY(test::runFfmpeg({u"-i"_s, file(u"silent.mp4"_s), u"-vf"_s, u"select='lt(n,4)+gte(n,40)'"_s, u"-vsync"_s,
                             u"vfr"_s, u"-c:v"_s, u"libx264"_s, file(u"uneven.mp4"_s)}));

    const QByteArray whole = test::readFile(file(u"silent.mp4"_s));
    QVERIFY(test::writeFile(file(u"half.mp4"_s), whole.first(whole.size() / 2)));
    QVERIFY(test::writeFile(file(u"page.mp4"_s), "<!doctype html><title>Sign in</title>"));
    QVERIFY(test::writeFile(file(u"empty.mp4"_s), {}));
    // A file with its index in front, cut off before the first picture: the backend calls that a clean end.
    QVERIFY(test::runFfmpeg(
        {u"-i"_s, file(u"silent.mp4"_s), u"-c"_s, u"copy"_s, u"-movflags"_s, u"+faststart"_s, file(u"front.mp4"_s)}));
    const QByteArray front = test::readFile(file(u"front.mp4"_s));
    QVERIFY(front.indexOf("mdat") > 0);
    QVERIFY(test::writeFile(file(u"headonly.mp4"_s), front.first(front.indexOf("mdat") + 4)));
}

void TestPlayer::showsTheFirstFrameAndWaits()
{
    Player player;
    Viewer viewer(player);
    QSignalSpy states(&player, &Player::stateChanged);
    open(player);
    QCOMPARE(viewer.shown, 0);
    QCOMPARE(player.position(), 0);
    QCOMPARE(player.lastFrame(), frames - 1);
    QCOMPARE(states.size(), 2);
    QCOMPARE(states[0][0].value<State>(), State::Opening);
}

void TestPlayer::stepsByExactlyOneFrame_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("without sound") << u"silent.mp4"_s;
    QTest::newRow("with sound, without a device to play it on") << u"sound.mp4"_s;
}

void TestPlayer::stepsByExactlyOneFrame()
{
    QFETCH(QString, name);
    Player player;
    Viewer viewer(player);
    open(player, name);
    for (int i = 1; i < frames; ++i) {
        player.stepFrames(1);
        QVERIFY(viewer.sees(i));
        QCOMPARE(viewer.claimed, i);
        QCOMPARE(player.position(), static_cast<qint64>(i * 1000 / fps));
    }
    const int before = viewer.count;
    player.stepFrames(1); // there is no further one: the same is shown once more
    QTRY_COMPARE(viewer.count, before + 1);
    QCOMPARE(viewer.shown, frames - 1);
    for (int i = frames - 2; i >= 0; --i) {
        player.stepFrames(-1);
        QVERIFY(viewer.sees(i));
        QCOMPARE(viewer.claimed, i);
    }
    QCOMPARE(viewer.count, static_cast<int>(2 * frames)); // one picture a step, the one at the wall included
    QCOMPARE(player.state(), State::Paused);
}

void TestPlayer::seeksToAnyFrame()
{
    Player player;
    Viewer viewer(player);
    open(player, u"sound.mp4"_s);
    QRandomGenerator random(7);
    for (int i = 0; i < 80; ++i) {
        const int frame = random.bounded(frames);
        if (frame == viewer.shown)
            continue;
        const int before = viewer.count;
        player.seek(static_cast<qint64>(frame * 1000 / fps));
        QVERIFY(viewer.sees(frame));
        QCOMPARE(viewer.count, before + 1);
    }
}

void TestPlayer::followsADragAndStopsAtItsEnd()
{
    Player player;
    Viewer viewer(player);
    open(player);
    for (int i = 0; i < 200; ++i)
        player.seek(i * 10);
    QTRY_COMPARE(viewer.shown, 47); // 1.99 s
    QVERIFY2(viewer.count < 20, "seeks that came too late were made anyway");
    player.seek(99'000);
    QTRY_COMPARE(viewer.shown, frames - 1);
    player.seek(-5);
    QTRY_COMPARE(viewer.shown, 0);
}

void TestPlayer::endsOnceAndKeepsTheLastFrame()
{
    Player player;
    Viewer viewer(player);
    QSignalSpy ended(&player, &Player::ended);
    player.open(file(u"sound.mp4"_s), frames / fps, fps);
    player.play();
    QTRY_COMPARE(player.state(), State::Playing);
    QTRY_COMPARE(player.state(), State::Paused);
    QCOMPARE(viewer.shown, frames - 1);
    QCOMPARE(viewer.seen.size(), size_t{frames});
    QCOMPARE(player.frame(), frames - 1);
    player.stepFrames(-1); // what else the end may bring comes before the next picture
    QTRY_COMPARE(viewer.shown, frames - 2);
    QCOMPARE(ended.size(), 1);
}

void TestPlayer::stepsBackFromTheEnd()
{
    Player player;
    Viewer viewer(player);
    QSignalSpy ended(&player, &Player::ended);
    open(player, u"short.mp4"_s);
    player.play();
    QTRY_COMPARE(ended.size(), 1);
    for (int i = 3; i >= 0; --i) {
        player.stepFrames(-1);
        QVERIFY(viewer.sees(i));
    }
    QCOMPARE(player.state(), State::Paused);
}

void TestPlayer::playsAgainFromTheEnd()
{
    Player player;
    Viewer viewer(player);
    QSignalSpy ended(&player, &Player::ended);
    open(player, u"short.mp4"_s);
    for (int round = 1; round <= 3; ++round) {
        viewer.seen.clear();
        player.play();
        QTRY_COMPARE(ended.size(), round);
        QCOMPARE(viewer.shown, 4);
        if (round > 1)
            QCOMPARE(viewer.seen.size(), size_t{5});
    }
    // Also when it was taken to the last frame by hand.
    player.seekToFrame(0);
    QTRY_COMPARE(viewer.shown, 0);
    player.seekToFrame(4);
    QTRY_COMPARE(viewer.shown, 4);
    viewer.seen.clear();
    player.play();
    QTRY_COMPARE(ended.size(), 4);
    QCOMPARE(viewer.seen.size(), size_t{5});
}

void TestPlayer::loops()
{
    Player player;
    Viewer viewer(player);
    QSignalSpy ended(&player, &Player::ended);
    int restarts = 0;
    int before = -1;
    connect(&player, &Player::positionChanged, this, [&](qint64, int frame) {
        restarts += frame < before ? 1 : 0;
        before = frame;
    });
    player.setLoop(true);
    open(player, u"short.mp4"_s);
    player.play();
    QTRY_VERIFY(restarts >= 4);
    QCOMPARE(viewer.seen.size(), size_t{5});
    QCOMPARE(ended.size(), 0);
    QCOMPARE(player.state(), State::Playing);
    player.setLoop(false);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(viewer.shown, 4);
}

void TestPlayer::seeksWhilePlaying()
{
    Player player;
    Viewer viewer(player);
    open(player);
    player.play();
    QTRY_VERIFY(viewer.shown > 3);
    player.seekToFrame(40);
    QTRY_VERIFY(viewer.shown >= 40);
    player.seekToFrame(10);
    QTRY_VERIFY(viewer.shown >= 10 && viewer.shown < 20);
    QCOMPARE(player.state(), State::Playing);
    QVERIFY(!viewer.seen.contains(25));
    player.pause();
    const int there = player.frame();
    player.stepFrames(1);
    QTRY_COMPARE(viewer.claimed, there + 1);
    QCOMPARE(viewer.shown, viewer.claimed);
}

void TestPlayer::playsFasterAndSlower()
{
    Player player;
    QSignalSpy ended(&player, &Player::ended);
    open(player);
    player.setSpeed(2);
    player.play();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(player.frame(), frames - 1);
}

void TestPlayer::reachesTheLastPictureWhenTheSoundIsLonger()
{
    Player player;
    Viewer viewer(player);
    open(player, u"longsound.mp4"_s);
    player.seek(player.duration());
    QTRY_COMPARE(viewer.shown, frames - 1);
    player.stepFrames(-1);
    QTRY_COMPARE(viewer.shown, frames - 2);
}

void TestPlayer::opensOnlyTheLastOfQuickCalls()
{
    Player player;
    Viewer viewer(player);
    QSignalSpy failed(&player, &Player::failed);
    QSignalSpy states(&player, &Player::stateChanged);
    player.open(file(u"page.mp4"_s), 6, fps);
    player.open(file(u"nothing.mp4"_s), 6, fps);
    player.open(file(u"short.mp4"_s), 5 / fps, fps);
    QTRY_COMPARE(player.state(), State::Paused);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(player.lastFrame(), 4);
    // A change in the middle of playing shows nothing of the old one any more.
    player.play();
    QTRY_VERIFY(viewer.count > 1);
    viewer.seen.clear();
    player.open(file(u"silent.mp4"_s), frames / fps, fps);
    QCOMPARE(player.position(), 0);
    QTRY_COMPARE(player.state(), State::Paused);
    QCOMPARE(viewer.seen, std::set<int>{0});
}

void TestPlayer::opensTheSameFileAgainFromItsBeginning()
{
    Player player;
    Viewer viewer(player);
    open(player);
    player.seekToFrame(30);
    QVERIFY(viewer.sees(30));
    open(player);
    QCOMPARE(viewer.shown, 0);
    player.seekToFrame(30);
    QVERIFY(viewer.sees(30));
    viewer.seen.clear();
    player.open(file(u"silent.mp4"_s), frames / fps, fps);
    player.play();
    QVERIFY(viewer.sees(0));
    QCOMPARE(viewer.seen, std::set<int>{0});
}

void TestPlayer::showsWhereItWasSentWhenPausedOnTheWay()
{
    Player player;
    Viewer viewer(player);
    open(player);
    player.play();
    QVERIFY(viewer.sees(3));
    player.seekToFrame(30);
    player.pause();
    QVERIFY(viewer.sees(30));
    QCOMPARE(player.state(), State::Paused);
}

void TestPlayer::playsPicturesOfUnevenLength()
{
    Player player;
    Viewer viewer(player);
    QSignalSpy ended(&player, &Player::ended);
    player.open(file(u"uneven.mp4"_s), frames / fps, fps);
    QTRY_COMPARE(player.state(), State::Paused);
    player.seek(500); // inside a picture that stands for more than a second: the one after it is the nearest
    QVERIFY(viewer.sees(40));
    player.seekToFrame(0);
    QVERIFY(viewer.sees(0));
    player.play();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(viewer.shown, frames - 1);
}

void TestPlayer::saysOnceWhatIsWrong_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no such file") << u"nothing.mp4"_s << ErrorKind::Disk;
    QTest::newRow("an HTML page") << u"page.mp4"_s << ErrorKind::NotAClip;
    QTest::newRow("an empty file") << u"empty.mp4"_s << ErrorKind::NotAClip;
    QTest::newRow("half a file without its index") << u"half.mp4"_s << ErrorKind::NotAClip;
    QTest::newRow("an index and no pictures") << u"headonly.mp4"_s << ErrorKind::NotAClip;
    QTest::newRow("sound without a picture") << u"onlysound.mp4"_s << ErrorKind::NotAClip;
}

void TestPlayer::saysOnceWhatIsWrong()
{
    QFETCH(QString, name);
    QFETCH(ErrorKind, kind);
    for (const bool play : {false, true}) {
        Player player;
        QSignalSpy failed(&player, &Player::failed);
        player.open(file(name), 6, fps);
        if (play)
            player.play();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed[0][0].value<Error>().kind, kind);
        QVERIFY(!failed[0][0].value<Error>().detail.isEmpty());
        player.play();
        player.stepFrames(1);
        QCoreApplication::processEvents();
        QCOMPARE(player.state(), State::Failed);
        QCOMPARE(failed.size(), 1);
    }
}

void TestPlayer::playsAGoodFileAfterABadOne()
{
    Player player;
    Viewer viewer(player);
    for (int i = 0; i < 3; ++i) {
        player.open(file(u"page.mp4"_s), 6, fps);
        QTRY_COMPARE(player.state(), State::Failed);
        open(player);
        QCOMPARE(viewer.shown, 0);
        player.stepFrames(1);
        QTRY_COMPARE(viewer.shown, 1);
    }
}

void TestPlayer::missesItsPluginWithoutDying()
{
    const QStringList paths = QCoreApplication::libraryPaths();
    QCoreApplication::setLibraryPaths({m_folder.path()});
    Player player;
    QSignalSpy failed(&player, &Player::failed);
    player.open(file(u"silent.mp4"_s), frames / fps, fps);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Error>().kind, ErrorKind::NotAvailable);
    QCoreApplication::setLibraryPaths(paths);
}

void TestPlayer::letsGoOfTheFile()
{
    const auto isHeld = [this](const QString& name) {
        const QDir links(u"/proc/self/fd"_s);
        for (const QString& link : links.entryList(QDir::Files | QDir::System)) {
            if (QFile::symLinkTarget(links.filePath(link)) == file(name))
                return true;
        }
        return false;
    };
    Player player;
    open(player);
#ifdef Q_OS_LINUX
    QVERIFY(isHeld(u"silent.mp4"_s));
#endif
    player.play();
    player.close();
    QVERIFY(!isHeld(u"silent.mp4"_s));
    QCOMPARE(player.state(), State::Closed);
    QCoreApplication::processEvents();
    QCOMPARE(player.state(), State::Closed);
    open(player);
    player.play();
    QTRY_COMPARE(player.state(), State::Playing);
}

QTEST_MAIN(TestPlayer)
#include "tst_player.moc"
