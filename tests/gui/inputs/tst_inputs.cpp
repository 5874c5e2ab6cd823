// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/create/promptedit.h"
#include "gui/inputs/inputwell.h"
#include "gui/look/theme.h"
#include "gui/widgets/dropoverlay.h"
#include "gui/widgets/notice.h"
#include "inputs/droppedcontent.h"
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
using clipkiln::test::patience;

/// How an image gets into a request: dropped, pasted, picked, named by its address.
class TestInputs : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

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
            , panel(theme, dialogs, noticeArea, settings, table, test.m_folder.filePath(u"pasted"_s))
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
        NoticeArea& noticeArea = *new NoticeArea(theme); // in the panel, which deletes it
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
}

void TestInputs::init()
{
    TestCase::init();
    QFile::remove(path(u"settings.ini"_s));
    QDir(path(u"pasted"_s)).removeRecursively();
}

void TestInputs::theWellShowsWhatItHolds()
{
    InputWell well(InputKind::Image, m_theme, m_dialogs, m_pool);
    QSignalSpy loaded(&well, &InputWell::loaded);
    QVERIFY(!well.input());
    well.setFile(path(u"boat.jpg"_s));
    QVERIFY(well.isLoading());
    QVERIFY(!well.input());
    QVERIFY(loaded.wait(patience));
    QCOMPARE(test::find<QLabel>(well, "imageNameLabel")->text(), u"boat.jpg"_s);
    const QString facts = test::find<QLabel>(well, "imageFactsLabel")->text();
    QVERIFY2(facts.startsWith(u"400 × 225 · 16:9 · "_s), qPrintable(facts));
    QCOMPARE(well.file()->size, QSize(400, 225));
}

void TestInputs::theWellPicksAndRemoves()
{
    InputWell well(InputKind::Image, m_theme, m_dialogs, m_pool);
    well.show();
    QVERIFY(QTest::qWaitForWindowActive(&well, patience));
    QSignalSpy loaded(&well, &InputWell::loaded);
    QString folder;
    QString answer = path(u"boat.jpg"_s);
    m_dialogs.answers.openImage = [&](const QString& given) {
        folder = given;
        return answer;
    };
    const auto asBefore = qScopeGuard([this] { m_dialogs.answers = {}; });
    QTest::mouseClick(test::find<QPushButton>(well, "chooseImageButton"), Qt::LeftButton);
    QVERIFY(loaded.wait(patience));

    answer.clear();
    QTest::mouseClick(test::find<QToolButton>(well, "replaceImageButton"), Qt::LeftButton);
    QCOMPARE(folder, m_folder.path()); // where the last one was
    QVERIFY(well.input());             // a cancelled choice changes nothing

    test::find<QToolButton>(well, "removeImageButton")->setFocus();
    QTest::keyClick(well.focusWidget(), Qt::Key_Delete);
    QVERIFY(!well.input());
    QVERIFY(test::find<QPushButton>(well, "chooseImageButton")->hasFocus());

    well.setFile(path(u"square.png"_s));
    QVERIFY(loaded.wait(patience));
    QTest::mouseClick(test::find<QToolButton>(well, "removeImageButton"), Qt::LeftButton);
    QVERIFY(!well.input());
}

void TestInputs::anAddressIsNeverFetched()
{
    InputWell well(InputKind::Image, m_theme, m_dialogs, m_pool);
    well.show();
    QVERIFY(QTest::qWaitForWindowActive(&well, patience));
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
    QCOMPARE(form.noticeArea.notices().size(), 0);
}

void TestInputs::aVideoGoesToExtendMode()
{
    Form form(*this);
    QVERIFY(form.panel.dropFrom(files({u"/a/clip.mp4"_s}).get()));
    QCOMPARE(form.panel.mode(), Mode::Extend);
    QTRY_COMPARE(form.noticeArea.notices().size(), 1); // it is not there

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
    QTRY_COMPARE(form.noticeArea.notices().size(), 1);
    const Notice* notice = form.noticeArea.notices().first();
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
