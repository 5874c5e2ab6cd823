// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/theme.h"
#include "gui/models/jobmodel.h"
#include "gui/queue/queuepanel.h"
#include "gui/queue/queueview.h"
#include "gui/widgets/paneltabs.h"
#include "media/read/thumbnails.h"
#include "support/samples.h"
#include "support/testcase.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;
using samples::error;
using samples::job;
using samples::requestId;

class TestQueue : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aClickOnTheWordsDoesTheAction();
    void aClickBesideTheWordsOnlySelects();
    void aDoubleClickOnTheWordsCountsOnce();
    void aPressThatSlipsOffDoesNothing();
    void aRightClickOnTheWordsDoesNothing();
    void thePointerShowsWhereItCanClick();
    void enterDoesTheRowsAction();
    void aHeldEnterCountsOnce();
    void deleteCancelsOrRemoves();
    void doubleClickPlaysADoneJobAndExplainsOthers();
    void theMenuFitsTheState();
    void theMenuKeyOpensTheMenuOfTheCurrentRow();
    void theMenuDoesWhatItSays();
    void secondsAreCountedOnlyWhileSeen();
    void rowsGrowWithTheFont();
    void rowsMirror();
    void aQueueThatLoadsSaysSo();
    void theTabCountsUnfinishedJobs();
    void showErrorOpensTheDetails();
    void theRequestIdIsCopied();
    void selectingFillsTheDetails();
    void aRemovedJobLeavesTheDetails();
    void tabsAreReachedByKeyboard();

private:
    [[nodiscard]] QPoint actionPoint(int row) const { return m_view->actionRect(m_model->index(row)).center(); }
    [[nodiscard]] QPoint promptPoint(int row) const;
    void click(const QPoint& point, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mouseClick(m_view->viewport(), button, {}, point);
    }
    [[nodiscard]] QMenu* openMenu(int row, QContextMenuEvent::Reason reason = QContextMenuEvent::Mouse);
    [[nodiscard]] int openPage() const { return m_panel->findChild<QStackedWidget*>()->currentIndex(); }
    [[nodiscard]] JobAction requested(const QSignalSpy& spy) const { return spy.last().at(0).value<JobAction>(); }

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Thumbnails> m_thumbnails;
    std::unique_ptr<JobModel> m_model;
    std::unique_ptr<QueuePanel> m_panel;
    QueueView* m_view = nullptr;
};

/// Rows: 0 failed, 1 moderated, 2 generating, 3 queued, 4 done.
void TestQueue::init()
{
    TestCase::init();
    m_theme = std::make_unique<Theme>();
    m_theme->applyTo(*qApp);
    m_thumbnails = std::make_unique<Thumbnails>(m_folder.path());
    m_model = std::make_unique<JobModel>();
    m_model->setJobs({job(u"failed"_s, Failed{requestId, error(ErrorKind::ServerFault, u"internal_error"_s)}, 1),
                      job(u"moderated"_s, Moderated{requestId, error(ErrorKind::Moderated)}, 2),
                      job(u"generating"_s, Generating{requestId, 42, {}, false}, 3), job(u"queued"_s, Queued{}, 4),
                      job(u"done"_s, Done{requestId, ClipId(u"c"_s)}, 5)});
    m_panel = std::make_unique<QueuePanel>(*m_theme, *m_thumbnails, *m_model);
    m_panel->resize(300, 500);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get(), patience));
    m_view = m_panel->findChild<QueueView*>();
    m_view->setFocus();
}

void TestQueue::cleanup()
{
    m_panel.reset();
    m_model.reset();
    m_thumbnails.reset();
    m_theme.reset();
    qApp->setLayoutDirection(Qt::LeftToRight);
}

QPoint TestQueue::promptPoint(int row) const
{
    return m_view->visualRect(m_model->index(row)).center() - QPoint(0, 15);
}

QMenu* TestQueue::openMenu(int row, QContextMenuEvent::Reason reason)
{
    const QPoint point = promptPoint(row);
    QContextMenuEvent event(reason, point, m_view->viewport()->mapToGlobal(point));
    QApplication::sendEvent(m_view->viewport(), &event);
    return qobject_cast<QMenu*>(QApplication::activePopupWidget());
}

void TestQueue::aClickOnTheWordsDoesTheAction()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    click(actionPoint(0));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(requested(spy), JobAction::TryAgain);
    QCOMPARE(spy.last().at(1).value<JobId>(), JobId(u"failed"_s));
    click(actionPoint(1));
    QCOMPARE(spy.size(), 2);
    QCOMPARE(requested(spy), JobAction::EditAndRun);
    QCOMPARE(spy.last().at(1).value<JobId>(), JobId(u"moderated"_s));
}

