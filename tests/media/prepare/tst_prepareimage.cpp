// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/prepare/prepare.h"
#include "media/prepare/testpictures.h"
#include "media/read/probe.h"
#include "support/testcase.h"

#include <QColorSpace>
#include <QImageReader>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 limit = 20 * 1024 * 1024; // bytes the service takes

} // namespace

/// Pictures of all kinds become ones that the service takes, or it is said why they cannot.
class TestPrepareImage : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    PictureFiles m_files;
    QString m_out;

    QString put(const QByteArray& bytes, const QString& name = u"photo.jpg"_s) { return m_files.put(bytes, name); }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_out = m_files.newOutput();
        QVERIFY(!m_out.isEmpty());
    }

    void whatNeedsNothingIsTheSameFile_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("mime");

        const QImage picture = corners({160, 96});
        const QImage clear = noise({160, 96}, true);
        QTest::newRow("JPEG") << encoded(picture, "jpeg") << u"image/jpeg"_s;
        QTest::newRow("PNG") << encoded(picture, "png") << u"image/png"_s;
        QTest::newRow("PNG with clear parts") << encoded(clear, "png") << u"image/png"_s;
        QTest::newRow("WebP") << encoded(picture, "webp") << u"image/webp"_s;
        QTest::newRow("WebP with clear parts") << encoded(clear, "webp") << u"image/webp"_s;
        QTest::newRow("JPEG with empty bytes behind its end")
            << encoded(picture, "jpeg") + QByteArray(100, '\0') << u"image/jpeg"_s;
    }
    void whatNeedsNothingIsTheSameFile()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, mime);
        const QString path = put(bytes);
        const auto prepared = prepareImage(path, {}, m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->file.path, path);
        QCOMPARE(prepared->file.mime, mime);
        QCOMPARE(prepared->file.size, QSize(160, 96));
        QCOMPARE(prepared->file.bytes, bytes.size());
        QCOMPARE(prepared->notes, QStringList());
        QVERIFY(QDir(m_out).isEmpty());
        QCOMPARE(readFile(path), bytes);
    }

    void everyOrientationComesOutUpright_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<int>("orientation");
        QTest::addColumn<Corner>("red"); ///< where the first pixel of the file belongs
        QTest::addColumn<Corner>("green");

        for (const char* format : {"jpeg", "png", "webp"}) {
            QTest::addRow("%s, mirrored", format) << QByteArray(format) << 2 << TopRight << TopLeft;
            QTest::addRow("%s, upside down", format) << QByteArray(format) << 3 << BottomRight << BottomLeft;
            QTest::addRow("%s, upside down and mirrored", format)
                << QByteArray(format) << 4 << BottomLeft << BottomRight;
            QTest::addRow("%s, mirrored along a diagonal", format) << QByteArray(format) << 5 << TopLeft << BottomLeft;
            QTest::addRow("%s, a quarter to the right", format) << QByteArray(format) << 6 << TopRight << BottomRight;
            QTest::addRow("%s, along the other diagonal", format) << QByteArray(format) << 7 << BottomRight << TopRight;
            QTest::addRow("%s, a quarter to the left", format) << QByteArray(format) << 8 << BottomLeft << TopLeft;
        }
    }
    void everyOrientationComesOutUpright()
    {
        QFETCH(QByteArray, format);
        QFETCH(int, orientation);
        QFETCH(Corner, red);
        QFETCH(Corner, green);
        const QByteArray file = encoded(corners({160, 96}), format.constData());
        const QByteArray turned = format == "jpeg" ? withExif(file, exifTiff(orientation))
                                  : format == "png"
                                      ? withChunk(file, "eXIf", exifTiff(orientation))
                                      : withRiffChunks(file, 160, 96, 0x08, riffChunk("EXIF", exifTiff(orientation)));
        for (const bool keep : {false, true}) {
            const auto prepared = prepareImage(put(turned), {{}, keep}, m_out);
            QVERIFY(prepared.has_value());
            const QByteArray bytes = readFile(prepared->file.path);
            QVERIFY(tellsNothing(bytes));
            QCOMPARE(QImageReader(prepared->file.path).transformation(), QImageIOHandler::TransformationNone);
            const QImage result = decoded(bytes);
            QCOMPARE(result.size(), orientation > 4 ? QSize(96, 160) : QSize(160, 96));
            QCOMPARE(prepared->file.size, result.size());
            QVERIFY(isNear(colourIn(result, red), Qt::red));
            QVERIFY(isNear(colourIn(result, green), Qt::green));
            QVERIFY(prepared->notes.contains(u"Turned upright."_s));
            QVERIFY(prepared->notes.contains(u"Location and camera data removed."_s)); // kept or not: it was drawn anew
        }
    }

    void otherKindsAreConverted_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QString>("note");
        QTest::newRow("BMP") << QByteArray("bmp") << u"Made a JPEG from BMP."_s;
        QTest::newRow("TIFF") << QByteArray("tiff") << u"Made a JPEG from TIFF."_s;
    }
    void otherKindsAreConverted()
    {
        QFETCH(QByteArray, format);
        QFETCH(QString, note);
        const auto prepared =
            prepareImage(put(encoded(corners({160, 96}), format.constData()), u"scan.of.it"_s), {}, m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->file.mime, u"image/jpeg"_s);
        QCOMPARE(prepared->file.name, u"scan.of.jpg"_s);
        QCOMPARE(prepared->notes, QStringList{note});
        const QImage result = decoded(readFile(prepared->file.path));
        QVERIFY(isNear(colourIn(result, TopRight), Qt::green));
        QCOMPARE(probeImage(prepared->file.path)->size, QSize(160, 96));
    }

    void ofAnAnimationTheFirstPictureIsTaken_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("note");
        QTest::newRow("GIF") << u"a.gif"_s << u"Made a JPEG from GIF."_s;
        QTest::newRow("WebP") << u"a.webp"_s << u"Only the first picture of the animation is used."_s;
        QTest::newRow("PNG") << u"a.apng"_s << u"Only the first picture of the animation is used."_s;
    }
    void ofAnAnimationTheFirstPictureIsTaken()
    {
        QFETCH(QString, name);
        QFETCH(QString, note);
        const QString path = m_files.path(name);
        QVERIFY(makeNumberedVideo(path, 9, {u"-pix_fmt"_s, name == u"a.gif"_s ? u"pal8"_s : u"rgb24"_s}) ||
                runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"color=red:s=128x64:d=1"_s, path}));
        const auto prepared = prepareImage(path, {}, m_out);
        QVERIFY(prepared.has_value());
        QVERIFY2(prepared->notes.contains(note), qPrintable(prepared->notes.join(u'|')));
        QImageReader reader(prepared->file.path);
        QCOMPARE(reader.size(), QSize(128, 64));
        QVERIFY(reader.imageCount() <= 1);
        QVERIFY(!readFile(prepared->file.path).contains("acTL"));
    }

    void clearPartsStayClear()
    {
        QImage picture(100, 100, QImage::Format_ARGB32);
        picture.fill(Qt::transparent);
        QPainter(&picture).fillRect(0, 0, 50, 100, Qt::red);
        const auto prepared =
            prepareImage(put(encoded(picture, "tiff")), {{ImageFit::How::Crop, {1, 2}, {0.5, 0.5}, {}}, false}, m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->file.mime, u"image/png"_s);
        const QImage result = decoded(readFile(prepared->file.path));
        QCOMPARE(result.size(), QSize(50, 100));
        QCOMPARE(result.pixelColor(5, 50), QColor(Qt::red));
        QCOMPARE(result.pixelColor(45, 50).alpha(), 0);
    }

    void wideColoursBecomeStandardOnes()
    {
        QImage picture(64, 64, QImage::Format_RGB32);
        picture.fill(QColor(200, 100, 50));
        picture.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
        const QColor expected = picture.convertedToColorSpace(QColorSpace(QColorSpace::SRgb)).pixelColor(32, 32);
        const auto prepared = prepareImage(put(withExif(encoded(picture, "jpeg"), exifTiff(6))), {}, m_out);
        QVERIFY(prepared.has_value());
        const QImage result = decoded(readFile(prepared->file.path));
        QVERIFY(!result.colorSpace().isValid() || result.colorSpace() == QColorSpace(QColorSpace::SRgb));
        QVERIFY2(isNear(result.pixelColor(32, 32), expected),
                 qPrintable(result.pixelColor(32, 32).name() + expected.name()));
        QVERIFY(!isNear(expected, QColor(200, 100, 50)));
    }

    void whatIsTooLargeIsMadeSmaller_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("mime");
        QTest::newRow("PNG with clear parts") << encoded(noise({2600, 2500}, true), "png") << u"image/png"_s;
        QTest::newRow("JPEG") << encoded(noise({8000, 5000}), "jpeg") << u"image/jpeg"_s;
    }
    void whatIsTooLargeIsMadeSmaller()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, mime);
        QVERIFY(bytes.size() > limit);
        const QSize before = decoded(bytes).size();
        const auto prepared = prepareImage(put(bytes), {}, m_out);
        QVERIFY(prepared.has_value());
        QVERIFY(prepared->file.bytes <= limit);
        QCOMPARE(prepared->file.mime, mime);
        const QSize size = decoded(readFile(prepared->file.path)).size();
        QVERIFY(size.width() < before.width() && size.width() > before.width() / 2);
        QVERIFY(qAbs(double(size.width()) / size.height() - double(before.width()) / before.height()) < 0.01);
        QCOMPARE(prepared->notes, QStringList{u"Scaled from %1 × %2 to %3 × %4."_s.arg(before.width())
                                                  .arg(before.height())
                                                  .arg(size.width())
                                                  .arg(size.height())});
    }

    void aPhotoOf48MegapixelsWorks()
    {
        QImage photo(8064, 6048, QImage::Format_RGB888);
        photo.fill(Qt::red);
        const QByteArray jpeg = encoded(photo, "jpeg");
        photo = {};
        const auto asItIs = prepareImage(put(withExif(jpeg, exifTiff(1))), {}, m_out);
        QVERIFY(asItIs.has_value());
        QCOMPARE(readFile(asItIs->file.path), jpeg);
        const auto turned = prepareImage(put(withExif(jpeg, exifTiff(6))), {}, m_out);
        QVERIFY(turned.has_value());
        const QSize size = turned->file.size;
        QCOMPARE(QImageReader(turned->file.path).size(), size);
        QVERIFY(size.height() > 5000 && size.width() < size.height());
        QVERIFY(turned->notes.contains(u"Scaled from 6048 × 8064 to %1 × %2."_s.arg(size.width()).arg(size.height())));
    }

    void aLargeDrawingInBlackAndWhiteIsScaledOrRefused()
    {
        const ImagePreparation wanted{{ImageFit::How::Crop, {10, 9}, {}, {}}, false};
        const auto drawing = [](QSize size) {
            QImage picture(size, QImage::Format_Mono); // a bit as it is stored, four bytes as it is drawn
            picture.fill(0);
            return encoded(picture, "png");
        };
        const auto prepared = prepareImage(put(drawing({8'000, 7'000})), wanted, m_out);
        QVERIFY(prepared.has_value());
        const QSize size = prepared->file.size;
        QVERIFY(size.width() > 4'000 && qint64(size.width()) * size.height() <= 100 * 1024 * 1024 / 4);
        const auto refused = prepareImage(put(drawing({10'000, 9'990})), wanted, m_out);
        QVERIFY(!refused.has_value());
        QVERIFY2(refused.error().detail.contains(u"too large to be converted"_s), qPrintable(refused.error().detail));
    }

    void aPixelBombIsRefusedAtOnce()
    {
        const auto prepared =
            prepareImage(put(pngThatClaims(50'000, 50'000)), {{ImageFit::How::Crop, {1, 2}, {}, {}}, false}, m_out);
        QVERIFY(!prepared.has_value());
        QCOMPARE(prepared.error().kind, ErrorKind::InputUnusable);
        QVERIFY(prepared.error().detail.contains(u"100 megapixels"_s));
    }

    void whatCannotBeUsedSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        const QByteArray jpeg = encoded(noise({300, 200}), "jpeg");
        QTest::newRow("a web page") << QByteArray("<!doctype html><html></html>") << u"web page"_s;
        QTest::newRow("nothing at all") << QByteArray() << u"empty"_s;
        QTest::newRow("a video") << QByteArray("\0\0\0\x18"
                                               "ftypmp42\0\0\0\0mp42isom",
                                               24)
                                 << u"video"_s;
        QTest::newRow("a picture cut off") << jpeg.first(jpeg.size() / 2) << u"cut off"_s;
        QTest::newRow("a TIFF cut off") << encoded(noise({300, 200}), "tiff").first(2000) << u"cut off"_s;
        QTest::newRow("JPEG XL") << QByteArray("\xFF\x0A\0\0\0\0\0\0\0\0\0\0", 12) << u"JPEG XL"_s;
    }
    void whatCannotBeUsedSaysWhy()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        const auto prepared = prepareImage(put(bytes), {}, m_out);
        QVERIFY(!prepared.has_value());
        QCOMPARE(prepared.error().kind, ErrorKind::InputUnusable);
        QVERIFY2(prepared.error().detail.contains(words), qPrintable(prepared.error().detail));
        QVERIFY(QDir(m_out).isEmpty());
    }

    void aHeicIsConvertedOrExplained()
    {
        const QByteArray heic("\0\0\0\x18"
                              "ftypheic\0\0\0\0mif1heic",
                              24);
        const auto prepared = prepareImage(put(heic), {}, m_out);
        QVERIFY(!prepared.has_value()); // it has no picture in it
        const bool canRead = QImageReader::supportedImageFormats().contains("heic");
        QVERIFY(prepared.error().detail.contains(canRead ? u"damaged"_s : u"This is a HEIC picture"_s));
    }

    void aNameThatIsTakenGetsANumber()
    {
        const QByteArray hidden = withSegment(encoded(corners({16, 16}), "jpeg"), 0xFE, "secret");
        const auto first = prepareImage(put(hidden), {}, m_out);
        const auto second = prepareImage(put(hidden), {}, m_out);
        QVERIFY(first.has_value() && second.has_value());
        QCOMPARE(first->file.path, m_out + u"/photo.jpg"_s);
        QCOMPARE(second->file.path, m_out + u"/photo (2).jpg"_s);
    }

    void aFolderThatIsNotThereIsADiskError()
    {
        const QByteArray hidden = withSegment(encoded(corners({16, 16}), "jpeg"), 0xFE, "secret");
        QCOMPARE(prepareImage(put(hidden), {}, m_out + u"/nowhere"_s).error().kind, ErrorKind::Disk);
        QCOMPARE(prepareImage(m_out + u"/nothing.jpg"_s, {}, m_out).error().kind, ErrorKind::Disk);
    }
};

QTEST_GUILESS_MAIN(TestPrepareImage)

#include "tst_prepareimage.moc"
