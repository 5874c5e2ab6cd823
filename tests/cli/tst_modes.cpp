// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/frames.h"
#include "media/read/probe.h"
#include "store/profile.h"
#include "support/exifbytes.h"
#include "support/mediafiles.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QPainter>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using simulator::Step;

namespace {

constexpr double frame = 1.0 / 24;

/// A picture whose upper half is red and whose lower half is blue.
QImage twoHalves(QSize size, QImage::Format format = QImage::Format_RGB32)
{
    QImage picture(size, format);
    picture.fill(Qt::blue);
    QPainter(&picture).fillRect(0, 0, size.width(), size.height() / 2, Qt::red);
    return picture;
}

/// As a phone writes it that was held upright: lying on its side, to be turned a quarter to the right.
QByteArray phonePhoto(QSize upright)
{
    const QImage lying = twoHalves(upright).transformed(QTransform().rotate(-90));
    return withExif(encoded(lying, "jpeg"), exifTiff(6));
}

QByteArray pngWithAlpha(QSize size)
{
    QImage picture = twoHalves(size, QImage::Format_ARGB32);
    picture.setPixel(0, 0, qRgba(0, 0, 0, 0));
    return withChunk(encoded(picture, "png"), "eXIf", exifTiff(1));
}

QByteArray webp(QSize size)
{
    constexpr int withExifChunk = 8;
    return withRiffChunks(encoded(twoHalves(size), "webp"), size.width(), size.height(), withExifChunk,
                          riffChunk("EXIF", exifTiff(1)));
}

/// The mean difference of two pictures, 0 to 255.
double difference(const QImage& a, const QImage& b)
{
    constexpr QSize coarse(64, 36);
    const QImage p = a.scaled(coarse, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QImage q = b.scaled(coarse, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    int sum = 0;
    for (int y = 0; y < coarse.height(); ++y) {
        for (int x = 0; x < coarse.width(); ++x)
            sum += std::abs(qGray(p.pixel(x, y)) - qGray(q.pixel(x, y)));
    }
    return static_cast<double>(sum) / (coarse.width() * coarse.height());
}

} // namespace

/// Every mode by the command line, from inputs as people have them, with real clips at the end.
class TestModes : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    /// Runs `clipkiln generate <arguments>` and tells what it made.
    [[nodiscard]] Result<VideoInfo> make(const QStringList& arguments)
    {
        const QString output = m_program->path(u"out-%1.mp4"_s.arg(m_program->posts() + 1));
        const Outcome outcome =
            m_program->run(QStringList{u"generate"_s} + arguments +
                           QStringList{u"--prompt"_s, u"Gulls"_s, u"--output"_s, output} + m_program->quickly());
        if (outcome.exitCode != 0)
            return Error{ErrorKind::InvalidRequest, QString::fromUtf8(outcome.err)};
        return probeVideo(output);
    }

    /// What the service got in data URIs and uploads, byte for byte.
    [[nodiscard]] QList<QByteArray> received() const
    {
        QList<QByteArray> contents;
        for (const QString& folder : {u"simulator/inputs"_s, u"simulator/files"_s}) {
            QDirIterator files(m_program->path(folder), QDir::Files);
            while (files.hasNext()) {
                const QString path = files.next();
                if (!path.endsWith(".json"_L1)) // its own notes
                    contents.append(readFile(path));
            }
        }
        return contents;
    }

    /// The first thing that tells where or by whom an input was made; empty when nothing does.
    [[nodiscard]] QByteArray whatGivesAway() const
    {
        const auto contents = received();
        for (const QByteArray& content : contents) {
            for (const QByteArray& mark : {QByteArray("Exif"), QByteArray("eXIf"), QByteArray("EXIF"),
                                           QByteArray("loci"), cameraMaker, cameraModel, latitude}) {
                if (content.contains(mark))
                    return mark;
            }
        }
        return {};
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_program = std::make_unique<Program>(true);
    }

    void anImageGivesTheClipItsShape_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QSize>("size");
        QTest::newRow("a phone's photo, turned upright")
            << u"photo.jpg"_s << phonePhoto({900, 1200}) << QSize(480, 640);
        QTest::newRow("a PNG with alpha") << u"logo.png"_s << pngWithAlpha({300, 300}) << QSize(480, 480);
        QTest::newRow("a WebP") << u"boat.webp"_s << webp({600, 400}) << QSize(720, 480);
    }
    void anImageGivesTheClipItsShape()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, content);
        QFETCH(const QSize, size);
        const QString path = m_program->path(name);
        QVERIFY(writeFile(path, content));
        const auto made = make({u"image"_s, u"--image"_s, path, u"--duration"_s, u"1"_s, u"--resolution"_s, u"480p"_s});
        QVERIFY2(made, qPrintable(made ? QString() : made.error().detail));
        QCOMPARE(made->size, size);
        QVERIFY(std::abs(made->seconds - (1 + frame)) < frame / 2);
        QVERIFY(made->hasAudio());

        QCOMPARE(received().size(), 1);
        QCOMPARE(whatGivesAway(), QByteArray());
        const QImage sent = QImage::fromData(received().first());
        const QSize original = QImage::fromData(content).size();
        QCOMPARE(sent.size(), name == u"photo.jpg"_s ? original.transposed() : original);
        QCOMPARE(sent.hasAlphaChannel(), name == u"logo.png"_s);
        QVERIFY(qRed(sent.pixel(sent.width() / 2, sent.height() / 4)) > 200); // the upper half is above
        QVERIFY(qBlue(sent.pixel(sent.width() / 2, sent.height() * 3 / 4)) > 200);
        QCOMPARE(readFile(path), content); // the person's own file is as it was
    }

    void threeReferencesGoOutInTheirOrder()
    {
        QStringList arguments{u"reference"_s, u"--duration"_s, u"1"_s, u"--resolution"_s, u"480p"_s};
        const QList<std::pair<QString, QByteArray>> files{{u"b.jpg"_s, phonePhoto({300, 400})},
                                                          {u"a.png"_s, pngWithAlpha({300, 300})},
                                                          {u"c.webp"_s, webp({600, 400})}};
        for (const auto& [name, content] : files) {
            QVERIFY(writeFile(m_program->path(name), content));
            arguments += {u"--reference"_s, m_program->path(name)};
        }
        const auto made = make(arguments);
        QVERIFY2(made, qPrintable(made ? QString() : made.error().detail));
        QCOMPARE(made->size, QSize(848, 480));
        QCOMPARE(received().size(), 3);
        QCOMPARE(whatGivesAway(), QByteArray());
        const QJsonArray sent = m_program->seen(Step::Post).first().body[u"reference_images"_s].toArray();
        QStringList types;
        for (const QJsonValue image : sent)
            types.append(image[u"url"_s].toString().section(u';', 0, 0));
        QCOMPARE(types, (QStringList{u"data:image/jpeg"_s, u"data:image/png"_s, u"data:image/webp"_s}));
    }

    void aLongVideoIsTrimmedForAnEdit()
    {
        const QString source = m_program->path(u"party.mp4"_s);
        QVERIFY(runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"testsrc2=size=1920x1080:rate=6:duration=9"_s, u"-c:v"_s,
                           u"libx265"_s, u"-preset"_s, u"ultrafast"_s, u"-g"_s, u"6"_s, u"-pix_fmt"_s, u"yuv420p"_s,
                           u"-metadata"_s, u"location=+48.8577+002.2950/"_s, source}));
        QVERIFY(readFile(source).contains("loci")); // where MP4 keeps its place
        const auto refused = make({u"edit"_s, u"--video"_s, source});
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains(u"--trim"_s), qPrintable(refused.error().detail));
        QCOMPARE(m_program->posts(), 0);

        const auto made = make({u"edit"_s, u"--video"_s, source, u"--trim"_s, u"1-3"_s});
        QVERIFY2(made, qPrintable(made ? QString() : made.error().detail));
        QCOMPARE(made->size, QSize(1280, 720)); // the most an edit gives
        QVERIFY(std::abs(made->seconds - 2) <= frame);
        QCOMPARE(received().size(), 1);
        QCOMPARE(whatGivesAway(), QByteArray());
        const QString sent = m_program->path(u"sent.mp4"_s);
        QVERIFY(writeFile(sent, received().first()));
        const auto part = probeVideo(sent);
        QVERIFY(part);
        QCOMPARE(part->size, QSize(1920, 1080));
        QVERIFY(std::abs(part->seconds - 2) < frame);
    }

    void aPersonsOwnModelRendersOnTheBuiltInSimulator()
    {
        const Profile profile(m_program->profile());
        QVERIFY(!profile.makeFolders());
        QVERIFY(writeFile(profile.modelsFile(), R"({"models": [{"id": "mine", "perSecond": {"480p": "0.5"}, "modes":
            {"text": {"minSeconds": 1, "maxSeconds": 20, "defaultSeconds": 1, "resolutions": ["480p"],
                      "defaultResolution": "480p", "aspectRatios": ["2:1"], "defaultAspectRatio": "2:1"}}}]})"));
        const QString output = m_program->path(u"mine.mp4"_s);
        const Outcome outcome =
            m_program->run({u"generate"_s, u"text"_s, u"--simulator"_s, u"--model"_s, u"mine"_s, u"--prompt"_s,
                            u"Gulls"_s, u"--output"_s, output, u"--json"_s, u"--poll-interval"_s, u"0.1"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(outcome.line().value(u"cost_usd"_s).toDouble(), 0.5);
        const auto made = probeVideo(output);
        QVERIFY(made);
        QCOMPARE(made->size, QSize(960, 480));
        QCOMPARE(m_program->posts(), 0); // another simulator than the program's own
    }

    void aFinishedClipIsExtendedTwice()
    {
        const auto clip = make({u"text"_s, u"--duration"_s, u"2"_s, u"--resolution"_s, u"480p"_s});
        QVERIFY2(clip, qPrintable(clip ? QString() : clip.error().detail));
        double seconds = clip->seconds;
        QVERIFY(std::abs(seconds - (2 + frame)) < frame / 2);
        for (const int added : {2, 3}) {
            const QString last = m_program->path(u"out-%1.mp4"_s.arg(m_program->posts()));
            const auto longer = make({u"extend"_s, u"--video"_s, last, u"--duration"_s, QString::number(added)});
            QVERIFY2(longer, qPrintable(longer ? QString() : longer.error().detail));
            QCOMPARE(longer->size, clip->size);
            QVERIFY(std::abs(longer->seconds - (seconds + added)) < frame);
            seconds = longer->seconds;
        }
        // What was there at the beginning still is.
        const auto first = frameAt(m_program->path(u"out-1.mp4"_s), 1);
        const auto third = frameAt(m_program->path(u"out-3.mp4"_s), 1);
        QVERIFY(first && third);
        QVERIFY(difference(*first, *third) < 10);
    }
};

QTEST_MAIN(TestModes)
#include "tst_modes.moc"
