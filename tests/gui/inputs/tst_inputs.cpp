// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/create/promptedit.h"
#include "gui/inputs/inputwell.h"
#include "gui/look/theme.h"
#include "gui/widgets/dropoverlay.h"
#include "gui/widgets/notice.h"
#include "inputs/bulkloader.h"
#include "inputs/droppedcontent.h"
#include "inputs/inputloader.h"
#include "inputs/preparationpool.h"
#include "settings/settings.h"
#include "support/answereddialogs.h"
#include "support/find.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QClipboard>
#include <QDir>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// How an image gets into a request: dropped, pasted, picked, named by its address.
class TestInputs : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void tellsWhatIsComing_data();
    void tellsWhatIsComing();
    void looksAtAFile();
    void aPictureIsFiledAsPng();
    void anEncodedPictureKeepsItsBytes();
    void onlyTheLastLoadIsTold();
    void aCancelledLoadIsNotTold();
    void whatCannotBeReadHasASentence_data();
    void whatCannotBeReadHasASentence();
    void yesterdaysPastedPicturesGo();
    void whatIsMadeForManyJobsLiesWithWhatGoes();

    void theWellShowsWhatItHolds();
    void theWellPicksAndRemoves();
    void anAddressIsNeverFetched();

    void hoveringSaysWhatWillHappen_data();
    void hoveringSaysWhatWillHappen();
    void aDropIsHandedOnAsACopy();
    void leavingHidesTheOverlay();
    void whatTakesADragItselfGetsIt();

    void aPasteAnywhereGoesToImageMode();
    void aPasteIntoThePromptGoesToImageModeToo();
    void severalImagesAreForTheTable();
    void aVideoGoesToExtendMode();
    void droppedTextGoesIntoThePrompt();
    void aFileThatIsNoImageIsTold();

private:
    struct Form
    {
        explicit Form(const TestInputs& test)
            : settings(test.m_folder.filePath(u"settings.ini"_s))
            , panel(theme, dialogs, settings, table, test.m_folder.filePath(u"pasted"_s))
        {
        }
        [[nodiscard]] std::optional<LocalFile> image() const
        {
            const auto request = panel.request();
            const auto* from = std::get_if<FromImage>(&request.inputs);
            const auto* file = from ? std::get_if<LocalFile>(&from->image) : nullptr;
            return file && !file->path.isEmpty() ? std::optional(*file) : std::nullopt;
        }

        Theme theme;
        test::AnsweredDialogs dialogs;
        Settings settings;
        ModelTable table = ModelTable::builtIn();
        CreatePanel panel;
    };

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    Theme m_theme;
    test::AnsweredDialogs m_dialogs;
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

std::unique_ptr<QMimeData> files(const QStringList& paths)
{
    auto data = std::make_unique<QMimeData>();
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls.append(path.contains(u"://"_s) ? QUrl(path) : QUrl::fromLocalFile(path));
    data->setUrls(urls);
    return data;
}

bool dragOver(QWidget& window, const QMimeData& data)
{
    QDragEnterEvent enter({5, 5}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    if (!enter.isAccepted())
        return false;
    QDragMoveEvent move({6, 6}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &move);
    return move.isAccepted();
}

} // namespace

void TestInputs::initTestCase()
{
    QVERIFY(picture(400, 225).save(path(u"boat.jpg"_s)));
    QVERIFY(picture(300, 300).save(path(u"square.png"_s)));
    QVERIFY(test::writeFile(path(u"page.jpg"_s), "<!DOCTYPE html><html><body>Not found</body></html>"));
    QVERIFY(test::writeFile(path(u"empty.png"_s), {}));
    QVERIFY(test::writeFile(path(u"cut.jpg"_s), test::readFile(path(u"boat.jpg"_s)).first(200)));
}

void TestInputs::init()
{
    TestCase::init();
    QFile::remove(path(u"settings.ini"_s));
    QDir(path(u"pasted"_s)).removeRecursively();
}

void TestInputs::tellsWhatIsComing_data()
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

