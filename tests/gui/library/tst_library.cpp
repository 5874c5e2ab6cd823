// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/library/clipview.h"
#include "gui/library/librarypanel.h"
#include "gui/look/theme.h"
#include "gui/models/clipfilter.h"
#include "gui/models/clipmodel.h"
#include "media/read/thumbnails.h"
#include "support/samples.h"
#include "support/testcase.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;
using samples::clip;

class TestLibrary : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init();
    void cleanup();
    void newestComesFirst();
    void theModelKeepsItsPromises();
    void aSearchNeedsEveryWord_data();
    void aSearchNeedsEveryWord();
    void theModeFilterLetsOneModeThrough();
    void figuresFollowWhatIsShown();
    void emptyListsSayWhatWillBeThere();
    void aLibraryThatLoadsSaysSo();
    void doubleClickAndEnterPlay();
    void aHeldEnterPlaysOnce();
    void deleteBins();
    void selectingTells();
    void theMenuOffersAll();
    void copiedFilesAreUrls();
    void draggedClipsAreFileUrls();
    void theWheelMovesTheStripSideways();
    void aTallPanelShowsRows();
    void selectingAHiddenClipClearsTheSearch();
    void aSimulatedClipSaysSo();
    void searchIsReachedByKeyboard();

private:
    [[nodiscard]] QModelIndex tile(int row) const { return m_view->model()->index(row, 0); }
    [[nodiscard]] QString promptOf(int row) const { return tile(row).data().toString(); }
    void search(const QString& text) { m_search->setText(text); } // keyClicks() types ASCII only
    [[nodiscard]] QString figures() const { return m_panel->findChild<QLabel*>(u"figuresLabel"_s)->text(); }

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Thumbnails> m_thumbnails;
    std::unique_ptr<ClipModel> m_model;
    std::unique_ptr<LibraryPanel> m_panel;
    ClipView* m_view = nullptr;
    QLineEdit* m_search = nullptr;
};

void TestLibrary::init()
{
    TestCase::init();
    m_theme = std::make_unique<Theme>();
    m_theme->applyTo(*qApp);
    m_thumbnails = std::make_unique<Thumbnails>(m_folder.path());
    m_model = std::make_unique<ClipModel>();
    m_model->setClips({clip(u"boat"_s, u"A paper boat at dawn"_s, Mode::Image, 30),
                       clip(u"train"_s, u"Night train, rain on the window"_s, Mode::Text, 20),
                       clip(u"storm"_s, u"Ember STORM over Море"_s, Mode::Text, 10)});
    m_panel = std::make_unique<LibraryPanel>(*m_theme, *m_thumbnails, *m_model);
    m_panel->resize(400, Theme::libraryHeight);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get(), patience));
    m_view = m_panel->findChild<ClipView*>();
    m_search = m_panel->findChild<QLineEdit*>(u"searchEdit"_s);
}

void TestLibrary::cleanup()
{
    m_panel.reset();
    m_model.reset();
    m_thumbnails.reset();
    m_theme.reset();
}

void TestLibrary::newestComesFirst()
{
    QCOMPARE(promptOf(0), u"Ember STORM over Море"_s);
    m_model->update(clip(u"new"_s, u"The newest"_s, Mode::Text, 1));
    QCOMPARE(promptOf(0), u"The newest"_s);
    m_model->update(clip(u"back"_s, u"Back from the bin"_s, Mode::Text, 25));
    QCOMPARE(promptOf(3), u"Back from the bin"_s);
}

void TestLibrary::theModelKeepsItsPromises()
{
    ClipModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ClipFilter filter;
    filter.setSourceModel(&model);
    QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setClips({clip(u"a"_s, u"A"_s), clip(u"b"_s, u"B"_s, Mode::Text, 5)});
    filter.setSearch(u"a"_s);
    model.update(clip(u"a"_s, u"Changed"_s));
    model.update(clip(u"c"_s, u"C a"_s));
    filter.setMode(Mode::Image);
    model.remove(ClipId(u"a"_s));
    model.remove(ClipId(u"unknown"_s));
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(!model.find(ClipId(u"a"_s)));
}

