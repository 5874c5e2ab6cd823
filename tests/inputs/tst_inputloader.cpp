// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/bulkloader.h"
#include "inputs/droppedcontent.h"
#include "inputs/inputloader.h"
#include "inputs/preparationpool.h"
#include "settings/settings.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QDir>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

/// Files, pixels and bytes become inputs that can be sent, off the thread that asks.
class TestInputLoader : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void aFileIsLoaded();
    void pixelsAreFiledAsPng();
    void anEncodedPictureKeepsItsBytes();
    void onlyTheLastLoadAnswers();
    void aCancelledLoadDoesNotAnswer();
    void whatCannotBeReadHasASentence_data();
    void whatCannotBeReadHasASentence();
    void yesterdaysPastedPicturesGo();
    void whatIsMadeForManyJobsIsRemovedLater();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    Settings m_settings{m_folder.filePath(u"settings.ini"_s)};
    PreparationPool m_pool{path(u"pasted"_s), m_settings};
};

namespace {

QImage picture(int width = 160, int height = 90)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    return image;
}

} // namespace

void TestInputLoader::initTestCase()
{
    QVERIFY(picture(400, 225).save(path(u"boat.jpg"_s)));
    QVERIFY(picture(300, 300).save(path(u"square.png"_s)));
    QVERIFY(test::writeFile(path(u"page.jpg"_s), "<!DOCTYPE html><html><body>Not found</body></html>"));
    QVERIFY(test::writeFile(path(u"empty.png"_s), {}));
    QVERIFY(test::writeFile(path(u"cut.jpg"_s), test::readFile(path(u"boat.jpg"_s)).first(200)));
}

void TestInputLoader::init()
{
    TestCase::init();
    QDir(path(u"pasted"_s)).removeRecursively();
}

void TestInputLoader::aFileIsLoaded()
{
    InputLoader loader(m_pool);
    QSignalSpy loaded(&loader, &InputLoader::loaded);
    loader.loadFile(path(u"boat.jpg"_s));
    QVERIFY(loader.isLoading());
    QVERIFY(loaded.wait(patience));
    QVERIFY(!loader.isLoading());
    const auto file = loaded.first().at(0).value<LoadedInput>().sent.file;
    QCOMPARE(file.name, u"boat.jpg"_s);
    QCOMPARE(file.mime, u"image/jpeg"_s);
    QCOMPARE(file.size, QSize(400, 225));
    QVERIFY(!loaded.first().at(0).value<LoadedInput>().preview.isNull());
}

void TestInputLoader::pixelsAreFiledAsPng()
{
    InputLoader loader(m_pool);
    QSignalSpy loaded(&loader, &InputLoader::loaded);
    loader.loadPixels(picture());
    QVERIFY(loaded.wait(patience));
    const auto file = loaded.first().first().value<LoadedInput>().sent.file;
    QCOMPARE(file.mime, u"image/png"_s);
    QCOMPARE(file.size, QSize(160, 90));
    QCOMPARE(QFileInfo(file.path).path(), path(u"pasted"_s));
    QCOMPARE(QImage(file.path).convertToFormat(QImage::Format_RGB32), picture());

    loader.loadPixels(picture());
    QVERIFY(loaded.wait(patience));
    QCOMPARE(QDir(path(u"pasted"_s)).entryList(QDir::Files).size(), 1); // the same picture is the same file
}

void TestInputLoader::anEncodedPictureKeepsItsBytes()
{
    const QByteArray jpeg = test::encoded(picture(), "jpeg");
    QMimeData data;
    data.setData(u"image/jpeg"_s, jpeg);
    QCOMPARE(droppedContentFrom(data).kind, DroppedContent::Kind::Pixels);

    InputLoader loader(m_pool);
    QSignalSpy loaded(&loader, &InputLoader::loaded);
    loader.loadEncoded(data.data(encodedImageFormat(data)));
    QVERIFY(loaded.wait(patience));
    QCOMPARE(test::readFile(loaded.first().first().value<LoadedInput>().sent.file.path), jpeg);
}

