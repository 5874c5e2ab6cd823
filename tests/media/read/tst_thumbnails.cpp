// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/thumbnails.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray filled(Qt::GlobalColor colour, int width = 960, int height = 480)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(colour);
    return encoded(image, "png");
}

} // namespace

class TestThumbnails : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QString picturesFolder() const { return m_folder->filePath(u"thumbnails"_s); }
    QString file(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QStringList kept() const { return QDir(picturesFolder()).entryList(QDir::Files); }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void thePictureComesLaterAndThenAtOnce()
    {
        QVERIFY(writeFile(file("a.png"), filled(Qt::red)));
        Thumbnails thumbnails(picturesFolder());
        QSignalSpy ready(&thumbnails, &Thumbnails::ready);
        QVERIFY(thumbnails.find(file("a.png")).isNull());
        QVERIFY(thumbnails.find(file("a.png")).isNull()); // asked twice, made once
        QVERIFY(ready.wait(patience));
        QCOMPARE(ready.first().first().toString(), file("a.png"));
        const QPixmap pixmap = thumbnails.find(file("a.png"));
        QCOMPARE(pixmap.size(), QSize(480, 240));
        QCOMPARE(pixmap.toImage().pixelColor(10, 10), QColor(Qt::red));
        QCOMPARE(ready.count(), 1);
        QCOMPARE(kept().size(), 1);
    }

    void aVideoHasAPictureToo()
    {
        QVERIFY(makeNumberedVideo(file("a.mp4"), 24, {}));
        Thumbnails thumbnails(picturesFolder());
        QSignalSpy ready(&thumbnails, &Thumbnails::ready);
        (void)thumbnails.find(file("a.mp4"));
        QVERIFY(ready.wait(patience));
        QCOMPARE(thumbnails.find(file("a.mp4")).size(), QSize(128, 64));
    }

    void theNextRunTakesThePictureFromDisk()
    {
        QVERIFY(writeFile(file("a.png"), filled(Qt::red)));
        {
            Thumbnails thumbnails(picturesFolder());
            QSignalSpy ready(&thumbnails, &Thumbnails::ready);
            (void)thumbnails.find(file("a.png"));
            QVERIFY(ready.wait(patience));
        }
        QCOMPARE(kept().size(), 1);
        QVERIFY(writeFile(picturesFolder() + u'/' + kept().first(), filled(Qt::green, 20, 10)));
        Thumbnails thumbnails(picturesFolder());
        QSignalSpy ready(&thumbnails, &Thumbnails::ready);
        (void)thumbnails.find(file("a.png"));
        QVERIFY(ready.wait(patience));
        QCOMPARE(thumbnails.find(file("a.png")).size(), QSize(20, 10));
    }

    void aSpoiltPictureOnDiskIsMadeAgain()
    {
        QVERIFY(writeFile(file("a.png"), filled(Qt::red)));
        for (int run = 0; run < 2; ++run) {
            Thumbnails thumbnails(picturesFolder());
            QSignalSpy ready(&thumbnails, &Thumbnails::ready);
            (void)thumbnails.find(file("a.png"));
            QVERIFY(ready.wait(patience));
            QCOMPARE(thumbnails.find(file("a.png")).size(), QSize(480, 240));
            QVERIFY(writeFile(picturesFolder() + u'/' + kept().first(), "half"));
        }
    }

    void aChangedFileIsLookedAtAgainWhenToldSo()
    {
        QVERIFY(writeFile(file("a.png"), filled(Qt::red)));
        Thumbnails thumbnails(picturesFolder());
        QSignalSpy ready(&thumbnails, &Thumbnails::ready);
        (void)thumbnails.find(file("a.png"));
        QVERIFY(ready.wait(patience));
        QVERIFY(writeFile(file("a.png"), filled(Qt::blue, 300, 100)));
        thumbnails.forget(file("a.png"));
        QVERIFY(thumbnails.find(file("a.png")).isNull());
        QVERIFY(ready.wait(patience));
        QCOMPARE(thumbnails.find(file("a.png")).size(), QSize(300, 100));
    }

    void aFileThatCannotBeReadIsTriedOnce()
    {
        QVERIFY(writeFile(file("junk.mp4"), QByteArray(1000, 'x')));
        Thumbnails thumbnails(picturesFolder());
        QSignalSpy ready(&thumbnails, &Thumbnails::ready);
        (void)thumbnails.find(file("junk.mp4"));
        QVERIFY(ready.wait(patience));
        QVERIFY(thumbnails.find(file("junk.mp4")).isNull());
        (void)thumbnails.find(file("nowhere.mp4"));
        QVERIFY(ready.wait(patience));
        QCOMPARE(ready.count(), 2);
        QVERIFY(kept().isEmpty());
    }

    void itCanBeClosedInTheMiddleOfItsWork()
    {
        QVERIFY(makeNumberedVideo(file("a.mp4"), 100, {}));
        const QByteArray video = readFile(file("a.mp4"));
        auto thumbnails = std::make_unique<Thumbnails>(picturesFolder());
        QSignalSpy ready(thumbnails.get(), &Thumbnails::ready);
        for (int i = 0; i < 50; ++i) {
            const QString path = m_folder->filePath(u"%1.mp4"_s.arg(i));
            QVERIFY(writeFile(path, video));
            (void)thumbnails->find(path);
        }
        QVERIFY(ready.wait(patience));
        thumbnails.reset();
        QCoreApplication::processEvents();
        QVERIFY(ready.count() < 50);
        QVERIFY2(kept().size() < 50, "what had not begun is not done any more");
    }
};

QTEST_MAIN(TestThumbnails)

#include "tst_thumbnails.moc"