void TestLibrary::aSearchNeedsEveryWord_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("found");
    QTest::newRow("nothing finds all") << QString() << 3;
    QTest::newRow("a part of a word is enough") << u"boa"_s << 1;
    QTest::newRow("case does not matter") << u"storm"_s << 1;
    QTest::newRow("nor does it in other scripts") << u"МОРЕ"_s << 1;
    QTest::newRow("words stand in any order") << u"window rain"_s << 1;
    QTest::newRow("every word has to be there") << u"boat window"_s << 0;
    QTest::newRow("blanks alone find all") << u"   "_s << 3;
    QTest::newRow("the file's name counts") << u"train.mp4"_s << 1;
}

void TestLibrary::aSearchNeedsEveryWord()
{
    QFETCH(QString, words);
    search(words);
    QTEST(m_view->model()->rowCount(), "found");
}

void TestLibrary::theModeFilterLetsOneModeThrough()
{
    auto* modes = m_panel->findChild<QComboBox*>(u"modeCombo"_s);
    QCOMPARE(modes->currentText(), u"All modes"_s);
    modes->setCurrentText(displayName(Mode::Text));
    QCOMPARE(m_view->model()->rowCount(), 2);
    search(u"rain"_s);
    QCOMPARE(m_view->model()->rowCount(), 1);
    modes->setCurrentIndex(0);
    m_search->clear();
    QCOMPARE(m_view->model()->rowCount(), 3);
}

void TestLibrary::figuresFollowWhatIsShown()
{
    QCOMPARE(figures(), u"3 clips · 18 s"_s);
    search(u"boat"_s);
    QCOMPARE(figures(), u"1 clip · 6 s"_s);
    m_search->clear();
    m_model->remove(ClipId(u"boat"_s));
    QCOMPARE(figures(), u"2 clips · 12 s"_s);
    Clip longer = clip(u"train"_s, u"Night train"_s, Mode::Text, 20);
    longer.seconds = 306;
    m_model->update(longer);
    QCOMPARE(figures(), u"2 clips · 5 min 12 s"_s);
}

void TestLibrary::emptyListsSayWhatWillBeThere()
{
    search(u"nowhere"_s);
    QCOMPARE(m_view->emptyText(), u"No clip matches this search"_s);
    QCOMPARE(figures(), QString());
    m_model->setClips({});
    QCOMPARE(m_view->emptyText(), u"Finished clips gather here"_s);
    QCOMPARE(m_view->accessibleDescription(), u"Finished clips gather here"_s);
}

void TestLibrary::aLibraryThatLoadsSaysSo()
{
    ClipModel loading;
    const LibraryPanel panel(*m_theme, *m_thumbnails, loading);
    const auto* view = panel.findChild<ClipView*>();
    QCOMPARE(view->emptyText(), u"Loading your clips…"_s);
    loading.setClips({});
    QCOMPARE(view->emptyText(), u"Finished clips gather here"_s);
}

void TestLibrary::doubleClickAndEnterPlay()
{
    QSignalSpy played(m_panel.get(), &LibraryPanel::clipActivated);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, m_view->visualRect(tile(1)).center());
    QCOMPARE(played.size(), 1);
    QCOMPARE(played.last().at(0).value<Clip>().id, ClipId(u"train"_s));
    m_view->setCurrentIndex(tile(0));
    QTest::keyClick(m_view, Qt::Key_Return);
    QCOMPARE(played.size(), 2);
    QCOMPARE(played.last().at(0).value<Clip>().id, ClipId(u"storm"_s));
}

void TestLibrary::aHeldEnterPlaysOnce()
{
    QSignalSpy played(m_panel.get(), &LibraryPanel::clipActivated);
    m_view->setCurrentIndex(tile(0));
    for (const bool repeat : {false, true, true}) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, {}, repeat);
        QApplication::sendEvent(m_view, &press);
    }
    QCOMPARE(played.size(), 1);
}

void TestLibrary::deleteBins()
{
    QSignalSpy spy(m_panel.get(), &LibraryPanel::actionRequested);
    m_view->setCurrentIndex(tile(2));
    QTest::keyClick(m_view, Qt::Key_Delete);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.last().at(0).value<ClipAction>(), ClipAction::Bin);
    QCOMPARE(spy.last().at(1).value<Clip>().id, ClipId(u"boat"_s));
}

void TestLibrary::selectingTells()
{
    QSignalSpy spy(m_panel.get(), &LibraryPanel::clipSelected);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, m_view->visualRect(tile(1)).center());
    QCOMPARE(spy.last().at(0).value<Clip>().id, ClipId(u"train"_s));
    QTest::keyClick(m_view, Qt::Key_Right);
    QCOMPARE(spy.last().at(0).value<Clip>().id, ClipId(u"boat"_s));
}

