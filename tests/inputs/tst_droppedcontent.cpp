// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/droppedcontent.h"
#include "support/testcase.h"

#include <QImage>
#include <QMimeData>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// What is dropped or pasted is known by its formats and file names alone.
class TestDroppedContent : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theKindIsFoundOut_data();
    void theKindIsFoundOut();
};

namespace {

QList<QUrl> urlsOf(const QStringList& paths)
{
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls.append(path.contains(u"://"_s) ? QUrl(path) : QUrl::fromLocalFile(path));
    return urls;
}

} // namespace

void TestDroppedContent::theKindIsFoundOut_data()
{
    using Kind = DroppedContent::Kind;
    QTest::addColumn<QStringList>("urls");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("pixels");
    QTest::addColumn<Kind>("kind");

    QTest::newRow("nothing") << QStringList() << QString() << false << Kind::Nothing;
    QTest::newRow("an image file") << QStringList{u"/a/boat.JPG"_s} << QString() << false << Kind::Images;
    QTest::newRow("an image file with its name as text")
        << QStringList{u"/a/b.png"_s} << u"/a/b.png"_s << false << Kind::Images;
    QTest::newRow("a file without suffix may be one")
        << QStringList{u"/a/photo"_s} << QString() << false << Kind::Images;
    QTest::newRow("an image among others")
        << QStringList{u"/a/b.txt"_s, u"/a/b.webp"_s} << QString() << false << Kind::Images;
    QTest::newRow("a HEIC is an image, if one that cannot be sent")
        << QStringList{u"/a/b.heic"_s} << QString() << false << Kind::Images;
    QTest::newRow("a video") << QStringList{u"/a/clip.mp4"_s} << QString() << false << Kind::Videos;
    QTest::newRow("a link to a video") << QStringList{u"https://a.b/c.MP4?x=1"_s} << QString() << false
                                       << Kind::VideoAddress;
    QTest::newRow("the address of a video as text")
        << QStringList() << u"https://a.b/c.mp4"_s << false << Kind::VideoAddress;
    QTest::newRow("a text file") << QStringList{u"/a/b.txt"_s} << QString() << false << Kind::Lists;
    QTest::newRow("a screenshot") << QStringList() << QString() << true << Kind::Pixels;
    QTest::newRow("a picture from a browser with its address")
        << QStringList{u"https://a.b/c.jpg"_s} << u"https://a.b/c.jpg"_s << true << Kind::Pixels;
    QTest::newRow("words from a spreadsheet with their picture") << QStringList() << u"a boat"_s << true << Kind::Text;
    QTest::newRow("a link") << QStringList{u"https://a.b/c.jpg"_s} << QString() << false << Kind::Address;
    QTest::newRow("the address of an image as text")
        << QStringList() << u" https://a.b/c.webp?x=1\n"_s << false << Kind::Address;
    QTest::newRow("another address as text") << QStringList() << u"https://a.b/c"_s << false << Kind::Text;
    QTest::newRow("a sentence with an address") << QStringList() << u"like https://a.b/c.jpg"_s << false << Kind::Text;
    QTest::newRow("words") << QStringList() << u"gulls far off"_s << false << Kind::Text;
    QTest::newRow("blanks") << QStringList() << u"  \n"_s << false << Kind::Nothing;
}

void TestDroppedContent::theKindIsFoundOut()
{
    QFETCH(QStringList, urls);
    QFETCH(QString, text);
    QFETCH(bool, pixels);
    QFETCH(DroppedContent::Kind, kind);
    QMimeData data;
    if (!urls.isEmpty())
        data.setUrls(urlsOf(urls));
    if (!text.isEmpty())
        data.setText(text);
    if (pixels)
        data.setImageData(QImage(4, 4, QImage::Format_RGB32));
    QCOMPARE(droppedContentFrom(data).kind, kind);
}

QTEST_GUILESS_MAIN(TestDroppedContent)
#include "tst_droppedcontent.moc"
