// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"
#include "gui/inputs/inputwell.h"
#include "gui/library/librarypanel.h"
#include "gui/player/stage.h"
#include "gui/queue/queueview.h"
#include "jobs/engine.h"
#include "support/openwindow.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDir>
#include <QMenu>
#include <QPointer>
#include <QSignalSpy>
#include <QThreadPool>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::OpenWindow;
using clipkiln::test::patience;
using clipkiln::test::rule;
using simulator::Reply;
using simulator::Step;

/// Actions that fire when what they were chosen for has changed, that fire twice, and that are taken back.
class TestWindowActions : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aRemovedRowComesBackAsItWas();
    void removedTakesComeBackTogether();
    void aCancelThatCameTooLateSilencesNothing();
    void anActionThatCameTooLateSendsNothing_data();
    void anActionThatCameTooLateSendsNothing();
    void aClipThatIsGoneIsNotActedOn();
    void theLastFrameIsTakenOnce();

private:
    /// Opens a row's context menu and leaves it open, as a person who reads it.
    static QMenu* openMenu(OpenWindow& open, int row)
    {
        auto* view = open.find<QueueView>("queueView");
        const QPoint place = view->visualRect(view->model()->index(row, 0)).center();
        QContextMenuEvent click(QContextMenuEvent::Mouse, place, view->viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(view->viewport(), &click);
        return qobject_cast<QMenu*>(QApplication::activePopupWidget());
    }
    /// Chooses from an open menu or one inside it; false when the words are not in it.
    static bool choose(QMenu* menu, const QString& words)
    {
        const auto actions = menu->findChildren<QAction*>();
        const auto found =
            std::ranges::find_if(actions, [&words](const QAction* each) { return each->text() == words; });
        if (found == actions.end())
            return false;
        const QPointer<QAction> action = *found;
        menu->close();
        action->trigger();
        return true;
    }
    static QList<Job> jobs(OpenWindow& open)
    {
        QList<Job> all;
        for (int row = 0; row < open.rows(); ++row)
            all.append(open.job(row));
        return all;
    }
    static QStringList binned(const OpenWindow& open)
    {
        return QDir(open.path(u"Trash/files"_s)).entryList(QDir::Files);
    }
};

void TestWindowActions::aRemovedRowComesBackAsItWas()
{
    OpenWindow open;
    open.find<QComboBox>("takesCombo")->setCurrentIndex(2);
    open.generate(u"Three of a kind"_s);
    for (int row = 0; row < 3; ++row)
        QVERIFY(open.reaches(row, State::Done));
    const QList<Job> before = jobs(open);
    QVERIFY(open.chooseInRow(1, u"Remove from list"_s));
    QTRY_COMPARE(open.rows(), 2);

    QTRY_VERIFY(open.showsNotice(u"Removed from the list"_s));
    open.clickNotice(u"Removed from the list"_s);
    QTRY_COMPARE(open.rows(), 3);
    QCOMPARE(jobs(open), before); // in its place among the takes
    open.open();
    QCOMPARE(jobs(open), before);
    QCOMPARE(open.posts(), 3);
}

void TestWindowActions::removedTakesComeBackTogether()
{
    OpenWindow open;
    open.find<QComboBox>("takesCombo")->setCurrentIndex(2);
    open.generate(u"Three of a kind"_s);
    for (int row = 0; row < 3; ++row)
        QVERIFY(open.reaches(row, State::Done));
    const QList<Job> before = jobs(open);
    QVERIFY(open.chooseInRow(1, u"Remove finished ones from list"_s));
    QTRY_COMPARE(open.rows(), 0);
    QTRY_VERIFY(open.showsNotice(u"3 jobs were removed from the list"_s));
    open.clickNotice(u"3 jobs were removed from the list"_s);
    QTRY_COMPARE(open.rows(), 3);
    QCOMPARE(jobs(open), before);
}

void TestWindowActions::aCancelThatCameTooLateSilencesNothing()
{
    OpenWindow open;
    open.play({rule(Step::Poll, Reply::Pending)});
    open.generate(u"Almost there"_s);
    QVERIFY(open.reaches(0, State::Generating));
    QMenu* menu = openMenu(open, 0);
    QVERIFY(menu);
    open.play({});
    QVERIFY(open.reaches(0, State::Done));
    QVERIFY(choose(menu, u"Stop watching (may still be charged)"_s));
    QVERIFY(open.showsNotice(u"has changed meanwhile"_s));

    open.settings.setQueueOnHold(true);
    open.generate(u"Not yet"_s);
    QVERIFY(open.reaches(0, State::Queued));
    QVERIFY(open.chooseInRow(0, u"Cancel"_s));
    QTRY_VERIFY(open.showsNotice(u"before anything was sent"_s));
    open.clickNotice(u"before anything was sent"_s);
    QVERIFY(open.reaches(0, State::Queued));
}

