// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/stage.h"
#include "gui/settings/settingsdialog.h"
#include "jobs/engine.h"
#include "support/mediafiles.h"
#include "support/openwindow.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDirIterator>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScopeGuard>
#include <QSlider>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::OpenWindow;
using clipkiln::test::patience;
using clipkiln::test::rule;
using simulator::Reply;
using simulator::Step;

namespace {

constexpr char key[] = "xai-never-to-be-seen-4c1d";

} // namespace

/// The settings take effect at once and stay, and the service is reached with the key that was chosen and no other.
class TestWindowSettings : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theThemeChangesAtOnce();
    void theConcurrencyHoldsForTheQueue();
    void theWaitsAreKept();
    void unsentJobsAreHeldAtTheStart();
    void clipsGoIntoTheFolderThatWasChosen();
    void clipsSayHowTheyWereMadeAsFarAsIsWanted();
    void lostClipsAreFound();
    void aFolderThatCannotBeUsedIsNotTaken();
    void withoutAutoPlayAClipOnlyAppears();
    void theSoundAndTheLoopAreKept();

    void aKeyIsKeptAndUsed();
    void aPastedKeyLosesWhatCopyingAdds();
    void whatCannotBeAKeyIsRefused();
    void aKeyCanBeTested_data();
    void aKeyCanBeTested();
    void theKeyThatIsKeptIsTestedToo();
    void aRemovedKeyIsUsedNoMore();
    void theVariableIsOfferedAndNotUsedUntilChosen();
    void goingToRealMoneyAsksOnce();
    void realMoneyIsCounted();
    void repeatingASimulatedJobForRealAsks();

private:
    /// Opens the settings as a person does and does something in them; they close afterwards.
    static void inSettings(OpenWindow& open, SettingsDialog::Page page,
                           const std::function<void(SettingsDialog&)>& doThere)
    {
        bool was = false;
        QTimer look;
        connect(&look, &QTimer::timeout, &open.window(), [&] {
            auto* dialog = qobject_cast<SettingsDialog*>(QApplication::activeModalWidget());
            if (!dialog || was)
                return;
            was = true;
            const auto closing = qScopeGuard([dialog] { dialog->close(); });
            test::find<QListWidget>(*dialog, "pageList")->setCurrentRow(static_cast<int>(page));
            doThere(*dialog);
        });
        look.start(10ms);
        open.window().activateWindow(); // after a dialog that is the window manager's, and there is none
        QVERIFY(QTest::qWaitForWindowActive(&open.window(), patience));
        open.press(Qt::Key_Comma, Qt::ControlModifier);
        QVERIFY2(was, "The settings did not open");
    }
    static void click(SettingsDialog& dialog, const char* button)
    {
        auto* found = test::find<QAbstractButton>(dialog, button);
        QVERIFY2(found->isEnabled(), button);
        QVERIFY2(found->isVisible(), button);
        QTest::mouseClick(found, Qt::LeftButton, {}, QPoint(8, found->height() / 2));
    }
    static QString text(SettingsDialog& dialog, const char* label) { return test::find<QLabel>(dialog, label)->text(); }
    /// Saves a key and goes over to the service, which is the simulator by another name.
    static void goReal(OpenWindow& open)
    {
        open.settings.setRealMoneyExplained(true);
        bool done = false;
        open.access().saveKey(Secret(key), [&done](const std::optional<Error>&) { done = true; });
        QTRY_VERIFY(done);
        QVERIFY(open.access().useService(&open.window()));
    }
};

void TestWindowSettings::theThemeChangesAtOnce()
{
    OpenWindow open;
    const auto lightness = [] { return qApp->palette().color(QPalette::Window).lightness(); };
    const auto choose = [&](int index) {
        inSettings(open, SettingsDialog::Page::Look, [index](SettingsDialog& dialog) {
            test::find<QComboBox>(dialog, "themeCombo")->setCurrentIndex(index);
        });
    };
    choose(1);
    QCOMPARE(open.settings.theme(), Settings::Theme::Light);
    QVERIFY(lightness() > 128);
    choose(2);
    QCOMPARE(open.settings.theme(), Settings::Theme::Dark);
    QVERIFY(lightness() < 128);
    open.open();
    QVERIFY(lightness() < 128);
    choose(0);
    QCOMPARE(open.settings.theme(), Settings::Theme::System);
}

