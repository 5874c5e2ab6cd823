// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/commandcontext.h"
#include "core/modeltable.h"
#include "core/origin.h"
#include "settings/settings.h"
#include "store/profile.h"

#include <QUrl>

#include <memory>
#include <mutex>

namespace clipkiln {

class Engine;
class SecretStore;

namespace simulator {
class Simulator;
}

/// The collaborators of window and command line, built in the order of declaration and destroyed in reverse.
class Session final
{
public:
    /// `environmentKey`: XAI_API_KEY, which is in the environment no more; empty when it was not set.
    Session(const cli::Arguments& arguments, Secret environmentKey);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Locks the profile for this window; ProfileInUse while another Clipkiln works with it.
    [[nodiscard]] std::optional<Error> open();

    [[nodiscard]] const Profile& profile() const { return m_profile; }
    [[nodiscard]] Settings& settings() { return m_settings; }
    [[nodiscard]] SecretStore& secrets() { return *m_secrets; }
    [[nodiscard]] const ModelTable& models() const { return m_models; }
    /// Why the person's own models cannot be used, as a sentence; empty when they can, or when there are none.
    [[nodiscard]] const QString& modelsProblem() const { return m_modelsProblem; }
    [[nodiscard]] const Secret& environmentKey() const { return m_environmentKey; }
    /// The service that the command line named for this run; nothing: as in the preferences.
    [[nodiscard]] const std::optional<Origin>& fixedOrigin() const { return m_fixedOrigin; }
    /// The queue on its own thread, for the window; made at the first call, started by the window.
    [[nodiscard]] Engine& engine();

    /// The embedded simulator's base address; starts it at the first call. Safe from any thread.
    [[nodiscard]] Result<QUrl> simulatorAddress();

    [[nodiscard]] cli::CommandContext context();

private:
    Profile m_profile;
    Settings m_settings;
    QString m_modelsProblem;
    ModelTable m_models;
    Secret m_environmentKey;
    std::optional<Origin> m_fixedOrigin;
    std::unique_ptr<SecretStore> m_secrets;
    std::shared_ptr<FileLock> m_lock;
    std::mutex m_simulatorMutex;
    std::unique_ptr<simulator::Simulator> m_simulator; // under the mutex
    std::unique_ptr<Engine> m_engine;                  // may ask for the simulator until it is destroyed
};

} // namespace clipkiln
