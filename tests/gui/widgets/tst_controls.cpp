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
using clipkiln::test::patience;

/// The small controls of the window, used as a person uses them.
class TestControls : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void segmentsAreChosenByClickAndArrowKeys();
    void aSegmentIsChosenByItsData();
    void aNoticeSaysOneSentenceAndOffersOneAction();
    void aNoticeCopiesItsSentenceAndDetail();
    void aNoticeShowsNoMarkupAndNoControls();
    void noNoticePushesAnotherOut();
    void aNoticeStaysForItsSubject_data();
    void aNoticeStaysForItsSubject();
    void itsTimeRunsWhileItIsSeen();
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
    QVERIFY(QTest::qWaitForWindowActive(&bar, patience));
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

void TestControls::aNoticeShowsNoMarkupAndNoControls()
{
    NoticeArea area(m_theme);
    Notice* notice = area.post(Notice::Kind::Failed, u"<b>Saved</b> as \u202egpj.mp4\u001b[0m."_s);
    notice->setDetail(u"<img src=\"x\">\u0007"_s);
    QCOMPARE(notice->sentence(), u"<b>Saved</b> as gpj.mp4[0m."_s);
    const auto* label = notice->findChild<QLabel*>(u"noticeSentence"_s);
    QCOMPARE(label->textFormat(), Qt::PlainText);
    QCOMPARE(label->toolTip(), u"<p>&lt;img src=&quot;x&quot;&gt;</p>"_s);
}

void TestControls::noNoticePushesAnotherOut()
{
    NoticeArea area(m_theme);
    area.show();
    QList<Notice*> posted;
    for (const QString& sentence : {u"One."_s, u"Two."_s, u"Three."_s, u"Four."_s})
        posted.prepend(area.post(Notice::Kind::Info, sentence));
    auto* more = button(area, u"moreNoticesButton"_s);
    const auto seen = [&] {
        QStringList sentences;
        const auto all = area.notices();
        for (const Notice* each : all) {
            if (each->isVisible())
                sentences << each->sentence();
        }
        return sentences;
    };
    QCOMPARE(area.notices(), posted);
    QCOMPARE(seen(), (QStringList{u"Four."_s, u"Three."_s}));
    QCOMPARE(more->text(), u"2 more messages"_s);
    posted.first()->dismiss();
    QCOMPARE(seen(), (QStringList{u"Three."_s, u"Two."_s}));
    QCOMPARE(more->text(), u"1 more message"_s);
    QTest::mouseClick(more, Qt::LeftButton);
    QCOMPARE(seen(), (QStringList{u"Three."_s, u"Two."_s, u"One."_s}));
    QCOMPARE(more->text(), u"Show fewer"_s);
    QTest::mouseClick(more, Qt::LeftButton);
    QCOMPARE(seen(), (QStringList{u"Three."_s, u"Two."_s}));
    area.end(Notice::Subject::Form);
    QVERIFY(area.notices().isEmpty());
    QVERIFY(!area.isVisible());
    QVERIFY(!more->isVisible());
}

void TestControls::aNoticeStaysForItsSubject_data()
{
    using Subject = Notice::Subject;
    using Kind = Notice::Kind;
    QTest::addColumn<Subject>("subject");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("endsByItself");
    QTest::addColumn<bool>("endsWithItsAction");
    QTest::newRow("a problem of the form") << Subject::Form << Kind::Warn << false << true;
    QTest::newRow("a hint of the form") << Subject::Form << Kind::Info << false << true;
    QTest::newRow("an Undo") << Subject::Event << Kind::Info << true << true;
    QTest::newRow("something done") << Subject::Event << Kind::Done << true << true;
    QTest::newRow("something that may still be charged") << Subject::Event << Kind::Warn << false << true;
    QTest::newRow("something that failed") << Subject::Event << Kind::Failed << false << true;
    QTest::newRow("trouble of the database") << Subject::Database << Kind::Failed << false << false;
    QTest::newRow("trouble of the clips folder") << Subject::ClipsFolder << Kind::Failed << false << false;
    QTest::newRow("trouble of the presets") << Subject::Presets << Kind::Warn << false << false;
    QTest::newRow("trouble of the key") << Subject::Key << Kind::Failed << false << false;
}

void TestControls::aNoticeStaysForItsSubject()
{
    QFETCH(Notice::Subject, subject);
    QFETCH(Notice::Kind, kind);
    QFETCH(bool, endsByItself);
    QFETCH(bool, endsWithItsAction);
    NoticeArea area(m_theme);
    const auto post = [&] { return area.post(kind, u"A sentence."_s, u"Act"_s, subject); };
    QCOMPARE(post()->isBrief(), endsByItself);

    using Subject = Notice::Subject;
    for (const Subject other :
         {Subject::Form, Subject::Event, Subject::Database, Subject::ClipsFolder, Subject::Presets, Subject::Key}) {
        Notice* notice = post();
        area.end(other);
        QCOMPARE(area.notices().contains(notice), other != subject);
    }
    Notice* notice = post();
    QSignalSpy acted(notice, &Notice::actionTriggered);
    QTest::mouseClick(button(*notice, u"Act"_s), Qt::LeftButton);
    QCOMPARE(acted.size(), 1);
    QCOMPARE(area.notices().isEmpty(), endsWithItsAction);
    notice = post();
    QTest::mouseClick(button(*notice, u"closeNoticeButton"_s), Qt::LeftButton);
    QVERIFY(area.notices().isEmpty());
}

void TestControls::itsTimeRunsWhileItIsSeen()
{
    NoticeArea area(m_theme);
    Notice* undo = area.post(Notice::Kind::Info, u"The clip is in the bin."_s, u"Undo"_s, Notice::Subject::Event);
    const auto* time = undo->findChild<QTimer*>();
    QVERIFY(time->isActive());
    QCOMPARE(time->interval(), Theme::undoTime);
    area.post(Notice::Kind::Warn, u"One."_s);
    area.post(Notice::Kind::Warn, u"Two."_s);
    QVERIFY(!undo->isVisible());
    QVERIFY(!time->isActive());
    area.end(Notice::Subject::Form);
    QVERIFY(undo->isVisible());
    QVERIFY(time->isActive());
    area.hide();
    QVERIFY(!time->isActive());
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
    area.post(Notice::Kind::Done, u"Saved."_s, {}, Notice::Subject::Event);
    Notice* withAction = area.post(Notice::Kind::Done, u"Moved to the bin."_s, u"Undo"_s, Notice::Subject::Event);
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
    QVERIFY(QTest::qWaitForWindowActive(&length, patience));
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
    QVERIFY(QTest::qWaitForWindowActive(&tiles, patience));
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