void TestWindowSettings::theConcurrencyHoldsForTheQueue()
{
    OpenWindow open;
    const auto choose = [&](int jobs) {
        inSettings(open, SettingsDialog::Page::Queue,
                   [jobs](SettingsDialog& dialog) { test::find<QSpinBox>(dialog, "concurrencySpin")->setValue(jobs); });
    };
    choose(1);
    open.play({rule(Step::Poll, Reply::Pending)});
    open.generate(u"One"_s);
    open.generate(u"Two"_s);
    QVERIFY(open.reaches(1, State::Generating));
    QVERIFY(open.reaches(0, State::Queued));
    QCOMPARE(open.posts(), 1);
    choose(2);
    QVERIFY(open.reaches(0, State::Generating));
    QCOMPARE(open.posts(), 2);
}

void TestWindowSettings::theWaitsAreKept()
{
    OpenWindow open;
    inSettings(open, SettingsDialog::Page::Queue, [](SettingsDialog& dialog) {
        test::find<QDoubleSpinBox>(dialog, "pollIntervalSpin")->setValue(2.5);
        test::find<QSpinBox>(dialog, "softLimitSpin")->setValue(25);
    });
    QCOMPARE(open.settings.pollInterval(), 2500ms);
    QCOMPARE(open.settings.softTimeLimit(), 25min);
    inSettings(open, SettingsDialog::Page::Queue, [](SettingsDialog& dialog) {
        QCOMPARE(test::find<QDoubleSpinBox>(dialog, "pollIntervalSpin")->value(), 2.5);
        QCOMPARE(test::find<QSpinBox>(dialog, "softLimitSpin")->value(), 25);
    });
}

void TestWindowSettings::unsentJobsAreHeldAtTheStart()
{
    OpenWindow open;
    open.settings.setQueueOnHold(true);
    open.generate(u"Later"_s);
    QVERIFY(open.reaches(0, State::Queued));
    inSettings(open, SettingsDialog::Page::Queue,
               [](SettingsDialog& dialog) { test::find<QComboBox>(dialog, "unsentCombo")->setCurrentIndex(1); });
    open.close();
    open.settings.setQueueOnHold(false);
    open.open();
    QCOMPARE(open.job(0).state(), State::Held);
    QVERIFY(open.clickRow(0)); // Release
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.posts(), 1);
}

void TestWindowSettings::clipsGoIntoTheFolderThatWasChosen()
{
    OpenWindow open;
    const QString folder = open.path(u"films"_s);
    QVERIFY(QDir().mkpath(folder));
    open.answers.chooseFolder = [&](const QString&) { return folder; };
    inSettings(open, SettingsDialog::Page::Folders, [&](SettingsDialog& dialog) {
        click(dialog, "changeClipsFolderButton");
        QCOMPARE(test::find<QLineEdit>(dialog, "clipsFolderEdit")->text(), QDir::toNativeSeparators(folder));
    });
    open.generate(u"A paper boat"_s);
    QTRY_COMPARE(open.clips().size(), 1);
    QCOMPARE(QFileInfo(open.clips().first().path).absolutePath(), folder);
    open.open();
    QCOMPARE(open.settings.clipsFolder(), folder);
}

void TestWindowSettings::clipsSayHowTheyWereMadeAsFarAsIsWanted()
{
    OpenWindow open;
    inSettings(open, SettingsDialog::Page::Folders, [&](SettingsDialog& dialog) { click(dialog, "describeCheck"); });
    QVERIFY(!open.settings.describeClips());
    open.generate(u"A paper boat"_s);
    QTRY_COMPARE(open.clips().size(), 1);
    const Clip before = open.clips().first();
    QCOMPARE(before.bytes, before.servedBytes);

    inSettings(open, SettingsDialog::Page::Folders, [&](SettingsDialog& dialog) {
        click(dialog, "describeAllButton");
        QVERIFY(!test::find<QWidget>(dialog, "describeAllButton")->isEnabled());
        QTRY_COMPARE(text(dialog, "libraryLabel"), u"Prompt and settings were written into 1 clip."_s);
    });
    const Clip after = open.clips().first();
    QVERIFY(after.bytes > after.servedBytes && after.servedHash == before.servedHash);
    QCOMPARE(QFileInfo(after.path).size(), after.bytes);
}

