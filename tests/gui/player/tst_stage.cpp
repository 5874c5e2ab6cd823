// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/theme.h"
#include "gui/player/firststart.h"
#include "gui/player/playerview.h"
#include "gui/player/stage.h"
#include "gui/player/stagebar.h"
#include "gui/player/videosurface.h"
#include "gui/widgets/timelabel.h"
#include "settings/settings.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QAccessible>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

namespace {

constexpr int frames = 97; // four seconds and one frame

} // namespace

class TestStage : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void saysThatTheLibraryLoads();
    void startsWithThreeSteps();
    void saysWhereClipsGoAndWhatServiceIsUsed();
    void pointsToTheLibraryWhenThereAreClips();
    void showsTheClipsPicture();
    void asksForWhatTheButtonsSay();
    void obeysThePlayersKeys();
    void leavesOtherKeysAlone();
    void ignoresRepeatsOfSwitches();
    void seeksWithBarAndKeys();
    void waitsWhileTheHandleIsHeld();
    void remembersSoundAndLoop();
    void isMutedOnlyThisOnce();
    void showsTheVolumeBarWhereItIsNeeded();
    void fillsTheScreenAndComesBack();
    void saysWhatIsWrongWithAFile_data();
    void saysWhatIsWrongWithAFile();
    void showsAPoster();
    void hasANameForEveryControl();
    void keepsTimeFromLeftToRight();
    void sizesGrowWithTheFont();

private:
    [[nodiscard]] Clip clip(const QString& name = u"clip.mp4"_s) const
    {
        Clip clip;
        clip.id = ClipId(name);
        clip.path = m_folder.filePath(name);
        clip.seconds = frames / 24.0;
        return clip;
    }
    template <typename T>
    [[nodiscard]] T* part(const char* name) const
    {
        return m_stage->findChild<T*>(QLatin1StringView(name));
    }
    [[nodiscard]] QString time() const
    {
        return part<TimeLabel>("timeLabel")->accessibleName().remove(u'\u2066').remove(u'\u2069');
    }
    void openPaused()
    {
        m_stage->open(clip(), false, false);
        QTRY_VERIFY(!surface().isEmpty());
    }
    [[nodiscard]] VideoSurface& surface() const { return part<PlayerView>("playerView")->surface(); }
    void press(Qt::Key key, const QString& text = {}) const
    {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier, text);
        QVERIFY(m_stage->handleKey(&event));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Stage> m_stage;
};

void TestStage::initTestCase()
{
    const QStringList h264{u"-c:v"_s, u"libx264"_s, u"-g"_s, u"48"_s};
    QVERIFY(test::makeNumberedVideo(m_folder.filePath(u"clip.mp4"_s), frames, h264));
    QVERIFY(test::writeFile(m_folder.filePath(u"page.mp4"_s), "<!doctype html>"));
    m_theme = std::make_unique<Theme>();
    m_theme->setChoice(Theme::Choice::Dark);
    m_theme->applyTo(*qApp);
}

void TestStage::init()
{
    TestCase::init();
    QFile::remove(m_folder.filePath(u"settings.ini"_s));
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"settings.ini"_s));
    m_stage = std::make_unique<Stage>(*m_theme, *m_settings);
    m_stage->resize(652, 609);
    m_stage->show();
    QVERIFY(QTest::qWaitForWindowActive(m_stage.get(), patience));
}

void TestStage::cleanup()
{
    m_stage.reset();
    m_settings.reset();
}

void TestStage::saysThatTheLibraryLoads()
{
    const auto* words = part<QLabel>("stageWords");
    QVERIFY(!part<FirstStart>("firstStart")->isVisible());
    QVERIFY(words->isVisible());
    QCOMPARE(words->text(), u"Loading your clips…"_s);
    m_stage->setLibrary(Stage::Library::Failed);
    QCOMPARE(words->text(), u"Your clips could not be loaded"_s);
    QVERIFY(!part<FirstStart>("firstStart")->isVisible());
}