void TestQueue::aClickBesideTheWordsOnlySelects()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    QSignalSpy selected(m_panel.get(), &QueuePanel::selectionChanged);
    click(promptPoint(1));
    QVERIFY(spy.isEmpty());
    QCOMPARE(selected.last().at(0).value<JobId>(), JobId(u"moderated"_s));
    QVERIFY(m_view->actionRect(m_model->index(2)).isEmpty()); // a running row has no words to click
}

void TestQueue::aDoubleClickOnTheWordsCountsOnce()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    // What a person's double click is: press, release, double press, release.
    const QPoint point = actionPoint(0);
    click(point);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, point);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, point);
    QCOMPARE(spy.size(), 1);
}

void TestQueue::aPressThatSlipsOffDoesNothing()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, actionPoint(0));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, actionPoint(1));
    QVERIFY(spy.isEmpty());
}

void TestQueue::aRightClickOnTheWordsDoesNothing()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    click(actionPoint(0), Qt::RightButton);
    QVERIFY(spy.isEmpty());
}

void TestQueue::thePointerShowsWhereItCanClick()
{
    QTest::mouseMove(m_view->viewport(), actionPoint(0));
    QTRY_COMPARE(m_view->viewport()->cursor().shape(), Qt::PointingHandCursor);
    QTest::mouseMove(m_view->viewport(), promptPoint(0));
    QTRY_COMPARE(m_view->viewport()->cursor().shape(), Qt::ArrowCursor);
}

void TestQueue::enterDoesTheRowsAction()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    m_panel->select(JobId(u"moderated"_s));
    QTest::keyClick(m_view, Qt::Key_Return);
    QCOMPARE(requested(spy), JobAction::EditAndRun);
    m_panel->select(JobId(u"done"_s));
    QTest::keyClick(m_view, Qt::Key_Enter);
    QCOMPARE(requested(spy), JobAction::ShowClip);
    m_panel->select(JobId(u"queued"_s));
    QTest::keyClick(m_view, Qt::Key_Return);
    QCOMPARE(spy.size(), 2); // nothing to do but wait
}

void TestQueue::aHeldEnterCountsOnce()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    m_panel->select(JobId(u"failed"_s));
    for (const bool repeat : {false, true, true}) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, {}, repeat);
        QApplication::sendEvent(m_view, &press);
    }
    QCOMPARE(spy.size(), 1);
}

void TestQueue::deleteCancelsOrRemoves()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    m_panel->select(JobId(u"generating"_s));
    QTest::keyClick(m_view, Qt::Key_Delete);
    QCOMPARE(requested(spy), JobAction::Cancel);
    m_panel->select(JobId(u"done"_s));
    QTest::keyClick(m_view, Qt::Key_Delete);
    QCOMPARE(requested(spy), JobAction::Remove);
}

void TestQueue::doubleClickPlaysADoneJobAndExplainsOthers()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, promptPoint(4));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(requested(spy), JobAction::ShowClip);
    QCOMPARE(openPage(), 0);
    // A double click on a row is no wish to spend: it only tells more.
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, promptPoint(0));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(openPage(), 1);
}

void TestQueue::theMenuFitsTheState()
{
    const auto texts = [this](int row) {
        QStringList list;
        QMenu* menu = openMenu(row);
        const auto actions = menu ? menu->actions() : QList<QAction*>();
        for (const QAction* action : actions)
            list << action->text();
        if (menu)
            menu->close();
        list.removeAll(QString()); // separators
        return list;
    };
    QCOMPARE(texts(0), QStringList({u"Watch again"_s, u"Try again"_s, u"Edit and run"_s, u"Show error"_s,
                                    u"Copy request id"_s, u"Remove from list"_s}));
    QCOMPARE(texts(2), QStringList({u"Run again"_s, u"Edit and run"_s, u"Copy request id"_s,
                                    u"Stop watching (may still be charged)"_s}));
    QCOMPARE(texts(3), QStringList({u"Run next"_s, u"Hold"_s, u"Run again"_s, u"Edit and run"_s, u"Cancel"_s}));
    QCOMPARE(texts(4), QStringList({u"Play"_s, u"Save as…"_s, u"Show in folder"_s, u"Run again"_s, u"Edit and run"_s,
                                    u"Copy request id"_s, u"Remove from list"_s}));
}

void TestQueue::theMenuKeyOpensTheMenuOfTheCurrentRow()
{
    m_panel->select(JobId(u"done"_s));
    QMenu* menu = openMenu(0, QContextMenuEvent::Keyboard);
    QVERIFY(menu);
    QCOMPARE(menu->actions().first()->text(), u"Play"_s);
    menu->close();
}

void TestQueue::theMenuDoesWhatItSays()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    QMenu* menu = openMenu(3);
    QVERIFY(menu);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(requested(spy), JobAction::RunNext);
    QCOMPARE(spy.last().at(1).value<JobId>(), JobId(u"queued"_s));
}

