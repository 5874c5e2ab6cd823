// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/promptedit.h"
#include "gui/look/theme.h"
#include "settings/settings.h"
#include "support/find.h"
#include "support/testcase.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

/// The prompt box, typed and pasted into.
class TestPromptEdit : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsCharactersAsAPersonDoes();
    void growsWithItsTextUpToALimit();
    void theCountStandsOppositeTheCorner_data();
    void theCountStandsOppositeTheCorner();
    void ctrlEnterSubmitsOnceHoweverLongItIsHeld();
    void enterAloneIsANewLine();
    void theDraftSurvivesARestart();
    void anotherPromptCanBeUndone();
    void tabGoesOn();
    void picturesArePassedOnAndTextIsTaken();
    void takesDraggedTextButNoFiles();

private:
    [[nodiscard]] QString draftOnDisk() const { return Settings(m_file).promptDraft(); }

    QTemporaryDir m_folder;
    QString m_file = m_folder.filePath(u"settings.ini"_s);
    Theme m_theme;
};

void TestPromptEdit::init()
{
    TestCase::init();
    QFile::remove(m_file);
}

void TestPromptEdit::countsCharactersAsAPersonDoes()
{
    Settings settings(m_file);
    PromptEdit edit(m_theme, settings);
    const auto* count = test::find<QLabel>(edit, "promptCountLabel");
    QCOMPARE(count->text(), u"0"_s);
    QTest::keyClicks(&edit, u"A paper boat"_s);
    QCOMPARE(count->text(), u"12"_s);
    edit.setPrompt(u"🚀🚀"_s);
    QCOMPARE(count->text(), u"2"_s);
}

void TestPromptEdit::growsWithItsTextUpToALimit()
{
    Settings settings(m_file);
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    auto* edit = new PromptEdit(m_theme, settings);
    layout->addWidget(edit);
    layout->addStretch();
    window.resize(300, 700);
    window.show();
    QTRY_VERIFY(edit->height() > 0);
    const int empty = edit->height();
    edit->setPrompt(u"one\ntwo\nthree\nfour"_s);
    QTRY_COMPARE(edit->height(), empty);
    QVERIFY(!edit->verticalScrollBar()->isVisible());
    edit->setPrompt(QString(400, u'x').replace(u"xxxxx"_s, u"xxxx "_s));
    QTRY_VERIFY(edit->height() > empty);
    QVERIFY(!edit->verticalScrollBar()->isVisible());
    const int some = edit->height();
    edit->setPrompt(QString(100, u'\n'));
    QTRY_VERIFY(edit->height() > some);
    QTRY_VERIFY(edit->verticalScrollBar()->isVisible());
    QVERIFY(edit->height() < 500);
}

void TestPromptEdit::theCountStandsOppositeTheCorner_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

void TestPromptEdit::theCountStandsOppositeTheCorner()
{
    QFETCH(const Qt::LayoutDirection, direction);
    const bool mirrored = direction == Qt::RightToLeft;
    Settings settings(m_file);
    PromptEdit edit(m_theme, settings);
    auto* corner = new QPushButton(u"History"_s);
    edit.setCornerWidget(corner);
    edit.setPrompt(u"A paper boat"_s);
    edit.resize(300, 120);
    edit.show();
    edit.setLayoutDirection(direction); // it may change while it shows
    auto* count = test::find<QLabel>(edit, "promptCountLabel");
    QVERIFY(!count->geometry().intersects(corner->geometry()));
    QCOMPARE(corner->geometry().center().x() > edit.width() / 2, mirrored);

    // Where the figures are painted.
    const QImage picture = count->grab().toImage();
    const QColor ground = picture.pixelColor(picture.rect().center());
    const auto hasInk = [&](int from, int to) {
        for (int x = from; x < to; ++x) {
            for (int y = 4; y < picture.height() - 4; ++y) {
                if (picture.pixelColor(x, y) != ground)
                    return true;
            }
        }
        return false;
    };
    constexpr int figures = 40;
    QCOMPARE(hasInk(0, figures), mirrored);
    QCOMPARE(hasInk(picture.width() - figures, picture.width()), !mirrored);
}

