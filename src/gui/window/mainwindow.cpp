// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/mainwindow.h"

#include "core/files.h"
#include "gui/bulk/bulkdialog.h"
#include "gui/create/createpanel.h"
#include "gui/create/promptrecall.h"
#include "gui/library/librarypanel.h"
#include "gui/look/theme.h"
#include "gui/models/clipmodel.h"
#include "gui/models/jobmodel.h"
#include "gui/player/stage.h"
#include "gui/queue/queuepanel.h"
#include "gui/settings/serviceaccess.h"
#include "gui/spending/spenddialog.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/dropoverlay.h"
#include "gui/window/aboutdialog.h"
#include "gui/window/clipcontroller.h"
#include "gui/window/jobcontroller.h"
#include "gui/window/modelfeed.h"
#include "gui/window/shortcutsdialog.h"
#include "gui/window/spendmonitor.h"
#include "gui/window/topbar.h"
#include "gui/window/unsafeclips.h"
#include "gui/window/windowactions.h"
#include "inputs/droppedcontent.h"
#include "jobs/engine.h"
#include "settings/presets.h"
#include "settings/settings.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int layoutVersion = 1; ///< of saveState(): another arrangement of panels gets another number
constexpr QSize firstSize(1280, 800);

/// True when enough of the rectangle lies on a screen to take hold of the window.
bool isReachable(const QRect& window)
{
    constexpr QSize grip(100, 40);
    for (const QScreen* screen : QGuiApplication::screens()) {
        const QRect seen = screen->availableGeometry() & window;
        if (seen.width() >= grip.width() && seen.height() >= grip.height())
            return true;
    }
    return false;
}

/// What trouble that belongs to no single job is about.
Notice::Subject subjectOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Database:
        return Notice::Subject::Database;
    case ErrorKind::Disk:
    case ErrorKind::DiskFull:
        return Notice::Subject::ClipsFolder;
    case ErrorKind::KeyMissing:
    case ErrorKind::KeyRefused:
    case ErrorKind::Keychain:
        return Notice::Subject::Key;
    default:
        return Notice::Subject::Event;
    }
}

std::optional<SettingsDialog::Page> settingsPageFor(ErrorAction action)
{
    if (action == ErrorAction::OpenFolderSettings)
        return SettingsDialog::Page::Folders;
    if (action == ErrorAction::OpenKeySettings)
        return SettingsDialog::Page::Service;
    return std::nullopt;
}

} // namespace