void TestStage::startsWithThreeSteps()
{
    QSignalSpy key(m_stage.get(), &Stage::addKeyRequested);
    QSignalSpy folder(m_stage.get(), &Stage::changeFolderRequested);
    QSignalSpy sample(m_stage.get(), &Stage::sampleRequested);
    m_stage->setLibrary(Stage::Library::Empty);
    QVERIFY(part<FirstStart>("firstStart")->isVisible());
    QTest::mouseClick(part<QPushButton>("addKeyButton"), Qt::LeftButton);
    QTest::mouseClick(part<QPushButton>("changeFolderButton"), Qt::LeftButton);
    QTest::mouseClick(part<QPushButton>("sampleButton"), Qt::LeftButton);
    QCOMPARE(key.size(), 1);
    QCOMPARE(folder.size(), 1);
    QCOMPARE(sample.size(), 1);
}

void TestStage::saysWhereClipsGoAndWhatServiceIsUsed()
{
    const auto says = [this](const QString& words) {
        const auto labels = part<FirstStart>("firstStart")->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](QLabel* label) { return label->text().contains(words); });
    };
    m_stage->setClipsFolder(u"Videos/Clipkiln"_s, 61'000'000'000);
    QVERIFY(says(u"Clips are kept in Videos/Clipkiln"_s));
    QVERIFY(says(u"61 GB free."_s));
    m_stage->setService(Origin::simulator(), false);
    QVERIFY(says(u"Simulated clips cost nothing."_s));
    m_stage->setService(Origin::service(), true);
    QVERIFY(says(u"Real videos, with your key"_s));
    m_stage->setService(Origin::service(), false);
    QVERIFY(says(u"Real videos need a key"_s));
}

void TestStage::pointsToTheLibraryWhenThereAreClips()
{
    m_stage->setLibrary(Stage::Library::Filled);
    QVERIFY(!part<FirstStart>("firstStart")->isVisible());
    openPaused();
    m_stage->setLibrary(Stage::Library::Empty); // leaves the clip where it is
    QVERIFY(part<PlayerView>("playerView")->isVisible());
    m_stage->clear();
    QVERIFY(part<FirstStart>("firstStart")->isVisible());
    QVERIFY(!m_stage->clip());
    QVERIFY(surface().isEmpty());
}

void TestStage::showsTheClipsPicture()
{
    openPaused();
    QCOMPARE(m_stage->clip()->path, clip().path);
    press(Qt::Key_Period, u"."_s);
    QTRY_COMPARE(time(), u"0:00.04 / 0:04.04 · frame 1"_s);
    const auto pixel = [this](double x) {
        const QRectF place = surface().pictureRect();
        const QImage seen = surface().grab().toImage();
        return qGray(seen.pixel((place.topLeft() + QPointF(place.width() * x, place.height() / 2)).toPoint()));
    };
    QTRY_VERIFY(pixel(1 / 16.0) > 127); // the number one: the first of eight bars is white
    QVERIFY(pixel(3 / 16.0) < 128);
    const QRectF place = surface().pictureRect();
    QCOMPARE(qRound(place.width() / place.height() * 100), 200); // 128 x 64, undistorted
}

void TestStage::asksForWhatTheButtonsSay()
{
    QSignalSpy animate(m_stage.get(), &Stage::lastFrameRequested);
    QSignalSpy extend(m_stage.get(), &Stage::extendRequested);
    QSignalSpy edit(m_stage.get(), &Stage::editRequested);
    QSignalSpy again(m_stage.get(), &Stage::runAgainRequested);
    QSignalSpy save(m_stage.get(), &Stage::saveAsRequested);
    openPaused();
    QTest::mouseClick(part<QPushButton>("animateLastFrameButton"), Qt::LeftButton);
    QTest::mouseClick(part<QPushButton>("extendButton"), Qt::LeftButton);
    QTest::mouseClick(part<QPushButton>("editButton"), Qt::LeftButton);
    QTest::mouseClick(part<QPushButton>("runAgainButton"), Qt::LeftButton);
    QTest::mouseClick(part<QPushButton>("saveAsButton"), Qt::LeftButton);
    QCOMPARE(animate.size(), 1);
    QCOMPARE(extend.size(), 1);
    QCOMPARE(edit.size(), 1);
    QCOMPARE(again.size(), 1);
    QCOMPARE(save.size(), 1);
    QCOMPARE(save[0][0].value<Clip>(), clip());
}

