// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/origin.h"
#include "core/secret.h"
#include "gui/settings/serviceaccess.h"
#include "gui/window/mainwindow.h"
#include "jobs/queuesettings.h"
#include "media/read/thumbnails.h"
#include "store/profile.h"

#include <QObject>

#include <optional>

namespace clipkiln {

class Dialogs;
class Engine;
class ModelTable;
class SecretStore;
class Settings;
class Theme;

/// What a window is made of; all of it outlives the window.
struct WindowParts
{
    Theme& theme;
    Dialogs& dialogs;
    const Profile& profile;
    Engine& engine;
    Settings& settings;
    SecretStore& secrets;
    const ModelTable& models;
    Secret environmentKey;
    std::optional<Origin> fixedOrigin; ///< from the command line
    Origin service = Origin::service();
    QueueSettings pacing = {}; ///< the values that no preference has
};

/// The window with its thumbnails and its access to the service, connected to an engine. Passes changes of the
/// preferences on to the queue.
class WindowAssembly final : public QObject
{
    Q_OBJECT

public:
    explicit WindowAssembly(const WindowParts& parts);

    /// Starts engine and keychain, and shows the window.
    void start();
    [[nodiscard]] MainWindow& window() { return m_window; }
    [[nodiscard]] ServiceAccess& access() { return m_access; }

private:
    [[nodiscard]] QueueSettings queueSettings() const;

    WindowParts m_parts;
    Thumbnails m_thumbnails;
    ServiceAccess m_access;
    MainWindow m_window;
};

} // namespace clipkiln
