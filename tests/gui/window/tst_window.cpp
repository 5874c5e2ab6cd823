// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/create/submitcontroller.h"
#include "gui/player/playerview.h"
#include "gui/player/stage.h"
#include "gui/widgets/dropoverlay.h"
#include "inputs/droppedcontent.h"
#include "jobs/engine.h"
#include "support/mediafiles.h"
#include "support/openwindow.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDragLeaveEvent>
#include <QGuiApplication>
#include <QJsonObject>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QWindow>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::OpenWindow;
using clipkiln::test::patience;
using clipkiln::test::rule;
using simulator::Reply;
using simulator::Step;

namespace {

QMimeData* filesOf(const QStringList& paths)
{
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls.append(QUrl::fromLocalFile(path));
    auto* data = new QMimeData;
    data->setUrls(urls);
    return data;
}

QStringList sortedKeys(const QJsonObject& object)
{
    QStringList keys = object.keys();
    keys.sort();
    return keys;
}

} // namespace

/// The one whole road through the window: from a prompt or a picture to a saved clip.
class TestWindow : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void aPromptBecomesASavedClip();
    void theRowGoesThroughItsStates();
    void aHeldKeyIsOnePost();
    void aDoubleClickIsOnePost();
    void theSameRequestWithinTwoSecondsAsks();

    void aPhotoCanBeDroppedAnywhere_data();
    void aPhotoCanBeDroppedAnywhere();
    void theOverlayNamesWhatADropWillDo();
    void aPictureIsPastedWhereverTheFocusIs_data();
    void aPictureIsPastedWhereverTheFocusIs();
    void aDroppedVideoIsExtended();
    void whatIsNoInputIsTold_data();
    void whatIsNoInputIsTold();
    void aTextGoesIntoThePrompt();

    void theDraftAndTheClipsSurviveARestart();
    void anUnfinishedJobGoesOnAfterARestart();
    void aClipThatArrivesLeavesAPlayingOneAlone();
    void thePlayersKeysWorkFromAList_data();
    void thePlayersKeysWorkFromAList();
    void theWindowAnswersWhileTheServiceIsSlow();

private:
    /// The image mode's request is there to be sent: the picture was read.
    [[nodiscard]] static bool hasImage(OpenWindow& open)
    {
        return QTest::qWaitFor(
            [&] {
                const GenerationRequest request = open.window().findChild<CreatePanel*>()->request();
                const auto* image = std::get_if<FromImage>(&request.inputs);
                const auto* file = image ? std::get_if<LocalFile>(&image->image) : nullptr;
                return file && !file->path.isEmpty();
            },
            patience);
    }

    QTemporaryDir m_folder;
    QString m_photo;
};

