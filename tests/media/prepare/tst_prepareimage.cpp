// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/prepare/prepare.h"
#include "media/read/probe.h"
#include "support/exifbytes.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QBuffer>
#include <QColorSpace>
#include <QDir>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 limit = 20 * 1024 * 1024;

/// Red, green above blue, white: every corner can be told.
QImage corners(QSize size, QImage::Format format = QImage::Format_RGB32)
{
    QImage picture(size, format);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    const int w = size.width() / 2;
    const int h = size.height() / 2;
    painter.fillRect(0, 0, w, h, Qt::red);
    painter.fillRect(w, 0, size.width() - w, h, Qt::green);
    painter.fillRect(0, h, w, size.height() - h, Qt::blue);
    return picture;
}

bool isNear(const QColor& colour, const QColor& expected)
{
    constexpr int tolerance = 12; // what JPEG may change
    return qAbs(colour.red() - expected.red()) < tolerance && qAbs(colour.green() - expected.green()) < tolerance &&
           qAbs(colour.blue() - expected.blue()) < tolerance;
}

enum Corner { TopLeft, TopRight, BottomLeft, BottomRight };

QColor colourIn(const QImage& picture, Corner corner)
{
    const int x = corner == TopLeft || corner == BottomLeft ? 4 : picture.width() - 5;
    const int y = corner == TopLeft || corner == TopRight ? 4 : picture.height() - 5;
    return picture.pixelColor(x, y);
}

QImage noise(QSize size, bool withAlpha = false)
{
    QImage picture(size, withAlpha ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    QRandomGenerator generator(7);
    for (int y = 0; y < size.height(); ++y)
        generator.fillRange(reinterpret_cast<quint32*>(picture.scanLine(y)), size.width());
    return picture;
}

QImage decoded(const QByteArray& bytes)
{
    return QImage::fromData(bytes);
}

bool tellsNothing(const QByteArray& bytes)
{
    for (const QByteArray& secret : {cameraMaker, cameraModel, latitude, QByteArray("Exif"), QByteArray("GPS"),
                                     QByteArray("http://ns.adobe.com"), QByteArray("secret")}) {
        if (bytes.contains(secret)) {
            qWarning() << "found" << secret;
            return false;
        }
    }
    return true;
}

const QByteArray locationXmp = "http://ns.adobe.com/xap/1.0/ <x exif:GPSLatitude='48,51.49N'/>";

} // namespace

