// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/historypopup.h"
#include "gui/create/prompthistory.h"
#include "gui/create/promptrecall.h"
#include "support/createform.h"
#include "support/testcase.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// Earlier prompts, gone through by keys and searched in a list.
class TestHistory : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void theModelIsOne();
    void whatCouldDeceiveIsNotShown();
    void altUpAndDownGoThroughThem();
    void theDraftComesBack();
    void whatIsShownAlreadyIsSteppedOver();
    void anEditedPromptIsANewDraft();
    void newsInBetweenLoseNothing();
    void withoutHistoryKeysDoNothing();
    void theListTellsUsesAndTimes();
    void typingNarrowsTheList();
    void enterTakes();
    void aClickTakes();
    void deleteForgets();
    void deleteInTheWordsIsTheirs();
    void escapeLeavesThePrompt();
    void anEmptyListSaysSo();
    void tenThousandAreSearched();

private:
    struct Form : test::CreateForm
    {
        explicit Form(const TestHistory& test) : CreateForm(test.m_folder.path())
        {
            panel.recall().setPrompts({{u"Boats\nat dawn"_s, Mode::Text, 1, moment},
                                       {u"Gulls over the harbour"_s, Mode::Image, 12, moment.addDays(-1)},
                                       {u"A night train"_s, Mode::Edit, 2, moment.addDays(-2)}});
        }
        void earlier() { QTest::keyClick(&prompt(), Qt::Key_Up, Qt::AltModifier); }
        void later() { QTest::keyClick(&prompt(), Qt::Key_Down, Qt::AltModifier); }
        void open() { click("historyButton"); }
        [[nodiscard]] HistoryPopup& popup() const { return *part<HistoryPopup>("historyPopup"); }
        [[nodiscard]] QLineEdit& search() const { return *part<QLineEdit>("historySearchEdit"); }
        [[nodiscard]] QListView& list() const { return *part<QListView>("historyView"); }
        [[nodiscard]] int rows() const { return list().model()->rowCount(); }
        [[nodiscard]] QString chosen() const { return list().currentIndex().data().toString(); }
        [[nodiscard]] QString hint() const { return part<QLabel>("historyHintLabel")->text(); }
    };
    static inline const QDateTime moment{{2026, 11, 23}, {17, 2}, Qt::UTC};

    QTemporaryDir m_folder;
};

void TestHistory::init()
{
    TestCase::init();
    QFile::remove(m_folder.filePath(u"settings.ini"_s));
}

void TestHistory::whatCouldDeceiveIsNotShown()
{
    PromptHistory model;
    const QString prompt = u"<img src=\"x\">\u202e\u001b[1m"_s;
    model.setPrompts({{prompt, Mode::Text, 1, moment}});
    const auto shown = [&model](int role) { return model.index(0, 0).data(role).toString(); };
    QCOMPARE(shown(Qt::DisplayRole), u"<img src=\"x\">[1m"_s);
    QCOMPARE(shown(Qt::ToolTipRole), u"<p>&lt;img src=&quot;x&quot;&gt;[1m</p>"_s);
    QCOMPARE(shown(PromptHistory::PromptRole), prompt);
}

void TestHistory::theModelIsOne()
{
    PromptHistory model;
    const QAbstractItemModelTester tester(&model);
    model.setPrompts({{u"a"_s, Mode::Text, 1, moment}, {u"b"_s, Mode::Text, 1, moment}});
    model.remove(u"a"_s);
    model.remove(u"unknown"_s);
    QCOMPARE(model.rowCount(), 1);
    model.setPrompts({});
    QCOMPARE(model.rowCount(), 0);
}

void TestHistory::altUpAndDownGoThroughThem()
{
    Form form(*this);
    form.earlier();
    QCOMPARE(form.prompt().prompt(), u"Boats\nat dawn"_s);
    form.earlier();
    QCOMPARE(form.prompt().prompt(), u"Gulls over the harbour"_s);
    form.earlier();
    form.earlier(); // there is no earlier one
    QCOMPARE(form.prompt().prompt(), u"A night train"_s);
    form.later();
    QCOMPARE(form.prompt().prompt(), u"Gulls over the harbour"_s);
}

void TestHistory::theDraftComesBack()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A fox"_s);
    form.earlier();
    form.earlier();
    form.later();
    form.later();
    QCOMPARE(form.prompt().prompt(), u"A fox"_s);
    form.later(); // the draft is the last
    QCOMPARE(form.prompt().prompt(), u"A fox"_s);
    form.prompt().undo();
    QCOMPARE(form.prompt().prompt(), u"Boats\nat dawn"_s);
}

void TestHistory::whatIsShownAlreadyIsSteppedOver()
{
    Form form(*this);
    form.prompt().setPrompt(u"Boats\nat dawn"_s); // just sent, and still there
    form.earlier();
    QCOMPARE(form.prompt().prompt(), u"Gulls over the harbour"_s);
    form.later();
    QCOMPARE(form.prompt().prompt(), u"Boats\nat dawn"_s);
    form.earlier();
    QCOMPARE(form.prompt().prompt(), u"Gulls over the harbour"_s);
}

void TestHistory::anEditedPromptIsANewDraft()
{
    Form form(*this);
    form.earlier();
    form.earlier();
    QTest::keyClicks(&form.prompt(), u", rain"_s);
    form.earlier();
    QCOMPARE(form.prompt().prompt(), u"Boats\nat dawn"_s);
    form.later();
    QCOMPARE(form.prompt().prompt(), u"Gulls over the harbour, rain"_s);
}

