// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/look/theme.h"
#include "gui/player/stage.h"
#include "gui/window/mainwindow.h"
#include "gui/window/shortcutsdialog.h"
#include "gui/window/windowactions.h"
#include "jobs/engine.h"
#include "support/openwindow.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QRadioButton>
#include <QScreen>
#include <QShortcut>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::OpenWindow;
using clipkiln::test::patience;
using clipkiln::test::rule;
using simulator::Reply;
using simulator::Step;

namespace {

QString nameOf(const QObject& object)
{
    return object.objectName() + u" ("_s + QLatin1StringView(object.metaObject()->className()) + u')';
}

} // namespace

/// The window as a frame: keys, names, focus, panels, places, and when it may close.
class TestWindowLayout : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyShortcutIsUnique();
    void everyLetterOfAMenuIsUnique();
    void everyShortcutIsInTheList();
    void everyControlHasAName_data();
    void everyControlHasAName();
    void tabReachesEveryControl_data();
    void tabReachesEveryControl();
    void keysLeadToThePanels();

    void theMenuBarHidesUntilAlt();
    void aPanelStaysHiddenUntilTheLayoutIsReset();
    void noticesAreSeenWhileTheFormIsHidden();
    void theLayoutIsWholeAtItsSmallest();
    void theWindowComesBackToItsPlace();
    void theWindowComesBackFromAMonitorThatIsGone_data();
    void theWindowComesBackFromAMonitorThatIsGone();
    void aSecondStartBringsItToTheFront();

    void quittingWhileAClipIsFetchedAsks();
    void quittingOtherwiseDoesNot();

private:
    /// The states in which the window has all of its controls between them.
    static void addScenes()
    {
        QTest::addColumn<bool>("withClip");
        QTest::addColumn<Mode>("mode");
        QTest::newRow("at the first start") << false << Mode::Text;
        QTest::newRow("in image mode") << false << Mode::Image;
        QTest::newRow("in reference mode") << false << Mode::Reference;
        QTest::newRow("in edit mode") << false << Mode::Edit;
        QTest::newRow("in extend mode") << false << Mode::Extend;
        QTest::newRow("with a clip and a notice") << true << Mode::Text;
    }
    static void setScene(OpenWindow& open)
    {
        QFETCH(bool, withClip);
        QFETCH(Mode, mode);
        if (withClip) {
            open.generate(u"A paper boat"_s);
            QTRY_VERIFY(open.find<Stage>("stage")->clip());
            Q_EMIT open.engine().trouble({ErrorKind::DiskFull, u"no room"_s});
        }
        open.window().findChild<CreatePanel*>()->setMode(mode);
    }
    static QDockWidget* dock(OpenWindow& open, const char* name) { return open.find<QDockWidget>(name); }
};

void TestWindowLayout::everyShortcutIsUnique()
{
    OpenWindow open;
    QMultiMap<QString, QString> owners; // by keys
    const auto note = [&owners](const QKeySequence& keys, const QString& owner) {
        if (!keys.isEmpty())
            owners.insert(keys.toString(), owner);
    };
    const auto actions = open.window().findChildren<QAction*>();
    for (const QAction* action : actions) {
        const auto shortcuts = action->shortcuts();
        for (const QKeySequence& keys : shortcuts)
            note(keys, action->text());
    }
    const auto shortcuts = open.window().findChildren<QShortcut*>();
    for (const QShortcut* shortcut : shortcuts)
        note(shortcut->key(), nameOf(*shortcut->parent()));
    const auto buttons = open.window().findChildren<QAbstractButton*>();
    for (const QAbstractButton* button : buttons)
        note(button->shortcut(), nameOf(*button));
    const auto labels = open.window().findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        if (label->buddy())
            note(QKeySequence::mnemonic(label->text()), nameOf(*label));
    }
    const auto menus = open.window().menuBar()->actions();
    for (const QAction* menu : menus)
        note(QKeySequence::mnemonic(menu->text()), menu->text());

    QVERIFY(owners.size() > 20);
    const auto keys = owners.uniqueKeys();
    for (const QString& each : keys)
        QVERIFY2(owners.count(each) == 1, qPrintable(each + u": "_s + QStringList(owners.values(each)).join(u", "_s)));
}

void TestWindowLayout::everyLetterOfAMenuIsUnique()
{
    OpenWindow open;
    const auto menus = open.window().findChildren<QMenu*>();
    for (const QMenu* menu : menus) {
        QStringList seen;
        const auto actions = menu->actions();
        for (const QAction* action : actions) {
            const QString letter = QKeySequence::mnemonic(action->text()).toString();
            QVERIFY2(letter.isEmpty() || !seen.contains(letter), qPrintable(menu->title() + u": "_s + action->text()));
            seen.append(letter);
        }
    }
}