void TestQueue::secondsAreCountedOnlyWhileSeen()
{
    const auto* ticker = m_view->findChild<QTimer*>(u"ticker"_s);
    QVERIFY(ticker->isActive());
    m_panel->openDetails();
    QVERIFY(!ticker->isActive());
    m_panel->openQueue();
    QVERIFY(ticker->isActive());
    m_model->update(job(u"generating"_s, Cancelled{requestId}, 3));
    m_model->update(job(u"queued"_s, Cancelled{}, 4));
    QVERIFY(!ticker->isActive());
}

void TestQueue::rowsGrowWithTheFont()
{
    QCOMPARE(m_view->visualRect(m_model->index(0)).height(), Theme::queueRowHeight);
    const QFont before = qApp->font();
    QFont large = before;
    large.setPointSizeF(before.pointSizeF() * 2);
    qApp->setFont(large);
    // What the application sends by itself only while its own event loop runs.
    QEvent change(QEvent::ApplicationFontChange);
    QApplication::sendEvent(m_view, &change);
    QTRY_VERIFY(m_view->visualRect(m_model->index(0)).height() > Theme::queueRowHeight);
    qApp->setFont(before);
}

void TestQueue::rowsMirror()
{
    QVERIFY(actionPoint(0).x() > m_view->viewport()->width() / 2);
    qApp->setLayoutDirection(Qt::RightToLeft);
    QVERIFY(actionPoint(0).x() < m_view->viewport()->width() / 2);
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    click(actionPoint(0));
    QCOMPARE(requested(spy), JobAction::TryAgain);
}

void TestQueue::aQueueThatLoadsSaysSo()
{
    JobModel loading;
    const QueuePanel panel(*m_theme, *m_thumbnails, loading);
    const auto* view = panel.findChild<QueueView*>();
    QCOMPARE(view->accessibleDescription(), u"Loading your jobs…"_s);
    loading.setJobs({});
    QCOMPARE(view->accessibleDescription(), u"Jobs appear here,\nfrom the click to the finished clip"_s);
}

void TestQueue::theTabCountsUnfinishedJobs()
{
    const auto* tabs = m_panel->findChild<PanelTabs*>();
    QCOMPARE(tabs->count(0), 2);
    QCOMPARE(tabs->accessibleTabName(0), u"Queue (2)"_s);
    m_model->update(job(u"queued"_s, Cancelled{}, 4));
    QCOMPARE(tabs->count(0), 1);
    m_model->setJobs({});
    QCOMPARE(tabs->accessibleTabName(0), u"Queue"_s);
}

void TestQueue::showErrorOpensTheDetails()
{
    QMenu* menu = openMenu(0);
    QVERIFY(menu);
    for (QAction* action : menu->actions()) {
        if (action->text() == u"Show error"_s)
            action->trigger();
    }
    menu->close();
    QCOMPARE(openPage(), 1);
    QVERIFY(m_panel->findChild<QPushButton*>(u"rawButton"_s)->isChecked());
}

void TestQueue::theRequestIdIsCopied()
{
    QSignalSpy spy(m_panel.get(), &QueuePanel::actionRequested);
    QMenu* menu = openMenu(4);
    QVERIFY(menu);
    for (QAction* action : menu->actions()) {
        if (action->text() == u"Copy request id"_s)
            action->trigger();
    }
    menu->close();
    QCOMPARE(QApplication::clipboard()->text(), requestId.toString());
    QVERIFY(spy.isEmpty());
}

void TestQueue::selectingFillsTheDetails()
{
    click(promptPoint(1));
    const auto* prompt = m_panel->findChild<QLabel*>(u"promptValue"_s);
    QCOMPARE(prompt->text(), u"Prompt of moderated"_s);
    QTest::keyClick(m_view, Qt::Key_Down);
    QCOMPARE(prompt->text(), u"Prompt of generating"_s);
    m_panel->showClip(samples::clip(u"c"_s, u"A clip of the library"_s));
    QCOMPARE(prompt->text(), u"A clip of the library"_s);
}

void TestQueue::aRemovedJobLeavesTheDetails()
{
    click(promptPoint(4));
    m_panel->openDetails();
    m_model->remove(JobId(u"done"_s));
    const auto* prompt = m_panel->findChild<QLabel*>(u"promptValue"_s);
    QVERIFY(prompt->text() != u"Prompt of done"_s);
}

void TestQueue::tabsAreReachedByKeyboard()
{
    auto* tabs = m_panel->findChild<PanelTabs*>();
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_Right);
    QCOMPARE(openPage(), 1);
    QTest::keyClick(tabs, Qt::Key_Left);
    QCOMPARE(openPage(), 0);
}

QTEST_MAIN(TestQueue)
#include "tst_queue.moc"