void TestWindowSettings::lostClipsAreFound()
{
    OpenWindow open;
    QVERIFY(QDir().mkpath(open.profile.clipsFolder()));
    QVERIFY(test::makeNumberedVideo(open.profile.clipsFolder() + u"/A lost boat.mp4"_s, 12, {u"-c:v"_s, u"libx264"_s}));
    inSettings(open, SettingsDialog::Page::Folders, [&](SettingsDialog& dialog) {
        click(dialog, "findClipsButton");
        QTRY_VERIFY(text(dialog, "libraryLabel").startsWith(u"1 clip was added."_s));
    });
    QTRY_COMPARE(open.clips().size(), 1);
    QCOMPARE(open.clips().first().request.prompt, u"A lost boat"_s);
    QCOMPARE(open.posts(), 0);
}

void TestWindowSettings::aFolderThatCannotBeUsedIsNotTaken()
{
    OpenWindow open;
    const QString file = open.path(u"a file"_s);
    QVERIFY(test::writeFile(file, "not a folder"));
    open.answers.chooseFolder = [&](const QString&) { return file; };
    inSettings(open, SettingsDialog::Page::Folders, [&](SettingsDialog& dialog) {
        click(dialog, "changeClipsFolderButton");
        QVERIFY(text(dialog, "clipsHint").contains(u"Choose another folder"_s));
    });
    QCOMPARE(open.settings.clipsFolder(), QString());
}

void TestWindowSettings::withoutAutoPlayAClipOnlyAppears()
{
    OpenWindow open;
    inSettings(open, SettingsDialog::Page::Player, [](SettingsDialog& dialog) { click(dialog, "autoPlayCheck"); });
    QVERIFY(!open.settings.autoPlay());
    open.generate(u"A paper boat"_s);
    auto* stage = open.find<Stage>("stage");
    QTRY_VERIFY(stage->clip());
    QVERIFY(!stage->isPlaying());
}

void TestWindowSettings::theSoundAndTheLoopAreKept()
{
    OpenWindow open;
    inSettings(open, SettingsDialog::Page::Player, [](SettingsDialog& dialog) {
        click(dialog, "loopCheck");
        test::find<QSlider>(dialog, "volumeSlider")->setValue(35);
    });
    open.open();
    QVERIFY(open.settings.loop());
    QCOMPARE(open.settings.volume(), 0.35);
}

void TestWindowSettings::aKeyIsKeptAndUsed()
{
    OpenWindow open;
    inSettings(open, SettingsDialog::Page::Service, [&](SettingsDialog& dialog) {
        auto* edit = test::find<QLineEdit>(dialog, "keyEdit");
        QCOMPARE(edit->echoMode(), QLineEdit::Password);
        QTest::keyClicks(edit, QString::fromLatin1(key));
        click(dialog, "saveKeyButton");
        QTRY_COMPARE(text(dialog, "keyResultLabel"), u"The key is kept."_s);
        QCOMPARE(edit->text(), QString());
        QVERIFY(text(dialog, "keyStateLabel").contains(u"kept in the system keychain"_s));
    });
    bool read = false;
    open.secrets.read(QString::fromLatin1(serviceKeyName),
                      [&read](const Result<Secret>& kept) { read = kept && kept->reveal() == key; });
    QTRY_VERIFY(read);

    open.settings.setRealMoneyExplained(true);
    open.open(); // read from the keychain at the next start
    QTRY_COMPARE(open.access().keyState(), ServiceAccess::KeyState::Kept);
    QVERIFY(open.access().useService(&open.window()));
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Done));
    QVERIFY(open.seen(Step::Post).first().authorized);
    open.close();

    QDirIterator files(open.folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        QVERIFY2(!test::readFile(file).contains(key), qPrintable(file));
    }
}

void TestWindowSettings::aPastedKeyLosesWhatCopyingAdds()
{
    OpenWindow open;
    inSettings(open, SettingsDialog::Page::Service, [&](SettingsDialog& dialog) {
        QApplication::clipboard()->setText(u"\u00A0\u200B%1\u200B\u202F\n"_s.arg(QLatin1StringView(key)));
        QTest::keySequence(test::find<QLineEdit>(dialog, "keyEdit"), QKeySequence::Paste);
        click(dialog, "saveKeyButton");
        QTRY_COMPARE(text(dialog, "keyResultLabel"), u"The key is kept."_s);
    });
    QByteArray kept;
    open.secrets.read(QString::fromLatin1(serviceKeyName),
                      [&kept](const Result<Secret>& read) { kept = read ? read->reveal() : QByteArray(); });
    QTRY_COMPARE(kept, QByteArray(key));
}

