// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/probe.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QFileInfo>
#include <QImageWriter>
#include <QTemporaryDir>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

const QStringList h264{u"-c:v"_s, u"libx264"_s, u"-preset"_s, u"ultrafast"_s};

QImage picture(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, qRgb(x % 256, y % 256, (x * y) % 256));
    }
    return image;
}

} // namespace

class TestProbe : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
    QString m_clip; ///< 3 s, 320 x 180, H.264 and AAC, index first

private Q_SLOTS:
    void initTestCase()
    {
        m_clip = file("clip.mp4");
        QVERIFY(runFfmpeg(QStringList{u"-f"_s, u"lavfi"_s, u"-i"_s, u"testsrc=s=320x180:r=24:d=3"_s, u"-f"_s,
                                      u"lavfi"_s, u"-i"_s, u"sine=d=3"_s, u"-pix_fmt"_s, u"yuv420p"_s, u"-c:a"_s,
                                      u"aac"_s, u"-movflags"_s, u"+faststart"_s} +
                          h264 + QStringList{m_clip}));
    }

    void aClipIsReadFromItself()
    {
        const Result<VideoInfo> info = probeVideo(m_clip);
        QVERIFY(info.has_value());
        QCOMPARE(info->size, QSize(320, 180));
        QVERIFY(qAbs(info->seconds - 3.0) < 0.02);
        QCOMPARE(info->framesPerSecond, 24.0);
        QCOMPARE(info->videoCodec, u"h264"_s);
        QCOMPARE(info->audioCodec, u"aac"_s);
        QVERIFY(info->hasAudio());
        QCOMPARE(info->bytes, QFileInfo(m_clip).size());
    }

    void aSilentClipHasNoSound()
    {
        const QString path = file("silent.mp4");
        QVERIFY(makeNumberedVideo(path, 12, h264));
        const Result<VideoInfo> info = probeVideo(path);
        QVERIFY(info.has_value());
        QVERIFY(!info->hasAudio());
    }

    void aTurnedClipHasTheSizeItIsShownIn()
    {
        const QString path = file("phone.mp4");
        QVERIFY(makeNumberedVideo(path, 12, h264));
        QVERIFY(turnMp4(path));
        const Result<VideoInfo> info = probeVideo(path);
        QVERIFY(info.has_value());
        QCOMPARE(info->size, QSize(64, 128));
    }

    void whatIsNoClipSaysSo_data()
    {
        QTest::addColumn<QByteArray>("content");

        const QByteArray clip = readFile(m_clip);
        const QString tail = file("tail.mp4");
        QVERIFY(makeNumberedVideo(tail, 48, h264)); // its index comes last
        QTest::newRow("an empty file is no clip") << QByteArray();
        QTest::newRow("a web page is no clip") << QByteArray("<!DOCTYPE html><html><body>error</body></html>");
        QTest::newRow("junk is no clip") << QByteArray(100'000, 'x');
        QTest::newRow("an ftyp with nothing behind it is no clip") << clip.first(32);
        QTest::newRow("a clip cut in half is no clip") << clip.first(clip.size() / 2);
        QTest::newRow("a clip that lacks its last hundred bytes is no clip") << clip.chopped(100);
        QTest::newRow("a clip cut off before its index is no clip") << readFile(tail).chopped(2000);
        QTest::newRow("a picture is no clip") << encoded(picture(64, 64), "png");
        QTest::newRow("a playlist that names a clip is no clip")
            << QByteArray("#EXTM3U\n#EXTINF:3,\n" + m_clip.toUtf8() + "\n#EXT-X-ENDLIST\n");
        QTest::newRow("a script that names a clip is no clip")
            << QByteArray("ffconcat version 1.0\nfile '" + m_clip.toUtf8() + "'\n");
        QTest::newRow("sound alone is no clip") << [this] {
            const QString path = file("sound.mp4");
            return runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"sine=d=1"_s, u"-c:a"_s, u"aac"_s, path}) ? readFile(path)
                                                                                                       : QByteArray();
        }();
    }
    void whatIsNoClipSaysSo()
    {
        QFETCH(QByteArray, content);
        const QString path = file("candidate.mp4");
        QVERIFY(writeFile(path, content));
        const Result<VideoInfo> info = probeVideo(path);
        QVERIFY(!info.has_value());
        QCOMPARE(info.error().kind, ErrorKind::NotAClip);
        QVERIFY(!info.error().detail.isEmpty());
    }

    void aMissingFileIsTheDisksTrouble()
    {
        QCOMPARE(probeVideo(file("nowhere.mp4")).error().kind, ErrorKind::Disk);
        QCOMPARE(probeImage(file("nowhere.png")).error().kind, ErrorKind::Disk);
        QCOMPARE(probeVideoInput(file("nowhere")).error().kind, ErrorKind::Disk);
    }

    void picturesThatCanBeSent_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("mime");
        QTest::addColumn<QSize>("size");

        const QImage image = picture(60, 40);
        QTest::newRow("a JPEG") << encoded(image, "jpeg") << u"image/jpeg"_s << QSize(60, 40);
        QTest::newRow("a PNG") << encoded(image, "png") << u"image/png"_s << QSize(60, 40);
        QTest::newRow("a WebP") << encoded(image, "webp") << u"image/webp"_s << QSize(60, 40);
        QTest::newRow("a PNG with alpha")
            << encoded(image.convertToFormat(QImage::Format_ARGB32), "png") << u"image/png"_s << QSize(60, 40);
        QTest::newRow("a turned JPEG has the size it is shown in")
            << withQuarterTurn(encoded(image, "jpeg")) << u"image/jpeg"_s << QSize(40, 60);
        QTest::newRow("a JPEG with a film behind its end, as phones make them")
            << encoded(image, "jpeg") + readFile(m_clip) << u"image/jpeg"_s << QSize(60, 40);
        QTest::newRow("a picture of one pixel") << encoded(picture(1, 1), "png") << u"image/png"_s << QSize(1, 1);
    }
    void picturesThatCanBeSent()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, mime);
        QFETCH(QSize, size);
        const QString path = file("misnamed.txt");
        QVERIFY(writeFile(path, content));
        const Result<LocalFile> image = probeImage(path);
        QVERIFY2(image.has_value(), image ? "" : qPrintable(image.error().detail));
        QCOMPARE(image->mime, mime);
        QCOMPARE(image->size, size);
        QCOMPARE(image->bytes, content.size());
        QCOMPARE(image->name, u"misnamed.txt"_s);
        QCOMPARE(image->path, path);
        QVERIFY(image->hash.isEmpty());
    }

    void aProgressiveJpegIsWhole()
    {
        const QString path = file("progressive.jpg");
        QImageWriter writer(path, "jpeg");
        writer.setProgressiveScanWrite(true);
        QVERIFY(writer.write(picture(300, 200)));
        QVERIFY(probeImage(path).has_value());
    }

    void aPhotoOf48MegapixelsWorks()
    {
        const QString path = file("big.jpg");
        QVERIFY(runFfmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"color=orange:s=8000x6000"_s, u"-frames:v"_s, u"1"_s, path}));
        const Result<LocalFile> image = probeImage(path);
        QVERIFY2(image.has_value(), image ? "" : qPrintable(image.error().detail));
        QCOMPARE(image->size, QSize(8000, 6000));
    }

    void whatCannotBeSentSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("word"); ///< that the sentence must have

        const QImage image = picture(200, 150);
        QTest::newRow("an empty file") << QByteArray() << u"empty"_s;
        QTest::newRow("a HEIC picture") << QByteArray("\0\0\0\x18"
                                                      "ftypheic\0\0\0\0mif1heic",
                                                      24)
                                        << u"HEIC"_s;
        QTest::newRow("a HEIC picture under its general brand") << QByteArray("\0\0\0\x18"
                                                                              "ftypmif1\0\0\0\0mif1heic",
                                                                              24)
                                                                << u"HEIC"_s;
        QTest::newRow("an AVIF picture") << QByteArray("\0\0\0\x18"
                                                       "ftypavif\0\0\0\0mif1avif",
                                                       24)
                                         << u"AVIF"_s;
        QTest::newRow("an AVIF picture under the general brand") << QByteArray("\0\0\0\x18"
                                                                               "ftypmif1\0\0\0\0mif1avif",
                                                                               24)
                                                                 << u"AVIF"_s;
        QTest::newRow("a GIF") << QByteArray("GIF89a\1\0\1\0\0\0\0;") << u"GIF"_s;
        QTest::newRow("a BMP") << encoded(image, "bmp") << u"BMP"_s;
        QTest::newRow("a TIFF") << encoded(image, "tiff") << u"TIFF"_s;
        QTest::newRow("a JPEG XL picture") << QByteArray("\xFF\x0A\xFA\x1F") << u"JPEG XL"_s;
        QTest::newRow("an SVG") << QByteArray("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
                                << u"SVG"_s;
        QTest::newRow("a PDF") << QByteArray("%PDF-1.7\n") << u"PDF"_s;
        QTest::newRow("a web page") << QByteArray("  <!doctype HTML><html></html>") << u"web page"_s;
        QTest::newRow("an MP4") << readFile(m_clip) << u"video"_s;
        QTest::newRow("plain text") << QByteArray("harbour at dawn") << u"no picture"_s;
        QTest::newRow("a JPEG cut off") << encoded(image, "jpeg").chopped(500) << u"damaged"_s;
        QTest::newRow("a PNG cut off") << encoded(image, "png").chopped(20) << u"damaged"_s;
        QTest::newRow("a WebP cut off") << encoded(image, "webp").chopped(20) << u"damaged"_s;
        QTest::newRow("a PNG header alone") << encoded(image, "png").first(33) << u"damaged"_s;
        QTest::newRow("a PNG with junk for pixels")
            << QByteArray(encoded(image, "png")).replace(60, 40, QByteArray(40, 'x')) << u"damaged"_s;
        QTest::newRow("a PNG that claims 3600 megapixels") << pngThatClaims(60'000, 60'000) << u"100 megapixels"_s;
        QTest::newRow("a PNG that claims 20 megapixels and has one") << pngThatClaims(5'000, 4'000) << u"damaged"_s;
    }
    void whatCannotBeSentSaysWhy()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, word);
        const QString path = file("candidate.jpg");
        QVERIFY(writeFile(path, content));
        const Result<LocalFile> image = probeImage(path);
        QVERIFY(!image.has_value());
        QCOMPARE(image.error().kind, ErrorKind::InputUnusable);
        QVERIFY2(image.error().detail.contains(word), qPrintable(image.error().detail));
        QVERIFY(image.error().detail.endsWith(u'.'));
    }

    void aFolderIsNoPicture() { QCOMPARE(probeImage(m_folder.path()).error().kind, ErrorKind::InputUnusable); }

    void videosAreInputsToo_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("mime");

        QTest::newRow("an MP4") << u"in.mp4"_s << h264 << u"video/mp4"_s;
        QTest::newRow("a QuickTime film") << u"in.mov"_s << h264 << u"video/quicktime"_s;
        QTest::newRow("a Matroska film") << u"in.mkv"_s << h264 << u"video/x-matroska"_s;
        QTest::newRow("an AVI") << u"in.avi"_s << QStringList{u"-c:v"_s, u"mpeg4"_s} << u"video/x-other"_s;
    }
    void videosAreInputsToo()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, arguments);
        QFETCH(QString, mime);
        const QString path = m_folder.filePath(name);
        QVERIFY(makeNumberedVideo(path, 48, arguments));
        const Result<VideoInput> video = probeVideoInput(path);
        QVERIFY2(video.has_value(), video ? "" : qPrintable(video.error().detail));
        QCOMPARE(video->file.mime, mime);
        QCOMPARE(video->file.size, QSize(128, 64));
        QCOMPARE(video->framesPerSecond, 24.0);
        QVERIFY(qAbs(video->file.seconds - 2.0) < 0.05);
    }

    void aBrokenVideoIsAnUnusableInput()
    {
        const QString path = file("cut.mp4");
        QVERIFY(writeFile(path, readFile(m_clip).first(5000)));
        QCOMPARE(probeVideoInput(path).error().kind, ErrorKind::InputUnusable);
    }
};

QTEST_GUILESS_MAIN(TestProbe)

#include "tst_probe.moc"