MainWindow::MainWindow(Engine& engine, Settings& settings, ServiceAccess& access, const ModelTable& models,
                       Thumbnails& thumbnails, Theme& theme, Dialogs& dialogs, AppPaths paths)
    : m_engine(engine)
    , m_settings(settings)
    , m_access(access)
    , m_models(models)
    , m_thumbnails(thumbnails)
    , m_theme(theme)
    , m_dialogs(dialogs)
    , m_paths(std::move(paths))
    , m_jobs(new JobModel(this))
    , m_clips(new ClipModel(this))
    , m_presets(new Presets(QDir(m_paths.dataFolder).filePath(u"presets.json"_s), this))
    , m_actions(new WindowActions(*this, theme))
    , m_spend(new SpendMonitor(this))
{
    new UnsafeTitle(*m_jobs, this);
    menuBar()->setVisible(menuBar()->isNativeMenuBar()); // else it waits behind the gear and Alt
    makePanels();
    m_jobController = new JobController(m_engine.jobs(), m_access, m_models, *m_jobs, m_dialogs, this);
    m_clipController = new ClipController(m_engine.clips(), *m_clips, m_settings, m_create->pool(), m_dialogs, this);
    m_clips->setSharing([this](const Clip& clip) { return m_clipController->fileToShare(clip); });
    feedModels(m_engine, *m_jobs, *m_clips);
    wireActions();
    wireCreate();
    wireStage();
    wireQueue();
    wireLibrary();
    wireControllers();
    wireSettings();
    endMendedTrouble();
    restoreLayout();
    placeNotices();
    m_create->focusPrompt();
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow()
{
    qApp->removeEventFilter(this);
    m_docks.first()->disconnect(this); // it hides while it is deleted
}

void MainWindow::makePanels()
{
    m_topBar = new TopBar(m_theme, m_access, m_actions->hold, m_actions->gearMenu(), this);
    addToolBar(Qt::TopToolBarArea, m_topBar);

    m_stage = new Stage(m_theme, m_settings, this);
    m_notices = new NoticeArea(m_theme);
    m_notices->setObjectName(u"windowNotices"_s);
    auto* centre = new QWidget(this);
    m_centre = new QVBoxLayout(centre);
    m_centre->setContentsMargins({});
    m_centre->addWidget(m_stage, 1);
    setCentralWidget(centre);

    m_create = new CreatePanel(m_theme, m_dialogs, *m_notices, m_settings, m_models, m_paths.pasteFolder, this);
    m_queue = new QueuePanel(m_theme, m_thumbnails, *m_jobs, this);
    m_library = new LibraryPanel(m_theme, m_thumbnails, *m_clips, this);
    m_drop =
        new DropOverlay(this, m_theme, [this](const DroppedContent& dropped) { return m_create->dropText(dropped); });

    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    m_docks = {
        makeDock(u"createDock"_s, tr("Create"), m_create, Qt::LeftDockWidgetArea),
        makeDock(u"queueDock"_s, tr("Queue"), m_queue, Qt::RightDockWidgetArea),
        makeDock(u"libraryDock"_s, tr("Library"), m_library, Qt::BottomDockWidgetArea),
    };
    QList<QAction*> toggles;
    for (const QDockWidget* dock : m_docks)
        toggles << dock->toggleViewAction();
    m_actions->setPanelToggles(toggles);
    connect(m_docks.first(), &QDockWidget::visibilityChanged, this, &MainWindow::placeNotices);
    showPanelTitles(false);
}

void MainWindow::placeNotices()
{
    const bool isFormShown = !m_docks.first()->isHidden();
    const int margin = isFormShown ? 0 : Theme::gap3; // the form has its own
    m_notices->setContentsMargins(margin, margin, margin, margin);
    if (isFormShown)
        m_create->placeNotices();
    else
        m_centre->insertWidget(0, m_notices);
}

QDockWidget* MainWindow::makeDock(const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    setRole(content, "panel");
    dock->setWidget(content);
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::wireActions()
{
    connect(m_actions->openImage, &QAction::triggered, m_create, &CreatePanel::chooseInput);
    connect(m_actions->paste, &QAction::triggered, this,
            [this] { m_create->pasteFrom(QGuiApplication::clipboard()->mimeData()); });
    connect(m_actions->generate, &QAction::triggered, &m_create->submitController(), &SubmitController::submit);
    const auto leadTo = [](QAction* action, QDockWidget* dock, auto* panel, auto focus) {
        connect(action, &QAction::triggered, panel, [dock, panel, focus] {
            dock->show(); // it may be hidden
            (panel->*focus)();
        });
    };
    leadTo(m_actions->focusPrompt, m_docks[0], m_create, &CreatePanel::focusPrompt);
    connect(m_actions->promptHistory, &QAction::triggered, m_create, [this] {
        m_docks[0]->show(); // it may be hidden
        m_create->recall().open();
    });
    leadTo(m_actions->focusQueue, m_docks[1], m_queue, &QueuePanel::openQueue);
    leadTo(m_actions->focusLibrary, m_docks[2], m_library, &LibraryPanel::focusSearch);
    connect(m_actions->fullScreen, &QAction::triggered, m_stage, &Stage::toggleFullScreen);
    connect(m_actions, &WindowActions::modeChosen, m_create, &CreatePanel::setMode);
    connect(m_actions->saveClip, &QAction::triggered, this, [this] {
        if (const auto clip = m_stage->clip())
            m_clipController->perform(ClipAction::SaveAs, *clip);
    });
    connect(m_actions->showClipInFolder, &QAction::triggered, this, [this] {
        if (const auto clip = m_stage->clip())
            m_clipController->perform(ClipAction::ShowInFolder, *clip);
    });
    connect(m_actions->movePanels, &QAction::toggled, this, &MainWindow::showPanelTitles);
    connect(m_actions->resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
    connect(m_actions->settings, &QAction::triggered, this, [this] { openSettings(SettingsDialog::Page::Service); });
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->shortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
    connect(m_actions->about, &QAction::triggered, this, [this] { AboutDialog(this).exec(); });
    connect(m_topBar, &TopBar::modeChosen, m_create, &CreatePanel::setMode);
    connect(m_topBar, &TopBar::spendRequested, this, &MainWindow::showSpend);
    connect(m_actions->spend, &QAction::triggered, this, &MainWindow::showSpend);
    connect(m_topBar, &TopBar::keySettingsRequested, this, [this] { openSettings(SettingsDialog::Page::Service); });
}

void MainWindow::wireCreate()
{
    connect(m_create, &CreatePanel::modeChanged, this, &MainWindow::followMode);
    connect(&m_create->submitController(), &SubmitController::submitted, m_jobController, &JobController::generate);
    connect(m_jobController, &JobController::submitEnded, &m_create->submitController(), &SubmitController::endSubmit);
    connect(m_create, &CreatePanel::bulkWanted, this, &MainWindow::openBulk);
    connect(m_actions->bulk, &QAction::triggered, this, [this] { openBulk({}); });
    connect(m_drop, &DropOverlay::dropped, m_create, &CreatePanel::dropFrom);
    if (const auto error = m_presets->load()) {
        if (error->kind == ErrorKind::InputUnusable) // its detail is a whole sentence
            post(Notice::Subject::Presets, Notice::Kind::Warn, error->detail, {}, {});
        else
            post(Notice::Subject::Presets, *error);
    }
    m_create->setPresets(*m_presets);
    PromptRecall& recall = m_create->recall();
    connect(&m_engine.history(), &HistoryProxy::promptsChanged, &recall, &PromptRecall::setPrompts);
    connect(&recall, &PromptRecall::forgetRequested, &m_engine.history(), &HistoryProxy::forgetPrompt);
    followMode();
}

void MainWindow::wireStage()
{
    const auto followLibrary = [this] {
        const bool isEmpty = m_clips->rowCount() == 0;
        switch (m_clips->loadState()) {
        case LoadState::Loading:
            return m_stage->setLibrary(Stage::Library::Loading);
        case LoadState::Failed:
            return m_stage->setLibrary(Stage::Library::Failed);
        case LoadState::Loaded:
            return m_stage->setLibrary(isEmpty ? Stage::Library::Empty : Stage::Library::Filled);
        }
    };
    connect(m_clips, &QAbstractItemModel::modelReset, this, followLibrary);
    connect(m_clips, &QAbstractItemModel::rowsInserted, this, followLibrary);
    connect(m_clips, &QAbstractItemModel::rowsRemoved, this, followLibrary);
    const auto perform = [this](ClipAction action) {
        return [this, action](const Clip& clip) { m_clipController->perform(action, clip); };
    };
    connect(m_stage, &Stage::runAgainRequested, this, perform(ClipAction::RunAgain));
    connect(m_stage, &Stage::saveAsRequested, this, perform(ClipAction::SaveAs));
    connect(m_stage, &Stage::extendRequested, this, perform(ClipAction::Extend));
    connect(m_stage, &Stage::editRequested, this, perform(ClipAction::Edit));
    connect(m_stage, &Stage::openExternallyRequested, m_clipController, &ClipController::openInSystemPlayer);
    connect(m_stage, &Stage::lastFrameRequested, m_clipController, &ClipController::animateLastFrame);
    connect(m_stage, &Stage::addKeyRequested, this, [this] { openSettings(SettingsDialog::Page::Service); });
    connect(m_stage, &Stage::changeFolderRequested, this, [this] { openSettings(SettingsDialog::Page::Folders); });
    connect(m_stage, &Stage::sampleRequested, this, [this] {
        m_create->setMode(Mode::Text);
        GenerationRequest sample = m_create->request();
        sample.prompt = tr("A paper boat drifts out past the breakwater as the sun clears the horizon; slow push in, "
                           "gulls far off, soft wind");
        refill(sample);
    });
}

void MainWindow::wireQueue()
{
    connect(m_queue, &QueuePanel::actionRequested, m_jobController, &JobController::perform);
    connect(m_queue, &QueuePanel::groupActionRequested, m_jobController, &JobController::performOnGroup);
    connect(m_queue, &QueuePanel::clipActionRequested, m_clipController, &ClipController::perform);
}

void MainWindow::wireLibrary()
{
    connect(m_library, &LibraryPanel::clipActivated, this, &MainWindow::open);
    connect(m_library, &LibraryPanel::clipSelected, m_queue, &QueuePanel::showClip);
    connect(m_library, &LibraryPanel::actionRequested, m_clipController, &ClipController::perform);
}

void MainWindow::wireControllers()
{
    const auto follow = [this](const auto* controller) {
        using Controller = std::remove_cv_t<std::remove_pointer_t<decltype(controller)>>;
        connect(controller, &Controller::noticed, this,
                qOverload<Notice::Subject, Notice::Kind, const QString&, const QString&, const std::function<void()>&>(
                    &MainWindow::post));
        connect(controller, &Controller::failed, this, [this](const QString& sentence, const QString& detail) {
            m_notices->post(Notice::Kind::Failed, sentence)->setDetail(detail);
        });
        connect(controller, &Controller::refillRequested, this, &MainWindow::refill);
    };
    follow(m_jobController);
    follow(m_clipController);
    connect(m_jobController, &JobController::clipActionRequested, m_clipController, &ClipController::perform);
    connect(m_jobController, &JobController::settingsRequested, this, &MainWindow::openSettings);
    connect(m_clipController, &ClipController::runAgainRequested, m_jobController, &JobController::runAgain);
    connect(m_clipController, &ClipController::playRequested, this, &MainWindow::open);
    connect(m_clipController, &ClipController::sourceRequested, this, &MainWindow::useAsSource);
    connect(m_clipController, &ClipController::startImageReady, m_create, &CreatePanel::setStartImage);
    connect(m_clipController, &ClipController::aboutToBin, this, [this](const ClipId& id) {
        if (const auto clip = m_stage->clip(); clip && clip->id == id)
            m_stage->clear();
        m_queue->forgetClip(id);
    });
    connect(&m_engine.clips(), &ClipsProxy::added, this, &MainWindow::arrive);
    connect(&m_engine.clips(), &ClipsProxy::copyFailed, this,
            [this](const ClipId&, const Error& error) { post(Notice::Subject::Event, error); });
    connect(&m_engine, &Engine::trouble, this, &MainWindow::postTrouble);
    connect(&m_engine.history(), &HistoryProxy::spendChanged, m_spend, &SpendMonitor::setReport);
    connect(m_spend, &SpendMonitor::changed, this, [this](const SpendReport& spend) {
        const QDate today = QDate::currentDate();
        m_topBar->setSpentToday(spend.spent(today, today));
    });
}

void MainWindow::wireSettings()
{
    const auto followTheme = [this] {
        m_theme.setChoice(static_cast<Theme::Choice>(m_settings.theme()));
        m_actions->setTheme(m_settings.theme());
    };
    const auto followQueue = [this] {
        m_actions->hold->setChecked(m_settings.queueOnHold());
        m_jobs->setOnHold(m_settings.queueOnHold());
    };
    const auto followFolders = [this] {
        const QString chosen = m_settings.clipsFolder();
        const QString folder = chosen.isEmpty() ? m_paths.defaultClipsFolder : chosen;
        m_stage->setClipsFolder(folder, freeBytes(folder));
    };
    const auto followService = [this] {
        m_create->setOrigin(m_access.origin());
        m_stage->setService(m_access.origin(), m_access.keyState() != ServiceAccess::KeyState::None);
    };
    connect(&m_settings, &Settings::themeChanged, this, followTheme);
    connect(&m_settings, &Settings::queueChanged, this, followQueue);
    connect(&m_settings, &Settings::foldersChanged, this, followFolders);
    connect(&m_access, &ServiceAccess::changed, this, followService);
    connect(m_actions->hold, &QAction::toggled, &m_settings, &Settings::setQueueOnHold);
    connect(m_actions, &WindowActions::themeChosen, &m_settings, &Settings::setTheme);
    followTheme();
    followQueue();
    followFolders();
    followService();
}

void MainWindow::arrive(const Clip& clip)
{
    // What is looked at, searched or read about stays as it is.
    if (m_stage->isPlaying())
        return;
    m_library->select(clip.id);
    m_stage->open(clip, m_settings.autoPlay(), !isActiveWindow());
}

void MainWindow::open(const Clip& clip)
{
    m_library->select(clip.id);
    m_stage->open(clip, true, false);
}

void MainWindow::useAsSource(Mode mode, const Clip& clip)
{
    m_create->setSource(mode, clip.path);
    m_docks.first()->show();
    m_create->focusPrompt();
}

void MainWindow::followMode()
{
    m_topBar->setMode(m_create->mode());
    m_actions->setMode(m_create->mode());
}

void MainWindow::refill(const GenerationRequest& request)
{
    m_create->setRequest(request);
    m_docks.first()->show();
    m_create->focusPrompt();
}

void MainWindow::openBulk(const DroppedContent& dropped)
{
    auto* dialog = new BulkDialog(
        {m_theme, m_dialogs, m_thumbnails, m_create->pool(), m_models},
        [this](Mode mode) { return m_create->settingsIn(mode); }, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto followMoney = [this, dialog] {
        dialog->setMoney(m_access.origin(), m_settings.spendLimits(), m_spend->report());
    };
    connect(m_spend, &SpendMonitor::changed, dialog, followMoney);
    followMoney();
    connect(dialog, &BulkDialog::submitted, this,
            [this, dialog](const QList<NewJob>& jobs) { dialog->awaitEnd(m_jobController->generateAll(jobs)); });
    connect(m_jobController, &JobController::submitEnded, dialog, &BulkDialog::endSubmit);
    dialog->add(dropped);
    dialog->open();
}

void MainWindow::openSettings(SettingsDialog::Page page)
{
    SettingsDialog dialog(m_engine.clips(), m_engine.remoteFiles(), m_settings, m_access, m_dialogs, m_paths, this);
    dialog.showPage(page);
    dialog.exec();
}

void MainWindow::warn(const QString& sentence)
{
    post(Notice::Subject::Event, Notice::Kind::Warn, sentence, {}, {});
}

void MainWindow::showSpend()
{
    SpendDialog dialog(m_theme, m_dialogs, this);
    const auto fill = [this, &dialog] { dialog.setReport(m_spend->report(), QDate::currentDate()); };
    connect(m_spend, &SpendMonitor::changed, &dialog, fill);
    fill();
    dialog.exec();
}

void MainWindow::showShortcuts()
{
    const QList<ShortcutGroup> others{{tr("Prompt"), PromptRecall::shortcutRows()},
                                      {tr("Player"), Stage::shortcutRows()}};
    ShortcutsDialog(m_actions->shortcutGroups() + others, this).exec();
}

void MainWindow::post(Notice::Subject subject, Notice::Kind kind, const QString& sentence, const QString& actionText,
                      const std::function<void()>& then)
{
    Notice* notice = m_notices->post(kind, sentence, actionText, subject);
    if (then)
        connect(notice, &Notice::actionTriggered, this, then);
}

void MainWindow::postTrouble(const Error& error)
{
    post(subjectOf(error.kind), error);
    if (error.kind == ErrorKind::Database && m_clips->loadState() == LoadState::Loading) {
        m_jobs->failLoading();
        m_clips->failLoading();
    }
}

void MainWindow::post(Notice::Subject subject, const Error& error)
{
    const Explanation said = explain(error);
    const auto page = settingsPageFor(said.action);
    if (!page) {
        // What else explain() advises is for jobs: here there is none to try or watch again.
        m_notices->post(Notice::Kind::Failed, said.sentence, {}, subject)->setDetail(error.detail);
        return;
    }
    connect(m_notices->post(error, subject), &Notice::actionTriggered, this,
            [this, page = *page] { openSettings(page); });
}

void MainWindow::endMendedTrouble()
{
    const auto end = [this](Notice::Subject subject) { m_notices->end(subject); };
    const auto endDatabase = [end] { end(Notice::Subject::Database); };
    // Each of these follows a write that succeeded.
    connect(&m_engine.jobs(), &JobsProxy::changed, this, [endDatabase](const Job& job) {
        if (job.state() == State::Submitting)
            endDatabase();
    });
    connect(&m_engine.jobs(), &JobsProxy::removed, this, endDatabase);
    connect(&m_engine.clips(), &ClipsProxy::removed, this, endDatabase);
    connect(&m_engine.clips(), &ClipsProxy::restored, this, endDatabase);
    connect(&m_engine.clips(), &ClipsProxy::added, this, [end, endDatabase] {
        endDatabase();
        end(Notice::Subject::ClipsFolder);
    });
    connect(&m_settings, &Settings::foldersChanged, this, [end] { end(Notice::Subject::ClipsFolder); });
    connect(m_presets, &Presets::changed, this, [end] { end(Notice::Subject::Presets); });
    connect(&m_access, &ServiceAccess::changed, this, [this, end] {
        const auto state = m_access.keyState();
        if (state != ServiceAccess::KeyState::Unknown && state != ServiceAccess::KeyState::None)
            end(Notice::Subject::Key);
    });
}

void MainWindow::resetLayout()
{
    for (QDockWidget* dock : m_docks) {
        dock->setFloating(false);
        dock->show();
    }
    // Dock areas do not mirror by themselves.
    addDockWidget(isRightToLeft() ? Qt::RightDockWidgetArea : Qt::LeftDockWidgetArea, m_docks[0]);
    addDockWidget(isRightToLeft() ? Qt::LeftDockWidgetArea : Qt::RightDockWidgetArea, m_docks[1]);
    addDockWidget(Qt::BottomDockWidgetArea, m_docks[2]);
    resizeDocks({m_docks[0], m_docks[1]}, {Theme::createWidth, Theme::queueWidth}, Qt::Horizontal);
    resizeDocks({m_docks[2]}, {Theme::libraryHeight}, Qt::Vertical);
    m_actions->movePanels->setChecked(false);
}

void MainWindow::restoreLayout()
{
    resize(firstSize);
    resetLayout();
    restoreState(m_settings.windowState(), layoutVersion);
    // A monitor that is gone takes no window with it.
    if (restoreGeometry(m_settings.windowGeometry()) && !isReachable(geometry())) {
        const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
        resize(size().boundedTo(screen.size()));
        move(screen.center() - rect().center());
    }
}

void MainWindow::showPanelTitles(bool show)
{
    for (QDockWidget* dock : m_docks) {
        QWidget* none = dock->titleBarWidget();
        if (show == !none)
            continue;
        dock->setTitleBarWidget(show ? nullptr : new QWidget(dock));
        delete none;
    }
}

void MainWindow::bringToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_engine.jobs().isFetching() && !m_dialogs.ask(this, quitQuestion(m_jobs->jobs(), m_jobs->now()))) {
        event->ignore();
        return;
    }
    putAway();
    QMainWindow::closeEvent(event);
}

void MainWindow::putAway()
{
    m_settings.setWindowGeometry(saveGeometry());
    m_settings.setWindowState(saveState(layoutVersion));
    m_stage->clear();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    // Reaches the window only when no text field took it.
    if (!m_stage->handleKey(event))
        QMainWindow::keyPressEvent(event);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::WindowDeactivate)
        m_altAlone = false; // Alt+Tab
    // Alt alone shows and hides the menu bar where it is hidden by default.
    if (isActiveWindow() && !menuBar()->isNativeMenuBar()) {
        if (event->type() == QEvent::KeyPress)
            m_altAlone = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt;
        else if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::Shortcut)
            m_altAlone = false;
        else if (event->type() == QEvent::KeyRelease && m_altAlone &&
                 static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt) {
            m_altAlone = false;
            menuBar()->setVisible(!menuBar()->isVisible());
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace clipkiln