void TestStage::obeysThePlayersKeys()
{
    openPaused();
    QTest::keyClick(m_stage.get(), Qt::Key_Space);
    QVERIFY(m_stage->isPlaying());
    QTest::keyClick(m_stage.get(), Qt::Key_Space);
    QVERIFY(!m_stage->isPlaying());
    press(Qt::Key_Home);
    QTRY_VERIFY(time().endsWith(u"frame 0"_s));
    press(Qt::Key_Period, u"."_s);
    QTRY_VERIFY(time().endsWith(u"frame 1"_s));
    press(Qt::Key_Comma, u","_s);
    QTRY_VERIFY(time().endsWith(u"frame 0"_s));
    press(Qt::Key_End);
    QTRY_COMPARE(time(), u"0:04.00 / 0:04.04 · frame 96"_s);
    press(Qt::Key_BracketLeft, u"["_s);
    QVERIFY2(time().contains(u"0.75×"_s), qPrintable(time()));
    press(Qt::Key_BracketLeft, u"["_s);
    press(Qt::Key_BracketRight, u"]"_s);
    press(Qt::Key_BracketRight, u"]"_s);
    press(Qt::Key_BracketRight, u"]"_s);
    QVERIFY2(time().contains(u"1.25×"_s), qPrintable(time()));
    press(Qt::Key_Backspace);
    QVERIFY(!time().contains(u'×'));
    press(Qt::Key_M);
    QVERIFY(m_settings->muted());
    const bool loop = m_settings->loop();
    press(Qt::Key_L);
    QCOMPARE(m_settings->loop(), !loop);
    QCOMPARE(part<QToolButton>("loopButton")->isChecked(), !loop);
    QVERIFY(Stage::shortcutRows().size() >= 8);
}

void TestStage::leavesOtherKeysAlone()
{
    const auto takes = [this](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QKeyEvent event(QEvent::KeyPress, key, modifiers);
        return m_stage->handleKey(&event);
    };
    QVERIFY2(!takes(Qt::Key_Space), "there is no clip");
    openPaused();
    QVERIFY(takes(Qt::Key_Home));
    QVERIFY(!takes(Qt::Key_A));
    QVERIFY(!takes(Qt::Key_F, Qt::ControlModifier));
    QVERIFY2(!takes(Qt::Key_Escape), "nothing to leave");
}

void TestStage::ignoresRepeatsOfSwitches()
{
    openPaused();
    QKeyEvent held(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier, u" "_s, true);
    QVERIFY(m_stage->handleKey(&held));
    QVERIFY(!m_stage->isPlaying());
}

void TestStage::seeksWithBarAndKeys()
{
    openPaused();
    auto* bar = part<StageBar>("seekBar");
    QTest::mouseClick(bar, Qt::LeftButton, {}, QPoint(bar->width() / 2, bar->height() / 2));
    QTRY_VERIFY2(time().endsWith(u"frame 48"_s) || time().endsWith(u"frame 49"_s), qPrintable(time()));
    bar->setFocus();
    QTest::keyClick(bar, Qt::Key_Home);
    QTRY_VERIFY(time().endsWith(u"frame 0"_s));
    QTest::keyClick(bar, Qt::Key_Right);
    QTRY_VERIFY2(time().endsWith(u"frame 24"_s), qPrintable(time()));
    press(Qt::Key_Right);
    QTRY_VERIFY(time().endsWith(u"frame 48"_s));
    press(Qt::Key_Left);
    QTRY_VERIFY(time().endsWith(u"frame 24"_s));
    for (int i = 0; i < 3; ++i)
        press(Qt::Key_Right); // quicker than the pictures come
    QTRY_VERIFY2(time().endsWith(u"frame 96"_s), qPrintable(time()));
}