void TestWindow::initTestCase()
{
    QImage picture(64, 36, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    m_photo = m_folder.filePath(u"harbour.jpg"_s);
    QVERIFY(picture.save(m_photo));
    QVERIFY(picture.save(m_folder.filePath(u"second.png"_s)));
}

void TestWindow::aPromptBecomesASavedClip()
{
    OpenWindow open({true});
    auto* stage = open.find<Stage>("stage");
    auto* resolution = open.find<QComboBox>("resolutionCombo");
    QTest::keyClick(resolution, Qt::Key_Home);
    QCOMPARE(resolution->currentText(), u"480p"_s);
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Done));

    const auto posts = open.seen(Step::Post);
    QCOMPARE(posts.size(), 1);
    QCOMPARE(posts.first().path, u"/v1/videos/generations"_s);
    QCOMPARE(posts.first().body, (QJsonObject{{u"model"_s, u"grok-imagine-video"_s},
                                              {u"prompt"_s, u"A paper boat"_s},
                                              {u"duration"_s, 1},
                                              {u"aspect_ratio"_s, u"16:9"_s},
                                              {u"resolution"_s, u"480p"_s}}));

    QTRY_COMPARE(open.clips().size(), 1);
    const Clip clip = open.clips().first();
    QVERIFY(clip.path.startsWith(open.profile.clipsFolder()));
    QCOMPARE(clip.size, QSize(848, 480));
    QVERIFY(stage->clip());
    QCOMPARE(stage->clip()->id, clip.id);
    QVERIFY(stage->isPlaying());
    QVERIFY(open.find<QAbstractButton>("saveAsButton")->isVisible());

    QString suggested;
    const QString target = open.path(u"kept.mp4"_s);
    open.answers.saveFile = [&](const QString& path) {
        suggested = path;
        return target;
    };
    open.click("saveAsButton");
    QTRY_VERIFY(open.showsNotice(u"Saved as"_s));
    QVERIFY(suggested.endsWith(u"/A paper boat.mp4"_s));
    QVERIFY(!test::readFile(target).isEmpty());
    // Nobody publishes a prompt unknowingly: what made the clip stays in the library unless it is chosen.
    QCOMPARE(test::readFile(target), test::readFile(clip.path).first(clip.servedBytes));
    open.answers.saveWithDetails = [](bool) { return true; };
    open.click("saveAsButton");
    QTRY_COMPARE(test::readFile(target), test::readFile(clip.path));
    open.answers.saveWithDetails = nullptr;
    QVERIFY(QFile::remove(target));
    open.click("saveAsButton");
    QTRY_COMPARE(test::readFile(target), test::readFile(clip.path)); // as it was chosen last

    // Another program gets a copy without them, this one the clip itself.
    auto* tiles = open.find<QAbstractItemView>("clipView");
    tiles->setCurrentIndex(tiles->model()->index(0, 0));
    const auto copyFile = [&] {
        QTest::keySequence(tiles, QKeySequence::Copy);
        const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
        return std::pair(copied->urls().value(0).toLocalFile(), droppedContentFrom(*copied).files);
    };
    QCOMPARE(test::readFile(copyFile().first), test::readFile(clip.path).first(clip.servedBytes));
    QCOMPARE(QFileInfo(copyFile().first).fileName(), QFileInfo(clip.path).fileName());
    QCOMPARE(copyFile().second, QStringList{clip.path});
    open.settings.setDragWithDetails(true);
    QCOMPARE(copyFile().first, clip.path);
    QCOMPARE(open.posts(), 1);
}

void TestWindow::theRowGoesThroughItsStates()
{
    OpenWindow open;
    QList<State> states;
    connect(&open.engine().jobs(), &JobsProxy::changed, this, [&states](const Job& job) {
        if (states.isEmpty() || states.last() != job.state())
            states.append(job.state());
    });
    auto* tabs = open.find<QTabBar>("tabs");
    open.play({rule(Step::Poll, Reply::Pending)});
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Generating));
    QTRY_COMPARE(std::get<Generating>(open.job(0).phase).percent, std::optional(42));
    QVERIFY(tabs->tabText(0).contains(u'1') || tabs->accessibleTabName(0).contains(u'1'));
    open.play({});
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(states, (QList{State::Queued, State::Uploading, State::Submitting, State::Generating, State::Downloading,
                            State::Done}));
    QVERIFY(!tabs->tabText(0).contains(u'1') && !tabs->accessibleTabName(0).contains(u'1'));
}

void TestWindow::aHeldKeyIsOnePost()
{
    OpenWindow open;
    auto now = 1'000'000ms;
    // Held for a minute: longer than what keeps a second click from being a second wish.
    open.window().findChild<CreatePanel*>()->submitController().setClock([&now] { return now += 3s; });
    open.write(u"A paper boat"_s);
    auto* prompt = open.find<QPlainTextEdit>("promptEdit");
    QTest::simulateEvent(prompt, true, Qt::Key_Return, Qt::ControlModifier, u"\r"_s, false);
    for (int i = 0; i < 20; ++i)
        QTest::simulateEvent(prompt, true, Qt::Key_Return, Qt::ControlModifier, u"\r"_s, true);
    QTest::simulateEvent(prompt, false, Qt::Key_Return, Qt::ControlModifier, u"\r"_s, false);
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.rows(), 1);
    QCOMPARE(open.posts(), 1);
    QCOMPARE(open.notices(), QStringList());
    QCOMPARE(prompt->toPlainText(), u"A paper boat"_s);
}

