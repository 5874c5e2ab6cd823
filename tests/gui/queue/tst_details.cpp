// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/theme.h"
#include "gui/queue/detailspanel.h"
#include "gui/widgets/elidedlabel.h"
#include "support/samples.h"
#include "support/testcase.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;
using samples::error;
using samples::job;
using samples::requestId;

class TestDetails : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init();
    void cleanup();
    void nothingChosenSaysWhatToDo();
    void aJobTellsAllThatIsKnown();
    void aRunningJobCanBeStopped();
    void endStatesHaveSentenceAndAction_data();
    void endStatesHaveSentenceAndAction();
    void theRawAnswerIsOneClickAway();
    void theRawAnswerStaysOpenWhileItsJobChanges();
    void anotherJobFoldsTheRawAnswer();
    void idAndPathAreCopied();
    void aFinishedJobShowsItsFile();
    void aClipTellsAllThatIsKnown();
    void simulatedPricesSaySo();
    void whatCostNothingHasNoPrice();
    void thePromptCanBeMarkedByKeyboard();
    void markupInAPromptIsText();
    void whatCouldDeceiveIsNotShown();
    void everyButtonHasAName();

private:
    template <typename T>
    [[nodiscard]] T* part(const QString& name) const
    {
        return m_panel->findChild<T*>(name);
    }
    [[nodiscard]] QString text(const QString& name) const { return part<QLabel>(name)->text(); }
    [[nodiscard]] bool shown(const QString& name) const { return part<QWidget>(name)->isVisible(); }
    void click(const QString& name) { QTest::mouseClick(part<QWidget>(name), Qt::LeftButton); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<DetailsPanel> m_panel;
};

void TestDetails::init()
{
    TestCase::init();
    m_theme = std::make_unique<Theme>();
    m_theme->applyTo(*qApp);
    m_panel = std::make_unique<DetailsPanel>(*m_theme);
    m_panel->resize(300, 700);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get(), patience));
}

void TestDetails::cleanup()
{
    m_panel.reset();
    m_theme.reset();
}

void TestDetails::nothingChosenSaysWhatToDo()
{
    QVERIFY(shown(u"emptyLabel"_s));
    QVERIFY(!shown(u"promptValue"_s));
    QVERIFY(!shown(u"actionButton"_s));
    QVERIFY(!shown(u"settingsLabel"_s));
    m_panel->showJob(job(u"a"_s, Queued{}), {});
    QVERIFY(!shown(u"emptyLabel"_s));
    m_panel->clear();
    QVERIFY(shown(u"emptyLabel"_s));
    QVERIFY(!shown(u"promptValue"_s));
}

void TestDetails::aJobTellsAllThatIsKnown()
{
    Job any = job(u"a"_s, Generating{requestId, 42, {}, false});
    any.request.aspectRatio = u"16:9"_s;
    m_panel->showJob(any, {});
    QCOMPARE(text(u"stateLabel"_s), u"Generating"_s);
    QCOMPARE(text(u"promptValue"_s), u"Prompt of a"_s);
    QCOMPARE(text(u"settingsValue"_s), u"image · 6 s · 720p · 16:9"_s);
    QCOMPARE(text(u"modelValue"_s), u"grok-imagine-video"_s);
    QCOMPARE(text(u"inputValue"_s), u"photo.jpg"_s);
    QCOMPARE(text(u"priceValue"_s), u"about $0.42"_s);
    QCOMPARE(text(u"requestIdValue"_s), requestId.toString());
    QVERIFY(!text(u"createdValue"_s).isEmpty());
    QVERIFY(!shown(u"tookLabel"_s)); // not before it is over
    QVERIFY(!shown(u"fileLabel"_s));
}

void TestDetails::aRunningJobCanBeStopped()
{
    QSignalSpy spy(m_panel.get(), &DetailsPanel::jobActionRequested);
    m_panel->showJob(job(u"a"_s, Generating{requestId, 42, {}, false}), {});
    QCOMPARE(part<QPushButton>(u"actionButton"_s)->text(), u"Stop watching (may still be charged)"_s);
    click(u"actionButton"_s);
    QCOMPARE(spy.last().at(0).value<JobAction>(), JobAction::Cancel);
    QCOMPARE(spy.last().at(1).value<JobId>(), JobId(u"a"_s));
}

