// SPDX-License-Identifier: GPL-3.0-or-later
#include "pictures/scenes.h"

#include "gui/bulk/bulkdialog.h"
#include "gui/create/presetmenu.h"
#include "gui/create/presetsdialog.h"
#include "gui/inputs/keyframepin.h"
#include "gui/inputs/keyframeruler.h"
#include "gui/queue/queuepanel.h"
#include "gui/spending/spenddialog.h"
#include "gui/window/aboutdialog.h"
#include "gui/window/shortcutsdialog.h"
#include "gui/window/windowactions.h"
#include "settings/presets.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QProcess>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace clipkiln::pictures {

namespace {

const QString longPrompt =
    u"The paper boat drifts out past the breakwater as the sun clears the horizon; slow push in, "
    "gulls far off, soft wind"_s;

QWidget* settingsPage(Scenery& scenery, SettingsDialog::Page page)
{
    auto* dialog = new SettingsDialog(scenery.engine().clips(), scenery.engine().remoteFiles(), scenery.settings(),
                                      scenery.access(), scenery.dialogs(),
                                      AppPaths{u"/home/ada/.local/share/clipkiln"_s, scenery.fixture().folder, {}},
                                      scenery.window.get());
    dialog->showPage(page);
    dialog->show();
    return dialog;
}

/// The page of uploaded files as the service answers: with files, with none, or with an error.
QWidget* filesPage(Scenery& scenery, const QList<RemoteFile>& files, const std::optional<Error>& error)
{
    QWidget* dialog = settingsPage(scenery, SettingsDialog::Page::Files);
    Q_EMIT scenery.engine().remoteFiles().listed(Origin::simulator(), files, error);
    return dialog;
}

QList<RemoteFile> someFiles()
{
    const auto at = [](int day, int hour) { return QDateTime(QDate(2026, 11, day), QTime(hour, 12), Qt::UTC); };
    return {{u"file_1"_s, u"gulls over the harbour at dawn, second take.mp4"_s, 21'400'000, at(23, 9), at(24, 9), true},
            {u"file_2"_s, u"paper boat.mp4"_s, 3'100'000, at(23, 8), at(24, 8), true},
            {u"file_3"_s, u"report.pdf"_s, 812'000, at(2, 14), {}, false}};
}

Presets& somePresets(Scenery& scenery)
{
    const QString file = QDir(scenery.fixture().scratch).filePath(u"presets.json"_s);
    QFile::remove(file);
    auto* presets = new Presets(file, scenery.window.get());
    const Model* model = scenery.models().find(scenery.models().defaultModel());
    for (const auto& [name, mode] :
         {std::pair{u"Night, rain on the lens"_s, Mode::Text}, std::pair{u"Harbour at dawn"_s, Mode::Image},
          std::pair{u"The two of them"_s, Mode::Reference}, std::pair{u"Make it snow"_s, Mode::Edit},
          std::pair{u"Go on for a while"_s, Mode::Extend}}) {
        Preset preset = makePreset(name, defaultRequest(mode, *model));
        preset.starred = mode == Mode::Image || mode == Mode::Text;
        if (presets->put(preset))
            qFatal("the presets could not be written");
    }
    return *presets;
}

const QDate someDay(2026, 11, 23);

SpendReport someSpend()
{
    SpendReport report;
    const QStringList models{u"grok-imagine-video"_s, u"grok-imagine-video-1.5"_s};
    for (int back = 0; back < 30; back += 1 + back % 3) {
        const auto mode = static_cast<Mode>(back % 3);
        report.lines.append({someDay.addDays(-back), models.at(back % 2), mode,
                             Money{Money::ticksPerDollar / 100 * (42 + 37 * (back * 7 % 11))}, 1 + back % 4});
    }
    report.pending.append({{}, Money{Money::ticksPerDollar / 100 * 42}});
    return report;
}

} // namespace

const QList<Scene>& scenes()
{
    static const QList<Scene> all{
        {"first-start",
         [](Scenery& s) -> QWidget* {
             Q_EMIT s.engine().loaded({}, {});
             return s.window.get();
         }},
        {"text-filled",
         [](Scenery& s) -> QWidget* {
             Q_EMIT s.engine().loaded({}, {});
             s.prompt(longPrompt);
             return s.window.get();
         }},
        {"image-empty",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.imageMode();
             return s.window.get();
         }},
        {"image-playing",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.imageMode();
             s.prompt(longPrompt);
             s.drop({s.fixture().photo});
             s.play();
             s.find<QAbstractItemView>("queueView")
                 ->setCurrentIndex(s.find<QAbstractItemView>("queueView")->model()->index(0, 0));
             return s.window.get();
         }},
        {"reference-filled",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.mode(Mode::Reference);
             s.drop(s.references());
             auto* prompt = s.find<QPlainTextEdit>("promptEdit");
             s.prompt(u"The woman from <IMAGE_1> walks through <IMAGE_2> at night, wearing the coat from <IMAGE_4>, "
                      "rain on the lens "_s);
             QTest::mouseClick(s.find<QAbstractButton>("generateButton"), Qt::LeftButton);
             prompt->moveCursor(QTextCursor::End);
             prompt->setFocus();
             QTest::keyClicks(prompt, u"@"_s);
             return s.window.get();
         }},
        {"reference-extras",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.mode(Mode::Reference);
             s.find<QComboBox>("modelCombo")->setCurrentIndex(1);
             s.drop(s.references());
             s.prompt(longPrompt);
             auto* menu = s.find<QPushButton>("addVoiceButton")->menu();
             menu->actions().first()->trigger();
             menu->actions().at(5)->trigger();
             auto* form = s.find<QScrollArea>("formScrollArea");
             form->verticalScrollBar()->setValue(form->verticalScrollBar()->maximum());
             return s.window.get();
         }},
        {"keyframes",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.imageMode();
             s.find<QComboBox>("modelCombo")->setCurrentIndex(1);
             s.drop({s.fixture().photo});
             s.prompt(longPrompt);
             QList<Keyframe> keyframes;
             for (const QString& file : s.references())
                 keyframes.append({LocalFile{file, u"harbour.jpg"_s, u"image/jpeg"_s, {}, 3'100'000, {640, 360}},
                                   keyframes.isEmpty() ? 2.0 / 3 : 4.0 + static_cast<double>(keyframes.size())});
             auto* ruler = s.find<KeyframeRuler>("keyframeRuler");
             ruler->setKeyframes(keyframes);
             s.settle();
             s.find<QScrollArea>("formScrollArea")->ensureWidgetVisible(s.find<QWidget>("keyframeSection"));
             ruler->pins().first()->setFocus();
             return s.window.get();
         }},
        {"takes",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.addTakes();
             s.prompt(longPrompt);
             s.find<QComboBox>("takesCombo")->setCurrentIndex(3);
             return s.window.get();
         }},
        {"keyframes-empty",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.find<QComboBox>("modelCombo")->setCurrentIndex(1);
             return s.window.get();
         }},
        {"history",
         [](Scenery& s) -> QWidget* {
             s.fill();
             QList<PastPrompt> prompts;
             for (const Job& job : s.fixture().jobs)
                 prompts.prepend(
                     {job.request.prompt, job.request.mode(), 1 + static_cast<int>(prompts.size()) % 4, job.createdAt});
             Q_EMIT s.engine().history().promptsChanged(prompts);
             QTest::mouseClick(s.find<QAbstractButton>("historyButton"), Qt::LeftButton);
             return s.find<QWidget>("historyPopup");
         }},
        {"presets",
         [](Scenery& s) -> QWidget* {
             auto* dialog = new PresetsDialog(s.theme(), s.dialogs(), somePresets(s), s.window.get());
             dialog->show();
             dialog->findChild<QAbstractButton*>(u"deletePresetButton"_s)->click();
             return dialog;
         }},
        {"preset-menu",
         [](Scenery& s) -> QWidget* {
             auto* button = new PresetMenu(
                 s.theme(), s.dialogs(), somePresets(s), [] { return GenerationRequest(); }, *new NoticeArea(s.theme()),
                 s.window.get());
             button->menu()->popup(QPoint(0, 0));
             return button->menu();
         }},
        {"service-options",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.prompt(longPrompt);
             s.find<QPushButton>("serviceOptionsButton")->click();
             s.find<QAbstractButton>("storeCheck")->click();
             s.find<QLineEdit>("userEdit")->setText(u"studio-7"_s);
             s.settle();
             auto* form = s.find<QScrollArea>("formScrollArea");
             form->verticalScrollBar()->setValue(form->verticalScrollBar()->maximum());
             return s.window.get();
         }},
        {"service-options-folded",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.find<QPushButton>("serviceOptionsButton")->click();
             s.find<QAbstractButton>("storeCheck")->click();
             s.find<QPushButton>("serviceOptionsButton")->click();
             return s.window.get();
         }},
        {"fit-crop",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.fit(u"Crop"_s);
             return s.window.get();
         }},
        {"fit-pad",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.fit(u"Pad"_s);
             return s.window.get();
         }},
        {"fit-keep",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.fit(u"Keep"_s);
             return s.window.get();
         }},
        {"trim",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.mode(Mode::Edit);
             s.drop({s.longVideo()});
             return s.window.get();
         }},
        {"trim-done",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.mode(Mode::Edit);
             s.drop({s.longVideo()});
             QTest::mouseClick(s.find<QAbstractButton>("trimApplyButton"), Qt::LeftButton);
             Scenery::waitFor("the cut", [&s] { return !s.find<QWidget>("trimBar")->isVisible(); });
             return s.window.get();
         }},
        {"edit-filled",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.play();
             s.mode(Mode::Edit);
             s.drop({s.fixture().clips.last().path});
             s.prompt(u"Make it snow over the terraces"_s);
             return s.window.get();
         }},
        {"edit-empty",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.mode(Mode::Edit);
             return s.window.get();
         }},
        {"extend-filled",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.play();
             s.drop({s.fixture().clips.first().path});
             s.prompt(u"The boat turns towards the lighthouse"_s);
             return s.window.get();
         }},
        {"dragging",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.drag({s.fixture().photo});
             return s.window.get();
         }},
        {"problem",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.imageMode();
             QTest::mouseClick(s.find<QAbstractButton>("generateButton"), Qt::LeftButton);
             return s.window.get();
         }},
        {"notices",
         [](Scenery& s) -> QWidget* {
             s.fill();
             Q_EMIT s.engine().clips().removed(s.fixture().clips.last().id);
             Q_EMIT s.engine().trouble({ErrorKind::DiskFull, u"/home/ada/Videos: No space left on device"_s});
             return s.window.get();
         }},
        {"end-states",
         [](Scenery& s) -> QWidget* {
             s.fill();
             auto* view = s.find<QAbstractItemView>("queueView");
             view->scrollToBottom();
             view->setCurrentIndex(view->model()->index(view->model()->rowCount() - 3, 0));
             return s.window.get();
         }},
        {"details",
         [](Scenery& s) -> QWidget* {
             s.fill();
             auto* view = s.find<QAbstractItemView>("queueView");
             view->setCurrentIndex(view->model()->index(7, 0));
             s.window->findChild<QueuePanel*>()->openDetails();
             return s.window.get();
         }},
        {"nothing-found",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.find<QLineEdit>("searchEdit")->setText(u"zebra"_s);
             return s.window.get();
         }},
        {"broken-clip",
         [](Scenery& s) -> QWidget* {
             s.fill();
             Clip broken = s.fixture().clips.first();
             broken.path = QDir(s.fixture().scratch).filePath(u"broken.mp4"_s);
             QFile file(broken.path);
             if (!file.open(QIODevice::WriteOnly) || file.write("<html>gone</html>") < 0)
                 qFatal("no broken clip could be written");
             file.close();
             s.window->findChild<Stage*>()->open(broken, true, true);
             return s.window.get();
         }},
        {"bulk-images",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.prompt(longPrompt);
             QStringList files = s.references();
             s.drop(files + files + files);
             auto* view = s.window->findChild<QAbstractItemView*>(u"bulkView"_s);
             view->setCurrentIndex(view->model()->index(2, 0));
             view->selectionModel()->select(view->model()->index(4, 0),
                                            QItemSelectionModel::Select | QItemSelectionModel::Rows);
             return view->window();
         }},
        {"bulk-problems",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.settings().setSpendLimits({Money{Money::ticksPerDollar}, {}, false});
             const QString list = QDir(s.fixture().scratch).filePath(u"shots.csv"_s);
             QFile file(list);
             if (!file.open(QIODevice::WriteOnly) ||
                 file.write("prompt,duration,image,model,takes,camera\n"
                            "The lighthouse blinks twice and the fog rolls in over the harbour wall,8,,,2,x\n"
                            "Gulls over the pier,40,,,,\n"
                            "A lantern is lit,soon,,,,\n"
                            "The sun clears the horizon,6,harbour_dawn.jpg,grok-imagine-video-1.5,,\n"
                            ",6,,,,\n"
                            "Rain on the window of a night train,6,gone.jpg,,,\n"
                            "Ember storm at the crater rim,6,,my-own-model,,\n") < 0)
                 qFatal("no list could be written");
             file.close();
             s.drop({list});
             auto* dialog = s.window->findChild<BulkDialog*>();
             dialog->setMoney(s.access().origin().isSimulated() ? Origin::service() : s.access().origin(),
                              s.settings().spendLimits(), someSpend());
             return dialog;
         }},
        {"bulk-empty",
         [](Scenery& s) -> QWidget* {
             s.fill();
             QTest::keyClick(s.window.get(), Qt::Key_B, Qt::ControlModifier);
             return s.window->findChild<BulkDialog*>();
         }},
        {"bulk-dragging",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.drag(QStringList(20, s.fixture().photo));
             return s.window.get();
         }},
        {"settings-service", [](Scenery& s) { return settingsPage(s, SettingsDialog::Page::Service); }},
        {"settings-folders", [](Scenery& s) { return settingsPage(s, SettingsDialog::Page::Folders); }},
        {"settings-inputs", [](Scenery& s) { return settingsPage(s, SettingsDialog::Page::Inputs); }},
        {"settings-files", [](Scenery& s) { return filesPage(s, someFiles(), {}); }},
        {"settings-files-none", [](Scenery& s) { return filesPage(s, {}, {}); }},
        {"settings-files-error",
         [](Scenery& s) {
             return filesPage(s, {}, Error{ErrorKind::Offline, {}});
         }},
        {"settings-queue", [](Scenery& s) { return settingsPage(s, SettingsDialog::Page::Queue); }},
        {"settings-money", [](Scenery& s) { return settingsPage(s, SettingsDialog::Page::Money); }},
        {"settings-player", [](Scenery& s) { return settingsPage(s, SettingsDialog::Page::Player); }},
        {"settings-look", [](Scenery& s) { return settingsPage(s, SettingsDialog::Page::Look); }},
        {"spend",
         [](Scenery& s) -> QWidget* {
             auto* dialog = new SpendDialog(s.theme(), s.dialogs(), s.window.get());
             dialog->setReport(someSpend(), someDay);
             dialog->show();
             return dialog;
         }},
        {"shortcuts",
         [](Scenery& s) -> QWidget* {
             auto* dialog =
                 new ShortcutsDialog(s.window->findChild<WindowActions*>()->shortcutGroups(), s.window.get());
             dialog->show();
             return dialog;
         }},
        {"about",
         [](Scenery& s) -> QWidget* {
             auto* dialog = new AboutDialog(s.window.get());
             dialog->show();
             return dialog;
         }},
        {"gear-menu",
         [](Scenery& s) -> QWidget* {
             QMenu* menu = s.window->findChild<WindowActions*>()->gearMenu();
             menu->popup(QPoint(0, 0));
             return menu;
         }},
    };
    return all;
}

} // namespace clipkiln::pictures
