// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clipdetails.h"
#include "media/prepare/prepare.h"
#include "media/read/ffmpeg.h"
#include "media/read/frames.h"
#include "media/read/probe.h"
#include "media/write/videotrack.h"
#include "media/write/xmpbox.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

constexpr double framesPerSecond = 24;
constexpr int frameCount = 96; // four seconds
constexpr qint64 limit = 48'000'000;
const QStringList x264{u"-c:v"_s, u"libx264"_s};

/// The numbers that the frames of a numbered video show, one after the other.
QList<int> numbersIn(const QString& path)
{
    QList<int> numbers;
    auto reader = ffmpeg::VideoReader::open(path);
    if (!reader)
        return numbers;
    while (const auto frame = reader->next())
        numbers.append(numberIn(reader->toImage(*frame).value_or(QImage(1, 1, QImage::Format_RGB32))));
    return numbers;
}

QList<int> range(int first, int end)
{
    QList<int> numbers(end - first);
    std::iota(numbers.begin(), numbers.end(), first);
    return numbers;
}

/// When the frames are shown, in milliseconds from the first.
QList<int> timesIn(const QString& path)
{
    QList<int> times;
    auto reader = ffmpeg::VideoReader::open(path);
    if (!reader)
        return times;
    const double base = av_q2d(reader->video().time_base);
    while (const auto frame = reader->next())
        times.append(qRound(1000 * base * double(frame->best_effort_timestamp - reader->firstTimestamp())));
    return times;
}

/// The coded frames of the video, byte for byte, in the order they are stored.
QList<QByteArray> packetsIn(const QString& path)
{
    QList<QByteArray> packets;
    const auto format = ffmpeg::openFormat(path);
    const ffmpeg::PacketPtr packet(av_packet_alloc());
    if (!format)
        return packets;
    const int video = av_find_best_stream(format->get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    for (; av_read_frame(format->get(), packet.get()) >= 0; av_packet_unref(packet.get())) {
        if (packet->stream_index == video)
            packets.append(QByteArray(reinterpret_cast<const char*>(packet->data), packet->size));
    }
    return packets;
}

VideoPreparation part(double from, double to)
{
    return {VideoPart{from, to}, false};
}

QByteArray box(const QByteArray& name, const QByteArray& content)
{
    QByteArray size(4, '\0');
    qToBigEndian(static_cast<quint32>(content.size() + 8), size.data());
    return size + name + content;
}

/// Puts a box at the end of the movie or of its first track, which grow by it.
QByteArray withBoxIn(QByteArray mp4, const QByteArray& parent, const QByteArray& added)
{
    const qsizetype movie = mp4.indexOf("moov") - 4;
    const qsizetype grown = mp4.indexOf(parent) - 4;
    mp4.insert(grown + qFromBigEndian<quint32>(mp4.constData() + grown), added);
    for (const qsizetype at : std::set<qsizetype>{movie, grown})
        qToBigEndian(qFromBigEndian<quint32>(mp4.constData() + at) + static_cast<quint32>(added.size()),
                     mp4.data() + at);
    return mp4;
}

} // namespace

