// SPDX-License-Identifier: GPL-3.0-or-later
// Renders every window and state to PNG, in light, dark, 1024 x 700, right to left and at 200 %.
// usage: pictures FOLDER [NAME...]   only the scenes whose names contain one of the words
#include "core/modeltable.h"
#include "gui/aboutdialog.h"
#include "gui/keyframepin.h"
#include "gui/keyframeruler.h"
#include "gui/mainwindow.h"
#include "gui/presetmenu.h"
#include "gui/presetsdialog.h"
#include "gui/queuepanel.h"
#include "gui/ratiotiles.h"
#include "gui/serviceaccess.h"
#include "gui/shortcutsdialog.h"
#include "gui/spenddialog.h"
#include "gui/stage.h"
#include "gui/theme.h"
#include "gui/windowactions.h"
#include "jobs/engine.h"
#include "media/frames.h"
#include "media/thumbnails.h"
#include "pictures/fixture.h"
#include "settings/memorysecrets.h"
#include "settings/presets.h"
#include "settings/settings.h"
#include "store/profile.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

constexpr QSize wholeSize(1280, 800);
constexpr QSize smallSize(1024, 700);

/// A variation of how the same scene is shown.
struct Variation
{
    QString name;
    Theme::Choice theme;
    QSize size;
    bool rightToLeft;
};

/// A window with its collaborators, made anew for each picture so that none colours the next.
class Scenery
{
public:
    Scenery(const pictures::Fixture& fixture, Theme& theme, const Variation& variation)
        : m_fixture(fixture)
        , m_theme(theme)
        , m_profile(fixture.folder)
        , m_settingsFile(QDir(fixture.folder).filePath(u"pictures.ini"_s))
        , m_settings(fresh(m_settingsFile, variation))
        , m_engine({m_profile.databaseFile(), m_profile.inputsFolder()}, [] { return QUrl(); })
        , m_access(m_engine, m_settings, m_secrets, {}, {})
        , m_models(ModelTable::builtIn())
        , m_thumbnails(m_profile.thumbnailsFolder())
    {
        m_access.start();
        window = std::make_unique<MainWindow>(
            m_engine, m_settings, m_access, m_models, m_thumbnails, theme,
            Places{u"/home/ada/.local/share/clipkiln"_s, fixture.folder, QDir(fixture.folder).filePath(u"pasted"_s)});
        window->resize(variation.size);
        window->show();
    }

    /// Everything there is: clips, jobs, the first clip on the stage.
    void fill()
    {
        Q_EMIT m_engine.loaded(m_fixture.jobs, m_fixture.clips);
        settle(600);
    }
    /// Four takes of one request on top of the queue.
    void addTakes()
    {
        Generating working;
        working.requestId = RequestId(u"4c0f9a31"_s);
        working.percent = 58;
        const QList<Phase> phases{working, working, Queued{}, Queued{}};
        const auto submitted = QDateTime::currentDateTimeUtc().addSecs(-20);
        for (qsizetype i = 0; i < phases.size(); ++i) {
            Job take = pictures::jobIn(phases.at(i), u"A heron lifts off from a misty lake"_s, 20);
            take.createdAt = submitted;
            take.group = GroupId(u"takes"_s);
            take.take = static_cast<int>(i) + 1;
            take.takes = static_cast<int>(phases.size());
            Q_EMIT m_engine.changed(take);
        }
        settle(300);
    }
    void play()
    {
        Q_EMIT m_engine.clipAdded(m_fixture.clips.first());
        auto* stage = window->findChild<Stage*>();
        (void)QTest::qWaitFor([stage] { return stage->isPlaying(); }, 5000);
        settle(1200);
        QTest::keyClick(stage, Qt::Key_Space);
        settle(300);
    }
    void prompt(const QString& text) { find<QPlainTextEdit>("promptEdit")->setPlainText(text); }
    void mode(Mode mode)
    {
        QTest::keyClick(window.get(), static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(mode)), Qt::ControlModifier);
    }
    void drop(const QStringList& files)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString& file : files)
            urls.append(QUrl::fromLocalFile(file));
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QDropEvent drop(QPointF(400, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window.get(), &enter);
        QApplication::sendEvent(window.get(), &drop);
        settle(1000);
    }
    /// Three pictures to refer to: the photo and what two of the clips begin with.
    [[nodiscard]] QStringList references()
    {
        QStringList files{m_fixture.photo};
        for (int i = 1; i < 3; ++i) {
            const QString file = QDir(m_fixture.folder).filePath(u"reference-%1.png"_s.arg(i));
            const auto picture = thumbnail(m_fixture.clips.at(i).path, QSize(480, 480));
            if (!picture || !picture->save(file))
                qFatal("no reference could be written");
            files.append(file);
        }
        return files;
    }
    /// Too long to be edited.
    [[nodiscard]] QString longVideo() const
    {
        return std::ranges::max_element(m_fixture.clips, {}, &Clip::seconds)->path;
    }
    /// The photo for a clip of another ratio.
    void fit(const QString& how)
    {
        drop({m_fixture.photo});
        find<RatioTiles>("ratioTiles")->setCurrent(u"9:16"_s);
        settle(800);
        const auto segments = find<QWidget>("fitBar")->findChildren<QAbstractButton*>();
        for (QAbstractButton* segment : segments) {
            if (segment->text() == how)
                segment->click();
        }
        find<QWidget>("fitView")->setFocus();
        settle(800);
    }
    void imageMode() { QTest::keyClick(window.get(), Qt::Key_2, Qt::ControlModifier); }

    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) const
    {
        auto* widget = window->findChild<Widget*>(QString::fromLatin1(name));
        if (!widget)
            qFatal("there is no %s", name);
        return widget;
    }
    [[nodiscard]] const pictures::Fixture& fixture() const { return m_fixture; }
    [[nodiscard]] Engine& engine() { return m_engine; }
    [[nodiscard]] Theme& theme() { return m_theme; }
    [[nodiscard]] const ModelTable& models() const { return m_models; }
    [[nodiscard]] Settings& settings() { return m_settings; }
    [[nodiscard]] ServiceAccess& access() { return m_access; }

    static void settle(int milliseconds) { QTest::qWait(milliseconds); }