void TestWindowSettings::whatCannotBeAKeyIsRefused()
{
    const QString mangled = QString::fromLatin1(key).replace(u'-', u'\u2013'); // as a text program makes it
    OpenWindow open;
    inSettings(open, SettingsDialog::Page::Service, [&](SettingsDialog& dialog) {
        auto* edit = test::find<QLineEdit>(dialog, "keyEdit");
        for (const char* button : {"saveKeyButton", "testKeyButton"}) {
            QApplication::clipboard()->setText(mangled);
            edit->clear();
            QTest::keySequence(edit, QKeySequence::Paste);
            test::find<QLabel>(dialog, "keyResultLabel")->clear();
            click(dialog, button);
            const QString result = text(dialog, "keyResultLabel");
            QVERIFY2(result.contains(u"cannot be a key"_s) && result.contains(u"U+2013"_s), qPrintable(result));
            QCOMPARE(edit->text(), mangled); // to be corrected
        }
    });
    QCOMPARE(open.access().keyState(), ServiceAccess::KeyState::None);
    QVERIFY(open.seen(Step::Key).isEmpty());
}

void TestWindowSettings::aKeyCanBeTested_data()
{
    QTest::addColumn<QList<simulator::Rule>>("rules");
    QTest::addColumn<QString>("words");
    QTest::newRow("a good one") << QList<simulator::Rule>() << u"The service accepts this key: \"simulator\"."_s;
    QTest::newRow("a wrong one") << QList{rule(Step::Key, Reply::KeyRefused)} << u"The key was refused"_s;
    QTest::newRow("one without credits") << QList{rule(Step::Key, Reply::OutOfCredits)} << u"credits are used up"_s;
    QTest::newRow("while the service is down") << QList{rule(Step::Key, Reply::ServerFault)} << u"a fault of its own"_s;
}

void TestWindowSettings::aKeyCanBeTested()
{
    QFETCH(QList<simulator::Rule>, rules);
    QFETCH(QString, words);
    OpenWindow open;
    open.play(rules);
    inSettings(open, SettingsDialog::Page::Service, [&](SettingsDialog& dialog) {
        QVERIFY(!test::find<QAbstractButton>(dialog, "testKeyButton")->isEnabled()); // there is none yet
        QTest::keyClicks(test::find<QLineEdit>(dialog, "keyEdit"), QString::fromLatin1(key));
        click(dialog, "testKeyButton");
        QTRY_VERIFY2(text(dialog, "keyResultLabel").contains(words), qPrintable(text(dialog, "keyResultLabel")));
        QVERIFY(!text(dialog, "keyResultLabel").contains(QString::fromLatin1(key)));
    });
    const auto asked = open.seen(Step::Key);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().method, "GET");
    QCOMPARE(asked.first().path, u"/v1/api-key"_s);
    QVERIFY(asked.first().authorized);
    QCOMPARE(open.access().keyState(), ServiceAccess::KeyState::None); // tested, not kept
    QCOMPARE(open.posts(), 0);
}

void TestWindowSettings::theKeyThatIsKeptIsTestedToo()
{
    OpenWindow open;
    goReal(open);
    inSettings(open, SettingsDialog::Page::Service, [&](SettingsDialog& dialog) {
        click(dialog, "testKeyButton");
        QTRY_VERIFY(text(dialog, "keyResultLabel").contains(u"accepts this key"_s));
    });
    QCOMPARE(open.seen(Step::Key).size(), 1);
}

void TestWindowSettings::aRemovedKeyIsUsedNoMore()
{
    OpenWindow open;
    goReal(open);
    inSettings(open, SettingsDialog::Page::Service, [&](SettingsDialog& dialog) {
        click(dialog, "removeKeyButton");
        QTRY_COMPARE(text(dialog, "keyResultLabel"), u"The key was removed."_s);
    });
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Queued));
    QTRY_VERIFY(errorOf(open.job(0).phase).has_value());
    QCOMPARE(errorOf(open.job(0).phase)->kind, ErrorKind::KeyMissing);
    QCOMPARE(open.posts(), 0);
}

