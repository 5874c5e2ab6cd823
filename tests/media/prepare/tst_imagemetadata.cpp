// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/prepare/prepare.h"
#include "media/prepare/testpictures.h"
#include "media/read/probe.h"
#include "support/testcase.h"

#include <QBuffer>
#include <QColorSpace>
#include <QImageWriter>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 limit = 20 * 1024 * 1024; // bytes the service takes

const QByteArray locationXmp = "http://ns.adobe.com/xap/1.0/ <x exif:GPSLatitude='48,51.49N'/>";

} // namespace

/// What a picture says beside its pixels does not go out, and the pixels stay as they are.
class TestImageMetadata : public clipkiln::test::TestCase
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

    void dataThatShouldStayButCannotIsNoted()
    {
        const QByteArray jpeg = withExif(encoded(corners({160, 96}), "jpeg"), exifTiff(1));
        const auto prepared = prepareImage(put(jpeg), {{ImageFit::How::Crop, {1, 1}, {}, {}}, true}, m_out);
        QVERIFY(prepared.has_value());
        QVERIFY(tellsNothing(readFile(prepared->file.path)));
        QCOMPARE(prepared->notes, (QStringList{u"Cropped to 1:1."_s, u"Location and camera data removed."_s}));
    }
};

QTEST_GUILESS_MAIN(TestImageMetadata)

#include "tst_imagemetadata.moc"