void TestWindowActions::anActionThatCameTooLateSendsNothing_data()
{
    QTest::addColumn<QString>("action");
    QTest::newRow("of a row") << u"Try again"_s;
    QTest::newRow("of a group") << u"Try failed ones again"_s;
}

void TestWindowActions::anActionThatCameTooLateSendsNothing()
{
    QFETCH(const QString, action);
    OpenWindow open;
    open.play({rule(Step::Poll, Reply::Failed)});
    open.find<QComboBox>("takesCombo")->setCurrentIndex(1);
    open.generate(u"Night train"_s);
    QVERIFY(open.reaches(0, State::Failed));
    QVERIFY(open.reaches(1, State::Failed));
    QMenu* menu = openMenu(open, 0);
    QVERIFY(menu);
    open.play({rule(Step::Poll, Reply::Pending)});
    for (int row = 0; row < 2; ++row)
        open.engine().jobs().watchAgain(open.job(row).id);
    QVERIFY(open.reaches(0, State::Generating));
    QVERIFY(open.reaches(1, State::Generating));

    QVERIFY(choose(menu, action));
    QCOMPARE(open.rows(), 2);
    QTRY_VERIFY(open.showsNotice(u"changed meanwhile"_s));
    QCOMPARE(open.rows(), 2);
    QCOMPARE(open.posts(), 2);
}

void TestWindowActions::aClipThatIsGoneIsNotActedOn()
{
    OpenWindow open;
    qputenv("XDG_DATA_HOME", open.folder.path().toLocal8Bit());
    open.generate(u"A paper boat"_s);
    auto* stage = open.find<Stage>("stage");
    QTRY_VERIFY(stage->clip());
    const Clip clip = open.clips().first();
    // Delete twice before the engine has answered: the second finds the clip in the bin.
    auto* library = open.window().findChild<LibraryPanel*>();
    Q_EMIT library->actionRequested(ClipAction::Bin, clip);
    Q_EMIT library->actionRequested(ClipAction::Bin, clip);
    QTRY_COMPARE(open.clips().size(), 0);
    Q_EMIT library->actionRequested(ClipAction::Extend, clip);
    QTRY_VERIFY(open.showsNotice(u"not in the library any more"_s));
    QCOMPARE(open.window().findChild<CreatePanel*>()->mode(), Mode::Text);
    QCOMPARE(open.notices().size(), 2);
    QCOMPARE(binned(open).size(), 1);
    open.clickNotice(u"The clip is in the bin."_s);
    QTRY_COMPARE(open.clips(), QList<Clip>{clip});
}

void TestWindowActions::theLastFrameIsTakenOnce()
{
    OpenWindow open;
    open.generate(u"A paper boat"_s);
    auto* stage = open.find<Stage>("stage");
    QTRY_VERIFY(stage->clip());
    const Clip clip = open.clips().first();
    auto* create = open.window().findChild<CreatePanel*>();
    auto* well = open.find<InputWell>("imageWell");
    QSignalSpy changed(well, &InputWell::changed);
    QSignalSpy loaded(well, &InputWell::loaded);
    const auto settle = [] {
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
    };
    Q_EMIT stage->lastFrameRequested(clip);
    QTRY_COMPARE(loaded.size(), 1);
    settle();
    const qsizetype changesOfOne = changed.size();
    const auto image = std::get<FromImage>(create->request().inputs).image;
    const QFileInfo file(std::get<LocalFile>(image).path);
    const QDateTime written = file.lastModified();

    open.click("removeImageButton");
    changed.clear();
    Q_EMIT stage->lastFrameRequested(clip);
    Q_EMIT stage->lastFrameRequested(clip);
    QTRY_COMPARE(loaded.size(), 2);
    settle();
    QCOMPARE(changed.size(), changesOfOne);
    QCOMPARE(QFileInfo(file.filePath()).lastModified(), written); // the file that is there serves
    QCOMPARE(file.dir().entryList({u"last-frame-*"_s}, QDir::Files).size(), 1);
}

QTEST_MAIN(TestWindowActions)
#include "tst_windowactions.moc"
