// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/theme.h"
#include "gui/widgets/lengthslider.h"
#include "gui/widgets/notice.h"
#include "gui/widgets/ratiotiles.h"
#include "gui/widgets/segmentedbar.h"
#include "support/answereddialogs.h"
#include "support/testcase.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// The small controls of the window, used as a person uses them.
class TestControls : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void segmentsAreChosenByClickAndArrowKeys();
    void aSegmentIsChosenByItsData();
    void aNoticeSaysOneSentenceAndOffersOneAction();
    void aNoticeCopiesItsSentenceAndDetail();
    void atMostTwoNoticesStand();
    void theSameSentenceStandsOnce();
    void anErrorBringsItsSentenceAndAction();
    void doneGoesByItself();
    void testsAnswerInsteadOfAPerson();
    void theSafeAnswerIsTheDefaultOne();
    void theLengthFollowsPointerAndKeys_data();
    void theLengthFollowsPointerAndKeys();
    void ratiosAreChosenByClickAndArrowKeys();
    void ratiosKeepTheChoiceThatIsStillThere();
    void ratiosTakeMoreRowsWhereThereIsLessRoom();

private:
    Theme m_theme;
};

namespace {

QAbstractButton* button(QWidget& parent, const QString& text)
{
    const auto buttons = parent.findChildren<QAbstractButton*>();
    for (QAbstractButton* candidate : buttons) {
        if (candidate->text() == text || candidate->objectName() == text)
            return candidate;
    }
    return nullptr;
}

} // namespace

void TestControls::segmentsAreChosenByClickAndArrowKeys()
{
    SegmentedBar bar(m_theme);
    QVERIFY(!bar.current().isValid());
    bar.addSegment(u"Text"_s, 0);
    bar.addSegment(u"Image"_s, 1);
    bar.addSegment(u"Edit"_s, 2);
    QCOMPARE(bar.current(), 0);
    bar.show();
    QVERIFY(QTest::qWaitForWindowActive(&bar));
    QSignalSpy changed(&bar, &SegmentedBar::currentChanged);

    QTest::mouseClick(button(bar, u"Image"_s), Qt::LeftButton);
    QCOMPARE(bar.current(), 1);
    button(bar, u"Image"_s)->setFocus();
    QTest::keyClick(bar.focusWidget(), Qt::Key_Right);
    QCOMPARE(bar.current(), 2);
    QTest::keyClick(bar.focusWidget(), Qt::Key_Left);
    QTest::keyClick(bar.focusWidget(), Qt::Key_Left);
    QCOMPARE(bar.current(), 0);
    QCOMPARE(changed.size(), 4);
    QCOMPARE(changed.first().first().toInt(), 1);
}

void TestControls::aSegmentIsChosenByItsData()
{
    SegmentedBar bar(m_theme);
    bar.addSegment(u"Text"_s, 0);
    bar.addSegment(u"Image"_s, 1);
    bar.setCurrent(1);
    QCOMPARE(bar.current(), 1);
    bar.setCurrent(7);
    QCOMPARE(bar.current(), 1);
}

void TestControls::aNoticeSaysOneSentenceAndOffersOneAction()
{
    NoticeArea area(m_theme);
    QVERIFY(area.isHidden());
    Notice* notice = area.post(Notice::Kind::Warn, u"The prompt is empty."_s, u"Write one"_s);
    QVERIFY(!area.isHidden());
    QCOMPARE(notice->sentence(), u"The prompt is empty."_s);
    QCOMPARE(notice->accessibleName(), u"The prompt is empty."_s);
    QSignalSpy taken(notice, &Notice::actionTriggered);
    QTest::mouseClick(button(*notice, u"Write one"_s), Qt::LeftButton);
    QCOMPARE(taken.size(), 1);
    QVERIFY(area.notices().isEmpty());
    QVERIFY(area.isHidden());

    notice = area.post(Notice::Kind::Info, u"Something."_s);
    QTest::mouseClick(button(*notice, u"closeNoticeButton"_s), Qt::LeftButton);
    QVERIFY(area.notices().isEmpty());
}