class TestPrepareVideo : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_out;
    QString m_clip; ///< numbered, H.264, a key frame every second, frames stored out of order
    int m_count = 0;

    QString file(const QString& name) const { return m_folder.filePath(name); }

    QString withSound(const QString& name, const QStringList& arguments)
    {
        const QString path = file(name);
        // Silent for a second and a half, then a tone.
        const bool made =
            runFfmpeg(QStringList{u"-i"_s, m_clip, u"-f"_s, u"lavfi"_s, u"-i"_s,
                                  u"sine=440:d=4:r=44100,volume=enable='lt(t,1.5)':volume=0"_s, u"-c:v"_s, u"copy"_s} +
                      arguments + QStringList{path});
        return made ? path : QString();
    }

    /// When the sound of a video begins to be heard, in seconds; -1: never.
    double toneBegin(const QString& path)
    {
        const QString pcm = file(u"sound.pcm"_s);
        if (!runFfmpeg({u"-i"_s, path, u"-vn"_s, u"-f"_s, u"s16le"_s, u"-ac"_s, u"1"_s, u"-ar"_s, u"8000"_s, pcm}))
            return -1;
        const QByteArray bytes = readFile(pcm);
        for (qsizetype i = 0; i + 1 < bytes.size(); i += 2) {
            if (qAbs(int(qFromLittleEndian<qint16>(bytes.constData() + i))) > 1000)
                return double(i) / 2 / 8000;
        }
        return -1;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_clip = file(u"clip.mp4"_s);
        QVERIFY(makeNumberedVideo(m_clip, frameCount,
                                  x264 + QStringList{u"-g"_s, u"24"_s, u"-sc_threshold"_s, u"0"_s, u"-bf"_s, u"2"_s}));
    }

    void init()
    {
        TestCase::init();
        m_out = file(u"out%1"_s.arg(++m_count));
        QVERIFY(QDir().mkpath(m_out));
    }

    void anMp4ThatIsTakenGoesAsItIs_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("H.264") << x264;
        QTest::newRow("H.265") << QStringList{u"-c:v"_s, u"libx265"_s, u"-x265-params"_s, u"log-level=none"_s};
        QTest::newRow("AV1") << QStringList{u"-c:v"_s, u"libaom-av1"_s, u"-cpu-used"_s, u"8"_s};
        QTest::newRow("H.264 in fragments")
            << x264 + QStringList{u"-movflags"_s, u"frag_keyframe+empty_moov+default_base_moof"_s};
    }
    void anMp4ThatIsTakenGoesAsItIs()
    {
        QFETCH(QStringList, arguments);
        const QString path = file(u"taken.mp4"_s);
        QVERIFY(makeNumberedVideo(path, 24, arguments));
        for (const VideoPreparation& wanted : {VideoPreparation{}, part(0, 1), part(-3, 100)}) {
            const auto prepared = prepareVideo(path, wanted, m_out);
            QVERIFY(prepared.has_value());
            QCOMPARE(prepared->file.path, path);
            QCOMPARE(prepared->notes, QStringList());
            QVERIFY(QDir(m_out).isEmpty());
        }
    }

    void aClipOfOursGoesAsTheServiceSentIt()
    {
        const QString path = file(u"ours.mp4"_s);
        const QByteArray served = readFile(m_clip);
        ClipDetails details;
        details.request.model = u"grok-imagine-video"_s;
        QVERIFY(writeFile(path, served) && putXmpBehind(served.size(), path, toXmp(details)).value_or(false));
        const auto prepared = prepareVideo(path, {}, m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(readFile(prepared->file.path), served);
        QCOMPARE(prepared->file.bytes, served.size());
        QCOMPARE(prepared->file.name, u"ours.mp4"_s);
        QCOMPARE(prepared->notes, QStringList());
        QCOMPARE(prepareVideo(path, {{}, true}, m_out)->file.path, path);
    }

    void whatTellsOfItsOriginIsRemovedWithoutReencoding_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("parent"); ///< of the box; empty: it lies at the end of the file
        QTest::addColumn<QByteArray>("added");
        QTest::addColumn<QString>("note");

        const QString location = u"Location and camera data removed."_s;
        const QString other = u"Comments and other hidden data removed."_s;
        const QByteArray xmp = QByteArray(16, 'u') + "<x exif:GPSLatitude='48.8582'/>";
        const QByteArray none;
        QTest::newRow("location as a standard has it")
            << QByteArray("loci") << QStringList{u"-metadata"_s, u"location=+48.8582+002.2945/"_s} << none << none
            << location;
        QTest::newRow("location as Apple's phones write it")
            << QByteArray("+48.8582")
            << QStringList{u"-movflags"_s, u"use_metadata_tags"_s, u"-metadata"_s,
                           u"com.apple.quicktime.location.ISO6709=+48.8582+002.2945/"_s}
            << none << none << location;
        QTest::newRow("location in XMP") << QByteArray("48.8582") << QStringList{} << none << box("uuid", xmp)
                                         << location;
        QTest::newRow("location as most phones write it")
            << QByteArray("+48.8582") << QStringList{} << QByteArray("moov")
            << box("udta", box("\xA9xyz", QByteArray("\0\x12\x15\xC7", 4) + "+48.8582+002.2945/")) << location;
        QTest::newRow("location as car cameras write it")
            << QByteArray("48.8582") << QStringList{} << QByteArray("moov") << box("gps ", "48.8582N") << location;
        QTest::newRow("the camera") << QByteArray("Kilnworks")
                                    << QStringList{u"-movflags"_s, u"use_metadata_tags"_s, u"-metadata"_s,
                                                   u"com.apple.quicktime.make=Kilnworks"_s}
                                    << none << none << u"Camera data removed."_s;
        QTest::newRow("a comment") << QByteArray("mine alone") << QStringList{u"-metadata"_s, u"comment=mine alone"_s}
                                   << none << none << other;
        QTest::newRow("what a maker put behind it")
            << QByteArray("mine alone") << QStringList{} << none << box("sefd", "mine alone") << other;
        QTest::newRow("what a maker put into the movie")
            << QByteArray("mine alone") << QStringList{} << QByteArray("moov") << box("what", "mine alone") << other;
        QTest::newRow("what a maker put into a track")
            << QByteArray("mine alone") << QStringList{} << QByteArray("trak") << box("what", "mine alone") << other;
    }
    void whatTellsOfItsOriginIsRemovedWithoutReencoding()
    {
        QFETCH(QByteArray, secret);
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, parent);
        QFETCH(QByteArray, added);
        QFETCH(QString, note);
        const QString path = file(u"phone.mp4"_s);
        QVERIFY(runFfmpeg(QStringList{u"-i"_s, m_clip, u"-c"_s, u"copy"_s} + arguments + QStringList{path}));
        const QByteArray bytes = readFile(path);
        QVERIFY(writeFile(path, parent.isEmpty() ? bytes + added : withBoxIn(bytes, parent, added)));
        QVERIFY(readFile(path).contains(secret));

        const auto prepared = prepareVideo(path, {}, m_out);
        QVERIFY(prepared.has_value());
        QVERIFY(prepared->file.path != path);
        QCOMPARE(prepared->file.name, u"phone.mp4"_s);
        QVERIFY(!readFile(prepared->file.path).contains(secret));
        QCOMPARE(packetsIn(prepared->file.path), packetsIn(path));
        QCOMPARE(timesIn(prepared->file.path), timesIn(path));
        QCOMPARE(prepared->notes, QStringList{note});

        const auto kept = prepareVideo(path, {{}, true}, m_out);
        QVERIFY(kept.has_value());
        QCOMPARE(kept->file.path, path);
        QCOMPARE(kept->notes, QStringList());
    }

    void boxesInBoxesWithoutEndAreRemoved()
    {
        constexpr quint32 boxes = 200'000; // looked into one in the other, they would take all the stack there is
        QByteArray nested(boxes * 8, '\0');
        for (quint32 i = 0; i < boxes; ++i) {
            qToBigEndian((boxes - i) * 8, nested.data() + i * 8);
            nested.replace(i * 8 + 4, 4, "moov");
        }
        const QString path = file(u"nested.mp4"_s);
        QVERIFY(writeFile(path, readFile(m_clip) + nested));
        const auto prepared = prepareVideo(path, {}, m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(packetsIn(prepared->file.path), packetsIn(m_clip));
        QVERIFY(prepared->file.bytes < nested.size());
        QCOMPARE(prepared->notes, QStringList{u"Comments and other hidden data removed."_s});
    }

    void aPartThatCanBeCutIsCutWithoutReencoding_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("end");
        QTest::newRow("from the start") << 0 << 48;
        QTest::newRow("from a key frame to the next") << 24 << 48;
        QTest::newRow("from a key frame to the end") << 48 << frameCount;
    }
    void aPartThatCanBeCutIsCutWithoutReencoding()
    {
        QFETCH(int, first);
        QFETCH(int, end);
        const auto prepared = prepareVideo(m_clip, part(first / framesPerSecond, end / framesPerSecond), m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->notes, QStringList{u"Cut without re-encoding."_s});
        QCOMPARE(numbersIn(prepared->file.path), range(first, end));
        QCOMPARE(packetsIn(prepared->file.path), packetsIn(m_clip).mid(first, end - first));
        QVERIFY(std::abs(prepared->file.seconds - (end - first) / framesPerSecond) < 0.001);
        QCOMPARE(prepared->file.size, QSize(128, 64));
    }

    void anyOtherPartHasExactlyItsFrames_data()
    {
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("end");
        QTest::newRow("between key frames") << 13 / 24.0 << 61 / 24.0 << 13 << 61;
        QTest::newRow("from a key frame into the middle of frames that lean on each other")
            << 1.0 << 38 / 24.0 << 24 << 38;
        QTest::newRow("one frame") << 30 / 24.0 << 31 / 24.0 << 30 << 31;
        QTest::newRow("times beside the frames") << 10.5 / 24 << 20.5 / 24 << 11 << 21;
        QTest::newRow("times cut off to milliseconds") << 0.041 << 0.541 << 1 << 13;
        QTest::newRow("beyond the end") << 70 / 24.0 << 100.0 << 70 << frameCount;
    }
    void anyOtherPartHasExactlyItsFrames()
    {
        QFETCH(double, from);
        QFETCH(double, to);
        QFETCH(int, first);
        QFETCH(int, end);
        const auto prepared = prepareVideo(m_clip, part(from, to), m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->notes, QStringList{u"Cut and re-encoded."_s});
        QCOMPARE(numbersIn(prepared->file.path), range(first, end));
        const auto info = probeVideo(prepared->file.path);
        QVERIFY(info.has_value());
        QCOMPARE(info->videoCodec, u"h264"_s);
        QCOMPARE(info->size, QSize(128, 64));
        QVERIFY(std::abs(info->framesPerSecond - framesPerSecond) < 0.01);
        QVERIFY(std::abs(info->seconds - (end - first) / framesPerSecond) < 0.002);
    }

    void everyCutOfAShortClipIsExact()
    {
        const QString path = file(u"short.mp4"_s);
        QVERIFY(makeNumberedVideo(path, 20,
                                  x264 + QStringList{u"-x264-params"_s, u"keyint=8:open-gop=1:bframes=3:b-adapt=0"_s}));
        for (int first = 0; first < 20; first += 2) {
            for (int end = first + 1; end <= 20; end += 3) {
                const auto prepared = prepareVideo(path, part(first / 24.0, end / 24.0), m_out);
                QVERIFY(prepared.has_value());
                QCOMPARE(numbersIn(prepared->file.path), range(first, end));
            }
        }
    }

    void otherContainersAndCodecsBecomeMp4_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<bool>("isCopied");
        QTest::newRow("MOV with H.264") << u"a.mov"_s << x264 << true;
        QTest::newRow("MKV with H.264") << u"a.mkv"_s << x264 << true;
        QTest::newRow("MKV with H.265") << u"b.mkv"_s
                                        << QStringList{u"-c:v"_s, u"libx265"_s, u"-x265-params"_s, u"log-level=none"_s}
                                        << true;
        QTest::newRow("a transport stream") << u"a.ts"_s << x264 << true;
        QTest::newRow("3GP with H.264") << u"a.3gp"_s << x264 << true;
        QTest::newRow("WebM with VP9") << u"a.webm"_s << QStringList{u"-c:v"_s, u"libvpx-vp9"_s} << false;
        QTest::newRow("AVI with MPEG-4") << u"a.avi"_s << QStringList{u"-c:v"_s, u"mpeg4"_s, u"-q:v"_s, u"2"_s}
                                         << false;
        QTest::newRow("MP4 with MPEG-4") << u"a.mp4"_s << QStringList{u"-c:v"_s, u"mpeg4"_s, u"-q:v"_s, u"2"_s}
                                         << false;
        QTest::newRow("MOV with ProRes") << u"p.mov"_s << QStringList{u"-c:v"_s, u"prores_ks"_s} << false;
        QTest::newRow("AVI with H.264") << u"h.avi"_s << x264 + QStringList{u"-bf"_s, u"0"_s} << true;
    }
    void otherContainersAndCodecsBecomeMp4()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, arguments);
        QFETCH(bool, isCopied);
        const QString path = file(name);
        QVERIFY(makeNumberedVideo(path, 30, arguments));
        const auto prepared = prepareVideo(path, {}, m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->file.mime, u"video/mp4"_s);
        QVERIFY(prepared->file.name.endsWith(u".mp4"_s));
        QVERIFY2(prepared->notes.contains(u"Re-encoded as H.264."_s) != isCopied,
                 qPrintable(prepared->notes.join(u'|')));
        QCOMPARE(numbersIn(prepared->file.path), range(0, 30));
        QVERIFY(std::abs(prepared->file.seconds - 30 / framesPerSecond) < 0.05);
        const auto again = prepareVideo(prepared->file.path, {}, m_out);
        QVERIFY(again.has_value());
        QCOMPARE(again->file.path, prepared->file.path);
    }

    void framesKeepTheirOwnTimes()
    {
        const QString path = file(u"uneven.mp4"_s);
        QVERIFY(runFfmpeg({u"-i"_s, m_clip, u"-vf"_s, u"select='not(mod(n,3))+lt(n,20)'"_s, u"-vsync"_s, u"vfr"_s,
                           u"-c:v"_s, u"libx264"_s, u"-g"_s, u"12"_s, path}));
        const QList<int> times = timesIn(path);
        const QList<int> numbers = numbersIn(path);
        QVERIFY(times.size() > 30 && times.size() < frameCount);
        // From its sixth frame on, which is no key frame.
        const auto prepared = prepareVideo(path, part(5 / 24.0, 3), m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->notes, QStringList{u"Cut and re-encoded."_s});
        const QList<int> cut = timesIn(prepared->file.path);
        QCOMPARE(numbersIn(prepared->file.path), numbers.mid(5, cut.size()));
        for (qsizetype i = 0; i < cut.size(); ++i)
            QVERIFY2(qAbs(cut[i] - (times[i + 5] - times[5])) <= 1, qPrintable(QString::number(i)));
        QVERIFY(cut.last() > 2600);
    }

    void aTurnedVideoStaysUpright_data()
    {
        QTest::addColumn<double>("from");
        QTest::newRow("cut without re-encoding") << 1.0;
        QTest::newRow("cut and re-encoded") << 1.5;
    }
    void aTurnedVideoStaysUpright()
    {
        QFETCH(double, from);
        const QString path = file(u"upright.mp4"_s);
        QVERIFY(runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s,
                           u"color=white:s=128x64:r=24:d=2,drawbox=0:0:32:64:black:fill,drawbox=0:0:128:16:blue:fill"_s,
                           u"-pix_fmt"_s, u"yuv420p"_s, u"-g"_s, u"24"_s, path}));
        QVERIFY(turnMp4(path));
        const auto before = frameAt(path, 1.5);
        const auto prepared = prepareVideo(path, part(from, 2), m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->file.size, QSize(64, 128));
        const auto after = frameAt(prepared->file.path, 0.1);
        QVERIFY(before.has_value() && after.has_value());
        QCOMPARE(after->size(), before->size());
        for (const QPoint place : {QPoint(10, 10), QPoint(10, 110), QPoint(56, 10), QPoint(56, 110)}) {
            const QColor is = after->pixelColor(place);
            const QColor was = before->pixelColor(place);
            QVERIFY2(qAbs(is.red() - was.red()) < 15 && qAbs(is.blue() - was.blue()) < 15,
                     qPrintable(is.name() + was.name()));
        }
    }

    void soundComesAlongInTime_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");

        const QStringList aac{u"-c:a"_s, u"aac"_s};
        const QStringList pcm{u"-c:a"_s, u"pcm_s16le"_s};
        const QStringList opus{u"-c:a"_s, u"libopus"_s};
        QTest::newRow("AAC, the whole") << u"s1.mov"_s << aac << 0.0 << 4.0;
        QTest::newRow("AAC, cut without re-encoding") << u"s2.mp4"_s << aac << 1.0 << 3.0;
        QTest::newRow("AAC, cut and re-encoded") << u"s3.mp4"_s << aac << 0.75 << 3.2;
        QTest::newRow("PCM, the whole") << u"s4.mov"_s << pcm << 0.0 << 4.0;
        QTest::newRow("PCM, cut") << u"s5.mov"_s << pcm << 0.75 << 3.2;
        QTest::newRow("Opus, cut") << u"s6.mkv"_s << opus << 1.0 << 2.0;
    }
    void soundComesAlongInTime()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, arguments);
        QFETCH(double, from);
        QFETCH(double, to);
        const QString path = withSound(name, arguments);
        QVERIFY(!path.isEmpty());
        const auto prepared = prepareVideo(path, part(from, to), m_out);
        QVERIFY(prepared.has_value());
        const auto info = probeVideo(prepared->file.path);
        QVERIFY(info.has_value());
        QCOMPARE(info->audioCodec, u"aac"_s);
        QVERIFY(std::abs(info->seconds - (to - from)) < 0.05);
        const double begin = toneBegin(prepared->file.path);
        QVERIFY2(std::abs(begin - (1.5 - from)) < 0.06, qPrintable(QString::number(begin)));
    }

    void aVideoWithTenBitsBecomesOneWithEight()
    {
        const QString path = file(u"ten.mkv"_s);
        QVERIFY(runFfmpeg({u"-i"_s, m_clip, u"-c:v"_s, u"libx265"_s, u"-x265-params"_s, u"log-level=none"_s,
                           u"-pix_fmt"_s, u"yuv420p10le"_s, path}));
        const auto prepared = prepareVideo(path, part(0.5, 1.5), m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(numbersIn(prepared->file.path), range(12, 36));
        QCOMPARE(probeVideo(prepared->file.path)->videoCodec, u"h264"_s);
    }

    void oddSidesLoseALineAndNothingIsStretched()
    {
        const QString path = file(u"odd.webm"_s);
        QVERIFY(runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"color=white:s=85x49:d=0.5,format=yuv420p"_s, path}));
        const auto prepared = prepareVideo(path, {}, m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->file.size, QSize(84, 48));
    }

    void whatIsTooLargeIsMadeToFit()
    {
        const QString path = file(u"large.mp4"_s);
        QVERIFY(runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"nullsrc=s=1280x720:r=24:d=2,geq=random(1)*255:128:128"_s,
                           u"-pix_fmt"_s, u"yuv420p"_s, u"-c:v"_s, u"libx264"_s, u"-preset"_s, u"ultrafast"_s, u"-qp"_s,
                           u"1"_s, path}));
        QVERIFY(QFileInfo(path).size() > limit);
        const auto prepared = prepareVideo(path, {}, m_out);
        QVERIFY(prepared.has_value());
        QVERIFY(prepared->file.bytes <= limit);
        QCOMPARE(prepared->notes, QStringList{u"Compressed to at most 48 MB."_s});
        QCOMPARE(timesIn(prepared->file.path), timesIn(path));
    }

    void itTellsHowFarItIs()
    {
        QList<double> steps;
        const auto prepared = prepareVideo(m_clip, part(0.5, 3.5), m_out, [&](double done) {
            steps.append(done);
            return true;
        });
        QVERIFY(prepared.has_value());
        QVERIFY(steps.size() > 20);
        QVERIFY(std::is_sorted(steps.begin(), steps.end()));
        QVERIFY(steps.first() < 0.1 && steps.last() > 0.95);
    }

    void stoppedItLeavesNothingBehind_data()
    {
        QTest::addColumn<VideoPreparation>("wanted");
        QTest::newRow("while encoding") << part(0.5, 3.5);
        QTest::newRow("while copying") << part(1, 3);
    }
    void stoppedItLeavesNothingBehind()
    {
        QFETCH(VideoPreparation, wanted);
        int steps = 0;
        const auto prepared = prepareVideo(m_clip, wanted, m_out, [&](double) { return ++steps < 5; });
        QVERIFY(!prepared.has_value());
        QCOMPARE(prepared.error().kind, ErrorKind::InputUnusable);
        QCOMPARE(steps, 5);
        QVERIFY(QDir(m_out).isEmpty());
    }

    void withoutAnEncoderItSaysSo()
    {
        auto reader = ffmpeg::VideoReader::open(m_clip);
        QVERIFY(reader.has_value());
        const auto frame = reader->next();
        QVERIFY(openVideoEncoder(*reader, *frame, {{128, 64}, 1'000'000}).has_value());
        const auto encoder = openVideoEncoder(*reader, *frame, {{128, 64}, 1'000'000}, {"there-is-none"});
        QVERIFY(!encoder.has_value());
        QCOMPARE(encoder.error().kind, ErrorKind::InputUnusable);
        QVERIFY(encoder.error().detail.contains(u"no H.264 encoder"_s));
    }

    void aFrameThatCannotBeConvertedIsNoEnd()
    {
        const auto frames = [](QSize size) {
            QImage picture(size, QImage::Format_RGB32);
            picture.fill(Qt::red);
            return encoded(picture, "jpeg").repeated(12);
        };
        const QString pictures = file(u"pictures.mjpeg"_s);
        const QString path = file(u"shrinking.avi"_s);
        QVERIFY(writeFile(pictures, frames({64, 48}) + frames({1, 48}))); // nothing is left of one pixel in pairs
        QVERIFY(runFfmpeg({u"-f"_s, u"mjpeg"_s, u"-i"_s, pictures, u"-c"_s, u"copy"_s, path}));
        const auto prepared = prepareVideo(path, {}, m_out);
        QVERIFY(!prepared.has_value());
        QVERIFY2(prepared.error().detail.contains(u"cannot be re-encoded"_s), qPrintable(prepared.error().detail));
        QVERIFY(QDir(m_out).isEmpty());
    }

    void whatCannotBePreparedSaysWhy()
    {
        QCOMPARE(prepareVideo(m_clip, part(2, 2), m_out).error().kind, ErrorKind::InputUnusable);
        QCOMPARE(prepareVideo(m_clip, part(9, 12), m_out).error().kind, ErrorKind::InputUnusable);
        const QString picture = file(u"picture.mp4"_s);
        QVERIFY(writeFile(picture, encoded(QImage(16, 16, QImage::Format_RGB32), "png")));
        QVERIFY(prepareVideo(picture, {}, m_out).error().detail.contains(u"This is a picture"_s));
        const QString cut = file(u"cut.mp4"_s);
        QVERIFY(writeFile(cut, readFile(m_clip).first(2000)));
        QCOMPARE(prepareVideo(cut, {}, m_out).error().kind, ErrorKind::InputUnusable);
        QCOMPARE(prepareVideo(file(u"nothing.mp4"_s), {}, m_out).error().kind, ErrorKind::Disk);
        QCOMPARE(prepareVideo(m_clip, part(1, 2), m_out + u"/nowhere"_s).error().kind, ErrorKind::Disk);
        QVERIFY(QDir(m_out).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPrepareVideo)

#include "tst_preparevideo.moc"
