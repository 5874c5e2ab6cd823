// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowassembly.h"

#include "core/modeltable.h"
#include "jobs/engine.h"
#include "settings/settings.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

AppPaths pathsOf(const Profile& profile)
{
    return {profile.dataFolder(), profile.clipsFolder(), QDir(profile.dataFolder()).filePath(u"pasted"_s)};
}

} // namespace

WindowAssembly::WindowAssembly(const WindowParts& parts)
    : m_parts(parts)
    , m_thumbnails(parts.profile.thumbnailsFolder())
    , m_access(parts.engine, parts.settings, parts.secrets, parts.dialogs, parts.environmentKey, parts.fixedOrigin,
               parts.service)
    , m_window(parts.engine, parts.settings, m_access, parts.models, m_thumbnails, parts.theme, parts.dialogs,
               pathsOf(parts.profile))
{
    const auto configure = [this] { m_parts.engine.configure(queueSettings()); };
    connect(&m_parts.settings, &Settings::queueChanged, this, configure);
    connect(&m_parts.settings, &Settings::foldersChanged, this, configure);
    connect(&m_parts.engine, &Engine::recovered, &m_window, &MainWindow::warn);
}

void WindowAssembly::start()
{
    m_parts.engine.start(queueSettings());
    m_access.start();
    m_window.show();
}

QueueSettings WindowAssembly::queueSettings() const
{
    const Settings& settings = m_parts.settings;
    QueueSettings queue = m_parts.pacing;
    queue.concurrency = settings.concurrency();
    queue.pollInterval = settings.pollInterval();
    queue.softTimeLimit = settings.softTimeLimit();
    queue.hold = settings.queueOnHold();
    queue.holdUnsentAtStart = settings.unsentAtStart() == Settings::UnsentAtStart::Hold;
    queue.describeClips = settings.describeClips();
    queue.uploadVideos = settings.sendVideos() == Settings::SendVideos::AsFile;
    queue.uploadLife = settings.uploadLife();
    queue.limits = settings.spendLimits();
    queue.models = m_parts.models;
    queue.clipsFolder = settings.clipsFolder().isEmpty() ? m_parts.profile.clipsFolder() : settings.clipsFolder();
    return queue;
}

} // namespace clipkiln