void TestInputLoader::onlyTheLastLoadAnswers()
{
    std::optional<PreparationPool> pool(std::in_place, path(u"pasted"_s), m_settings);
    InputLoader loader(*pool);
    QSignalSpy loaded(&loader, &InputLoader::loaded);
    QSignalSpy failed(&loader, &InputLoader::failed);
    loader.loadFile(path(u"page.jpg"_s));
    loader.loadFile(path(u"boat.jpg"_s));
    loader.loadFile(path(u"square.png"_s));
    QVERIFY(loaded.wait(patience));
    pool.reset(); // waits for its threads
    QCoreApplication::processEvents();
    QCOMPARE(loaded.size(), 1);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(loaded.first().first().value<LoadedInput>().sent.file.name, u"square.png"_s);
}

void TestInputLoader::aCancelledLoadDoesNotAnswer()
{
    std::optional<PreparationPool> pool(std::in_place, path(u"pasted"_s), m_settings);
    InputLoader loader(*pool);
    QSignalSpy loaded(&loader, &InputLoader::loaded);
    loader.loadFile(path(u"boat.jpg"_s));
    loader.cancel();
    QVERIFY(!loader.isLoading());
    pool.reset(); // waits for its threads
    QCoreApplication::processEvents();
    QCOMPARE(loaded.size(), 0);
}

void TestInputLoader::whatCannotBeReadHasASentence_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("a web page that was saved as a picture") << u"page.jpg"_s;
    QTest::newRow("an empty file") << u"empty.png"_s;
    QTest::newRow("a file cut off") << u"cut.jpg"_s;
    QTest::newRow("a file that is not there") << u"gone.jpg"_s;
}

void TestInputLoader::whatCannotBeReadHasASentence()
{
    QFETCH(QString, name);
    InputLoader loader(m_pool);
    QSignalSpy failed(&loader, &InputLoader::failed);
    loader.loadFile(path(name));
    QVERIFY(failed.wait(patience));
    const auto error = failed.first().first().value<Error>();
    QVERIFY(!explain(error).sentence.isEmpty());
    QVERIFY(!error.detail.isEmpty());
}

void TestInputLoader::yesterdaysPastedPicturesGo()
{
    const QString folder = path(u"pasted"_s);
    QVERIFY(QDir().mkpath(folder));
    const auto make = [&](const QString& name, int days) {
        QFile file(folder + u'/' + name);
        return file.open(QIODevice::WriteOnly) &&
               file.setFileTime(QDateTime::currentDateTimeUtc().addDays(-days), QFileDevice::FileModificationTime);
    };
    QVERIFY(make(u"pasted-old"_s, 2) && make(u"pasted-new"_s, 0) && make(u"other"_s, 9));
    QVERIFY(make(u"last-frame-old.png"_s, 2) && make(u"last-frame-new.png"_s, 0));
    {
        const PreparationPool pool(folder, m_settings); // waits for its threads when it goes
    }
    QCOMPARE(QDir(folder).entryList(QDir::Files, QDir::Name),
             (QStringList{u"last-frame-new.png"_s, u"other"_s, u"pasted-new"_s}));
}

void TestInputLoader::whatIsMadeForManyJobsIsRemovedLater()
{
    PreparationPool pool(path(u"for many"_s), m_settings);
    BulkLoader loader(pool);
    QSignalSpy loaded(&loader, &BulkLoader::loaded);
    loader.load(0, path(u"boat.jpg"_s), u"1:2"_s); // has to be cropped
    QVERIFY(loaded.wait(patience));
    QCOMPARE(QDir(pool.preparedFolder()).entryList(QDir::Files).size(), 1);
}

QTEST_GUILESS_MAIN(TestInputLoader)
#include "tst_inputloader.moc"
