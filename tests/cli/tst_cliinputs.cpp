// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line does to the files it is given before they are sent.
#include "media/read/probe.h"
#include "support/exifbytes.h"
#include "support/mediafiles.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QDir>
#include <QJsonArray>
#include <QScopeGuard>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;
using simulator::Step;

namespace {

QImage halves(QSize size, QColor left, QColor right)
{
    QImage picture(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            picture.setPixelColor(x, y, x < size.width() / 2 ? left : right);
    }
    return picture;
}

} // namespace

class TestCliInputs : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    Outcome generate(const QStringList& arguments) const
    {
        // Where prepared files lie; for the program alone, not for the simulator in this process.
        qputenv("TMPDIR", m_program->path(u"tmp"_s).toUtf8());
        const auto reset = qScopeGuard([] { qunsetenv("TMPDIR"); });
        return m_program->run(QStringList{u"generate"_s} + arguments + m_program->quickly() +
                              QStringList{u"--prompt"_s, u"Waves"_s, u"--output"_s, u"out.mp4"_s});
    }

    /// The bytes of the one input that was sent.
    QByteArray sent(const QString& field) const
    {
        const QJsonValue input = m_program->seen(Step::Post).value(0).body.value(field);
        const QJsonObject object = input.isArray() ? input.toArray().first().toObject() : input.toObject();
        return QByteArray::fromBase64(object.value(u"url"_s).toString().section(u',', 1).toLatin1());
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_program = std::make_unique<Program>();
        QVERIFY(QDir().mkpath(m_program->path(u"tmp"_s)));
    }

    void cleanup() { QVERIFY(QDir(m_program->path(u"tmp"_s)).isEmpty()); }

    void aPhotoIsTurnedAndTellsNothing()
    {
        const QImage picture = halves({80, 48}, Qt::red, Qt::blue);
        QVERIFY(writeFile(m_program->path(u"phone.jpg"_s), withExif(encoded(picture, "jpeg"), exifTiff(6))));
        const Outcome outcome = generate({u"image"_s, u"--image"_s, u"phone.jpg"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QVERIFY2(outcome.err.contains("phone.jpg: Turned upright. Location and camera data removed."), outcome.err);
        const QByteArray bytes = sent(u"image"_s);
        for (const QByteArray& secret : {cameraMaker, cameraModel, latitude, QByteArray("Exif")})
            QVERIFY(!bytes.contains(secret));
        const QImage result = QImage::fromData(bytes);
        QCOMPARE(result.size(), QSize(48, 80));
        QVERIFY(result.pixelColor(24, 8).red() > 200);
        QVERIFY(result.pixelColor(24, 70).blue() > 200);
    }

    void referencesTellNothingEither()
    {
        const QByteArray clean = encoded(halves({80, 48}, Qt::red, Qt::blue), "jpeg");
        QVERIFY(writeFile(m_program->path(u"phone.jpg"_s), withExif(clean, exifTiff(1))));
        const Outcome outcome = generate({u"reference"_s, u"--reference"_s, u"phone.jpg"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(sent(u"reference_images"_s), clean);
    }

    void metadataIsKeptWhereThatIsAskedFor()
    {
        const QByteArray file = withExif(encoded(halves({80, 48}, Qt::red, Qt::blue), "jpeg"), exifTiff(1));
        QVERIFY(writeFile(m_program->path(u"phone.jpg"_s), file));
        const Outcome outcome = generate({u"image"_s, u"--image"_s, u"phone.jpg"_s, u"--keep-metadata"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QVERIFY2(!outcome.err.contains("removed"), outcome.err);
        QCOMPARE(sent(u"image"_s), file);
    }

    void anImageOfAnotherKindIsConverted()
    {
        QVERIFY(writeFile(m_program->path(u"scan.bmp"_s), encoded(halves({80, 48}, Qt::red, Qt::blue), "bmp")));
        const Outcome outcome = generate({u"image"_s, u"--image"_s, u"scan.bmp"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QVERIFY2(outcome.err.contains("Made a JPEG from BMP."), outcome.err);
        QVERIFY(sent(u"image"_s).startsWith("\xFF\xD8"));
    }

    void anImageOfAnotherRatioIsNotSentWithoutAWord()
    {
        QVERIFY(writeFile(m_program->path(u"in.png"_s), encoded(halves({80, 48}, Qt::red, Qt::blue), "png")));
        const Outcome outcome = generate({u"image"_s, u"--image"_s, u"in.png"_s, u"--aspect-ratio"_s, u"1:1"_s});
        QCOMPARE(outcome.exitCode, 2);
        for (const char* word : {"in.png", "80 × 48", "--fit", "crop", "pad", "keep"})
            QVERIFY2(outcome.err.contains(word), outcome.err);
        QCOMPARE(m_program->posts(), 0);
    }

    void itIsFittedAsAskedFor_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QColor>("corner");
        QTest::newRow("cropped") << QStringList{u"crop"_s} << QSize(48, 48) << QColor(Qt::red);
        QTest::newRow("padded with a colour")
            << QStringList{u"pad"_s, u"--pad-color"_s, u"#00ff00"_s} << QSize(80, 80) << QColor(Qt::green);
        QTest::newRow("padded with itself") << QStringList{u"pad"_s} << QSize(80, 80) << QColor(Qt::red);
        QTest::newRow("kept") << QStringList{u"keep"_s} << QSize(80, 48) << QColor(Qt::red);
    }
    void itIsFittedAsAskedFor()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QSize, size);
        QFETCH(QColor, corner);
        QVERIFY(writeFile(m_program->path(u"in.png"_s), encoded(halves({80, 48}, Qt::red, Qt::blue), "png")));
        const Outcome outcome = generate(
            QStringList{u"image"_s, u"--image"_s, u"in.png"_s, u"--aspect-ratio"_s, u"1:1"_s, u"--fit"_s} + arguments);
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        const QImage result = QImage::fromData(sent(u"image"_s));
        QCOMPARE(result.size(), size);
        const QColor colour = result.pixelColor(2, 2);
        QVERIFY2(qAbs(colour.red() - corner.red()) < 30 && qAbs(colour.green() - corner.green()) < 30,
                 qPrintable(colour.name()));
        QCOMPARE(m_program->seen(Step::Post).first().body.value(u"aspect_ratio"_s).toString(), u"1:1"_s);
    }

    void aVideoThatIsTooLongWantsToBeTrimmed()
    {
        QVERIFY(makeNumberedVideo(m_program->path(u"long.mp4"_s), 240, {}));
        const Outcome outcome = generate({u"edit"_s, u"--video"_s, u"long.mp4"_s});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains("long.mp4") && outcome.err.contains("10 s long") &&
                     outcome.err.contains("--trim 0-8.7"),
                 outcome.err);
        QCOMPARE(m_program->posts(), 0);

        const Outcome trimmed = generate(
            {u"edit"_s, u"--video"_s, u"long.mp4"_s, u"--trim"_s, u"1.5-4"_s, u"--send-videos"_s, u"inline"_s});
        QVERIFY2(trimmed.exitCode == 0, trimmed.err);
        QVERIFY2(trimmed.err.contains("Cut and re-encoded."), trimmed.err);
        const QString part = m_program->path(u"part.mp4"_s);
        QVERIFY(writeFile(part, sent(u"video"_s)));
        const auto info = probeVideo(part);
        QVERIFY(info.has_value());
        QVERIFY(qAbs(info->seconds - 2.5) < 0.01);
    }

    void aTrimThatIsStillTooLongIsRefused()
    {
        QVERIFY(makeNumberedVideo(m_program->path(u"long.mp4"_s), 240, {}));
        const Outcome outcome = generate({u"edit"_s, u"--video"_s, u"long.mp4"_s, u"--trim"_s, u"0-9.5"_s});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains("8.7") && outcome.err.contains("--trim 0-8.7"), outcome.err);
        QCOMPARE(m_program->posts(), 0);
    }

    void aVideoOfAnotherKindBecomesMp4()
    {
        QVERIFY(makeNumberedVideo(m_program->path(u"in.mkv"_s), 72, {u"-c:v"_s, u"libvpx-vp9"_s}));
        const Outcome outcome = generate({u"edit"_s, u"--video"_s, u"in.mkv"_s, u"--send-videos"_s, u"inline"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QVERIFY2(outcome.err.contains("Preparing in.mkv") && outcome.err.contains("Re-encoded as H.264."), outcome.err);
        QVERIFY(sent(u"video"_s).mid(4, 4) == "ftyp");
    }

    void anAddressIsNotTrimmed()
    {
        const Outcome outcome =
            generate({u"edit"_s, u"--video"_s, u"https://example.com/a.mp4"_s, u"--trim"_s, u"0-3"_s});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains("--trim works on a file"), outcome.err);
    }
};

QTEST_MAIN(TestCliInputs)

#include "tst_cliinputs.moc"