void TestWindow::aDoubleClickIsOnePost()
{
    OpenWindow open;
    open.write(u"A paper boat"_s);
    auto* button = open.find<QAbstractButton>("generateButton");
    QTest::mouseClick(button, Qt::LeftButton);
    QTest::mouseDClick(button, Qt::LeftButton); // the second press alone
    QTest::mouseRelease(button, Qt::LeftButton);
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.rows(), 1);
    QCOMPARE(open.posts(), 1);
}

void TestWindow::theSameRequestWithinTwoSecondsAsks()
{
    OpenWindow open;
    auto now = 1'000'000ms;
    open.window().findChild<CreatePanel*>()->submitController().setClock([&now] { return now; });
    open.write(u"A paper boat"_s);
    open.click("generateButton");
    now += 1500ms;
    open.click("generateButton");
    QVERIFY(open.showsNotice(u"same request"_s));
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.posts(), 1);

    open.clickNotice(u"same request"_s);
    QTRY_COMPARE(open.posts(), 2);
    now += 2500ms;
    open.click("generateButton");
    QTRY_COMPARE(open.posts(), 3);
}

void TestWindow::aPhotoCanBeDroppedAnywhere_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("onto the prompt") << QByteArray("promptEdit");
    QTest::newRow("onto the stage") << QByteArray("stage");
    QTest::newRow("onto the queue") << QByteArray("queueView");
    QTest::newRow("onto the library") << QByteArray("clipView");
    QTest::newRow("onto a field") << QByteArray("searchEdit");
    QTest::newRow("onto the bar") << QByteArray("topBar");
}

void TestWindow::aPhotoCanBeDroppedAnywhere()
{
    QFETCH(QByteArray, part);
    OpenWindow open;
    auto* target = open.find<QWidget>(part.constData());
    const std::unique_ptr<QMimeData> photo(filesOf({m_photo}));
    open.drop(*photo, target->mapTo(&open.window(), target->rect().center()));
    QCOMPARE(open.window().findChild<CreatePanel*>()->mode(), Mode::Image);
    QVERIFY(hasImage(open));
    open.generate(u"It comes alive"_s);
    QVERIFY(open.reaches(0, State::Done));

    const auto posts = open.seen(Step::Post);
    QCOMPARE(posts.size(), 1);
    const QJsonObject body = posts.first().body;
    QCOMPARE(sortedKeys(body), (QStringList{u"duration"_s, u"image"_s, u"model"_s, u"prompt"_s, u"resolution"_s}));
    const QJsonObject image = body[u"image"_s].toObject();
    QCOMPARE(image.keys(), QStringList{u"url"_s});
    const QString url = image[u"url"_s].toString();
    const QString head = u"data:image/jpeg;base64,"_s;
    QVERIFY(url.startsWith(head));
    QCOMPARE(QByteArray::fromBase64(url.mid(head.size()).toLatin1()), test::readFile(m_photo));
    QVERIFY(QFile::exists(m_photo)); // dropped, not moved
}