void TestStage::waitsWhileTheHandleIsHeld()
{
    openPaused();
    QTest::keyClick(m_stage.get(), Qt::Key_Space);
    auto* bar = part<StageBar>("seekBar");
    QTest::mousePress(bar, Qt::LeftButton, {}, QPoint(bar->width() / 4, bar->height() / 2));
    QVERIFY(!m_stage->isPlaying());
    QTest::mouseMove(bar, QPoint(bar->width() / 2, bar->height() / 2));
    QTRY_VERIFY2(time().startsWith(u"0:02."_s), qPrintable(time()));
    QTest::mouseRelease(bar, Qt::LeftButton, {}, QPoint(bar->width() / 2, bar->height() / 2));
    QVERIFY(m_stage->isPlaying());
}

void TestStage::remembersSoundAndLoop()
{
    openPaused();
    QTest::mouseClick(part<QToolButton>("loopButton"), Qt::LeftButton);
    QVERIFY(m_settings->loop());
    QTest::mouseClick(part<QToolButton>("muteButton"), Qt::LeftButton);
    QVERIFY(m_settings->muted());
    QCOMPARE(part<QToolButton>("muteButton")->accessibleName(), u"Sound on"_s);
    part<StageBar>("volumeBar")->setValue(30);
    QCOMPARE(m_settings->volume(), 0.3);
    m_settings->setVolume(0.5);
    QCOMPARE(part<StageBar>("volumeBar")->value(), 50);
}

void TestStage::isMutedOnlyThisOnce()
{
    m_stage->open(clip(), false, true);
    QCOMPARE(part<QToolButton>("muteButton")->accessibleName(), u"Sound on"_s);
    QVERIFY2(!m_settings->muted(), "the setting is the person's");
    QTest::mouseClick(part<QToolButton>("muteButton"), Qt::LeftButton);
    QCOMPARE(part<QToolButton>("muteButton")->accessibleName(), u"Mute"_s);
    m_stage->open(clip(), false, true);
    m_stage->open(clip(), false, false);
    QCOMPARE(part<QToolButton>("muteButton")->accessibleName(), u"Mute"_s);
}

void TestStage::showsTheVolumeBarWhereItIsNeeded()
{
    openPaused();
    auto* bar = part<StageBar>("volumeBar");
    QVERIFY(!bar->isVisible());
    part<QToolButton>("muteButton")->setFocus(Qt::TabFocusReason);
    QTRY_VERIFY(bar->isVisible());
    QTest::keyClick(part<QToolButton>("muteButton"), Qt::Key_Tab);
    QVERIFY(bar->hasFocus());
    QTest::keyClick(bar, Qt::Key_Left);
    QCOMPARE(m_settings->volume(), 0.75);
    part<QToolButton>("playButton")->setFocus();
    QTRY_VERIFY(!bar->isVisible());
}

void TestStage::fillsTheScreenAndComesBack()
{
    openPaused();
    auto* view = part<PlayerView>("playerView");
    QTest::mouseDClick(&view->surface(), Qt::LeftButton);
    QVERIFY(view->isFullScreenView());
    QVERIFY(view->isWindow());
    QCOMPARE(view->surface().geometry(), view->rect());
    QTest::keyClick(view, Qt::Key_Space);
    QVERIFY(m_stage->isPlaying());
    QTest::keyClick(view, Qt::Key_Escape);
    QVERIFY(!view->isFullScreenView());
    QVERIFY(!view->isWindow());
    QVERIFY(view->isVisible());
    QTRY_VERIFY(view->height() > 400 && view->window() == m_stage.get());
    QVERIFY(m_stage->isPlaying());

    m_stage->toggleFullScreen();
    QVERIFY(view->isWindow());
    QVERIFY2(!view->close(), "closing it goes back");
    QVERIFY(!view->isWindow());
    m_stage->toggleFullScreen();
    m_stage->clear();
    QVERIFY2(!view->isWindow(), "an empty stage does not fill the screen");
    m_stage->toggleFullScreen();
    QVERIFY(!view->isWindow());
}

void TestStage::saysWhatIsWrongWithAFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("canOpen");
    QTest::newRow("broken") << u"page.mp4"_s << u"cannot be played here"_s << true;
    QTest::newRow("gone") << u"nothing.mp4"_s << u"not where it was"_s << false;
}