void TestInputs::tellsWhatIsComing()
{
    QFETCH(QStringList, urls);
    QFETCH(QString, text);
    QFETCH(bool, pixels);
    QFETCH(DroppedContent::Kind, kind);
    QMimeData data;
    if (!urls.isEmpty())
        data.setUrls(files(urls)->urls());
    if (!text.isEmpty())
        data.setText(text);
    if (pixels)
        data.setImageData(picture());
    QCOMPARE(droppedContentFrom(data).kind, kind);
}

void TestInputs::looksAtAFile()
{
    InputLoader loader(m_pool);
    QSignalSpy loaded(&loader, &InputLoader::loaded);
    loader.loadFile(path(u"boat.jpg"_s));
    QVERIFY(loader.isLoading());
    QVERIFY(loaded.wait());
    QVERIFY(!loader.isLoading());
    const auto file = loaded.first().at(0).value<LoadedInput>().sent.file;
    QCOMPARE(file.name, u"boat.jpg"_s);
    QCOMPARE(file.mime, u"image/jpeg"_s);
    QCOMPARE(file.size, QSize(400, 225));
    QVERIFY(!loaded.first().at(0).value<LoadedInput>().preview.isNull());
}

void TestInputs::aPictureIsFiledAsPng()
{
    InputLoader loader(m_pool);
    QSignalSpy loaded(&loader, &InputLoader::loaded);
    loader.loadPixels(picture());
    QVERIFY(loaded.wait());
    const auto file = loaded.first().first().value<LoadedInput>().sent.file;
    QCOMPARE(file.mime, u"image/png"_s);
    QCOMPARE(file.size, QSize(160, 90));
    QCOMPARE(QFileInfo(file.path).path(), path(u"pasted"_s));
    QCOMPARE(QImage(file.path).convertToFormat(QImage::Format_RGB32), picture());

    loader.loadPixels(picture());
    QVERIFY(loaded.wait());
    QCOMPARE(QDir(path(u"pasted"_s)).entryList(QDir::Files).size(), 1); // the same picture is the same file
}

void TestInputs::anEncodedPictureKeepsItsBytes()
{
    const QByteArray jpeg = test::encoded(picture(), "jpeg");
    QMimeData data;
    data.setData(u"image/jpeg"_s, jpeg);
    QCOMPARE(droppedContentFrom(data).kind, DroppedContent::Kind::Pixels);

    InputLoader loader(m_pool);
    QSignalSpy loaded(&loader, &InputLoader::loaded);
    loader.loadEncoded(data.data(encodedImageFormat(data)));
    QVERIFY(loaded.wait());
    QCOMPARE(test::readFile(loaded.first().first().value<LoadedInput>().sent.file.path), jpeg);
}

void TestInputs::onlyTheLastLoadIsTold()
{
    std::optional<PreparationPool> pool(std::in_place, path(u"pasted"_s), m_settings);
    InputLoader loader(*pool);
    QSignalSpy loaded(&loader, &InputLoader::loaded);
    QSignalSpy failed(&loader, &InputLoader::failed);
    loader.loadFile(path(u"page.jpg"_s));
    loader.loadFile(path(u"boat.jpg"_s));
    loader.loadFile(path(u"square.png"_s));
    QVERIFY(loaded.wait());
    pool.reset(); // waits for its threads
    QCoreApplication::processEvents();
    QCOMPARE(loaded.size(), 1);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(loaded.first().first().value<LoadedInput>().sent.file.name, u"square.png"_s);
}

void TestInputs::aCancelledLoadIsNotTold()
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

void TestInputs::whatCannotBeReadHasASentence_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("a web page that was saved as a picture") << u"page.jpg"_s;
    QTest::newRow("an empty file") << u"empty.png"_s;
    QTest::newRow("a file cut off") << u"cut.jpg"_s;
    QTest::newRow("a file that is not there") << u"gone.jpg"_s;
}

void TestInputs::whatCannotBeReadHasASentence()
{
    QFETCH(QString, name);
    InputLoader loader(m_pool);
    QSignalSpy failed(&loader, &InputLoader::failed);
    loader.loadFile(path(name));
    QVERIFY(failed.wait());
    const auto error = failed.first().first().value<Error>();
    QVERIFY(!explain(error).sentence.isEmpty());
    QVERIFY(!error.detail.isEmpty());
}