private:
    static QString fresh(const QString& file, const Variation& variation)
    {
        QFile::remove(file);
        Settings settings(file);
        settings.setTheme(variation.theme == Theme::Choice::Dark ? Settings::Theme::Dark : Settings::Theme::Light);
        return file;
    }

    const pictures::Fixture& m_fixture;
    Theme& m_theme;
    Profile m_profile;
    QString m_settingsFile;
    Settings m_settings;
    MemorySecrets m_secrets;
    Engine m_engine; // never started: what the window shows is said to it here
    ServiceAccess m_access;
    ModelTable m_models;
    Thumbnails m_thumbnails;

public:
    std::unique_ptr<MainWindow> window; // last: it goes before what it stands on
};

const QString longPrompt =
    u"The paper boat drifts out past the breakwater as the sun clears the horizon; slow push in, "
    "gulls far off, soft wind"_s;

/// A scene arranges the window and says what to take the picture of.
struct Scene
{
    const char* name;
    std::function<QWidget*(Scenery&)> arrange;
};

QWidget* settingsPage(Scenery& scenery, SettingsDialog::Page page)
{
    auto* dialog = new SettingsDialog(scenery.engine(), scenery.settings(), scenery.access(),
                                      Places{u"/home/ada/.local/share/clipkiln"_s, scenery.fixture().folder, {}},
                                      scenery.window.get());
    dialog->showPage(page);
    dialog->show();
    return dialog;
}