void TestDetails::endStatesHaveSentenceAndAction_data()
{
    QTest::addColumn<Job>("job");
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("role");
    QTest::newRow("done") << job(u"j"_s, Done{requestId, {}}) << u"saved"_s << u"Play"_s << u"done"_s;
    QTest::newRow("moderated") << job(u"j"_s, Moderated{requestId, error(ErrorKind::Moderated)}) << u"moderation"_s
                               << u"Edit and run"_s << u"moderated"_s;
    QTest::newRow("failed") << job(u"j"_s, Failed{requestId, error(ErrorKind::ServerFault)}) << u"fault"_s
                            << u"Try again"_s << u"failed"_s;
    QTest::newRow("expired") << job(u"j"_s, Expired{requestId, error(ErrorKind::Expired)}) << u"any more"_s
                             << u"Try again"_s << u"warn"_s;
    QTest::newRow("unconfirmed") << job(u"j"_s, Unconfirmed{error(ErrorKind::SubmitLost)}) << u"may charge"_s
                                 << u"Try again"_s << u"warn"_s;
    QTest::newRow("cancelled after it was sent")
        << job(u"j"_s, Cancelled{requestId}) << u"may still finish it and charge"_s << u"Watch again"_s << u"strong"_s;
}

void TestDetails::endStatesHaveSentenceAndAction()
{
    QFETCH(Job, job);
    QFETCH(QString, part);
    QFETCH(QString, action);
    QFETCH(QString, role);
    m_panel->showJob(job, {});
    QVERIFY2(text(u"sentenceLabel"_s).contains(part), qUtf8Printable(text(u"sentenceLabel"_s)));
    QCOMPARE(m_panel->findChild<QPushButton*>(u"actionButton"_s)->text(), action);
    QCOMPARE(m_panel->findChild<QLabel*>(u"stateLabel"_s)->property(roleProperty).toString(), role);
    QVERIFY(shown(u"tookLabel"_s));
}

void TestDetails::theRawAnswerIsOneClickAway()
{
    m_panel->showJob(job(u"a"_s, Failed{requestId, error(ErrorKind::ServerFault, u"{\"code\":\"internal\"}"_s)}), {});
    QVERIFY(!shown(u"rawEdit"_s));
    click(u"rawButton"_s);
    QVERIFY(shown(u"rawEdit"_s));
    QCOMPARE(part<QPlainTextEdit>(u"rawEdit"_s)->toPlainText(), u"{\"code\":\"internal\"}"_s);
    click(u"copyRawButton"_s);
    QCOMPARE(QApplication::clipboard()->text(), u"{\"code\":\"internal\"}"_s);
    m_panel->showJob(job(u"b"_s, Queued{}), {});
    QVERIFY(!shown(u"rawButton"_s));
    QVERIFY(!shown(u"rawEdit"_s));
}

void TestDetails::theRawAnswerStaysOpenWhileItsJobChanges()
{
    m_panel->showJob(job(u"a"_s, Failed{requestId, error(ErrorKind::ServerFault, u"one"_s)}), {});
    m_panel->showRaw();
    m_panel->showJob(job(u"a"_s, Failed{requestId, error(ErrorKind::ServerFault, u"two"_s)}), {});
    QVERIFY(shown(u"rawEdit"_s));
    QCOMPARE(part<QPlainTextEdit>(u"rawEdit"_s)->toPlainText(), u"two"_s);
}

void TestDetails::anotherJobFoldsTheRawAnswer()
{
    m_panel->showJob(job(u"a"_s, Failed{requestId, error(ErrorKind::ServerFault, u"one"_s)}), {});
    m_panel->showRaw();
    m_panel->showJob(job(u"b"_s, Failed{requestId, error(ErrorKind::ServerFault, u"two"_s)}), {});
    QVERIFY(!shown(u"rawEdit"_s));
}

void TestDetails::idAndPathAreCopied()
{
    m_panel->showClip(samples::clip(u"c"_s, u"A boat"_s));
    click(u"copyRequestIdButton"_s);
    QCOMPARE(QApplication::clipboard()->text(), requestId.toString());
    click(u"copyPathButton"_s);
    QCOMPARE(QApplication::clipboard()->text(), QDir::toNativeSeparators(u"/clips/c.mp4"_s));
}

void TestDetails::aFinishedJobShowsItsFile()
{
    const Clip clip = samples::clip(u"c"_s, u"A boat"_s);
    QSignalSpy spy(m_panel.get(), &DetailsPanel::clipActionRequested);
    m_panel->showJob(job(u"a"_s, Done{requestId, clip.id}), clip);
    QCOMPARE(text(u"fileValue"_s), QDir::toNativeSeparators(u"/clips/c.mp4"_s));
    click(u"showInFolderButton"_s);
    QCOMPARE(spy.last().at(0).value<ClipAction>(), ClipAction::ShowInFolder);
    QCOMPARE(spy.last().at(1).value<Clip>(), clip);
}

