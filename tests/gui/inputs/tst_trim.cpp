// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/create/generatebutton.h"
#include "gui/create/promptedit.h"
#include "gui/inputs/fitview.h"
#include "gui/inputs/inputwell.h"
#include "gui/look/theme.h"
#include "gui/widgets/notice.h"
#include "gui/widgets/trimstrip.h"
#include "media/read/frames.h"
#include "media/read/probe.h"
#include "settings/settings.h"
#include "support/answereddialogs.h"
#include "support/find.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

/// Which part of a video is sent: by mouse and by keys, and what comes out of it.
class TestTrim : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void aVideoThatIsTooLongOpensTheBar();
    void theFirstPartIsSent();
    void keysMoveTheEnds();
    void keysMoveTheWholePart();
    void theMouseMovesEndsAndPart();
    void theExactFrameIsShown();
    void cancelledTheVideoStaysTooLong();
    void aCutCanBeCancelled();
    void aShortVideoCanBeTrimmedToo();
    void generateDoesNotForgetTheTrim();
    void aPartForAnExtensionIsNotTooShort();
    void theModeThatTakesItAllNeedsNoBar();
    void anotherVideoClosesTheBar();
    void aPartCanBeChosenAgain();
    void anotherContainerBecomesAnMp4();

private:
    struct Form
    {
        Form(const TestTrim& test, Mode mode, const QString& video)
            : settings(test.path(u"settings.ini"_s))
            , panel(theme, dialogs, noticeArea, settings, table, test.path(u"pasted"_s))
        {
            panel.resize(360, 1000);
            panel.show();
            test::find<PromptEdit>(panel, "promptEdit")->setPrompt(u"Make it snow"_s);
            panel.setSource(mode, test.path(video));
            settle();
        }
        template <typename T>
        [[nodiscard]] T& part(const char* name) const
        {
            return *test::find<T>(panel, name);
        }
        [[nodiscard]] bool isOpen() const { return part<QWidget>("trimBar").isVisible(); }
        [[nodiscard]] InputWell& well() const { return part<InputWell>("videoWell"); }
        [[nodiscard]] TrimStrip& strip() const { return part<TrimStrip>("trimStrip"); }
        [[nodiscard]] QString text(const char* name) const { return part<QLabel>(name).text(); }
        void press(const char* button) const { QTest::mouseClick(&part<QWidget>(button), Qt::LeftButton); }
        /// Waits until the video is looked at or cut.
        void settle() const
        {
            if (!QTest::qWaitFor([this] { return !well().isLoading(); }, patience))
                qFatal("The video does not get ready");
        }
        /// Uses the part shown and gives what would be sent.
        [[nodiscard]] LocalFile cut() const
        {
            press("trimApplyButton");
            settle();
            return well().file() ? *well().file() : LocalFile();
        }

        Theme theme;
        test::AnsweredDialogs dialogs;
        Settings settings;
        ModelTable table = ModelTable::builtIn();
        NoticeArea& noticeArea = *new NoticeArea(theme); // in the panel, which deletes it
        CreatePanel panel;
        QSignalSpy sent{&panel.submitController(), &SubmitController::submitted};
    };

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] int filesLeft() const;

    QTemporaryDir m_folder;
};

namespace {

constexpr int rate = 24;

int frameCount(const QString& path)
{
    const auto info = probeVideo(path);
    return info ? qRound(info->seconds * info->framesPerSecond) : -1;
}

int firstNumber(const QString& path)
{
    const auto frame = frameAt(path, 0);
    return frame ? test::numberIn(*frame) : -1;
}

int lastNumber(const QString& path)
{
    const auto frame = lastFrame(path);
    return frame ? test::numberIn(*frame) : -1;
}

} // namespace

void TestTrim::initTestCase()
{
    // Of a key frame per second, so that parts begin on one and elsewhere.
    const QStringList h264{u"-c:v"_s, u"libx264"_s, u"-preset"_s, u"ultrafast"_s, u"-g"_s, u"24"_s};
    QVERIFY(test::makeNumberedVideo(path(u"ten.mp4"_s), 10 * rate, h264));
    QVERIFY(test::makeNumberedVideo(path(u"twelve.mp4"_s), 12 * rate, h264));
    QVERIFY(test::makeNumberedVideo(path(u"sixteen.mp4"_s), 16 * rate, h264));
    QVERIFY(test::makeNumberedVideo(path(u"four.mp4"_s), 4 * rate, h264));
    QVERIFY(test::makeNumberedVideo(path(u"four.mkv"_s), 4 * rate, h264));
}

