// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"
#include "jobs/enginepaths.h"
#include "jobs/engineproxies.h"
#include "jobs/queuesettings.h"

#include <QUrl>

#include <functional>
#include <memory>

namespace clipkiln {

/// The queue on a thread of its own, as the window sees it: calls return at once, answers are signals with values.
/// Everything here is called, and every signal arrives, on the thread that made the Engine.
class Engine final : public QObject
{
    Q_OBJECT

public:
    /// simulatorAddress: asked (on the engine's thread) for the simulator's base address when a simulated job first
    /// needs it; starts it if need be; an invalid address with no simulator.
    Engine(EnginePaths paths, std::function<QUrl()> simulatorAddress, QObject* parent = nullptr);
    ~Engine() override; ///< stops the thread; what is under way is on disk and goes on next time

    /// Opens the database, loads what there is and takes up the jobs of the last run; emits loaded() or trouble().
    void start(const QueueSettings& settings);
    void configure(const QueueSettings& settings);
    /// The key for an origin; empty when there is none. Jobs that waited for one go on.
    void setKey(const Origin& origin, const Secret& key);
    /// Asks the service about a key without keeping it; spends nothing. Ends in keyChecked().
    void checkKey(const Origin& origin, const Secret& key);

    [[nodiscard]] JobsProxy& jobs();
    [[nodiscard]] ClipsProxy& clips();
    [[nodiscard]] RemoteFilesProxy& remoteFiles();
    [[nodiscard]] HistoryProxy& history();

Q_SIGNALS:
    void loaded(const QList<clipkiln::Job>& jobs, const QList<clipkiln::Clip>& clips);
    /// With an error the key cannot be used; name is what the service's console calls it.
    void keyChecked(const QString& name, const std::optional<clipkiln::Error>& error);
    /// The database was damaged or gone; the sentence says what is in use instead.
    void recovered(const QString& sentence);
    /// Something the person has to know that belongs to no single job (disk full, database).
    void trouble(const clipkiln::Error& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace clipkiln