void TestControls::aNoticeCopiesItsSentenceAndDetail()
{
    NoticeArea area(m_theme);
    Notice* notice = area.post(Notice::Kind::Failed, u"The service is busy."_s);
    notice->setDetail(u"503 upstream"_s);
    QTest::mouseClick(button(*notice, u"copyNoticeButton"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"The service is busy.\n503 upstream"_s);
}

void TestControls::atMostTwoNoticesStand()
{
    NoticeArea area(m_theme);
    area.post(Notice::Kind::Info, u"One."_s);
    area.post(Notice::Kind::Info, u"Two."_s);
    area.post(Notice::Kind::Info, u"Three."_s);
    QCOMPARE(area.notices().size(), 2);
    QCOMPARE(area.notices().at(0)->sentence(), u"Three."_s);
    QCOMPARE(area.notices().at(1)->sentence(), u"Two."_s);
    area.clear();
    QVERIFY(area.notices().isEmpty());
}

void TestControls::theSameSentenceStandsOnce()
{
    NoticeArea area(m_theme);
    area.post(Notice::Kind::Warn, u"Choose an image."_s);
    area.post(Notice::Kind::Warn, u"Choose an image."_s);
    QCOMPARE(area.notices().size(), 1);
}

void TestControls::anErrorBringsItsSentenceAndAction()
{
    NoticeArea area(m_theme);
    const Error error{ErrorKind::KeyRefused, u"Incorrect API key provided"_s};
    Notice* notice = area.post(error);
    QCOMPARE(notice->sentence(), explain(error).sentence);
    QVERIFY(button(*notice, explain(error).actionText));
    QTest::mouseClick(button(*notice, u"copyNoticeButton"_s), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().endsWith(error.detail));
}

void TestControls::doneGoesByItself()
{
    NoticeArea area(m_theme);
    area.post(Notice::Kind::Done, u"Saved."_s);
    Notice* withAction = area.post(Notice::Kind::Done, u"Moved to the bin."_s, u"Undo"_s);
    QTRY_COMPARE_WITH_TIMEOUT(area.notices().size(), 1, Theme::noticeTime + 2000);
    QCOMPARE(area.notices().first(), withAction);
}

void TestControls::testsAnswerInsteadOfAPerson()
{
    test::AnsweredDialogs dialogs;
    dialogs.answers.openImage = [](const QString& folder) { return folder + u"/a.png"_s; };
    dialogs.answers.saveFile = [](const QString& suggested) { return suggested; };
    dialogs.answers.chooseFolder = [](const QString&) { return QString(); };
    dialogs.answers.ask = [](const Dialogs::Question& question) { return question.yes == u"Delete"_s; };
    QCOMPARE(dialogs.openImage(nullptr, u"/pictures"_s), u"/pictures/a.png"_s);
    QCOMPARE(dialogs.saveFile(nullptr, u"Save clip"_s, u"/clip.mp4"_s, {}), u"/clip.mp4"_s);
    QCOMPARE(dialogs.chooseFolder(nullptr, u"Folder"_s, u"/"_s), QString());
    QVERIFY(dialogs.ask(nullptr, {u"Delete"_s, u"Delete it?"_s, {}, u"Delete"_s, {}}));
}

void TestControls::theSafeAnswerIsTheDefaultOne()
{
    Dialogs dialogs;
    const auto answerBy = [&dialogs](Qt::Key key) {
        QTimer::singleShot(0, [key] { QTest::keyClick(QApplication::activeModalWidget(), key); });
        return dialogs.ask(nullptr, {u"Remove"_s, u"The job is removed."_s, {}, u"Remove"_s, u"Keep"_s});
    };
    QVERIFY(!answerBy(Qt::Key_Return));
    QVERIFY(!answerBy(Qt::Key_Escape));

    QTimer::singleShot(0, [] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        QVERIFY(box);
        QTest::mouseClick(button(*box, u"Remove"_s), Qt::LeftButton);
    });
    QVERIFY(dialogs.ask(nullptr, {u"Remove"_s, u"The job is removed."_s, {}, u"Remove"_s, u"Keep"_s}));
}

