// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "core/files.h"
#include "core/text.h"
#include "jobs/engine.h"
#include "settings/keychainsecrets.h"
#include "simulator/simulator.h"

#include <QDir>
#include <QFileInfo>

#include <utility>

namespace clipkiln {

namespace {

std::optional<Origin> originIn(const cli::Arguments& arguments)
{
    if (arguments.simulator)
        return Origin::simulator();
    if (arguments.apiUrl.isEmpty())
        return std::nullopt;
    const Result<Origin> origin = Origin::fromAddress(arguments.apiUrl);
    return origin ? std::optional(*origin) : std::nullopt;
}

/// The built-in table with the models of the person's own file; a file that cannot be used changes nothing.
ModelTable readModels(const QString& path, QString& problem)
{
    const ModelTable builtIn = ModelTable::builtIn();
    if (!QFileInfo::exists(path))
        return builtIn;
    const auto content = readPlainFile(path, mostModelsBytes);
    const auto table = content ? builtIn.with(*content) : Result<ModelTable>(content.error());
    if (!table)
        problem = Text::tr("Your own models cannot be used, so the built-in ones serve. %1: %2")
                      .arg(QDir::toNativeSeparators(path), table.error().detail);
    return table.value_or(builtIn);
}

} // namespace

Session::Session(const cli::Arguments& arguments, Secret environmentKey)
    : m_profile(arguments.profile)
    , m_settings(m_profile.settingsFile())
    , m_models(readModels(m_profile.modelsFile(), m_modelsProblem))
    , m_environmentKey(std::move(environmentKey))
    , m_fixedOrigin(originIn(arguments))
    , m_secrets(std::make_unique<KeychainSecrets>())
{
}

Session::~Session() = default;

std::optional<Error> Session::open()
{
    if (const auto error = m_profile.makeFolders())
        return error;
    Result<std::shared_ptr<FileLock>> lock = m_profile.lock();
    if (!lock)
        return lock.error();
    m_lock = *lock;
    return std::nullopt;
}

Engine& Session::engine()
{
    if (!m_engine) {
        m_engine = std::make_unique<Engine>(EnginePaths{m_profile.databaseFile(), m_profile.inputsFolder()},
                                            [this] { return simulatorAddress().value_or(QUrl()); });
    }
    return *m_engine;
}

Result<QUrl> Session::simulatorAddress()
{
    const std::lock_guard guard(m_simulatorMutex);
    if (!m_simulator) {
        simulator::Options options;
        options.folder = m_profile.simulatorFolder();
        options.modelsFile = m_profile.modelsFile();
        auto simulator = std::make_unique<simulator::Simulator>(options);
        if (const std::optional<QString> error = simulator->start())
            return Error{ErrorKind::Disk, *error};
        m_simulator = std::move(simulator);
    }
    return QUrl(m_simulator->baseUrl());
}

cli::CommandContext Session::context()
{
    return {m_profile, m_settings, *m_secrets, m_models, m_environmentKey, [this] { return simulatorAddress(); }};
}

} // namespace clipkiln