void TestPromptEdit::ctrlEnterSubmitsOnceHoweverLongItIsHeld()
{
    Settings settings(m_file);
    PromptEdit edit(m_theme, settings);
    QSignalSpy submitted(&edit, &PromptEdit::submitted);
    QTest::keyPress(&edit, Qt::Key_Return, Qt::ControlModifier);
    for (int i = 0; i < 20; ++i) {
        QKeyEvent repeated(QEvent::KeyPress, Qt::Key_Return, Qt::ControlModifier, u"\r"_s, true);
        QCoreApplication::sendEvent(&edit, &repeated);
    }
    QCOMPARE(submitted.size(), 1);
    QTest::keyPress(&edit, Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
    QCOMPARE(submitted.size(), 2);
    QVERIFY(edit.prompt().isEmpty());
}

void TestPromptEdit::enterAloneIsANewLine()
{
    Settings settings(m_file);
    PromptEdit edit(m_theme, settings);
    QSignalSpy submitted(&edit, &PromptEdit::submitted);
    QTest::keyClicks(&edit, u"a"_s);
    QTest::keyClick(&edit, Qt::Key_Return);
    QTest::keyClicks(&edit, u"b"_s);
    QCOMPARE(edit.prompt(), u"a\nb"_s);
    QCOMPARE(submitted.size(), 0);
}

void TestPromptEdit::theDraftSurvivesARestart()
{
    {
        Settings settings(m_file);
        PromptEdit edit(m_theme, settings);
        QTest::keyClicks(&edit, u"Night train"_s);
        QCOMPARE(settings.promptDraft(), QString()); // not with every key
        QTRY_COMPARE(settings.promptDraft(), u"Night train"_s);
        QTest::keyClicks(&edit, u", rain"_s);
    }
    QCOMPARE(draftOnDisk(), u"Night train, rain"_s);
    Settings settings(m_file);
    PromptEdit edit(m_theme, settings);
    QCOMPARE(edit.prompt(), u"Night train, rain"_s);
}

void TestPromptEdit::anotherPromptCanBeUndone()
{
    Settings settings(m_file);
    PromptEdit edit(m_theme, settings);
    QTest::keyClicks(&edit, u"mine"_s);
    edit.setPrompt(u"of a job"_s);
    QCOMPARE(edit.prompt(), u"of a job"_s);
    edit.undo();
    QCOMPARE(edit.prompt(), u"mine"_s);
}

void TestPromptEdit::tabGoesOn()
{
    Settings settings(m_file);
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    auto* edit = new PromptEdit(m_theme, settings);
    auto* next = new QLineEdit;
    layout->addWidget(edit);
    layout->addWidget(next);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window, patience));
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_Tab);
    QVERIFY(next->hasFocus());
    QVERIFY(edit->prompt().isEmpty());
}

void TestPromptEdit::picturesArePassedOnAndTextIsTaken()
{
    Settings settings(m_file);
    PromptEdit edit(m_theme, settings);
    qRegisterMetaType<const QMimeData*>();
    QSignalSpy passedOn(&edit, &PromptEdit::imagePasted);
    QGuiApplication::clipboard()->setText(u"slow push in"_s);
    QTest::keySequence(&edit, QKeySequence::Paste);
    QCOMPARE(edit.prompt(), u"slow push in"_s);
    QCOMPARE(passedOn.size(), 0);

    QGuiApplication::clipboard()->setImage(QImage(4, 4, QImage::Format_RGB32));
    QTest::keySequence(&edit, QKeySequence::Paste);
    auto* file = new QMimeData;
    file->setUrls({QUrl::fromLocalFile(u"/pictures/boat.jpg"_s)});
    file->setText(u"/pictures/boat.jpg"_s);
    QGuiApplication::clipboard()->setMimeData(file);
    QTest::keySequence(&edit, QKeySequence::Paste);
    QCOMPARE(edit.prompt(), u"slow push in"_s);
    QCOMPARE(passedOn.size(), 2);
}

void TestPromptEdit::takesDraggedTextButNoFiles()
{
    Settings settings(m_file);
    PromptEdit edit(m_theme, settings);
    const auto isTaken = [&edit](const QMimeData& data) {
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(edit.viewport(), &enter);
        return enter.isAccepted();
    };
    QMimeData text;
    text.setText(u"gulls far off"_s);
    QVERIFY(isTaken(text));
    QMimeData file;
    file.setUrls({QUrl::fromLocalFile(u"/pictures/boat.jpg"_s)});
    QVERIFY(!isTaken(file));
}

QTEST_MAIN(TestPromptEdit)
#include "tst_promptedit.moc"