/// The page of uploaded files as the service answers: with files, with none, or with an error.
QWidget* filesPage(Scenery& scenery, const QList<RemoteFile>& files, const std::optional<Error>& error)
{
    QWidget* dialog = settingsPage(scenery, SettingsDialog::Page::Files);
    Q_EMIT scenery.engine().filesListed(Origin::simulator(), files, error);
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
    const QString file = QDir(scenery.fixture().folder).filePath(u"presets.json"_s);
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
             QMimeData photo;
             photo.setUrls({QUrl::fromLocalFile(s.fixture().photo)});
             QDropEvent drop(QPointF(400, 300), Qt::CopyAction, &photo, Qt::LeftButton, Qt::NoModifier);
             QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &photo, Qt::LeftButton, Qt::NoModifier);
             QApplication::sendEvent(s.window.get(), &enter);
             QApplication::sendEvent(s.window.get(), &drop);
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
             Scenery::settle(800);
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
             Q_EMIT s.engine().promptsChanged(prompts);
             QTest::mouseClick(s.find<QAbstractButton>("historyButton"), Qt::LeftButton);
             return s.find<QWidget>("historyPopup");
         }},
        {"presets",
         [](Scenery& s) -> QWidget* {
             auto* dialog = new PresetsDialog(s.theme(), somePresets(s), s.window.get());
             dialog->show();
             dialog->findChild<QAbstractButton*>(u"deletePresetButton"_s)->click();
             return dialog;
         }},
        {"preset-menu",
         [](Scenery& s) -> QWidget* {
             auto* button = new PresetMenu(
                 s.theme(), somePresets(s), [] { return GenerationRequest(); }, *new NoticeArea(s.theme()),
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
             Scenery::settle(300);
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
             Scenery::settle(1500);
             return s.window.get();
         }},
        {"trim-done",
         [](Scenery& s) -> QWidget* {
             s.fill();
             s.mode(Mode::Edit);
             s.drop({s.longVideo()});
             Scenery::settle(500);
             QTest::mouseClick(s.find<QAbstractButton>("trimApplyButton"), Qt::LeftButton);
             (void)QTest::qWaitFor([&s] { return !s.find<QWidget>("trimBar")->isVisible(); }, 30000);
             Scenery::settle(500);
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
             QMimeData photo;
             photo.setUrls({QUrl::fromLocalFile(s.fixture().photo)});
             QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &photo, Qt::LeftButton, Qt::NoModifier);
             QApplication::sendEvent(s.window.get(), &enter);
             Scenery::settle(300);
             // The data goes with this scene, so the picture is taken while it lives.
             s.window->setProperty("picture", s.window->grab());
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
             Q_EMIT s.engine().clipRemoved(s.fixture().clips.last().id);
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
             broken.path = QDir(s.fixture().folder).filePath(u"broken.mp4"_s);
             QFile file(broken.path);
             if (!file.open(QIODevice::WriteOnly) || file.write("<html>gone</html>") < 0)
                 qFatal("no broken clip could be written");
             file.close();
             s.window->findChild<Stage*>()->open(broken, true, true);
             Scenery::settle(800);
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
             auto* dialog = new SpendDialog(s.theme(), s.window.get());
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

bool isBlank(const QImage& image)
{
    const QRgb first = image.pixel(0, 0);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) != first)
                return false;
    return true;
}

bool wanted(const QString& name, const QStringList& words)
{
    return words.isEmpty() ||
           std::any_of(words.begin(), words.end(), [&name](const QString& word) { return name.contains(word); });
}

int takePictures(const QString& folder, const QStringList& words, const pictures::Fixture& fixture)
{
    const bool doubled = qApp->devicePixelRatio() > 1.5;
    const QList<Variation> variations =
        doubled ? QList<Variation>{{u"200-dark"_s, Theme::Choice::Dark, wholeSize, false}}
                : QList<Variation>{{u"light"_s, Theme::Choice::Light, wholeSize, false},
                                   {u"dark"_s, Theme::Choice::Dark, wholeSize, false},
                                   {u"small-light"_s, Theme::Choice::Light, smallSize, false},
                                   {u"rtl-dark"_s, Theme::Choice::Dark, wholeSize, true}};
    Theme theme;
    theme.applyTo(*qApp);
    int blank = 0;
    for (const Variation& variation : variations) {
        for (const Scene& scene : scenes()) {
            const QString name = u"%1-%2"_s.arg(QLatin1StringView(scene.name), variation.name);
            if (!wanted(name, words))
                continue;
            qApp->setLayoutDirection(variation.rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
            Scenery scenery(fixture, theme, variation);
            QWidget* shown = scene.arrange(scenery);
            Scenery::settle(250);
            const QVariant taken = scenery.window->property("picture");
            const QPixmap picture = taken.isValid() ? taken.value<QPixmap>() : shown->grab();
            const QString file = QDir(folder).filePath(name + u".png"_s);
            if (!picture.save(file) || isBlank(picture.toImage())) {
                std::fprintf(stderr, "%s is blank or could not be written\n", qPrintable(file));
                ++blank;
            }
            std::printf("%s\n", qPrintable(file));
        }
    }
    return blank == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char* argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QApplication app(argc, argv);
    QStringList words = QCoreApplication::arguments().mid(1);
    if (words.isEmpty()) {
        std::fprintf(stderr, "usage: pictures FOLDER [NAME...]\n");
        return 2;
    }
    const QString folder = QDir(words.takeFirst()).absolutePath();
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "%s cannot be made\n", qPrintable(folder));
        return 1;
    }
    const int failed = takePictures(folder, words, pictures::makeFixture(QDir(folder).filePath(u"fixture"_s)));
    if (failed || app.devicePixelRatio() > 1.5)
        return failed;
    // The scale is read once, at the start, so 200 % takes a second run.
    QProcess twice;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_SCALE_FACTOR"_s, u"2"_s);
    twice.setProcessEnvironment(environment);
    twice.setProcessChannelMode(QProcess::ForwardedChannels);
    twice.start(QCoreApplication::applicationFilePath(), QCoreApplication::arguments().mid(1));
    return twice.waitForFinished(-1) ? twice.exitCode() : 1;
}