void TestWindow::theOverlayNamesWhatADropWillDo()
{
    OpenWindow open;
    auto* overlay = open.find<DropOverlay>("dropOverlay");
    QVERIFY(!overlay->isVisible());
    const std::unique_ptr<QMimeData> photos(filesOf({m_photo, m_folder.filePath(u"second.png"_s)}));
    QDragEnterEvent enter(open.window().rect().center(), Qt::CopyAction, photos.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(open.window().windowHandle(), &enter);
    QVERIFY(overlay->isVisible());
    QCOMPARE(overlay->text(), u"2 images: 2 jobs"_s);
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(open.window().windowHandle(), &leave);
    QVERIFY(!overlay->isVisible());
    QCOMPARE(open.window().findChild<CreatePanel*>()->mode(), Mode::Text);
}

void TestWindow::aPictureIsPastedWhereverTheFocusIs_data()
{
    QTest::addColumn<QByteArray>("focus");
    QTest::newRow("in the prompt") << QByteArray("promptEdit");
    QTest::newRow("in the queue") << QByteArray("queueView");
    QTest::newRow("on a button") << QByteArray("generateButton");
}

void TestWindow::aPictureIsPastedWhereverTheFocusIs()
{
    QFETCH(QByteArray, focus);
    OpenWindow open;
    QImage pixels(40, 30, QImage::Format_RGB32);
    pixels.fill(Qt::darkRed);
    QGuiApplication::clipboard()->setImage(pixels);
    open.find<QWidget>(focus.constData())->setFocus();
    open.press(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(hasImage(open));
    open.generate(u"It comes alive"_s);
    QVERIFY(open.reaches(0, State::Done));
    const QString url = open.seen(Step::Post).first().body[u"image"_s][u"url"_s].toString();
    QVERIFY(url.startsWith(u"data:image/png;base64,"_s));
    const QImage sent = QImage::fromData(QByteArray::fromBase64(url.section(u',', 1).toLatin1()));
    QCOMPARE(sent.convertToFormat(QImage::Format_RGB32), pixels);
}

void TestWindow::aDroppedVideoIsExtended()
{
    const QString video = m_folder.filePath(u"gulls.mp4"_s);
    QVERIFY(test::makeNumberedVideo(video, 72, {u"-c:v"_s, u"libx264"_s}));
    OpenWindow open;
    auto* create = open.window().findChild<CreatePanel*>();
    const std::unique_ptr<QMimeData> data(filesOf({video}));
    open.drop(*data, open.window().rect().center());
    QCOMPARE(create->mode(), Mode::Extend);
    open.generate(u"The gulls fly off"_s); // waits for the video to be read
    QVERIFY(open.reaches(0, State::Done));

    const auto posts = open.seen(Step::Post);
    QCOMPARE(posts.size(), 1);
    QCOMPARE(posts.first().path, u"/v1/videos/extensions"_s);
    QCOMPARE(sortedKeys(posts.first().body), (QStringList{u"duration"_s, u"model"_s, u"prompt"_s, u"video"_s}));
}

void TestWindow::whatIsNoInputIsTold_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("a film that is none") << u"film.mp4"_s;
    QTest::newRow("a picture that is none") << u"picture.png"_s;
    QTest::newRow("another kind of file") << u"songs.zip"_s;
}

void TestWindow::whatIsNoInputIsTold()
{
    QFETCH(QString, name);
    const QString file = m_folder.filePath(name);
    QVERIFY(test::writeFile(file, "not what its name says"));
    OpenWindow open;
    const std::unique_ptr<QMimeData> data(filesOf({file}));
    open.drop(*data, open.window().rect().center());
    QTRY_COMPARE(open.notices().size(), 1);
    QVERIFY(open.notices().first().size() > 20); // a sentence
    const auto inputs = inputsOf(open.window().findChild<CreatePanel*>()->request());
    for (const Input& input : inputs)
        QCOMPARE(input, Input()); // an empty place
}

void TestWindow::aTextGoesIntoThePrompt()
{
    OpenWindow open;
    QMimeData text;
    text.setText(u"Gulls over the harbour"_s);
    auto* stage = open.find<QWidget>("stage");
    open.drop(text, stage->mapTo(&open.window(), stage->rect().center()));
    QCOMPARE(open.find<QPlainTextEdit>("promptEdit")->toPlainText(), u"Gulls over the harbour"_s);
    QCOMPARE(open.window().findChild<CreatePanel*>()->mode(), Mode::Text);
}

void TestWindow::theDraftAndTheClipsSurviveARestart()
{
    OpenWindow open;
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Done));
    QTRY_COMPARE(open.clips().size(), 1);
    const auto clips = open.clips();
    open.write(u"Not sent yet"_s);
    open.open();
    QCOMPARE(open.find<QPlainTextEdit>("promptEdit")->toPlainText(), u"Not sent yet"_s);
    QCOMPARE(open.clips(), clips);
    QCOMPARE(open.rows(), 1);
    QCOMPARE(open.job(0).state(), State::Done);
    QCOMPARE(open.posts(), 1);
}