void TestWindowLayout::everyShortcutIsInTheList()
{
    OpenWindow open;
    QStringList listed;
    const auto groups = open.window().findChild<WindowActions*>()->shortcutGroups();
    for (const auto& group : groups) {
        for (const auto& row : group.rows)
            listed.append(row.text);
    }
    const auto actions = open.window().actions();
    for (const QAction* action : actions) {
        if (!action->shortcut().isEmpty())
            QVERIFY2(listed.contains(ShortcutsDialog::rowOf(action).text), qPrintable(action->text()));
    }
}

void TestWindowLayout::everyControlHasAName_data()
{
    addScenes();
}

void TestWindowLayout::everyControlHasAName()
{
    OpenWindow open;
    setScene(open);
    int controls = 0;
    const auto widgets = open.window().findChildren<QWidget*>();
    for (QWidget* widget : widgets) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy())
            continue;
        ++controls;
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), qPrintable(nameOf(*widget)));
    }
    QVERIFY(controls > 10);
}

void TestWindowLayout::tabReachesEveryControl_data()
{
    addScenes();
}

void TestWindowLayout::tabReachesEveryControl()
{
    OpenWindow open;
    setScene(open);
    open.find<QWidget>("promptEdit")->setFocus();
    QSet<const QWidget*> reached;
    for (int i = 0; i < 200 && !reached.contains(open.window().focusWidget()); ++i) {
        reached.insert(open.window().focusWidget());
        open.press(Qt::Key_Tab);
    }
    QCOMPARE(open.window().focusWidget()->objectName(), u"promptEdit"_s); // all the way round
    const auto widgets = open.window().findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        const bool takesTab = (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
        const auto* radio = qobject_cast<const QRadioButton*>(widget);
        const bool byArrows = radio && !radio->isChecked(); // from the one of its group that is chosen
        if (takesTab && widget->isVisible() && widget->isEnabled() && !widget->focusProxy() && !byArrows)
            QVERIFY2(reached.contains(widget), qPrintable(nameOf(*widget)));
    }
}