class TestPrepareImage : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_out;
    int m_count = 0;

    /// Writes the bytes under a new name.
    QString put(const QByteArray& bytes, const QString& name = u"photo.jpg"_s)
    {
        const QString folder = m_folder.filePath(QString::number(++m_count));
        QDir().mkpath(folder);
        const QString path = folder + u'/' + name;
        return writeFile(path, bytes) ? path : QString();
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_out = m_folder.filePath(u"out%1"_s.arg(++m_count));
        QVERIFY(QDir().mkpath(m_out));
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

    void whatIsHiddenGoesAndThePictureStaysByteForByte_data()
    {
        QTest::addColumn<QByteArray>("clean");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("note");

        const QString location = u"Location and camera data removed."_s;
        const QString camera = u"Camera data removed."_s;
        const QString other = u"Comments and other hidden data removed."_s;
        const QSize size(160, 96);
        const QByteArray jpeg = encoded(corners(size), "jpeg");
        QTest::newRow("JPEG with location") << jpeg << withExif(jpeg, exifTiff(1)) << location;
        QTest::newRow("JPEG with camera alone") << jpeg << withExif(jpeg, exifTiff(1, false)) << camera;
        QTest::newRow("JPEG with location in XMP") << jpeg << withSegment(jpeg, 0xE1, locationXmp) << location;
        QTest::newRow("JPEG with a comment") << jpeg << withSegment(jpeg, 0xFE, "secret") << other;
        QTest::newRow("JPEG with what a maker made up") << jpeg << withSegment(jpeg, 0xE7, "secret") << other;
        QTest::newRow("JPEG with a second picture behind it that says where")
            << jpeg << withSegment(jpeg, 0xE2, QByteArray("MPF\0secret", 10)) + withExif(jpeg, exifTiff(1)) << location;
        QTest::newRow("JPEG with a video behind it that says where")
            << jpeg
            << jpeg + QByteArray("\0\0\0\x18"
                                 "ftypmp42secret\xA9xyz+48.8582",
                                 31)
            << location;
        QByteArray thumbnailed = jpeg; // JFIF with a thumbnail of one pixel
        thumbnailed.insert(20, QByteArray("\x01\x02\x03", 3));
        thumbnailed.replace(18, 2, QByteArray("\x01\x01", 2)).replace(4, 2, bytesOf16(19));
        QTest::newRow("JPEG with a thumbnail in its header") << jpeg << thumbnailed << other;

        const QByteArray progressive = [&] {
            QBuffer buffer;
            buffer.open(QIODevice::WriteOnly);
            QImageWriter writer(&buffer, "jpeg");
            writer.setProgressiveScanWrite(true);
            writer.write(noise({300, 200}));
            return buffer.data();
        }();
        QTest::newRow("JPEG in several scans") << progressive << withExif(progressive, exifTiff(1)) << location;

        const QByteArray png = encoded(noise(size, true), "png");
        QTest::newRow("PNG with location") << png << withChunk(png, "eXIf", exifTiff(1)) << location;
        QTest::newRow("PNG with a text") << png << withChunk(png, "tEXt", QByteArray("Comment\0secret", 14)) << other;
        QTest::newRow("PNG with location in XMP")
            << png << withChunk(png, "iTXt", QByteArray("XML:com.adobe.xmp\0\0\0\0\0", 22) + locationXmp) << location;
        QTest::newRow("PNG with something behind it") << png << png + "secret" << other;

        const QByteArray webp = encoded(corners(size), "webp");
        QTest::newRow("WebP with location")
            << withRiffChunks(webp, 160, 96, 0, {})
            << withRiffChunks(webp, 160, 96, 0x0C, riffChunk("EXIF", exifTiff(1)) + riffChunk("XMP ", "secret"))
            << location;
        QTest::newRow("WebP with camera alone")
            << withRiffChunks(webp, 160, 96, 0, {})
            << withRiffChunks(webp, 160, 96, 0x08, riffChunk("EXIF", QByteArray("Exif\0\0", 6) + exifTiff(1, false)))
            << camera;
    }
    void whatIsHiddenGoesAndThePictureStaysByteForByte()
    {
        QFETCH(QByteArray, clean);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, note);
        const QString path = put(bytes);
        const auto prepared = prepareImage(path, {}, m_out);
        QVERIFY(prepared.has_value());
        QVERIFY(prepared->file.path != path);
        const QByteArray result = readFile(prepared->file.path);
        QVERIFY(tellsNothing(result));
        QCOMPARE(result, clean);
        QCOMPARE(prepared->notes, QStringList{note});
        QCOMPARE(prepared->file.name, u"photo.jpg"_s);
        QVERIFY(probeImage(prepared->file.path).has_value());
        QCOMPARE(readFile(path), bytes);

        const auto kept = prepareImage(path, {{}, true}, m_out);
        QVERIFY(kept.has_value());
        QCOMPARE(kept->file.path, path);
        QCOMPARE(kept->notes, QStringList());
    }

    void coloursSurviveTheRemoval()
    {
        QImage picture = noise({64, 64});
        picture.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
        for (const char* format : {"jpeg", "png", "webp"}) {
            const QByteArray file = encoded(picture, format);
            const QByteArray hidden = qstrcmp(format, "png") == 0    ? withChunk(file, "tEXt", "secret")
                                      : qstrcmp(format, "jpeg") == 0 ? withSegment(file, 0xFE, "secret")
                                                                     : QByteArray();
            const auto prepared = prepareImage(put(hidden.isEmpty() ? file : hidden), {}, m_out);
            QVERIFY(prepared.has_value());
            const QImage result = decoded(readFile(prepared->file.path));
            QCOMPARE(result.colorSpace(), decoded(file).colorSpace());
            QVERIFY(result.colorSpace().isValid());
        }
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
        const QString path = m_folder.filePath(name);
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

    void fittingCutsOrAddsAndNeverStretches_data()
    {
        QTest::addColumn<ImageFit>("fit");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QList<QPoint>>("places");
        QTest::addColumn<QList<QColor>>("colours");

        using How = ImageFit::How;
        const QColor grey(90, 90, 90);
        // The picture: 160 x 96, corners red, green, blue, white.
        QTest::newRow("kept") << ImageFit{How::Keep, {1, 1}, {0.5, 0.5}, {}} << QSize(160, 96)
                              << QList<QPoint>{{5, 5}, {154, 90}} << QList<QColor>{Qt::red, Qt::white};
        QTest::newRow("cropped from its middle")
            << ImageFit{How::Crop, {1, 1}, {0.5, 0.5}, {}} << QSize(96, 96) << QList<QPoint>{{42, 5}, {54, 5}}
            << QList<QColor>{Qt::red, Qt::green};
        QTest::newRow("cropped at its left edge")
            << ImageFit{How::Crop, {1, 1}, {0, 0.5}, {}} << QSize(96, 96) << QList<QPoint>{{74, 5}, {86, 5}}
            << QList<QColor>{Qt::red, Qt::green};
        QTest::newRow("cropped beyond its right edge: at the edge")
            << ImageFit{How::Crop, {1, 1}, {5, 5}, {}} << QSize(96, 96) << QList<QPoint>{{10, 90}, {22, 90}}
            << QList<QColor>{Qt::blue, Qt::white};
        QTest::newRow("cropped to a wide one, at the bottom")
            << ImageFit{How::Crop, {4, 1}, {0.5, 1}, {}} << QSize(160, 40) << QList<QPoint>{{5, 5}, {154, 30}}
            << QList<QColor>{Qt::blue, Qt::white};
        QTest::newRow("bars above and below")
            << ImageFit{How::Pad, {1, 1}, {0.5, 0.5}, grey} << QSize(160, 160)
            << QList<QPoint>{{5, 5}, {5, 154}, {5, 40}, {154, 120}} << QList<QColor>{grey, grey, Qt::red, Qt::white};
        QTest::newRow("bars left and right")
            << ImageFit{How::Pad, {5, 1}, {0.5, 0.5}, grey} << QSize(480, 96)
            << QList<QPoint>{{5, 5}, {474, 90}, {168, 5}, {312, 90}} << QList<QColor>{grey, grey, Qt::red, Qt::white};
        QTest::newRow("the ratio it has") << ImageFit{How::Crop, {5, 3}, {0, 0}, {}} << QSize(160, 96)
                                          << QList<QPoint>{{5, 5}} << QList<QColor>{Qt::red};
    }
    void fittingCutsOrAddsAndNeverStretches()
    {
        QFETCH(ImageFit, fit);
        QFETCH(QSize, size);
        QFETCH(QList<QPoint>, places);
        QFETCH(QList<QColor>, colours);
        const auto prepared = prepareImage(put(encoded(corners({160, 96}), "png")), {fit, false}, m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->file.size, size);
        const QImage result = decoded(readFile(prepared->file.path));
        QCOMPARE(result.size(), size);
        for (qsizetype i = 0; i < places.size(); ++i)
            QVERIFY2(isNear(result.pixelColor(places[i]), colours[i]),
                     qPrintable(result.pixelColor(places[i]).name() + u" is not "_s + colours[i].name()));
    }

    void aTurnedPictureIsFittedAsItIsSeen()
    {
        const auto prepared = prepareImage(put(withExif(encoded(corners({160, 96}), "jpeg"), exifTiff(6))),
                                           {{ImageFit::How::Crop, {1, 1}, {0.5, 0}, {}}, false}, m_out);
        QVERIFY(prepared.has_value());
        const QImage result = decoded(readFile(prepared->file.path));
        QCOMPARE(result.size(), QSize(96, 96));
        QVERIFY(isNear(colourIn(result, TopRight), Qt::red));
        QVERIFY(isNear(colourIn(result, TopLeft), Qt::blue));
        QVERIFY(isNear(result.pixelColor(90, 74), Qt::red));
        QVERIFY(isNear(result.pixelColor(90, 86), Qt::green));
    }

    void blurredBarsHaveThePicturesColours()
    {
        const auto prepared = prepareImage(put(encoded(corners({400, 200}), "jpeg")),
                                           {{ImageFit::How::Pad, {1, 2}, {0.5, 0.5}, {}}, false}, m_out);
        QVERIFY(prepared.has_value());
        const QImage result = decoded(readFile(prepared->file.path));
        QCOMPARE(result.size(), QSize(400, 800));
        const QColor top = result.pixelColor(10, 10);
        QVERIFY(top.red() > 150 && top.blue() < 100);
        QVERIFY(isNear(result.pixelColor(10, 310), Qt::red));
        // Nothing of an edge is left in the bars.
        for (int x = 1; x < 400; ++x)
            QVERIFY(qAbs(result.pixelColor(x, 100).green() - result.pixelColor(x - 1, 100).green()) < 12);
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

    void whatIsTooLargeOnlyForItsEmbeddedMetadataIsNotDrawnAnew()
    {
        const QByteArray jpeg = encoded(corners({160, 96}), "jpeg");
        const auto prepared = prepareImage(put(jpeg + QByteArray(limit, 'x')), {}, m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(readFile(prepared->file.path), jpeg);
    }

    void aTailFullOfMarksIsDoneAtOnce()
    {
        const QByteArray jpeg = encoded(corners({160, 96}), "jpeg");
        // Each mark seems to begin a list of 65,535 entries.
        const QByteArray tail = QByteArray("Exif\0\0MM\xFF\xFF\0\0\0\x02\xFF\xFF", 16).repeated(500'000);
        const auto prepared = prepareImage(put(jpeg + tail), {}, m_out); // one that read each would be ended
        QVERIFY(prepared.has_value());
        QCOMPARE(readFile(prepared->file.path), jpeg);
        QCOMPARE(prepared->notes, QStringList{u"Camera data removed."_s});
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

    void dataThatShouldStayButCannotIsTold()
    {
        const QByteArray jpeg = withExif(encoded(corners({160, 96}), "jpeg"), exifTiff(1));
        const auto prepared = prepareImage(put(jpeg), {{ImageFit::How::Crop, {1, 1}, {}, {}}, true}, m_out);
        QVERIFY(prepared.has_value());
        QVERIFY(tellsNothing(readFile(prepared->file.path)));
        QCOMPARE(prepared->notes, (QStringList{u"Cropped to 1:1."_s, u"Location and camera data removed."_s}));
    }

    void aPixelBombIsRefusedAtOnce()
    {
        const auto prepared =
            prepareImage(put(pngThatClaims(50'000, 50'000)), {{ImageFit::How::Crop, {1, 2}, {}, {}}, false}, m_out);
        QVERIFY(!prepared.has_value());
        QCOMPARE(prepared.error().kind, ErrorKind::InputUnusable);
        QVERIFY(prepared.error().detail.contains(u"100 megapixels"_s));
    }

    void aSliverIsNotPaddedWithoutBound()
    {
        const auto prepared =
            prepareImage(put(encoded(corners({12000, 100}), "png")),
                         {{ImageFit::How::Pad, {9, 16}, {0.5, 0.5}, QColor(Qt::black)}, false}, m_out);
        QVERIFY(prepared.has_value());
        QVERIFY(qint64(prepared->file.size.width()) * prepared->file.size.height() < 30'000'000);
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
