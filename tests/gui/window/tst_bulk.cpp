// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulk/bulkdelegate.h"
#include "gui/bulk/bulkdialog.h"
#include "gui/bulk/bulkmodel.h"
#include "gui/bulk/bulkview.h"
#include "gui/create/createpanel.h"
#include "gui/settings/serviceaccess.h"
#include "gui/widgets/dropoverlay.h"
#include "gui/widgets/notice.h"
#include "support/mediafiles.h"
#include "support/openwindow.h"
#include "support/testcase.h"

#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>

#include <set>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::OpenWindow;
using clipkiln::test::patience;

namespace {

std::unique_ptr<QMimeData> filesOf(const QStringList& paths)
{
    auto data = std::make_unique<QMimeData>();
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls.append(QUrl::fromLocalFile(path));
    data->setUrls(urls);
    return data;
}

/// The table over an open window.
class Table
{
public:
    explicit Table(OpenWindow& open) : m_dialog(open.window().findChild<BulkDialog*>())
    {
        if (!m_dialog)
            qFatal("there is no table");
    }

    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name)
    {
        return test::find<Widget>(*m_dialog, name);
    }
    [[nodiscard]] BulkDialog& dialog() { return *m_dialog; }
    [[nodiscard]] BulkView& view() { return *find<BulkView>("bulkView"); }
    [[nodiscard]] const QList<BulkRow>& rows() { return static_cast<BulkModel*>(view().model())->rows(); }
    [[nodiscard]] const BulkRow& row(int row) { return rows().at(row); }
    [[nodiscard]] bool isRead(int count)
    {
        return QTest::qWaitFor([&] { return rows().size() == count && totalOf(rows()).loading == 0; }, patience);
    }
    [[nodiscard]] QString text(const char* label) { return find<QLabel>(label)->text(); }
    void click(const char* button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    void clickRow(int row, Qt::KeyboardModifiers modifiers = {})
    {
        const QModelIndex index = view().model()->index(row, BulkModel::ModelColumn);
        view().scrollTo(index);
        QTest::mouseClick(view().viewport(), Qt::LeftButton, modifiers, view().visualRect(index).center());
    }
    void clickMark(int row)
    {
        const QModelIndex index = view().model()->index(row, BulkModel::ClipColumn);
        view().scrollTo(index);
        QStyleOptionViewItem option;
        option.rect = view().visualRect(index);
        const QRect mark = static_cast<BulkDelegate*>(view().itemDelegate())->markRect(option);
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, mark.center());
    }
    /// Chooses with the keyboard what a person would read.
    void choose(const char* combo, const QString& text)
    {
        auto* box = find<QComboBox>(combo);
        const int index = box->findText(text);
        QVERIFY2(index >= 0, qPrintable(text));
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < index; ++i)
            QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), text);
    }
    [[nodiscard]] bool isOpen() const { return m_dialog && m_dialog->isVisible(); }

private:
    QPointer<BulkDialog> m_dialog;
};

} // namespace

/// Many images or prompts are looked through before they become as many jobs.
class TestBulk : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void twentyImagesBecomeTwentyJobs();
    void aListBecomesItsJobs();
    void aRowWithAProblemIsLeftOutAndSaysWhy();
    void rowsAreChangedTogether();
    void aRowIsEditedByKeys();
    void linesThatArePastedAreOffered();
    void whatIsNoListSaysSo();
    void leavingAnEditedTableAsks();
    void aLimitAsksOnceForAll();

private:
    [[nodiscard]] QString write(const QString& name, const QByteArray& bytes);

    QTemporaryDir m_folder;
    QStringList m_photos;
};

void TestBulk::initTestCase()
{
    for (int i = 0; i < 20; ++i) {
        QImage photo(96, 54, QImage::Format_RGB32);
        photo.fill(QColor::fromHsv(i * 18, 200, 200));
        m_photos.append(write(u"photo-%1.png"_s.arg(i), test::encoded(photo, "png")));
    }
}

QString TestBulk::write(const QString& name, const QByteArray& bytes)
{
    const QString path = m_folder.filePath(name);
    if (!test::writeFile(path, bytes))
        qFatal("no file could be written");
    return path;
}

