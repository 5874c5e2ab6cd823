// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apppaths.h"
#include "core/clip.h"
#include "core/job.h"
#include "gui/settings/settingsdialog.h"
#include "gui/widgets/notice.h"

#include <QMainWindow>

#include <functional>

QT_BEGIN_NAMESPACE
class QVBoxLayout;
QT_END_NAMESPACE

namespace clipkiln {

class ClipController;
class ClipModel;
class CreatePanel;
class Dialogs;
class DropOverlay;
class Engine;
class JobController;
class JobModel;
class LibraryPanel;
class ModelTable;
class Presets;
class QueuePanel;
class ServiceAccess;
struct DroppedContent;
class Settings;
class SpendMonitor;
class Stage;
class Theme;
class Thumbnails;
class TopBar;
class WindowActions;

/// The window: bar, Create, Stage, Queue with Details, Library. It arranges and routes; what is done with jobs and
/// clips is up to their controllers.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Engine& engine, Settings& settings, ServiceAccess& access, const ModelTable& models,
               Thumbnails& thumbnails, Theme& theme, Dialogs& dialogs, AppPaths paths);
    ~MainWindow() override;

    /// To the front, also from minimized: what a second start asks for.
    void bringToFront();
    /// What closing does, without its question: stops playing and keeps the layout for the next start.
    void putAway();
    /// Says something that is wrong on the whole, until it is closed.
    void warn(const QString& sentence);

protected:
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makePanels();
    /// Above the form, or above the stage while the form is hidden.
    void placeNotices();
    [[nodiscard]] QDockWidget* makeDock(const QString& name, const QString& title, QWidget* content,
                                        Qt::DockWidgetArea area);
    void wireActions();
    void wireCreate();
    void wireStage();
    void wireQueue();
    void wireLibrary();
    void wireControllers();
    void wireSettings();

    void resetLayout();
    void restoreLayout();
    void showPanelTitles(bool show);

    void arrive(const Clip& clip);
    void open(const Clip& clip);
    void useAsSource(Mode mode, const Clip& clip);
    void followMode();
    void refill(const GenerationRequest& request);
    /// The table in which many images or prompts become as many jobs.
    void openBulk(const DroppedContent& dropped);
    void openSettings(SettingsDialog::Page page);
    void showSpend();
    void showShortcuts();
    void post(Notice::Subject subject, Notice::Kind kind, const QString& sentence, const QString& actionText,
              const std::function<void()>& then);
    void post(Notice::Subject subject, const Error& error);
    void postTrouble(const Error& error);
    /// Ends the notices of trouble when something shows that it is mended.
    void endMendedTrouble();

    Engine& m_engine;
    Settings& m_settings;
    ServiceAccess& m_access;
    const ModelTable& m_models;
    Thumbnails& m_thumbnails;
    Theme& m_theme;
    Dialogs& m_dialogs;
    AppPaths m_paths;

    JobModel* m_jobs;
    ClipModel* m_clips;
    Presets* m_presets;
    WindowActions* m_actions;
    SpendMonitor* m_spend;

    TopBar* m_topBar = nullptr;
    CreatePanel* m_create = nullptr;
    Stage* m_stage = nullptr;
    QVBoxLayout* m_centre = nullptr; ///< of the stage
    NoticeArea* m_notices = nullptr;
    QueuePanel* m_queue = nullptr;
    LibraryPanel* m_library = nullptr;
    DropOverlay* m_drop = nullptr;
    JobController* m_jobController = nullptr;
    ClipController* m_clipController = nullptr;
    QList<QDockWidget*> m_docks; ///< Create, Queue, Library
    bool m_altAlone = false;     ///< Alt went down and nothing else since: its release shows the menu bar
};

} // namespace clipkiln