void TestStage::saysWhatIsWrongWithAFile()
{
    QFETCH(QString, name);
    QFETCH(QString, words);
    QFETCH(bool, canOpen);
    QSignalSpy external(m_stage.get(), &Stage::openExternallyRequested);
    openPaused();
    m_stage->open(clip(name), true, false);
    auto* sentence = part<QLabel>("stageSentence");
    QTRY_VERIFY(sentence->isVisible());
    QVERIFY2(sentence->text().contains(words), qPrintable(sentence->text()));
    QVERIFY(surface().isEmpty());
    QVERIFY(!part<StageBar>("seekBar")->isVisible());
    for (const char* source : {"animateLastFrameButton", "extendButton", "editButton"})
        QVERIFY2(!part<QPushButton>(source)->isEnabled(), source);
    auto* button = part<QPushButton>("stageMessageButton");
    QCOMPARE(button->isVisible(), canOpen);
    if (canOpen) {
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(external.size(), 1);
        QCOMPARE(external[0][0].value<Clip>().path, clip(name).path);
    }
    // The next good clip plays as if nothing had been.
    openPaused();
    QVERIFY(!sentence->isVisible());
    QVERIFY(part<StageBar>("seekBar")->isVisible());
    QVERIFY(part<QPushButton>("animateLastFrameButton")->isEnabled());
}

void TestStage::showsAPoster()
{
    QPixmap picture(200, 100);
    picture.fill(Qt::darkGreen);
    m_stage->setPoster(picture, u"Generating"_s);
    QVERIFY(!m_stage->clip());
    QVERIFY(!surface().isEmpty());
    QVERIFY(surface().isVisible());
    QCOMPARE(part<QLabel>("stageSentence")->text(), u"Generating"_s);
    QVERIFY(!part<QPushButton>("saveAsButton")->isVisible());
    openPaused();
    QVERIFY(part<QPushButton>("saveAsButton")->isVisible());
}

void TestStage::hasANameForEveryControl()
{
    openPaused();
    for (QWidget* control : m_stage->findChildren<QWidget*>()) {
        if (!(control->focusPolicy() & Qt::TabFocus) || !control->isVisible())
            continue;
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(control);
        QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), qPrintable(control->objectName()));
    }
    QAccessibleInterface* bar = QAccessible::queryAccessibleInterface(part<StageBar>("seekBar"));
    QVERIFY(bar->valueInterface());
    QCOMPARE(bar->valueInterface()->maximumValue().toInt(), part<StageBar>("seekBar")->maximum());
}

void TestStage::keepsTimeFromLeftToRight()
{
    m_stage->setLayoutDirection(Qt::RightToLeft);
    openPaused();
    auto* back = part<QToolButton>("stepBackButton");
    auto* forward = part<QToolButton>("stepForwardButton");
    auto* full = part<QToolButton>("fullScreenButton");
    const auto x = [this](QWidget* widget) { return widget->mapTo(m_stage.get(), QPoint()).x(); };
    QTRY_VERIFY(x(full) < x(back));
    QVERIFY(x(back) < x(forward));
    auto* bar = part<StageBar>("seekBar");
    bar->setFocus();
    QTest::keyClick(bar, Qt::Key_Right);
    QTRY_VERIFY2(time().endsWith(u"frame 24"_s), qPrintable(time()));
}

void TestStage::sizesGrowWithTheFont()
{
    const QFont before = QApplication::font();
    QFont larger = before;
    larger.setPointSizeF(before.pointSizeF() * 1.6);
    QApplication::setFont(larger);
    openPaused();
    QTRY_VERIFY(part<TimeLabel>("timeLabel")->height() >= part<TimeLabel>("timeLabel")->fontMetrics().height());
    auto* save = part<QPushButton>("saveAsButton");
    QVERIFY(save->width() >= save->fontMetrics().horizontalAdvance(save->text()));
    QVERIFY(save->height() >= save->fontMetrics().height());
    QApplication::setFont(before);
}

QTEST_MAIN(TestStage)
#include "tst_stage.moc"