void TestInputs::yesterdaysPastedPicturesGo()
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

void TestInputs::whatIsMadeForManyJobsLiesWithWhatGoes()
{
    PreparationPool pool(path(u"for many"_s), m_settings);
    BulkLoader loader(pool);
    QSignalSpy loaded(&loader, &BulkLoader::loaded);
    loader.load(0, path(u"boat.jpg"_s), u"1:2"_s); // has to be cropped
    QVERIFY(loaded.wait());
    QCOMPARE(QDir(pool.preparedFolder()).entryList(QDir::Files).size(), 1);
}

void TestInputs::theWellShowsWhatItHolds()
{
    InputWell well(InputKind::Image, m_theme, m_dialogs, m_pool);
    QSignalSpy loaded(&well, &InputWell::loaded);
    QVERIFY(!well.input());
    well.setFile(path(u"boat.jpg"_s));
    QVERIFY(well.isLoading());
    QVERIFY(!well.input());
    QVERIFY(loaded.wait());
    QCOMPARE(test::find<QLabel>(well, "imageNameLabel")->text(), u"boat.jpg"_s);
    const QString facts = test::find<QLabel>(well, "imageFactsLabel")->text();
    QVERIFY2(facts.startsWith(u"400 × 225 · 16:9 · "_s), qPrintable(facts));
    QCOMPARE(well.file()->size, QSize(400, 225));
}

void TestInputs::theWellPicksAndRemoves()
{
    InputWell well(InputKind::Image, m_theme, m_dialogs, m_pool);
    well.show();
    QVERIFY(QTest::qWaitForWindowActive(&well));
    QSignalSpy loaded(&well, &InputWell::loaded);
    QString folder;
    QString answer = path(u"boat.jpg"_s);
    m_dialogs.answers.openImage = [&](const QString& given) {
        folder = given;
        return answer;
    };
    const auto asBefore = qScopeGuard([this] { m_dialogs.answers = {}; });
    QTest::mouseClick(test::find<QPushButton>(well, "chooseImageButton"), Qt::LeftButton);
    QVERIFY(loaded.wait());

    answer.clear();
    QTest::mouseClick(test::find<QToolButton>(well, "replaceImageButton"), Qt::LeftButton);
    QCOMPARE(folder, m_folder.path()); // where the last one was
    QVERIFY(well.input());             // a cancelled choice changes nothing

    test::find<QToolButton>(well, "removeImageButton")->setFocus();
    QTest::keyClick(well.focusWidget(), Qt::Key_Delete);
    QVERIFY(!well.input());
    QVERIFY(test::find<QPushButton>(well, "chooseImageButton")->hasFocus());

    well.setFile(path(u"square.png"_s));
    QVERIFY(loaded.wait());
    QTest::mouseClick(test::find<QToolButton>(well, "removeImageButton"), Qt::LeftButton);
    QVERIFY(!well.input());
}

