// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/modeltable.h"
#include "gui/look/theme.h"
#include "gui/settings/serviceaccess.h"
#include "gui/widgets/dialogs.h"
#include "gui/window/mainwindow.h"
#include "jobs/engine.h"
#include "media/read/thumbnails.h"
#include "settings/memorysecrets.h"
#include "settings/settings.h"
#include "store/profile.h"

#include <QTemporaryDir>

#include <memory>

namespace clipkiln::bench {

/// The window as app/window.cpp builds it, on a new profile, with what it stands on. Throws Trouble.
class Desk
{
public:
    /// jobs: that may run at once, also more than a person's settings allow.
    Desk(const QString& simulatorAddress, int jobs);

    [[nodiscard]] Engine& engine() { return m_engine; }
    [[nodiscard]] const ModelTable& models() const { return m_models; }
    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    Profile m_profile;
    Settings m_settings;
    MemorySecrets m_secrets;
    Dialogs m_dialogs;
    ModelTable m_models;
    Theme m_theme;
    Thumbnails m_thumbnails;
    Engine m_engine;
    ServiceAccess m_access;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace clipkiln::bench
