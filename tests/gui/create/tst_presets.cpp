// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/presetmenu.h"
#include "gui/create/presetsdialog.h"
#include "settings/presets.h"
#include "support/createform.h"
#include "support/testcase.h"

#include <QCheckBox>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// Settings of the form kept under a name.
class TestPresets : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void theMenuOffersThem();
    void savedSettingsComeBack();
    void whatItDoesNotContainStays();
    void thePromptIsKeptWhenAsked();
    void inputsStay();
    void replacingAsks();
    void noNameSavesNothing();
    void aFailedSaveIsSaid();
    void theDialogStarsAndRenames();
    void aTakenNameIsSaidAndPutBack();
    void deletingCanBeUndone();
    void theDialogImportsAndExports();
    void aBadFileIsSaid();
    void usingOneClosesTheDialog();
    void everyControlHasAName();

private:
    struct Form : test::CreateForm
    {
        explicit Form(const TestPresets& test, Mode mode = Mode::Text)
            : CreateForm(test.m_folder->path(), mode), presets(test.path(u"presets.json"_s))
        {
            panel.setPresets(presets);
            prompt().setPrompt(u"Gulls"_s);
        }
        [[nodiscard]] QMenu& menu() const
        {
            QMenu* menu = part<QPushButton>("presetsButton")->menu();
            Q_EMIT menu->aboutToShow();
            return *menu;
        }
        void pick(const QString& text) const
        {
            const auto actions = menu().actions();
            for (QAction* action : actions) {
                if (action->text().startsWith(text))
                    return action->trigger();
            }
            QFAIL(qPrintable(u"There is no "_s + text));
        }
        void save(const QString& name, bool withPrompt = false)
        {
            dialogs.answers.askText = [name](const QString&) { return name; };
            dialogs.answers.ask = [](const Dialogs::Question&) { return true; };
            pick(withPrompt ? u"Save settings and prompt"_s : u"Save settings as"_s);
        }
        Presets presets;
    };
    struct Dialog
    {
        explicit Dialog(Form& form)
            : dialog(form.theme, form.dialogs, form.presets), used(&dialog, &PresetsDialog::chosen)
        {
            dialog.show();
        }
        [[nodiscard]] QListWidget& list() const { return *test::find<QListWidget>(dialog, "presetList"); }
        [[nodiscard]] QStringList names() const
        {
            QStringList names;
            for (int i = 0; i < list().count(); ++i)
                names.append(list().item(i)->text());
            return names;
        }
        void click(const char* button) const
        {
            QTest::mouseClick(test::find<QPushButton>(dialog, button), Qt::LeftButton);
        }
        [[nodiscard]] QStringList notices() const
        {
            QStringList sentences;
            const auto found = dialog.findChildren<Notice*>();
            for (const Notice* notice : found)
                sentences.append(notice->sentence());
            return sentences;
        }
        void rename(const QString& name) const
        {
            click("renamePresetButton");
            auto* edit = list().findChild<QLineEdit*>();
            QVERIFY(edit);
            edit->setText(name);
            QTest::keyClick(edit, Qt::Key_Return);
        }
        PresetsDialog dialog;
        QSignalSpy used;
    };

    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPresets::init()
{
    TestCase::init();
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestPresets::theMenuOffersThem()
{
    Form form(*this);
    QCOMPARE(form.menu().actions().first()->text(), u"No presets yet"_s);
    form.save(u"Night"_s);
    form.save(u"Day & dusk"_s);
    QVERIFY(!form.presets.setStarred(u"Night"_s, true));
    const auto actions = form.menu().actions();
    QCOMPARE(actions.at(0)->data().toString(), u"Night"_s);
    QVERIFY(!actions.at(0)->icon().isNull());
    QCOMPARE(actions.at(1)->text(), u"Day && dusk\ttext · 6 s · 720p"_s);
    QVERIFY(actions.at(1)->icon().isNull());
}

void TestPresets::savedSettingsComeBack()
{
    Form form(*this, Mode::Reference);
    form.choose("modelCombo", u"grok-imagine-video-1.5"_s);
    form.setLength(11);
    form.choose("resolutionCombo", u"480p"_s);
    form.part<QCheckBox>("soundCheck")->click();
    form.click("serviceOptionsButton");
    form.part<QLineEdit>("userEdit")->setText(u"user-1"_s);
    const GenerationRequest before = form.panel.request();
    form.save(u"Night"_s);

    form.panel.setMode(Mode::Text);
    form.pick(u"Night"_s);
    QCOMPARE(form.panel.mode(), Mode::Reference);
    QCOMPARE(form.panel.request(), before);

    form.part<QCheckBox>("soundCheck")->click();
    form.setLength(3);
    form.pick(u"Night"_s);
    QCOMPARE(form.panel.request(), before);
    QCOMPARE(form.settings.lastRequest(Mode::Reference)->duration, before.duration); // remembered like a choice by hand
}

void TestPresets::whatItDoesNotContainStays()
{
    Form form(*this);
    form.save(u"Night"_s);
    form.prompt().setPrompt(u"A fox"_s);
    form.setLength(9);
    form.click("serviceOptionsButton");
    form.part<QCheckBox>("storeCheck")->click();
    form.part<QLineEdit>("userEdit")->setText(u"user-1"_s);
    form.part<QLineEdit>("uploadAddressEdit")->setText(u"https://bucket.example/put"_s);
    const GenerationRequest before = form.panel.request();
    form.pick(u"Night"_s);
    GenerationRequest expected = before;
    expected.duration = std::chrono::seconds(6);
    QCOMPARE(form.panel.request(), expected);
}

void TestPresets::thePromptIsKeptWhenAsked()
{
    Form form(*this);
    form.save(u"Night"_s, true);
    QCOMPARE(form.presets.find(u"Night"_s)->request.prompt, u"Gulls"_s);
    form.prompt().setPrompt(u"A fox"_s);
    form.pick(u"Night"_s);
    QCOMPARE(form.prompt().prompt(), u"Gulls"_s);
    form.prompt().undo();
    QCOMPARE(form.prompt().prompt(), u"A fox"_s);
}

void TestPresets::inputsStay()
{
    QImage picture(160, 90, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QVERIFY(picture.save(path(u"1.png"_s)));
    Form form(*this, Mode::Image);
    form.save(u"Night"_s);
    form.panel.setStartImage(path(u"1.png"_s));
    QTRY_VERIFY(!std::get<LocalFile>(std::get<FromImage>(form.panel.request().inputs).image).path.isEmpty());
    const GenerationRequest before = form.panel.request();
    form.pick(u"Night"_s);
    QCOMPARE(form.panel.request(), before);
}

void TestPresets::replacingAsks()
{
    Form form(*this);
    form.save(u"Night"_s);
    QVERIFY(!form.presets.setStarred(u"Night"_s, true));
    form.setLength(9);
    test::Answers& answers = form.dialogs.answers;
    answers.askText = [](const QString&) { return u"night"_s; };
    QStringList asked;
    bool answer = false;
    answers.ask = [&](const Dialogs::Question& question) {
        asked.append(question.text);
        return answer;
    };
    form.pick(u"Save settings as"_s);
    QCOMPARE(asked, QStringList{u"Replace the preset \"Night\"?"_s});
    QCOMPARE(form.presets.find(u"Night"_s)->request.duration, std::chrono::seconds(6));
    answer = true;
    form.pick(u"Save settings as"_s);
    QCOMPARE(form.presets.find(u"night"_s)->request.duration, std::chrono::seconds(9));
    QVERIFY(form.presets.find(u"night"_s)->starred);
    QCOMPARE(form.presets.all().size(), 1);
}

void TestPresets::noNameSavesNothing()
{
    Form form(*this);
    form.save(u"  "_s);
    QVERIFY(form.presets.all().isEmpty());
}

void TestPresets::aFailedSaveIsSaid()
{
    Form form(*this);
    QVERIFY(QDir().mkpath(path(u"presets.json/taken"_s)));
    form.save(u"Night"_s);
    QCOMPARE(form.notices().size(), 1);
    QCOMPARE(form.notices().first()->kind(), Notice::Kind::Failed);
    QCOMPARE(form.menu().actions().first()->text(), u"No presets yet"_s);
}

void TestPresets::theDialogStarsAndRenames()
{
    Form form(*this);
    form.save(u"a"_s);
    form.save(u"b"_s);
    Dialog with(form);
    with.list().setCurrentRow(1);
    with.click("starPresetButton");
    QTRY_COMPARE(with.names(), (QStringList{u"b"_s, u"a"_s}));
    QCOMPARE(with.list().currentItem()->text(), u"b"_s); // the choice goes along
    QCOMPARE(test::find<QPushButton>(with.dialog, "starPresetButton")->text(), u"Un&star"_s);
    with.rename(u"Night"_s);
    QTRY_COMPARE(with.names(), (QStringList{u"Night"_s, u"a"_s}));
    QVERIFY(form.presets.find(u"Night"_s)->starred);
    QVERIFY(!form.presets.find(u"b"_s));
}

void TestPresets::aTakenNameIsSaidAndPutBack()
{
    Form form(*this);
    form.save(u"a"_s);
    form.save(u"b"_s);
    Dialog with(form);
    with.rename(u"B"_s);
    QTRY_COMPARE(with.notices(), QStringList{u"There is a preset named \"B\" already. Choose another name."_s});
    QCOMPARE(with.names(), (QStringList{u"a"_s, u"b"_s}));
}

void TestPresets::deletingCanBeUndone()
{
    Form form(*this);
    form.save(u"a"_s);
    form.save(u"b"_s);
    const QList<Preset> before = form.presets.all();
    Dialog with(form);
    QTest::keyClick(&with.list(), Qt::Key_Delete);
    QTRY_COMPARE(with.names(), QStringList{u"b"_s});
    QCOMPARE(with.notices(), QStringList{u"\"a\" was deleted."_s});
    const auto buttons = with.dialog.findChildren<QPushButton*>();
    const auto isUndo = [](const QPushButton* button) { return button->text() == u"Undo"_s; };
    const auto undo = std::find_if(buttons.begin(), buttons.end(), isUndo);
    QVERIFY(undo != buttons.end());
    QTest::mouseClick(*undo, Qt::LeftButton);
    QTRY_COMPARE(with.names(), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(form.presets.all(), before);
}

void TestPresets::theDialogImportsAndExports()
{
    Form form(*this);
    form.save(u"a"_s);
    Dialog with(form);
    test::Answers& answers = form.dialogs.answers;
    answers.saveFile = [this](const QString&) { return path(u"export.json"_s); };
    answers.openFile = answers.saveFile;
    with.click("exportPresetsButton");
    QVERIFY(QFile::exists(path(u"export.json"_s)));
    with.click("importPresetsButton");
    QTRY_COMPARE(with.names(), (QStringList{u"a"_s, u"a (2)"_s}));
    QVERIFY(with.notices().contains(u"1 preset was added."_s));
}

void TestPresets::aBadFileIsSaid()
{
    Form form(*this);
    QFile file(path(u"bad.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\n half") > 0);
    file.close();
    Dialog with(form);
    test::Answers& answers = form.dialogs.answers;
    answers.openFile = [this](const QString&) { return path(u"bad.json"_s); };
    with.click("importPresetsButton");
    QCOMPARE(with.notices().size(), 1);
    QVERIFY2(with.notices().first().contains(u"line 2"_s), qPrintable(with.notices().first()));
    QVERIFY(!test::find<QPushButton>(with.dialog, "exportPresetsButton")->isEnabled()); // there is nothing
}

void TestPresets::usingOneClosesTheDialog()
{
    Form form(*this);
    form.save(u"a"_s);
    form.save(u"b"_s);
    Dialog with(form);
    QTest::keyClick(&with.list(), Qt::Key_Down);
    QTest::keyClick(&with.list(), Qt::Key_Return);
    QVERIFY(!with.dialog.isVisible());
    QCOMPARE(with.used.size(), 1);
    QCOMPARE(with.used.first().first().value<Preset>().name, u"b"_s);
}

void TestPresets::everyControlHasAName()
{
    Form form(*this);
    Dialog with(form);
    const auto widgets = with.dialog.findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(u"qt_"_s))
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 qPrintable(widget->objectName()));
    }
}

QTEST_MAIN(TestPresets)
#include "tst_presets.moc"