void TestInputs::anAddressIsNeverFetched()
{
    InputWell well(InputKind::Image, m_theme, m_dialogs, m_pool);
    well.show();
    QVERIFY(QTest::qWaitForWindowActive(&well));
    QTest::mouseClick(test::find<QPushButton>(well, "imageAddressButton"), Qt::LeftButton);
    auto* edit = test::find<QLineEdit>(well, "imageAddressEdit");
    QVERIFY(edit->hasFocus());
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(!edit->isVisible());

    QTest::mouseClick(test::find<QPushButton>(well, "imageAddressButton"), Qt::LeftButton);
    QTest::keyClicks(edit, u"https://pictures.example.com/a/boat.jpg"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(!well.isLoading());
    QCOMPARE(well.input(), std::optional<Input>(RemoteUrl{QUrl(u"https://pictures.example.com/a/boat.jpg"_s)}));
    QCOMPARE(test::find<QLabel>(well, "imageNameLabel")->text(), u"pictures.example.com"_s);
    QCOMPARE(test::find<QLabel>(well, "imageFactsLabel")->text(), u"fetched by the service"_s);
}

void TestInputs::hoveringSaysWhatWillHappen_data()
{
    QTest::addColumn<QStringList>("urls");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("one image") << QStringList{u"/a/b.jpg"_s} << QString() << Mode::Text << u"Animate this image"_s;
    QTest::newRow("three images") << QStringList{u"/a/b.jpg"_s, u"/a/c.jpg"_s, u"/a/d.png"_s} << QString() << Mode::Edit
                                  << u"3 images: 3 jobs"_s;
    QTest::newRow("a list") << QStringList{u"/a/b.csv"_s} << QString() << Mode::Text
                            << u"A job for each prompt of this list"_s;
    QTest::newRow("an address") << QStringList{u"https://a.example/b.jpg"_s} << QString() << Mode::Image
                                << u"Animate the image from a.example"_s;
    QTest::newRow("text") << QStringList() << u"a boat"_s << Mode::Extend << u"Put this text into the prompt"_s;
    QTest::newRow("a video") << QStringList{u"/a/b.mp4"_s} << QString() << Mode::Text << u"Extend this clip"_s;
    QTest::newRow("a video in edit mode")
        << QStringList{u"/a/b.mp4"_s} << QString() << Mode::Edit << u"Edit this clip"_s;
    QTest::newRow("another file") << QStringList{u"/a/b.zip"_s} << QString() << Mode::Text
                                  << u"This kind of file cannot be used here. Drop an image or an MP4 video."_s;
}

void TestInputs::hoveringSaysWhatWillHappen()
{
    QFETCH(QStringList, urls);
    QFETCH(QString, text);
    QFETCH(Mode, mode);
    QFETCH(QString, sentence);
    Form form(*this);
    form.panel.setMode(mode);
    QWidget window;
    const DropOverlay overlay(&window, m_theme,
                              [&](const DroppedContent& coming) { return form.panel.dropText(coming); });
    window.resize(400, 300);
    window.show();
    QVERIFY(!overlay.isVisible());
    const auto data = files(urls);
    if (!text.isEmpty())
        data->setText(text);
    QVERIFY(dragOver(window, *data));
    QVERIFY(overlay.isVisible());
    QCOMPARE(overlay.text(), sentence);
    QCOMPARE(overlay.geometry(), window.rect());
}

void TestInputs::aDropIsHandedOnAsACopy()
{
    QWidget window;
    DropOverlay overlay(&window, m_theme, [](const DroppedContent&) { return u"Drop it"_s; });
    window.show();
    QList<const QMimeData*> dropped;
    connect(&overlay, &DropOverlay::dropped, this, [&](const QMimeData* data) { dropped.append(data); });
    const auto data = files({u"/a/b.jpg"_s});
    QVERIFY(dragOver(window, *data));
    QDropEvent drop({5, 5}, Qt::CopyAction | Qt::MoveAction, data.get(), Qt::LeftButton, Qt::ShiftModifier);
    drop.setDropAction(Qt::MoveAction);
    QCoreApplication::sendEvent(&window, &drop);
    QVERIFY(drop.isAccepted());
    QCOMPARE(drop.dropAction(), Qt::CopyAction); // a moved file would be gone from its folder
    QCOMPARE(dropped, QList<const QMimeData*>{data.get()});
    QVERIFY(!overlay.isVisible());
}

void TestInputs::leavingHidesTheOverlay()
{
    QWidget window;
    const DropOverlay overlay(&window, m_theme, [](const DroppedContent&) { return u"Drop it"_s; });
    window.show();
    QVERIFY(dragOver(window, *files({u"/a/b.jpg"_s})));
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(&window, &leave);
    QVERIFY(!overlay.isVisible());
    QVERIFY(!dragOver(window, QMimeData())); // nothing in it
    QVERIFY(!overlay.isVisible());
}

void TestInputs::whatTakesADragItselfGetsIt()
{
    Form form(*this);
    QWidget window;
    const DropOverlay overlay(&window, m_theme, [](const DroppedContent&) { return u"Drop it"_s; });
    form.panel.setParent(&window);
    window.show();
    auto* prompt = test::find<PromptEdit>(form.panel, "promptEdit");
    QMimeData text;
    text.setText(u"a boat"_s);
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(prompt->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QVERIFY(!overlay.isVisible());

    const auto file = files({u"/a/b.jpg"_s});
    QDragEnterEvent image({5, 5}, Qt::CopyAction, file.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(prompt->viewport(), &image);
    QVERIFY(overlay.isVisible()); // over the prompt too
    form.panel.setParent(nullptr);
}

void TestInputs::aPasteAnywhereGoesToImageMode()
{
    Form form(*this);
    QCOMPARE(form.panel.mode(), Mode::Text);
    QMimeData pixels;
    pixels.setImageData(picture());
    QVERIFY(form.panel.pasteFrom(&pixels));
    QCOMPARE(form.panel.mode(), Mode::Image);
    QTRY_VERIFY(form.image());
    QCOMPARE(form.image()->size, QSize(160, 90));
    QVERIFY(QFileInfo::exists(form.image()->path));

    QMimeData text;
    text.setText(u"a boat"_s);
    QVERIFY(!form.panel.pasteFrom(&text));
    QVERIFY(!form.panel.pasteFrom(nullptr));
}

void TestInputs::aPasteIntoThePromptGoesToImageModeToo()
{
    Form form(*this);
    QGuiApplication::clipboard()->setImage(picture());
    QTest::keySequence(test::find<PromptEdit>(form.panel, "promptEdit"), QKeySequence::Paste);
    QCOMPARE(form.panel.mode(), Mode::Image);
    QTRY_VERIFY(form.image());
}

void TestInputs::severalImagesAreForTheTable()
{
    Form form(*this);
    QList<DroppedContent> wanted;
    connect(&form.panel, &CreatePanel::bulkWanted, this,
            [&](const DroppedContent& dropped) { wanted.append(dropped); });
    QVERIFY(form.panel.dropFrom(files({path(u"square.png"_s), path(u"boat.jpg"_s)}).get()));
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().files, QStringList({path(u"square.png"_s), path(u"boat.jpg"_s)}));
    QCOMPARE(form.panel.mode(), Mode::Text);
    QCOMPARE(form.panel.notices().notices().size(), 0);
}

void TestInputs::aVideoGoesToExtendMode()
{
    Form form(*this);
    QVERIFY(form.panel.dropFrom(files({u"/a/clip.mp4"_s}).get()));
    QCOMPARE(form.panel.mode(), Mode::Extend);
    QTRY_COMPARE(form.panel.notices().notices().size(), 1); // it is not there

    form.panel.setMode(Mode::Edit);
    QVERIFY(form.panel.dropFrom(files({u"https://a.example/clip.mp4"_s}).get()));
    QCOMPARE(form.panel.mode(), Mode::Edit);
    const auto request = form.panel.request();
    QCOMPARE(std::get<EditClip>(request.inputs).video, Input(RemoteUrl{QUrl(u"https://a.example/clip.mp4"_s)}));
}

void TestInputs::droppedTextGoesIntoThePrompt()
{
    Form form(*this);
    QMimeData text;
    text.setText(u"gulls far off"_s);
    QVERIFY(form.panel.dropFrom(&text));
    QCOMPARE(form.panel.request().prompt, u"gulls far off"_s);
    QCOMPARE(form.panel.mode(), Mode::Text);
}

void TestInputs::aFileThatIsNoImageIsTold()
{
    Form form(*this);
    form.panel.setStartImage(path(u"page.jpg"_s));
    QTRY_COMPARE(form.panel.notices().notices().size(), 1);
    const Notice* notice = form.panel.notices().notices().first();
    QCOMPARE(notice->kind(), Notice::Kind::Failed);
    QVERIFY(notice->sentence().contains(u"web page"_s));

    QString asked = u"not asked"_s;
    form.dialogs.answers.openImage = [&](const QString& folder) {
        asked = folder;
        return path(u"boat.jpg"_s);
    };
    QTest::mouseClick(test::find<QPushButton>(*notice, "noticeActionButton"), Qt::LeftButton);
    QCOMPARE(asked, m_folder.path());
    QTRY_VERIFY(form.image());
}

QTEST_MAIN(TestInputs)
#include "tst_inputs.moc"
