// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "gui/widgets/shortcut.h"
#include "settings/settings.h"

#include <QObject>

QT_BEGIN_NAMESPACE
class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// Every action of the window with its keys, and the menus they stand in: the menu bar and, the same again, the gear's.
class WindowActions final : public QObject
{
    Q_OBJECT

public:
    WindowActions(QMainWindow& window, Theme& theme);

    QAction* openImage;
    QAction* paste;
    QAction* generate;
    QAction* bulk; ///< many images or prompts, as many jobs
    QAction* focusPrompt;
    QAction* promptHistory;
    QAction* saveClip;
    QAction* showClipInFolder;
    QAction* settings;
    QAction* quit;
    QAction* hold; ///< checkable: nothing new is sent
    QAction* focusQueue;
    QAction* focusLibrary;
    QAction* movePanels; ///< checkable: panels show the titles they are moved by
    QAction* resetLayout;
    QAction* spend;
    QAction* fullScreen;
    QAction* shortcuts;
    QAction* about;

    [[nodiscard]] QMenu* gearMenu() const { return m_gearMenu; }
    void setPanelToggles(const QList<QAction*>& toggles);
    void setMode(Mode mode);
    void setTheme(Settings::Theme theme);
    /// For the list of shortcuts, in the menus' order; the player's keys are no actions and come from the stage.
    [[nodiscard]] QList<ShortcutGroup> shortcutGroups() const;

Q_SIGNALS:
    void modeChosen(clipkiln::Mode mode);
    void themeChosen(clipkiln::Settings::Theme theme);

private:
    [[nodiscard]] QAction* add(QMenu* menu, const QString& text, const QList<QKeySequence>& keys = {});
    void showIcons();

    QMainWindow& m_window;
    Theme& m_theme;
    QList<QMenu*> m_menus;
    QMenu* m_panelMenu;
    QMenu* m_gearMenu;
    QActionGroup* m_modes;
    QActionGroup* m_themes;
};

} // namespace clipkiln