void TestBulk::twentyImagesBecomeTwentyJobs()
{
    OpenWindow open;
    open.write(u"It comes alive"_s);
    const auto photos = filesOf(m_photos);
    QDragEnterEvent enter(open.window().rect().center(), Qt::CopyAction, photos.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(open.window().windowHandle(), &enter);
    QCOMPARE(open.find<DropOverlay>("dropOverlay")->text(), u"20 images: 20 jobs"_s);
    open.drop(*photos, open.window().rect().center());

    Table table(open);
    QVERIFY(table.isRead(20));
    QCOMPARE(table.row(19).request.prompt, u"It comes alive"_s);
    QCOMPARE(table.text("bulkTotalLabel"), u"20 jobs: about $8.44, simulated: nothing is charged"_s);
    QCOMPARE(table.text("bulkPartsLabel"), u"20 × $0.422 · prices of 2026-10"_s);
    QVERIFY(!table.find<QWidget>("bulkWarningsLabel")->isVisible());

    table.clickMark(3);
    table.clickMark(17);
    table.clickMark(5);
    table.clickMark(5); // on second thought
    QCOMPARE(table.text("bulkCountLabel"), u"18 of 20 chosen"_s);
    QCOMPARE(table.find<QPushButton>("bulkGenerateButton")->text().remove(u'&'), u"Generate 18"_s);
    QCOMPARE(open.posts(), 0); // nothing goes out before it is looked through
    table.click("bulkGenerateButton");
    QTRY_VERIFY(!table.isOpen());

    QTRY_COMPARE(open.rows(), 18);
    QTRY_COMPARE_WITH_TIMEOUT(open.posts(), 18, 2 * patience);
    std::set<QString> sent;
    for (const auto& post : open.seen(simulator::Step::Post))
        sent.insert(post.body[u"image"_s][u"url"_s].toString());
    QCOMPARE(sent.size(), 18U);
    std::set<QString> groups;
    for (int row = 0; row < 18; ++row) {
        groups.insert(open.job(row).group.toString());
        QCOMPARE(open.job(row).estimate, moneyFromDecimal(u"0.422"_s));
    }
    QCOMPARE(groups.size(), 1U);
}

void TestBulk::aListBecomesItsJobs()
{
    OpenWindow open;
    const QString list = write(u"shots.csv"_s, "prompt,duration,takes,image,sound,notes\n"
                                               "\"A boat, slowly\",1,2,,off,x\n"
                                               "It comes alive,1,,photo-0.png,,\n");
    open.drop(*filesOf({list}), open.window().rect().center());
    Table table(open);
    QVERIFY(table.isRead(2));
    QCOMPARE(table.text("bulkTotalLabel"), u"3 jobs: about $0.212, simulated: nothing is charged"_s);
    QCOMPARE(test::find<QLabel>(table.dialog(), "noticeSentence")->text(), u"Columns that are not used: \"notes\"."_s);
    QTest::keyClick(table.find<QWidget>("bulkView"), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!table.isOpen());
    QTRY_COMPARE(open.posts(), 3);
    int silent = 0;
    for (const auto& post : open.seen(simulator::Step::Post)) {
        QCOMPARE(post.body[u"duration"_s].toInt(), 1);
        silent += post.body[u"generate_audio"_s].toBool(true) ? 0 : 1;
    }
    QCOMPARE(silent, 2);
}

void TestBulk::aRowWithAProblemIsLeftOutAndSaysWhy()
{
    OpenWindow open;
    const QString list = write(u"bad.csv"_s, "prompt,duration,image,model\n"
                                             "Good,1,,\n"
                                             "Long,40,,\n"
                                             "Wordy,soon,,\n"
                                             ",1,,\n"
                                             "Gone,1,gone.png,\n"
                                             "Unknown,1,,my-model\n");
    open.drop(*filesOf({list}), open.window().rect().center());
    Table table(open);
    QVERIFY(table.isRead(6));
    const QStringList words{QString(), u"It can be 1 to 15 s"_s, u"Line 4, duration"_s, u"no prompt"_s, u"gone.png"_s,
                            QString()};
    for (int row = 0; row < 6; ++row) {
        QVERIFY2(table.row(row).trouble.contains(words.at(row)), qPrintable(table.row(row).trouble));
        QCOMPARE(table.row(row).isChosen(), words.at(row).isEmpty());
    }
    QVERIFY(table.text("bulkWarningsLabel").contains(u"left out because of a problem: 4"_s));
    QVERIFY(table.text("bulkWarningsLabel").contains(u"unknown price: 6"_s));
    QCOMPARE(table.text("bulkTotalLabel").section(u',', 0, 0), u"2 jobs: about $0.07 and what is unknown"_s);
    table.clickMark(1); // no mark makes it right
    QVERIFY(!table.row(1).isChosen());

    // What is mended comes in by itself.
    table.clickRow(1);
    table.clickRow(2, Qt::ControlModifier);
    auto* length = table.find<QSpinBox>("bulkLengthSpin");
    length->setFocus();
    length->selectAll();
    QTest::keyClicks(length, u"2"_s);
    QTest::keyClick(length, Qt::Key_Tab);
    QVERIFY(table.row(1).isChosen());
    QVERIFY(table.row(2).isChosen());
    QCOMPARE(table.row(2).request.duration, 2s);
    table.click("bulkGenerateButton");
    QTRY_COMPARE(open.rows(), 4);
}

void TestBulk::rowsAreChangedTogether()
{
    OpenWindow open;
    open.drop(*filesOf(m_photos.first(4)), open.window().rect().center());
    Table table(open);
    QVERIFY(table.isRead(4));
    QCOMPARE(table.text("bulkFieldsTitle"), u"All rows"_s);
    QTest::keyClicks(table.find<QLineEdit>("bulkPromptEdit"), u"It moves"_s);
    for (const BulkRow& row : table.rows())
        QCOMPARE(row.request.prompt, u"It moves"_s);

    table.clickRow(1);
    table.clickRow(2, Qt::ShiftModifier);
    QCOMPARE(table.text("bulkFieldsTitle"), u"2 selected rows"_s);
    table.choose("bulkResolutionCombo", u"480p"_s);
    table.choose("bulkModelCombo", u"grok-imagine-video-1.5"_s);
    table.choose("bulkSoundCombo", u"Off"_s);
    for (int row = 0; row < 4; ++row) {
        const bool isChanged = row == 1 || row == 2;
        QCOMPARE(table.row(row).request.resolution, isChanged ? u"480p"_s : u"720p"_s);
        QCOMPARE(table.row(row).request.model, isChanged ? u"grok-imagine-video-1.5"_s : u"grok-imagine-video"_s);
        QCOMPARE(table.row(row).request.generateAudio, isChanged ? std::optional(false) : std::nullopt);
    }
    // Where they differ the field says nothing, and is not changed by being looked at.
    table.view().selectAll();
    QCOMPARE(table.find<QComboBox>("bulkResolutionCombo")->currentIndex(), -1);
    QCOMPARE(table.find<QComboBox>("bulkModelCombo")->currentIndex(), -1);
    QCOMPARE(table.row(0).request.model, u"grok-imagine-video"_s);
}

void TestBulk::aRowIsEditedByKeys()
{
    OpenWindow open;
    open.press(Qt::Key_B, Qt::ControlModifier);
    Table table(open);
    QCOMPARE(table.rows().size(), 0);
    QVERIFY(!table.find<QPushButton>("bulkGenerateButton")->isEnabled());
    table.dialog().addPrompts(u"one\ntwo\nthree"_s);
    table.clickRow(1);
    auto* view = &table.view();
    QTest::keyClick(view, Qt::Key_Space);
    QVERIFY(!table.row(1).isChosen());
    QTest::keyClick(view, Qt::Key_Space);
    QVERIFY(table.row(1).isChosen());
    QTest::keyClick(view, Qt::Key_F2);
    auto* editor = table.find<QLineEdit>("promptCellEdit");
    QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(editor, u"two more"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(table.row(1).request.prompt, u"two more"_s);
    QVERIFY(table.isOpen()); // Enter does not send
    QCOMPARE(open.posts(), 0);
}

void TestBulk::linesThatArePastedAreOffered()
{
    OpenWindow open;
    auto* prompt = open.find<QPlainTextEdit>("promptEdit");
    prompt->clear();
    QGuiApplication::clipboard()->setText(u"a boat\na gull"_s);
    prompt->setFocus();
    QTest::keySequence(prompt, QKeySequence::Paste);
    QCOMPARE(prompt->toPlainText(), u"a boat\na gull"_s); // never by force
    QVERIFY(!open.window().findChild<BulkDialog*>());
    open.clickNotice(u"This text has 2 lines."_s);
    Table table(open);
    QCOMPARE(table.rows().size(), 2);
    QCOMPARE(table.row(1).request.prompt, u"a gull"_s);
}

void TestBulk::whatIsNoListSaysSo()
{
    OpenWindow open;
    open.drop(*filesOf({write(u"no.csv"_s, "a,b\n1,2\n")}), open.window().rect().center());
    Table table(open);
    const BulkDialog& dialog = table.dialog();
    QTRY_VERIFY(dialog.findChild<QLabel*>(u"noticeSentence"_s));
    QVERIFY(test::find<QLabel>(table.dialog(), "noticeSentence")->text().contains(u"must be \"prompt\""_s));
    QVERIFY(!table.find<QPushButton>("bulkGenerateButton")->isEnabled());
}

void TestBulk::leavingAnEditedTableAsks()
{
    OpenWindow open;
    open.drop(*filesOf(m_photos.first(2)), open.window().rect().center());
    {
        Table table(open);
        table.click("bulkCancelButton");
        QVERIFY(!table.isOpen()); // nothing to lose
    }
    QCOMPARE(open.asked.size(), 0);
    QTRY_VERIFY(!open.window().findChild<BulkDialog*>());

    open.drop(*filesOf(m_photos.first(2)), open.window().rect().center());
    Table table(open);
    QVERIFY(table.isRead(2));
    QTest::keyClicks(table.find<QLineEdit>("bulkPromptEdit"), u"It moves"_s);
    QTest::keyClick(table.find<QWidget>("bulkView"), Qt::Key_Escape);
    QCOMPARE(open.asked.size(), 1);
    QVERIFY(table.isOpen());
    open.answers.ask = [](const Dialogs::Question&) { return true; };
    table.click("bulkCancelButton");
    QVERIFY(!table.isOpen());
    QCOMPARE(open.posts(), 0);
    QCOMPARE(open.rows(), 0);
}

void TestBulk::aLimitAsksOnceForAll()
{
    OpenWindow open;
    open.settings.setSpendLimits({moneyFromDecimal(u"1.00"_s), {}, false}); // two clips fit, three do not
    bool saved = false;
    open.access().saveKey(Secret("xai-never-to-be-seen"), [&](const std::optional<Error>&) { saved = true; });
    QTRY_VERIFY(saved);
    open.answers.ask = [](const Dialogs::Question&) { return true; };
    open.access().useService(&open.window());
    open.answers.ask = {};
    open.asked.clear();

    open.write(u"It comes alive"_s);
    open.drop(*filesOf(m_photos.first(3)), open.window().rect().center());
    Table table(open);
    QVERIFY(table.isRead(3));
    QTest::keyClicks(table.find<QLineEdit>("bulkPromptEdit"), u", slowly"_s);
    const QList<BulkRow> before = table.rows();
    const auto generate = [&] {
        QCOMPARE(table.find<QPushButton>("bulkGenerateButton")->text().remove(u'&'), u"Generate 3 · about $1.266"_s);
        QVERIFY(table.text("bulkWarningsLabel").contains(u"daily limit of $1.00"_s));
        table.click("bulkGenerateButton");
    };
    const auto staysAsItWas = [&] {
        QTRY_VERIFY(table.dialog().findChild<QLabel*>(u"noticeSentence"_s));
        QVERIFY(test::find<QLabel>(table.dialog(), "noticeSentence")->text().contains(u"Nothing was sent."_s));
        QVERIFY(table.isOpen());
        QVERIFY(table.find<QPushButton>("bulkGenerateButton")->isEnabled());
        QCOMPARE(table.rows().size(), before.size());
        for (qsizetype i = 0; i < before.size(); ++i)
            QCOMPARE(table.rows().at(i).request, before.at(i).request);
        QCOMPARE(open.rows(), 0);
        QCOMPARE(open.posts(), 0);
        test::find<Notice>(table.dialog(), "notice")->dismiss();
        QTRY_VERIFY(!table.dialog().findChild<QLabel*>(u"noticeSentence"_s));
    };
    generate();
    QTRY_COMPARE(open.asked.size(), 1);
    staysAsItWas(); // after a no

    open.settings.setSpendLimits({moneyFromDecimal(u"1.00"_s), {}, true});
    generate();
    staysAsItWas(); // refused
    QCOMPARE(open.asked.size(), 1);
    open.settings.setSpendLimits({moneyFromDecimal(u"1.00"_s), {}, false});

    open.answers.ask = [](const Dialogs::Question&) { return true; };
    generate();
    QTRY_VERIFY(!open.window().findChild<BulkDialog*>());
    QTRY_COMPARE(open.rows(), 3);
    QTRY_COMPARE(open.posts(), 3);
    QCOMPARE(open.asked.size(), 2);
}

QTEST_MAIN(TestBulk)
#include "tst_bulk.moc"