void TestWindow::anUnfinishedJobGoesOnAfterARestart()
{
    OpenWindow open;
    open.play({rule(Step::Poll, Reply::Pending)});
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Generating));
    open.close();
    open.play({});
    open.open();
    QVERIFY(open.reaches(0, State::Done));
    QTRY_COMPARE(open.clips().size(), 1);
    QCOMPARE(open.posts(), 1);
}

void TestWindow::aClipThatArrivesLeavesAPlayingOneAlone()
{
    OpenWindow open;
    open.settings.setLoop(true); // it plays as long as the test looks
    auto* stage = open.find<Stage>("stage");
    open.generate(u"The first"_s);
    QTRY_VERIFY(stage->isPlaying());
    const ClipId first = stage->clip()->id;
    open.generate(u"The second"_s);
    QTRY_COMPARE(open.clips().size(), 2);
    QCOMPARE(stage->clip()->id, first);

    QTest::keyClick(stage, Qt::Key_Space);
    QTRY_VERIFY(!stage->isPlaying());
    open.generate(u"The third"_s);
    QTRY_VERIFY(stage->clip()->request.prompt == u"The third"_s);
}

void TestWindow::thePlayersKeysWorkFromAList_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::newRow("after a double click in the library") << QByteArray("clipView");
    QTest::newRow("after a double click in the queue") << QByteArray("queueView");
}

void TestWindow::thePlayersKeysWorkFromAList()
{
    QFETCH(QByteArray, list);
    OpenWindow open({true});
    open.settings.setLoop(true);
    open.settings.setAutoPlay(false);
    auto* stage = open.find<Stage>("stage");
    open.generate(u"A paper boat"_s);
    QTRY_COMPARE(open.clips().size(), 1);

    auto* view = open.find<QAbstractItemView>(list.constData());
    const QPoint place = view->visualRect(view->model()->index(0, 0)).center();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, place);
    QTRY_VERIFY(stage->isPlaying());
    QCOMPARE(QApplication::focusWidget(), view);
    open.press(Qt::Key_Space);
    QVERIFY(!stage->isPlaying());
    open.press(Qt::Key_M);
    QVERIFY(open.settings.muted());
    open.press(Qt::Key_L);
    QVERIFY(!open.settings.loop());
    const auto time = [&] { return open.find<QWidget>("timeLabel")->accessibleName(); };
    open.press(Qt::Key_BracketLeft);
    QTRY_VERIFY(time().contains(u"0.75"_s));
    open.press(Qt::Key_BracketRight);
    QTRY_VERIFY(!time().contains(u"0.75"_s));
    const QString before = time();
    open.press(Qt::Key_Period);
    QTRY_VERIFY(time() != before);
    open.press(Qt::Key_Comma);
    QTRY_COMPARE(time(), before);
    QCOMPARE(view->currentIndex().row(), 0);
    auto* player = open.find<PlayerView>("playerView");
    open.press(Qt::Key_F);
    QVERIFY(player->isFullScreenView());
    QTest::keyClick(player, Qt::Key_F);
    QVERIFY(!player->isFullScreenView());
}

void TestWindow::theWindowAnswersWhileTheServiceIsSlow()
{
    OpenWindow open;
    simulator::Rule slow = rule(Step::Post, Reply::Usual);
    slow.delay = 3s;
    open.play({slow});
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Submitting));
    open.write(u"Something else meanwhile"_s);
    open.press(Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(open.window().findChild<CreatePanel*>()->mode(), Mode::Image);
    QCOMPARE(open.find<QPlainTextEdit>("promptEdit")->toPlainText(), u"Something else meanwhile"_s);
    QCOMPARE(open.job(0).state(), State::Submitting); // all that while the answer was still to come
    QVERIFY(open.reaches(0, State::Done));
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