void TestTrim::init()
{
    TestCase::init();
    QFile::remove(path(u"settings.ini"_s));
    QDir(path(u"pasted"_s)).removeRecursively();
}

int TestTrim::filesLeft() const
{
    int files = 0;
    for (QDirIterator each(path(u"pasted"_s), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); each.hasNext();
         each.next())
        ++files;
    return files;
}

void TestTrim::aVideoThatIsTooLongOpensTheBar()
{
    const Form form(*this, Mode::Edit, u"twelve.mp4"_s);
    QVERIFY(form.isOpen());
    QCOMPARE(form.text("trimLengthLabel"), u"8.67 s of 12.00 s"_s);
    QCOMPARE(form.strip().range().in(), 0);
    QCOMPARE(form.strip().range().out(), 208);
    const Form shorter(*this, Mode::Edit, u"four.mp4"_s);
    QVERIFY(!shorter.isOpen());
}

void TestTrim::theFirstPartIsSent()
{
    Form form(*this, Mode::Edit, u"twelve.mp4"_s);
    QVERIFY(form.noticeArea.notices().isEmpty()); // the bar says enough
    form.press("generateButton");
    QCOMPARE(form.sent.size(), 0);
    QVERIFY(form.noticeArea.notices().first()->sentence().contains(u"8.7 s"_s));
    const LocalFile file = form.cut();
    QVERIFY(!form.isOpen());
    QVERIFY(form.noticeArea.notices().isEmpty());
    QCOMPARE(frameCount(file.path), 208);
    QCOMPARE(firstNumber(file.path), 0);
    QCOMPARE(lastNumber(file.path), 207);
    QCOMPARE(file.name, u"twelve.mp4"_s);
    QVERIFY(form.text("videoFactsLabel").startsWith(u"8.7 s"_s));
    QVERIFY2(form.text("videoNotesLabel").contains(u"e-encod"_s), qPrintable(form.text("videoNotesLabel")));

    form.press("generateButton");
    QCOMPARE(form.sent.size(), 1);
    const auto request = form.sent.first().first().value<GenerationRequest>();
    QCOMPARE(std::get<LocalFile>(std::get<EditClip>(request.inputs).video), file);
    const auto whole = estimate(request, *form.table.find(request.model));
    QVERIFY(whole);
    QCOMPARE(form.sent.first().at(1).value<std::optional<Money>>(), whole->total);
}

void TestTrim::keysMoveTheEnds()
{
    const Form form(*this, Mode::Edit, u"twelve.mp4"_s);
    auto& in = form.part<QWidget>("trimInHandle");
    auto& out = form.part<QWidget>("trimOutHandle");
    QTest::keyClick(&in, Qt::Key_Right, Qt::ShiftModifier);
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&in, Qt::Key_Right);
    QTest::keyClick(&in, Qt::Key_Left);
    QCOMPARE(form.strip().range().in(), 26);
    QTest::keyClick(&out, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(&out, Qt::Key_Left);
    QCOMPARE(form.strip().range().out(), 208 - 25);
    const LocalFile file = form.cut();
    QCOMPARE(frameCount(file.path), 183 - 26);
    QCOMPARE(firstNumber(file.path), 26);
    QCOMPARE(lastNumber(file.path), 182);
}

