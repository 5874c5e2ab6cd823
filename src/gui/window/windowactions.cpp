// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/windowactions.h"

#include "gui/look/theme.h"
#include "gui/window/shortcutsdialog.h"

#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace clipkiln {

WindowActions::WindowActions(QMainWindow& window, Theme& theme)
    : QObject(&window)
    , m_window(window)
    , m_theme(theme)
    , m_modes(new QActionGroup(this))
    , m_themes(new QActionGroup(this))
{
    auto* file = new QMenu(tr("&File"), &window);
    openImage = add(file, tr("&Open image or video…"), {QKeySequence::Open});
    paste = add(file, tr("&Paste image, video or address"), {QKeySequence::Paste});
    file->addSeparator();
    saveClip = add(file, tr("&Save clip as…"), {QKeySequence::Save});
    showClipInFolder = add(file, tr("Show clip in &folder"), {QKeySequence(u"Ctrl+Shift+S"_s)});
    file->addSeparator();
    settings = add(file, tr("Se&ttings…"), {QKeySequence(u"Ctrl+,"_s)});
    settings->setMenuRole(QAction::PreferencesRole);
    quit = add(file, tr("&Quit"), {QKeySequence(u"Ctrl+Q"_s)});
    quit->setMenuRole(QAction::QuitRole);

    auto* create = new QMenu(tr("&Create"), &window);
    for (const Mode mode : {Mode::Text, Mode::Image, Mode::Reference, Mode::Edit, Mode::Extend}) {
        const qsizetype number = m_modes->actions().size() + 1;
        QAction* action = add(create, displayName(mode), {QKeySequence(u"Ctrl+%1"_s.arg(number))});
        action->setData(QVariant::fromValue(mode));
        action->setCheckable(true);
        m_modes->addAction(action);
    }
    create->addSeparator();
    focusPrompt = add(create, tr("Write the &prompt"), {QKeySequence(u"Ctrl+L"_s)});
    promptHistory = add(create, tr("Prompt &history…"), {QKeySequence(u"Ctrl+Shift+H"_s)});
    generate = add(create, tr("&Generate"), {QKeySequence(u"Ctrl+Return"_s), QKeySequence(u"Ctrl+Enter"_s)});
    generate->setAutoRepeat(false); // a held key is one wish
    bulk = add(create, tr("Se&veral at once…"), {QKeySequence(u"Ctrl+B"_s)});

    auto* queue = new QMenu(tr("&Queue"), &window);
    hold = add(queue, tr("&Hold queue"), {QKeySequence(u"Ctrl+H"_s)});
    hold->setCheckable(true);
    hold->setToolTip(tr("Send nothing new. What the service works on goes on."));
    focusQueue = add(queue, tr("Go to the &queue"), {QKeySequence(u"Ctrl+J"_s)});

    auto* view = new QMenu(tr("&View"), &window);
    fullScreen = add(view, tr("&Full screen video"), {QKeySequence::FullScreen});
    focusLibrary = add(view, tr("&Search the library"), {QKeySequence::Find});
    view->addSeparator();
    spend = add(view, tr("Mo&ney spent…"));
    m_panelMenu = view->addMenu(tr("&Panels"));
    movePanels = add(view, tr("&Move panels"));
    movePanels->setCheckable(true);
    movePanels->setToolTip(tr("Shows the titles that panels are moved, floated and closed by."));
    resetLayout = add(view, tr("&Reset layout"));
    QMenu* themeMenu = view->addMenu(tr("&Theme"));
    for (const auto& [text, value] :
         {std::pair{tr("As the &system"), Settings::Theme::System}, std::pair{tr("&Light"), Settings::Theme::Light},
          std::pair{tr("&Dark"), Settings::Theme::Dark}}) {
        QAction* action = m_themes->addAction(text);
        action->setCheckable(true);
        action->setData(QVariant::fromValue(value));
        themeMenu->addAction(action);
    }

    auto* help = new QMenu(tr("&Help"), &window);
    shortcuts = add(help, tr("&Keyboard shortcuts"), {QKeySequence(u"F1"_s)});
    about = add(help, tr("&About Clipkiln"));
    about->setMenuRole(QAction::AboutRole);

    m_menus = {file, create, queue, view, help};
    m_gearMenu = new QMenu(&window);
    m_gearMenu->addAction(settings);
    m_gearMenu->addSeparator();
    for (QMenu* menu : m_menus) {
        window.menuBar()->addMenu(menu);
        m_gearMenu->addMenu(menu);
    }

    connect(m_modes, &QActionGroup::triggered, this,
            [this](const QAction* a) { Q_EMIT modeChosen(a->data().value<Mode>()); });
    connect(m_themes, &QActionGroup::triggered, this,
            [this](const QAction* a) { Q_EMIT themeChosen(a->data().value<Settings::Theme>()); });
    connect(&m_theme, &Theme::changed, this, &WindowActions::showIcons);
    showIcons();
}

QAction* WindowActions::add(QMenu* menu, const QString& text, const QList<QKeySequence>& keys)
{
    QAction* action = menu->addAction(text);
    action->setShortcuts(keys);
    // Its keys work while the menu bar is hidden, too.
    m_window.addAction(action);
    return action;
}

void WindowActions::setPanelToggles(const QList<QAction*>& toggles)
{
    m_panelMenu->addActions(toggles);
    int number = 6;
    for (QAction* toggle : toggles) {
        toggle->setShortcut(QKeySequence(u"F%1"_s.arg(number++)));
        m_window.addAction(toggle);
    }
}

void WindowActions::setMode(Mode mode)
{
    for (QAction* action : m_modes->actions())
        action->setChecked(action->data().value<Mode>() == mode);
}

void WindowActions::setTheme(Settings::Theme theme)
{
    for (QAction* action : m_themes->actions())
        action->setChecked(action->data().value<Settings::Theme>() == theme);
}

QList<ShortcutGroup> WindowActions::shortcutGroups() const
{
    QList<ShortcutGroup> groups;
    for (const QMenu* menu : m_menus) {
        ShortcutGroup group{menu->title().remove(u'&'), {}};
        for (QAction* action : menu->actions()) {
            const QList<QAction*> below = action->menu() ? action->menu()->actions() : QList<QAction*>();
            for (const QAction* one : below + QList<QAction*>{action}) {
                if (!one->shortcut().isEmpty())
                    group.rows << ShortcutsDialog::rowOf(one);
            }
        }
        if (!group.rows.isEmpty())
            groups << group;
    }
    return groups;
}

void WindowActions::showIcons()
{
    hold->setIcon(m_theme.icon(u"pause-queue"_s));
    settings->setIcon(m_theme.icon(u"gear"_s));
    saveClip->setIcon(m_theme.icon(u"save"_s));
    showClipInFolder->setIcon(m_theme.icon(u"folder"_s));
    promptHistory->setIcon(m_theme.icon(u"clock"_s));
    openImage->setIcon(m_theme.icon(u"image-add"_s));
    shortcuts->setIcon(m_theme.icon(u"keyboard"_s));
    about->setIcon(m_theme.icon(u"info"_s));
}

} // namespace clipkiln