void TestHistory::newsInBetweenLoseNothing()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A fox"_s);
    form.earlier();
    form.earlier();
    form.panel.recall().setPrompts({{u"Gulls over the harbour"_s, Mode::Image, 13, moment.addDays(1)},
                                    {u"Boats\nat dawn"_s, Mode::Text, 1, moment}});
    QCOMPARE(form.prompt().prompt(), u"Gulls over the harbour"_s);
    form.earlier();
    QCOMPARE(form.prompt().prompt(), u"Boats\nat dawn"_s);
    form.later();
    form.later();
    QCOMPARE(form.prompt().prompt(), u"A fox"_s);
}

void TestHistory::withoutHistoryKeysDoNothing()
{
    Form form(*this);
    form.panel.recall().setPrompts({});
    QTest::keyClicks(&form.prompt(), u"A fox"_s);
    form.earlier();
    form.later();
    QCOMPARE(form.prompt().prompt(), u"A fox"_s);
}

void TestHistory::theListTellsUsesAndTimes()
{
    Form form(*this);
    form.open();
    QVERIFY(form.popup().isVisible());
    QCOMPARE(form.rows(), 3);
    QCOMPARE(form.chosen(), u"Boats at dawn"_s);
    const QModelIndex second = form.list().model()->index(1, 0);
    const QString facts = second.data(PromptHistory::FactsRole).toString();
    QVERIFY2(facts.startsWith(u"Image · used 12 times · "_s), qPrintable(facts));
    QVERIFY(form.list().model()->index(0, 0).data(PromptHistory::FactsRole).toString().contains(u"used once"_s));
}

void TestHistory::typingNarrowsTheList()
{
    Form form(*this);
    form.open();
    QTest::keyClicks(&form.search(), u"HARBOUR gul"_s);
    QCOMPARE(form.rows(), 1);
    QCOMPARE(form.chosen(), u"Gulls over the harbour"_s);
    QTest::keyClicks(&form.search(), u"x"_s);
    QCOMPARE(form.rows(), 0);
    QCOMPARE(form.hint(), u"No earlier prompt has all these words."_s);
    QTest::keyClick(&form.search(), Qt::Key_Return);
    QVERIFY(form.popup().isVisible()); // there is nothing to take
    form.popup().hide();
    form.open();
    QCOMPARE(form.rows(), 3); // a new search
}

void TestHistory::enterTakes()
{
    Form form(*this);
    form.open();
    QTest::keyClick(&form.search(), Qt::Key_Down);
    QTest::keyClick(&form.search(), Qt::Key_Up);
    QTest::keyClick(&form.search(), Qt::Key_Return);
    QVERIFY(!form.popup().isVisible());
    QCOMPARE(form.prompt().prompt(), u"Boats\nat dawn"_s); // with its line breaks
    QCOMPARE(form.sent.size(), 0);
}

void TestHistory::aClickTakes()
{
    Form form(*this);
    form.open();
    const QRect row = form.list().visualRect(form.list().model()->index(2, 0));
    QTest::mouseClick(form.list().viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(form.prompt().prompt(), u"A night train"_s);
}

void TestHistory::deleteForgets()
{
    Form form(*this);
    QSignalSpy forgotten(&form.panel.recall(), &PromptRecall::forgetRequested);
    form.open();
    QTest::keyClick(&form.search(), Qt::Key_Down);
    QTest::keyClick(&form.search(), Qt::Key_Delete);
    QCOMPARE(forgotten, (QList<QVariantList>{{u"Gulls over the harbour"_s}}));
    QCOMPARE(form.rows(), 2);
    QCOMPARE(form.chosen(), u"A night train"_s);
    QTest::keyClick(&form.list(), Qt::Key_Delete);
    QCOMPARE(form.chosen(), u"Boats at dawn"_s);
    QVERIFY(form.popup().isVisible());
}

void TestHistory::deleteInTheWordsIsTheirs()
{
    Form form(*this);
    form.open();
    QTest::keyClicks(&form.search(), u"xboats"_s);
    QTest::keyClick(&form.search(), Qt::Key_Home);
    QTest::keyClick(&form.search(), Qt::Key_Delete);
    QCOMPARE(form.search().text(), u"boats"_s);
    QCOMPARE(form.rows(), 1);
}

void TestHistory::escapeLeavesThePrompt()
{
    Form form(*this);
    QTest::keyClicks(&form.prompt(), u"A fox"_s);
    form.open();
    QTest::keyClick(&form.search(), Qt::Key_Down);
    QTest::keyClick(&form.popup(), Qt::Key_Escape);
    QVERIFY(!form.popup().isVisible());
    QCOMPARE(form.prompt().prompt(), u"A fox"_s);
}

void TestHistory::anEmptyListSaysSo()
{
    Form form(*this);
    form.panel.recall().setPrompts({});
    form.open();
    QCOMPARE(form.hint(), u"Prompts gather here once they are sent."_s);
    QTest::keyClick(&form.search(), Qt::Key_Delete);
    QTest::keyClick(&form.search(), Qt::Key_Return);
    QVERIFY(form.prompt().prompt().isEmpty());
}

void TestHistory::tenThousandAreSearched()
{
    Form form(*this);
    QList<PastPrompt> prompts;
    for (int i = 0; i < 10'000; ++i)
        prompts.append({u"A long shot of harbour number %1, gulls far off, soft wind"_s.arg(i), Mode::Text, 1,
                        moment.addSecs(-i)});
    form.panel.recall().setPrompts(prompts);
    form.earlier();
    form.open();
    QTest::keyClicks(&form.search(), u"harbour 9"_s);
    QCOMPARE(form.rows(), 3439);
}

QTEST_MAIN(TestHistory)
#include "tst_history.moc"
