// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/frames.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QColor>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <limits>
#include <thread>
#include <vector>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int frameCount = 145; // what a clip of six seconds has
constexpr double framesPerSecond = 24;

int numberAt(const QString& path, double seconds)
{
    const Result<QImage> frame = frameAt(path, seconds);
    return frame ? numberIn(*frame) : -1;
}

} // namespace

class TestFrames : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
    QString m_clip; ///< numbered, one key frame only, frames stored out of order

private Q_SLOTS:
    void initTestCase()
    {
        m_clip = file("clip.mp4");
        QVERIFY(makeNumberedVideo(m_clip, frameCount, {u"-c:v"_s, u"libx264"_s, u"-g"_s, u"250"_s, u"-bf"_s, u"3"_s}));
    }

    void everyFrameIsFoundExactly_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("arguments");

        const QString x264 = u"libx264"_s;
        QTest::newRow("one key frame, frames stored out of order")
            << u"a.mp4"_s << QStringList{u"-c:v"_s, x264, u"-g"_s, u"250"_s, u"-bf"_s, u"3"_s};
        QTest::newRow("a key frame every twelve") << u"b.mp4"_s << QStringList{u"-c:v"_s, x264, u"-g"_s, u"12"_s};
        QTest::newRow("key frames that earlier frames lean on")
            << u"c.mp4"_s
            << QStringList{u"-c:v"_s, x264, u"-x264-params"_s, u"keyint=24:open-gop=1:bframes=3:b-adapt=0"_s};
        QTest::newRow("in fragments, without an index")
            << u"d.mp4"_s
            << QStringList{u"-c:v"_s, x264, u"-g"_s, u"24"_s, u"-movflags"_s, u"frag_keyframe+empty_moov"_s};
        QTest::newRow("a first frame that is not at zero")
            << u"e.mp4"_s << QStringList{u"-c:v"_s, x264, u"-output_ts_offset"_s, u"0.5"_s};
        QTest::newRow("times in whole milliseconds") << u"f.mkv"_s << QStringList{u"-c:v"_s, x264, u"-g"_s, u"24"_s};
        QTest::newRow("a stream without an index at all")
            << u"g.ts"_s << QStringList{u"-c:v"_s, x264, u"-g"_s, u"24"_s};
        QTest::newRow("H.265") << u"h.mp4"_s
                               << QStringList{u"-c:v"_s, u"libx265"_s, u"-x265-params"_s, u"log-level=none"_s};
    }
    void everyFrameIsFoundExactly()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, arguments);
        const QString path = m_folder.filePath(name);
        QVERIFY(makeNumberedVideo(path, frameCount, arguments));
        for (const int number : {0, 1, 2, 11, 12, 13, 23, 24, 25, 46, 47, 48, 71, 72, 100, 119, 120, 143, 144})
            QCOMPARE(numberAt(path, number / framesPerSecond), number);
        const Result<QImage> last = lastFrame(path);
        QVERIFY(last.has_value());
        QCOMPARE(numberIn(*last), frameCount - 1);
    }

    void everyFrameIsFoundBehindKeyFramesThatLeanBack()
    {
        // A decoder that begins with such a key frame drops some of the frames behind it.
        const QString path = file("open.mp4");
        QVERIFY(makeNumberedVideo(
            path, 40, {u"-c:v"_s, u"libx264"_s, u"-x264-params"_s, u"keyint=8:open-gop=1:bframes=3:b-adapt=0"_s}));
        for (int number = 0; number < 40; ++number)
            QCOMPARE(numberAt(path, number / framesPerSecond), number);
    }

    void severalFramesAreFoundInOnePass_data()
    {
        QTest::addColumn<QList<double>>("seconds");
        QTest::addColumn<QList<int>>("numbers");
        QTest::newRow("close together") << QList<double>{0, 0.02, 1 / 24.0, 0.1, 0.5} << QList<int>{0, 0, 1, 2, 12};
        QTest::newRow("far apart, and behind the end") << QList<double>{0.5, 2, 5, 90} << QList<int>{12, 48, 120, 144};
        QTest::newRow("going back") << QList<double>{2, 1} << QList<int>{48, 24};
        QTest::newRow("none") << QList<double>{} << QList<int>{};
    }
    void severalFramesAreFoundInOnePass()
    {
        QFETCH(QList<double>, seconds);
        QFETCH(QList<int>, numbers);
        const QString keyed = file("keyed.mp4");
        QVERIFY(makeNumberedVideo(keyed, frameCount, {u"-c:v"_s, u"libx264"_s, u"-g"_s, u"12"_s}));
        for (const QString& path : {m_clip, keyed}) {
            QList<int> found;
            const auto error = framesAt(path, seconds, {}, [&](qsizetype place, const QImage& picture) {
                found.append(place == found.size() ? numberIn(picture) : -1);
                return true;
            });
            QVERIFY(!error);
            QCOMPARE(found, numbers);
        }
    }

    void framesComeScaledAndStopWhenAsked()
    {
        QList<QSize> sizes;
        const auto error = framesAt(m_clip, {0, 1, 2, 3}, {64, 64}, [&](qsizetype, const QImage& picture) {
            sizes.append(picture.size());
            return sizes.size() < 2;
        });
        QVERIFY(!error);
        QCOMPARE(sizes, QList<QSize>(2, {64, 32}));
        QCOMPARE(framesAt(file("nowhere.mp4"), {0}, {}, [](qsizetype, const QImage&) { return true; })->kind,
                 ErrorKind::Disk);
    }

    void timesBesideTheGrid_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<int>("number");

        QTest::newRow("a time between two frames shows the earlier one") << 10.5 / 24 << 10;
        QTest::newRow("just before a frame the one before is shown") << 10.9 / 24 << 10;
        QTest::newRow("a time cut off to milliseconds still means its frame") << 0.041 << 1;
        QTest::newRow("before the start: the first frame") << -3.0 << 0;
        QTest::newRow("behind the end: the last frame") << 100.0 << frameCount - 1;
        QTest::newRow("no number at all: the first frame") << std::numeric_limits<double>::quiet_NaN() << 0;
    }
    void timesBesideTheGrid()
    {
        QFETCH(double, seconds);
        QFETCH(int, number);
        QCOMPARE(numberAt(m_clip, seconds), number);
    }

    void soundThatOutlastsThePictureChangesNothing()
    {
        const QString path = file("long-sound.mp4");
        QVERIFY(runFfmpeg({u"-i"_s, m_clip, u"-f"_s, u"lavfi"_s, u"-i"_s, u"sine=d=9"_s, u"-c:v"_s, u"copy"_s,
                           u"-c:a"_s, u"aac"_s, path}));
        const Result<QImage> last = lastFrame(path);
        QVERIFY(last.has_value());
        QCOMPARE(numberIn(*last), frameCount - 1);
    }

    void ofACutOffFileTheLastFrameThatIsThereIsGiven()
    {
        const QString path = file("cut.mp4");
        QVERIFY(makeNumberedVideo(path, frameCount,
                                  {u"-c:v"_s, u"libx264"_s, u"-g"_s, u"12"_s, u"-movflags"_s, u"+faststart"_s}));
        const QByteArray whole = readFile(path);
        QVERIFY(writeFile(path, whole.first(whole.size() * 3 / 4)));
        const Result<QImage> last = lastFrame(path);
        QVERIFY(last.has_value());
        QVERIFY(numberIn(*last) > frameCount / 4);
    }

    void aTurnedClipGivesTurnedFrames()
    {
        const QString path = file("phone.mp4");
        QVERIFY(runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"color=white:s=128x64:d=1,drawbox=0:0:32:64:black:fill"_s,
                           u"-pix_fmt"_s, u"yuv420p"_s, path}));
        QVERIFY(turnMp4(path));
        const Result<QImage> frame = frameAt(path, 0);
        QVERIFY(frame.has_value());
        QCOMPARE(frame->size(), QSize(64, 128));
        // What was at the left is at the top after a quarter turn to the right.
        QVERIFY(qGray(frame->pixel(32, 10)) < 30);
        QVERIFY(qGray(frame->pixel(32, 100)) > 220);
    }

    void coloursComeOutAsTheyWentIn_data()
    {
        QTest::addColumn<QString>("size");
        QTest::newRow("in standard definition") << u"640x480"_s;
        QTest::newRow("in high definition") << u"1280x720"_s;
    }
    void coloursComeOutAsTheyWentIn()
    {
        QFETCH(QString, size);
        const QString path = file("red.mp4");
        const QString matrix = size == u"640x480"_s ? u"bt601"_s : u"bt709"_s;
        QVERIFY(runFfmpeg(
            {u"-f"_s, u"lavfi"_s, u"-i"_s,
             u"color=0xC83214:s=%1:d=0.2,format=rgb24,scale=out_color_matrix=%2,format=yuv420p"_s.arg(size, matrix),
             u"-pix_fmt"_s, u"yuv420p"_s, path}));
        const Result<QImage> frame = frameAt(path, 0);
        QVERIFY(frame.has_value());
        const QColor colour = frame->pixelColor(100, 100);
        QVERIFY2(qAbs(colour.red() - 0xC8) < 5 && qAbs(colour.green() - 0x32) < 5 && qAbs(colour.blue() - 0x14) < 5,
                 qPrintable(colour.name()));
    }

    void oddSizesAreWhole()
    {
        const QString path = file("odd.mp4");
        QVERIFY(runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"color=white:s=851x483:d=0.1,format=yuv444p"_s, u"-pix_fmt"_s,
                           u"yuv444p"_s, path}));
        const Result<QImage> frame = lastFrame(path);
        QVERIFY(frame.has_value());
        QCOMPARE(frame->size(), QSize(851, 483));
        QVERIFY(qGray(frame->pixel(850, 482)) > 240);
    }

    void aThumbnailFitsAndKeepsItsRatio_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QSize>("size");

        const QImage wide(1000, 500, QImage::Format_RGB32);
        QTest::newRow("of a picture") << encoded(wide, "png") << QSize(100, 50);
        QTest::newRow("of a turned picture") << withQuarterTurn(encoded(wide, "jpeg")) << QSize(50, 100);
        QTest::newRow("of a small picture: as it is")
            << encoded(QImage(20, 10, QImage::Format_RGB32), "webp") << QSize(20, 10);
        QTest::newRow("of a video") << readFile(m_clip) << QSize(100, 50);
    }
    void aThumbnailFitsAndKeepsItsRatio()
    {
        QFETCH(QByteArray, content);
        QFETCH(QSize, size);
        const QString path = file("thing");
        QVERIFY(writeFile(path, content));
        const Result<QImage> image = thumbnail(path, {100, 100});
        QVERIFY(image.has_value());
        QCOMPARE(image->size(), size);
    }

    void aVideoThatFadesInShowsWhatComesAfterTheBlack()
    {
        const QString path = file("fade.mp4");
        QVERIFY(runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"color=white:s=128x64:r=24:d=2,fade=in:st=1:d=0.2"_s,
                           u"-pix_fmt"_s, u"yuv420p"_s, path}));
        const Result<QImage> image = thumbnail(path, {100, 100});
        QVERIFY(image.has_value());
        QVERIFY(qGray(image->pixel(50, 25)) > 10);
    }

    void aVideoThatIsBlackThroughoutShowsBlack()
    {
        const QString path = file("black.mp4");
        QVERIFY(runFfmpeg(
            {u"-f"_s, u"lavfi"_s, u"-i"_s, u"color=black:s=128x64:r=24:d=4"_s, u"-pix_fmt"_s, u"yuv420p"_s, path}));
        QVERIFY(thumbnail(path, {100, 100}).has_value());
    }

    void whatHasNoFrameSaysSo()
    {
        const QString path = file("junk.mp4");
        QVERIFY(writeFile(path, QByteArray(5000, 'x')));
        QCOMPARE(frameAt(path, 0).error().kind, ErrorKind::NotAClip);
        QCOMPARE(lastFrame(path).error().kind, ErrorKind::NotAClip);
        QCOMPARE(thumbnail(path, {100, 100}).error().kind, ErrorKind::InputUnusable);
        QCOMPARE(lastFrame(file("nowhere.mp4")).error().kind, ErrorKind::Disk);
    }

    void manyThreadsAtOnceGetTheirOwnFrames()
    {
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([this, t, &wrong] {
                for (int number = t; number < frameCount; number += 20) {
                    if (numberAt(m_clip, number / framesPerSecond) != number)
                        ++wrong;
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestFrames)

#include "tst_frames.moc"