void TestWindowSettings::theVariableIsOfferedAndNotUsedUntilChosen()
{
    OpenWindow open({false, key});
    open.settings.setRealMoneyExplained(true);
    QVERIFY(open.access().useService(&open.window()));
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Queued));
    QTRY_VERIFY(errorOf(open.job(0).phase).has_value());
    QCOMPARE(errorOf(open.job(0).phase)->kind, ErrorKind::KeyMissing);
    QCOMPARE(open.posts(), 0);

    inSettings(open, SettingsDialog::Page::Service, [&](SettingsDialog& dialog) {
        QVERIFY(!test::find<QAbstractButton>(dialog, "environmentCheck")->isChecked());
        click(dialog, "environmentCheck");
        QCOMPARE(open.access().keyState(), ServiceAccess::KeyState::Environment);
    });
    QVERIFY(open.reaches(0, State::Done));
    QVERIFY(open.seen(Step::Post).first().authorized);
}

void TestWindowSettings::goingToRealMoneyAsksOnce()
{
    OpenWindow open;
    const auto choose = [&](const char* radio) {
        inSettings(open, SettingsDialog::Page::Service, [radio](SettingsDialog& dialog) { click(dialog, radio); });
    };
    auto* label = open.find<QToolButton>("serviceButton");
    QVERIFY(label->accessibleName().contains(u"Simulator"_s));
    choose("serviceRadio"); // answered with no
    QCOMPARE(open.asked.size(), 1);
    QVERIFY(open.access().origin().isSimulated());
    QVERIFY(!open.settings.realMoneyExplained());

    open.answers.ask = [](const Dialogs::Question&) { return true; };
    choose("serviceRadio");
    QCOMPARE(open.asked.size(), 2);
    QCOMPARE(open.access().origin(), open.simulatorAsService());
    QVERIFY(!label->accessibleName().contains(u"Simulator"_s));
    choose("simulatorRadio");
    QVERIFY(open.access().origin().isSimulated());
    choose("serviceRadio");
    QCOMPARE(open.asked.size(), 2); // said once
    QVERIFY(!open.access().origin().isSimulated());
    open.open();
    QVERIFY(!open.access().origin().isSimulated());
}

void TestWindowSettings::realMoneyIsCounted()
{
    OpenWindow open;
    auto* today = open.find<QLabel>("spentTodayLabel");
    QCOMPARE(today->text(), u"$0.00"_s);
    open.generate(u"Simulated"_s);
    QVERIFY(open.reaches(0, State::Done));
    QVERIFY(open.job(0).cost);
    QCOMPARE(today->text(), u"$0.00"_s);
    goReal(open);
    open.generate(u"Real"_s);
    QVERIFY(open.reaches(0, State::Done));
    QVERIFY(open.job(0).cost);
    const QString spent = formatUsd(*open.job(0).cost);
    QTRY_COMPARE(today->text(), spent);
    open.open();
    QTRY_COMPARE(open.find<QLabel>("spentTodayLabel")->text(), spent);
}

void TestWindowSettings::repeatingASimulatedJobForRealAsks()
{
    OpenWindow open;
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Done));
    goReal(open);
    QVERIFY(open.chooseInRow(0, u"Run again"_s)); // answered with no
    QCOMPARE(open.asked.size(), 1);
    QVERIFY(open.asked.first().text.contains(u"charge"_s));
    QCOMPARE(open.rows(), 1);

    open.answers.ask = [](const Dialogs::Question&) { return true; };
    QTRY_VERIFY(open.find<Stage>("stage")->clip());
    open.click("runAgainButton");
    QCOMPARE(open.asked.size(), 2);
    QTRY_COMPARE(open.rows(), 2);
    QVERIFY(open.reaches(0, State::Done));
    QCOMPARE(open.posts(), 2);
    QCOMPARE(open.job(0).origin, open.simulatorAsService());

    QVERIFY(open.chooseInRow(0, u"Run again"_s)); // real already: nothing new to say
    QCOMPARE(open.asked.size(), 2);
    QTRY_COMPARE(open.posts(), 3);
}

QTEST_MAIN(TestWindowSettings)
#include "tst_windowsettings.moc"
