// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "jobs/room.h"

#include <QUrl>

#include <functional>

namespace clipkiln {

class ModelTable;
class Profile;
class SecretStore;
class Settings;

namespace cli {

/// What the command line works with; the session has it.
struct CommandContext
{
    const Profile& profile;
    const Settings& settings;
    SecretStore& secrets;
    const ModelTable& models;
    Secret environmentKey; ///< XAI_API_KEY
    /// Starts the embedded simulator when it does not run yet.
    std::function<Result<QUrl>()> simulatorAddress;
    /// QueueSettings::freeRoom
    std::function<std::optional<qint64>(const QString& folder)> freeRoom = clipkiln::freeRoom;
};

} // namespace cli

} // namespace clipkiln