void TestControls::theLengthFollowsPointerAndKeys_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

void TestControls::theLengthFollowsPointerAndKeys()
{
    QFETCH(Qt::LayoutDirection, direction);
    LengthSlider length(m_theme);
    length.setLayoutDirection(direction);
    length.setRange(1, 15);
    length.setSeconds(6);
    length.resize(300, 32);
    length.show();
    QVERIFY(QTest::qWaitForWindowActive(&length));
    QWidget* slider = length.focusProxy();
    const QSignalSpy changed(&length, &LengthSlider::secondsChanged);

    const bool mirrored = direction == Qt::RightToLeft;
    const QPoint start(mirrored ? slider->width() - 1 : 0, slider->height() / 2);
    const QPoint end(mirrored ? 0 : slider->width() - 1, slider->height() / 2);
    QTest::mouseClick(slider, Qt::LeftButton, {}, end);
    QCOMPARE(length.seconds(), 15);
    QTest::mousePress(slider, Qt::LeftButton, {}, start);
    QCOMPARE(length.seconds(), 1);
    QTest::mouseMove(slider, slider->rect().center());
    QCOMPARE(length.seconds(), 8);
    QTest::mouseRelease(slider, Qt::LeftButton);
    QTest::keyClick(slider, Qt::Key_Up);
    QCOMPARE(length.seconds(), 9);
    QTest::keyClick(slider, Qt::Key_Home);
    QCOMPARE(length.seconds(), 1);
    QCOMPARE(length.findChild<QLabel*>()->text(), u"1 s"_s);
    QCOMPARE(changed.size(), 5);
}

void TestControls::ratiosAreChosenByClickAndArrowKeys()
{
    RatioTiles tiles(m_theme);
    tiles.setRatios({u"16:9"_s, u"9:16"_s, u"1:1"_s, u"4:3"_s, u"3:4"_s}, true);
    QCOMPARE(tiles.current(), std::nullopt);
    tiles.resize(304, tiles.heightForWidth(304));
    tiles.show();
    QVERIFY(QTest::qWaitForWindowActive(&tiles));
    QSignalSpy changed(&tiles, &RatioTiles::currentChanged);
    QTest::mouseClick(button(tiles, u"9:16"_s), Qt::LeftButton);
    QCOMPARE(tiles.current(), u"9:16"_s);
    tiles.setFocus();
    QTest::keyClick(tiles.focusWidget(), Qt::Key_Left);
    QCOMPARE(tiles.current(), u"16:9"_s);
    QTest::keyClick(tiles.focusWidget(), Qt::Key_Down);
    QCOMPARE(tiles.current(), u"3:4"_s);
    QCOMPARE(changed.size(), 3);
}

void TestControls::ratiosKeepTheChoiceThatIsStillThere()
{
    RatioTiles tiles(m_theme);
    tiles.setRatios({u"16:9"_s, u"1:1"_s, u"4:3"_s}, false);
    tiles.setCurrent(u"1:1"_s);
    tiles.setRatios({u"16:9"_s, u"1:1"_s}, true);
    QCOMPARE(tiles.current(), u"1:1"_s);
    tiles.setRatios({u"16:9"_s, u"4:3"_s}, false);
    QCOMPARE(tiles.current(), u"16:9"_s);
    tiles.setCurrent(u"21:9"_s);
    QCOMPARE(tiles.current(), u"16:9"_s);
}

void TestControls::ratiosTakeMoreRowsWhereThereIsLessRoom()
{
    RatioTiles tiles(m_theme);
    tiles.setRatios({u"16:9"_s, u"9:16"_s, u"1:1"_s, u"4:3"_s}, false);
    QVERIFY(tiles.heightForWidth(120) > tiles.heightForWidth(400));
    tiles.resize(120, tiles.heightForWidth(120));
    tiles.show();
    const auto buttons = tiles.findChildren<QAbstractButton*>();
    for (const QAbstractButton* tile : buttons)
        QVERIFY(tiles.rect().contains(tile->geometry()));
}

QTEST_MAIN(TestControls)
#include "tst_controls.moc"