void TestDetails::aClipTellsAllThatIsKnown()
{
    const Clip clip = samples::clip(u"c"_s, u"A boat"_s);
    QSignalSpy spy(m_panel.get(), &DetailsPanel::clipActionRequested);
    m_panel->showJob(job(u"a"_s, Failed{requestId, error(ErrorKind::ServerFault, u"raw"_s)}), {});
    m_panel->showClip(clip);
    QCOMPARE(text(u"stateLabel"_s), u"Clip"_s);
    QVERIFY(!shown(u"sentenceLabel"_s));
    QVERIFY(!shown(u"rawButton"_s));
    QCOMPARE(text(u"promptValue"_s), u"A boat"_s);
    QCOMPARE(text(u"clipValue"_s), u"1280 × 720 · 6 s · 3.1 MB"_s);
    QCOMPARE(text(u"priceValue"_s), u"$0.42"_s);
    QCOMPARE(text(u"requestIdValue"_s), requestId.toString());
    click(u"actionButton"_s);
    QCOMPARE(spy.last().at(0).value<ClipAction>(), ClipAction::Play);
}

void TestDetails::simulatedPricesSaySo()
{
    Job simulated = job(u"a"_s, Queued{});
    simulated.origin = Origin::simulator();
    m_panel->showJob(simulated, {});
    QCOMPARE(text(u"priceValue"_s), u"about $0.42, simulated: nothing is spent"_s);
    QCOMPARE(text(u"serviceValue"_s), u"Simulator"_s);
}

void TestDetails::whatCostNothingHasNoPrice()
{
    Job cancelled = job(u"a"_s, Cancelled{});
    m_panel->showJob(cancelled, {});
    QVERIFY(!shown(u"priceValue"_s));
    QVERIFY(!shown(u"priceLabel"_s));
    cancelled.origin = Origin::simulator();
    m_panel->showJob(cancelled, {});
    QVERIFY(!shown(u"priceValue"_s));
}

void TestDetails::thePromptCanBeMarkedByKeyboard()
{
    m_panel->showJob(job(u"a"_s, Queued{}), {});
    auto* prompt = part<QLabel>(u"promptValue"_s);
    prompt->setFocus();
    QTest::keySequence(prompt, QKeySequence::SelectAll);
    QCOMPARE(prompt->selectedText(), u"Prompt of a"_s);
}

void TestDetails::markupInAPromptIsText()
{
    Job marked = job(u"a"_s, Queued{});
    marked.request.prompt = u"<b>bold</b> <IMAGE_1>"_s;
    m_panel->showJob(marked, {});
    QCOMPARE(part<QLabel>(u"promptValue"_s)->textFormat(), Qt::PlainText);
    QCOMPARE(text(u"promptValue"_s), marked.request.prompt);
}

void TestDetails::whatCouldDeceiveIsNotShown()
{
    Job hostile = job(u"a"_s, Failed{requestId, Error{ErrorKind::ServerFault, u"{\n\u001b[2J\u202e}"_s}});
    hostile.request.prompt = u"Boats\u001b[31m\nat dawn\u202e"_s;
    Clip clip = samples::clip(u"a"_s, hostile.request.prompt);
    clip.path = u"/clips/<img src=\"x\">\n\u202egpj.mp4"_s;
    m_panel->showJob(hostile, clip);
    QCOMPARE(text(u"promptValue"_s), u"Boats[31m\nat dawn"_s);
    QCOMPARE(part<QPlainTextEdit>(u"rawEdit"_s)->toPlainText(), u"{\n[2J}"_s);
    QCOMPARE(text(u"fileValue"_s), QDir::toNativeSeparators(u"/clips/<img src=\"x\"> gpj.mp4"_s));
    QVERIFY(part<QLabel>(u"fileValue"_s)->toolTip().contains(u"&lt;img"_s));
    click(u"copyPathButton"_s);
    QCOMPARE(QApplication::clipboard()->text(), QDir::toNativeSeparators(clip.path));
}

void TestDetails::everyButtonHasAName()
{
    const auto buttons = m_panel->findChildren<QAbstractButton*>();
    m_panel->showJob(job(u"a"_s, Failed{requestId, error(ErrorKind::ServerFault)}), {});
    for (const QAbstractButton* button : buttons)
        QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                 qUtf8Printable(button->objectName()));
}

QTEST_MAIN(TestDetails)
#include "tst_details.moc"