void TestTrim::keysMoveTheWholePart()
{
    const Form form(*this, Mode::Edit, u"twelve.mp4"_s);
    QTest::keyClick(&form.strip(), Qt::Key_Right);
    QTest::keyClick(&form.strip(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(form.strip().range().in(), 25);
    QCOMPARE(form.strip().range().out(), 25 + 208);
    QTest::keyClick(&form.strip(), Qt::Key_End);
    QCOMPARE(form.strip().range().out(), 288);
    QTest::keyClick(&form.strip(), Qt::Key_Home);
    QCOMPARE(form.strip().range().in(), 0);
    auto& out = form.part<QWidget>("trimOutHandle");
    QTest::keyClick(&out, Qt::Key_End);
    QCOMPARE(form.strip().range().out(), 288);
    QCOMPARE(form.strip().range().in(), 80); // drawn along
}

void TestTrim::theMouseMovesEndsAndPart()
{
    const Form form(*this, Mode::Edit, u"twelve.mp4"_s);
    auto& in = form.part<QWidget>("trimInHandle");
    auto& strip = form.strip();
    const QPoint grip = in.rect().center();
    QTest::mousePress(&in, Qt::LeftButton, {}, grip);
    QTest::mouseMove(&in, grip + QPoint(40, 0));
    QTest::mouseRelease(&in, Qt::LeftButton, {}, grip);
    const int moved = strip.range().in();
    QVERIFY2(moved > 20 && moved < 60, qPrintable(QString::number(moved)));
    QCOMPARE(strip.range().out(), 208);

    const int length = strip.range().out() - moved;
    const QPoint middle((in.geometry().right() + form.part<QWidget>("trimOutHandle").x()) / 2, strip.height() / 2);
    QTest::mousePress(&strip, Qt::LeftButton, {}, middle);
    QTest::mouseMove(&strip, middle + QPoint(20, 0));
    QTest::mouseRelease(&strip, Qt::LeftButton, {}, middle + QPoint(20, 0));
    QVERIFY(strip.range().in() > moved + 10);
    QCOMPARE(strip.range().out() - strip.range().in(), length);
}

void TestTrim::theExactFrameIsShown()
{
    const Form form(*this, Mode::Edit, u"ten.mp4"_s);
    auto& view = *form.part<QWidget>("trimBar").findChild<FitView*>();
    QTRY_COMPARE(test::numberIn(view.image()), 0);
    auto& in = form.part<QWidget>("trimInHandle");
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&in, Qt::Key_Right);
    QTRY_COMPARE(test::numberIn(view.image()), 5);
    QTest::keyClick(&form.part<QWidget>("trimOutHandle"), Qt::Key_Left);
    QTRY_COMPARE(test::numberIn(view.image()), 206); // the last one that is kept
}

void TestTrim::cancelledTheVideoStaysTooLong()
{
    Form form(*this, Mode::Edit, u"twelve.mp4"_s);
    QTest::keyClick(&form.strip(), Qt::Key_Escape);
    QVERIFY(!form.isOpen());
    QCOMPARE(form.well().file()->path, path(u"twelve.mp4"_s));
    form.press("generateButton");
    QCOMPARE(form.sent.size(), 0);
    QVERIFY(form.noticeArea.notices().first()->sentence().contains(u"8.7 s"_s));
    form.panel.setMode(Mode::Text);
    form.panel.setMode(Mode::Edit);
    QVERIFY(!form.isOpen()); // once is enough
    form.panel.trimSource();
    QVERIFY(form.isOpen());
}

void TestTrim::aCutCanBeCancelled()
{
    {
        const Form form(*this, Mode::Edit, u"twelve.mp4"_s);
        QTest::keyClick(&form.part<QWidget>("trimInHandle"), Qt::Key_Right);
        form.press("trimApplyButton");
        QVERIFY(form.well().isLoading());
        QVERIFY(form.text("trimLengthLabel").startsWith(u"8.6"_s));
        QVERIFY(!form.part<QPushButton>("trimApplyButton").isEnabled());
        QVERIFY(form.part<QPushButton>("trimCancelButton").hasFocus() || !form.panel.isActiveWindow());
        form.press("trimCancelButton");
        QVERIFY(!form.well().isLoading());
        QVERIFY(form.isOpen());
        QCOMPARE(form.well().file()->path, path(u"twelve.mp4"_s));
        QCOMPARE(form.strip().range().in(), 1); // what was chosen is not lost
        QVERIFY(form.part<QPushButton>("trimApplyButton").isEnabled());
    } // waits for the work
    QCOMPARE(filesLeft(), 0);
}

void TestTrim::aShortVideoCanBeTrimmedToo()
{
    const Form form(*this, Mode::Edit, u"four.mp4"_s);
    form.press("trimButton");
    QVERIFY(form.isOpen());
    QCOMPARE(form.text("trimLengthLabel"), u"4.00 s of 4.00 s"_s);
    QTest::keyClick(&form.part<QWidget>("trimOutHandle"), Qt::Key_Left, Qt::ShiftModifier);
    const LocalFile file = form.cut();
    QCOMPARE(frameCount(file.path), 72);
    QVERIFY(!form.isOpen());
}

void TestTrim::generateDoesNotForgetTheTrim()
{
    Form form(*this, Mode::Edit, u"four.mp4"_s);
    form.press("trimButton");
    form.press("generateButton"); // nothing was chosen yet
    QCOMPARE(form.sent.size(), 1);
    QTest::keyClick(&form.part<QWidget>("trimInHandle"), Qt::Key_Right, Qt::ShiftModifier);
    form.press("generateButton");
    QCOMPARE(form.sent.size(), 1);
    QVERIFY(form.noticeArea.notices().first()->sentence().contains(u"not cut yet"_s));
    form.press("trimApplyButton");
    form.press("generateButton"); // waits for the cut
    QTRY_COMPARE(form.sent.size(), 2);
    const auto request = form.sent.last().first().value<GenerationRequest>();
    QCOMPARE(frameCount(std::get<LocalFile>(std::get<EditClip>(request.inputs).video).path), 72);
}

void TestTrim::aPartForAnExtensionIsNotTooShort()
{
    const Form form(*this, Mode::Extend, u"sixteen.mp4"_s);
    QVERIFY(form.isOpen());
    QCOMPARE(form.text("trimLengthLabel"), u"15.00 s of 16.00 s"_s);
    QTest::keyClick(&form.part<QWidget>("trimInHandle"), Qt::Key_End);
    QCOMPARE(form.strip().range().seconds(), 2.0);
    const LocalFile file = form.cut();
    QCOMPARE(frameCount(file.path), 48);
    QCOMPARE(form.text("totalLabel"), u"2.0 s + 6 s = 8.0 s"_s);
}

void TestTrim::theModeThatTakesItAllNeedsNoBar()
{
    Form form(*this, Mode::Edit, u"twelve.mp4"_s);
    QVERIFY(form.isOpen());
    form.panel.setMode(Mode::Extend); // up to 15 s
    form.settle();
    QVERIFY(!form.isOpen());
    QCOMPARE(form.well().file()->path, path(u"twelve.mp4"_s));
    form.panel.setMode(Mode::Edit);
    QVERIFY(!form.isOpen()); // it was offered for this video and this limit
}

void TestTrim::anotherVideoClosesTheBar()
{
    Form form(*this, Mode::Edit, u"twelve.mp4"_s);
    QVERIFY(form.isOpen());
    form.panel.setSource(Mode::Edit, path(u"four.mp4"_s));
    form.settle();
    QVERIFY(!form.isOpen());
    form.panel.setSource(Mode::Edit, path(u"ten.mp4"_s));
    form.settle();
    QVERIFY(form.isOpen());
    QCOMPARE(form.text("trimLengthLabel"), u"8.67 s of 10.00 s"_s);
    form.well().clear();
    QVERIFY(!form.isOpen());
}

void TestTrim::aPartCanBeChosenAgain()
{
    const Form form(*this, Mode::Edit, u"twelve.mp4"_s);
    QTest::keyClick(&form.strip(), Qt::Key_End);
    QCOMPARE(firstNumber(form.cut().path), 80);
    QCOMPARE(form.well().file()->name, u"twelve.mp4"_s);
    form.press("trimButton");
    QCOMPARE(form.text("trimLengthLabel"), u"8.67 s of 12.00 s"_s); // of the video that was given
    QCOMPARE(form.strip().range().in(), 80);
    QTest::keyClick(&form.strip(), Qt::Key_Home);
    QCOMPARE(firstNumber(form.cut().path), 0);
    QCOMPARE(form.well().file()->name, u"twelve.mp4"_s); // however many there are of it
}

void TestTrim::anotherContainerBecomesAnMp4()
{
    const Form form(*this, Mode::Edit, u"four.mkv"_s);
    const LocalFile file = *form.well().file();
    QCOMPARE(file.mime, u"video/mp4"_s);
    QCOMPARE(file.name, u"four.mp4"_s);
    QCOMPARE(frameCount(file.path), 96);
    QVERIFY2(form.text("videoNotesLabel").contains(u"MP4"_s), qPrintable(form.text("videoNotesLabel")));
}

QTEST_MAIN(TestTrim)
#include "tst_trim.moc"