void TestLibrary::theMenuOffersAll()
{
    const QPoint point = m_view->visualRect(tile(0)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, point, m_view->viewport()->mapToGlobal(point));
    QApplication::sendEvent(m_view->viewport(), &event);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QStringList texts;
    QAction* bin = nullptr;
    const auto actions = menu->actions();
    for (QAction* action : actions) {
        if (!action->isSeparator())
            texts << action->text();
        bin = action;
    }
    QCOMPARE(texts, QStringList({u"Play"_s, u"Save as…"_s, u"Show in folder"_s, u"Copy file"_s, u"Extend"_s, u"Edit"_s,
                                 u"Run again"_s, u"Edit and run"_s, u"Move to bin"_s}));
    QSignalSpy spy(m_panel.get(), &LibraryPanel::actionRequested);
    bin->trigger();
    menu->close();
    QCOMPARE(spy.last().at(0).value<ClipAction>(), ClipAction::Bin);
    QCOMPARE(spy.last().at(1).value<Clip>().id, ClipId(u"storm"_s));
}

void TestLibrary::copiedFilesAreUrls()
{
    m_view->setCurrentIndex(tile(0));
    QTest::keySequence(m_view, QKeySequence::Copy);
    const QMimeData* copied = QApplication::clipboard()->mimeData();
    QCOMPARE(copied->urls(), QList<QUrl>({QUrl::fromLocalFile(u"/clips/storm.mp4"_s)}));
}

void TestLibrary::draggedClipsAreFileUrls()
{
    QVERIFY(m_view->dragEnabled());
    QVERIFY(tile(0).flags().testFlag(Qt::ItemIsDragEnabled));
    // What a drag out of the filtered list carries.
    search(u"boat"_s);
    const std::unique_ptr<QMimeData> data(m_view->model()->mimeData({tile(0)}));
    QVERIFY(data);
    QCOMPARE(data->urls(), QList<QUrl>({QUrl::fromLocalFile(u"/clips/boat.mp4"_s)}));
}

void TestLibrary::theWheelMovesTheStripSideways()
{
    QScrollBar* bar = m_view->horizontalScrollBar();
    QVERIFY(bar->maximum() > 0);
    const QPoint point = m_view->viewport()->rect().center();
    QWheelEvent down(point, m_view->viewport()->mapToGlobal(point), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                     Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view->viewport(), &down);
    QVERIFY(bar->value() > 0);
}

void TestLibrary::aTallPanelShowsRows()
{
    QVERIFY(!m_view->isWrapping());
    m_panel->resize(400, 400);
    QTRY_VERIFY(m_view->isWrapping());
    QTRY_VERIFY(m_view->visualRect(tile(2)).top() > m_view->visualRect(tile(0)).bottom());
    m_panel->resize(400, Theme::libraryHeight);
    QTRY_VERIFY(!m_view->isWrapping());
}

void TestLibrary::selectingAHiddenClipClearsTheSearch()
{
    search(u"boat"_s);
    m_panel->select(ClipId(u"train"_s));
    QCOMPARE(m_search->text(), QString());
    QCOMPARE(m_view->currentIndex().data().toString(), u"Night train, rain on the window"_s);
}

void TestLibrary::aSimulatedClipSaysSo()
{
    Clip simulated = clip(u"s"_s, u"Simulated one"_s);
    simulated.origin = Origin::simulator();
    m_model->setClips({simulated, clip(u"r"_s, u"Real one"_s, Mode::Text, 100)});
    QVERIFY(tile(0).data(Qt::ToolTipRole).toString().contains(u"simulated"_s));
    QVERIFY(!tile(1).data(Qt::ToolTipRole).toString().contains(u"simulated"_s));
    QCOMPARE(tile(1).data(Qt::AccessibleTextRole).toString(), u"Real one, text · 6 s · 720p, 0:06"_s);
}

void TestLibrary::searchIsReachedByKeyboard()
{
    m_view->setFocus();
    m_panel->focusSearch();
    QTRY_VERIFY(m_search->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"modeCombo"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), m_view);
}

QTEST_MAIN(TestLibrary)
#include "tst_library.moc"
