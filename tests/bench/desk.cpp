// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/desk.h"

#include "bench/table.h"

#include <QApplication>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln::bench {

Desk::Desk(const QString& simulatorAddress, int jobs)
    : m_profile(m_folder.path())
    , m_settings(m_profile.settingsFile())
    , m_models(ModelTable::builtIn())
    , m_thumbnails(m_profile.thumbnailsFolder())
    , m_engine({m_profile.databaseFile(), m_profile.inputsFolder()},
               [address = QUrl(simulatorAddress)] { return address; })
    , m_access(m_engine, m_settings, m_secrets, m_dialogs, {}, Origin::simulator())
{
    if (const auto error = m_profile.makeFolders())
        throw Trouble(error->detail);
    m_theme.applyTo(*qApp);
    m_window = std::make_unique<MainWindow>(
        m_engine, m_settings, m_access, m_models, m_thumbnails, m_theme, m_dialogs,
        AppPaths{m_profile.dataFolder(), m_profile.clipsFolder(), m_folder.filePath(u"pasted"_s)});
    QueueSettings settings;
    settings.concurrency = jobs;
    settings.pollInterval = 1s; // the shortest that a person can set
    settings.firstPoll = 10ms;
    settings.clipsFolder = m_profile.clipsFolder();
    m_engine.start(settings);
    m_access.start();
    m_window->show();
}

} // namespace clipkiln::bench