void TestWindowLayout::keysLeadToThePanels()
{
    OpenWindow open;
    const auto focused = [&] { return open.window().focusWidget()->objectName(); };
    open.press(Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(focused(), u"searchEdit"_s);
    open.press(Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(focused(), u"promptEdit"_s);
    open.press(Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(focused(), u"queueView"_s);
    // A panel that is hidden comes back when its key is pressed.
    dock(open, "libraryDock")->hide();
    dock(open, "createDock")->hide();
    open.press(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(dock(open, "libraryDock")->isVisible());
    QCOMPARE(focused(), u"searchEdit"_s);
    open.press(Qt::Key_L, Qt::ControlModifier);
    QVERIFY(dock(open, "createDock")->isVisible());
    QCOMPARE(focused(), u"promptEdit"_s);
}

void TestWindowLayout::theMenuBarHidesUntilAlt()
{
    OpenWindow open;
    QMenuBar* bar = open.window().menuBar();
    QWidget* prompt = open.window().focusWidget();
    const auto pressAlt = [prompt] {
        QTest::keyPress(prompt, Qt::Key_Alt, Qt::AltModifier);
        QTest::keyRelease(prompt, Qt::Key_Alt);
    };
    QVERIFY(!bar->isVisible());
    pressAlt();
    QVERIFY(bar->isVisible());
    pressAlt();
    QVERIFY(!bar->isVisible());

    QTest::keyPress(prompt, Qt::Key_Alt, Qt::AltModifier);
    QTest::keyClick(prompt, Qt::Key_X, Qt::AltModifier);
    QTest::keyRelease(prompt, Qt::Key_Alt);
    QVERIFY(!bar->isVisible()); // it was part of a shortcut
    QTest::keyPress(prompt, Qt::Key_Alt, Qt::AltModifier);
    QEvent away(QEvent::WindowDeactivate);
    QCoreApplication::sendEvent(&open.window(), &away);
    QTest::keyRelease(prompt, Qt::Key_Alt);
    QVERIFY(!bar->isVisible()); // it was Alt+Tab
}

void TestWindowLayout::aPanelStaysHiddenUntilTheLayoutIsReset()
{
    OpenWindow open;
    open.press(Qt::Key_F7);
    QVERIFY(!dock(open, "queueDock")->isVisible());
    open.window().close();
    open.open();
    QVERIFY(!dock(open, "queueDock")->isVisible());
    dock(open, "libraryDock")->setFloating(true);

    open.window().findChild<WindowActions*>()->resetLayout->trigger();
    for (const char* name : {"createDock", "queueDock", "libraryDock"}) {
        QVERIFY2(dock(open, name)->isVisible(), name);
        QVERIFY2(!dock(open, name)->isFloating(), name);
    }
    QCOMPARE(open.window().dockWidgetArea(dock(open, "queueDock")), Qt::RightDockWidgetArea);
    QCOMPARE(open.window().dockWidgetArea(dock(open, "libraryDock")), Qt::BottomDockWidgetArea);
}

void TestWindowLayout::noticesAreSeenWhileTheFormIsHidden()
{
    OpenWindow open;
    auto* form = open.find<QWidget>("createDock");
    const auto* notices = open.find<NoticeArea>("windowNotices");
    Q_EMIT open.engine().trouble({ErrorKind::DiskFull, {}});
    QVERIFY(notices->isVisible());
    QVERIFY(form->isAncestorOf(notices));
    open.press(Qt::Key_F6);
    QVERIFY(!form->isVisible());
    QTRY_VERIFY(notices->isVisible());
    QCOMPARE(open.notices().size(), 1);
    open.press(Qt::Key_F6);
    QTRY_VERIFY(form->isAncestorOf(notices) && notices->isVisible());
}

void TestWindowLayout::theLayoutIsWholeAtItsSmallest()
{
    OpenWindow open;
    const QSize smallest = open.window().minimumSizeHint();
    QVERIFY2(smallest.width() <= 1024 && smallest.height() <= 700,
             qPrintable(u"%1 x %2"_s.arg(smallest.width()).arg(smallest.height())));
}

void TestWindowLayout::theWindowComesBackToItsPlace()
{
    OpenWindow open;
    const QRect place(40, 30, 1100, 720);
    QVERIFY(open.window().size() != place.size());
    open.window().setGeometry(place);
    open.window().close();
    open.open();
    QCOMPARE(open.window().size(), place.size());
}

void TestWindowLayout::theWindowComesBackFromAMonitorThatIsGone_data()
{
    QTest::addColumn<QRect>("place");
    QTest::newRow("far to the right") << QRect(6000, 100, 1100, 700);
    QTest::newRow("far to the left") << QRect(-6000, -3000, 1100, 700);
    QTest::newRow("all but a corner") << QRect(-1095, 100, 1100, 700);
}

void TestWindowLayout::theWindowComesBackFromAMonitorThatIsGone()
{
    QFETCH(QRect, place);
    OpenWindow open;
    open.window().setGeometry(place);
    open.window().close();
    open.open();
    const QRect seen = open.window().geometry() & open.window().screen()->availableGeometry();
    QVERIFY2(seen.width() >= 400 && seen.height() >= 300, qPrintable(QDebug::toString(open.window().geometry())));
}

void TestWindowLayout::aSecondStartBringsItToTheFront()
{
    OpenWindow open;
    open.window().showMinimized();
    open.window().bringToFront();
    QVERIFY(!open.window().isMinimized());
    QVERIFY(open.window().isVisible());
    QTRY_VERIFY(open.window().isActiveWindow());
}

void TestWindowLayout::quittingWhileAClipIsFetchedAsks()
{
    OpenWindow open;
    simulator::Rule slow = rule(Step::Download, Reply::Usual, 1);
    slow.delay = 3s;
    open.play({slow});
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Downloading));
    open.press(Qt::Key_Q, Qt::ControlModifier); // answered with no
    QCOMPARE(open.asked.size(), 1);
    QVERIFY(open.window().isVisible());
    open.answers.ask = [](const Dialogs::Question&) { return true; };
    open.press(Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(open.asked.size(), 2);
    QVERIFY(!open.window().isVisible());
    open.open();
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.posts(), 1);
}

void TestWindowLayout::quittingOtherwiseDoesNot()
{
    OpenWindow open;
    open.play({rule(Step::Poll, Reply::Pending)});
    open.generate(u"Being made"_s);
    QVERIFY(open.reaches(0, State::Generating));
    open.settings.setQueueOnHold(true);
    open.generate(u"Not sent"_s);
    QVERIFY(open.reaches(0, State::Queued));
    open.press(Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(open.asked.size(), 0);
    QVERIFY(!open.window().isVisible());
}

QTEST_MAIN(TestWindowLayout)
#include "tst_windowlayout.moc"
