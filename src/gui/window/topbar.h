// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/money.h"
#include "gui/settings/serviceaccess.h"

#include <QToolBar>

QT_BEGIN_NAMESPACE
class QLabel;
class QMenu;
class QToolButton;
QT_END_NAMESPACE

namespace clipkiln {

class SegmentedBar;
class Theme;

/// The bar above all panels: the modes, the service in use, today's spend, hold, and the gear.
class TopBar final : public QToolBar
{
    Q_OBJECT

public:
    /// holdAction is the window's own checkable action; gearMenu is shown by the gear.
    TopBar(Theme& theme, ServiceAccess& access, QAction* holdAction, QMenu* gearMenu, QWidget* parent = nullptr);

    void setMode(Mode mode);
    void setSpentToday(Money money);

Q_SIGNALS:
    void modeChosen(clipkiln::Mode mode);
    void keySettingsRequested();
    void spendRequested();

private:
    void showService();
    void refreshLook();
    [[nodiscard]] QMenu* makeServiceMenu();

    Theme& m_theme;
    ServiceAccess& m_access;
    SegmentedBar* m_modes;
    QToolButton* m_service;
    QLabel* m_dot;
    QLabel* m_serviceName;
    QLabel* m_serviceState;
    QToolButton* m_spentButton;
    QLabel* m_spent;
    QToolButton* m_gear;
};

} // namespace clipkiln
