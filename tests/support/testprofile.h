// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "jobs/jobqueue.h"
#include "simulator/simulator.h"
#include "store/clipstore.h"
#include "store/database.h"
#include "store/inputstore.h"
#include "store/jobstore.h"
#include "store/profile.h"
#include "store/uploadstore.h"

#include <QHash>
#include <QTemporaryDir>

#include <memory>

namespace clipkiln::test {

/// Settings under which a queue waits milliseconds where it would wait seconds.
[[nodiscard]] QueueSettings quickSettings(const Profile& profile);

/// Options of a simulator that renders nothing and answers at once.
[[nodiscard]] simulator::Options quickSimulator(const QString& folder);

/// A line of a script: what the simulator answers to so many requests of a step.
[[nodiscard]] simulator::Rule rule(simulator::Step step, simulator::Reply reply, int times = simulator::Rule::always);

/// One run of the program on a profile: database, client and queue. Destroying it is closing the program.
class Run
{
public:
    Run(const Profile& profile, std::function<QUrl()> simulatorAddress, Clock clock = systemTime);

    std::shared_ptr<Database> database;
    JobStore jobs;
    ClipStore clips;
    InputStore inputs;
    UploadStore uploads;
    Client client;
    JobQueue queue;
    QHash<JobId, QList<State>> history; ///< the states each job went through, as changed() told
    QList<Error> troubles;
};

/// A profile in a temporary folder, a simulator with a ledger, and one run after the other.
class TestProfile
{
public:
    TestProfile();
    ~TestProfile();

    /// Begins a run, closing the one before. The jobs of the last run are taken up.
    JobQueue& start();
    JobQueue& start(const QueueSettings& settings);
    /// Moves the run's clock ahead and lets the queue look at it.
    void skip(std::chrono::milliseconds time);
    /// Closes the program.
    void close() { run.reset(); }

    /// Plays these rules from now on.
    void play(const QList<simulator::Rule>& rules);
    [[nodiscard]] qsizetype count(simulator::Step step) const; ///< complete requests in the ledger
    [[nodiscard]] QUrl simulatorAddress() const { return QUrl(simulator.baseUrl()); }
    /// The simulator as another address of the API, for what a simulated origin does not have: a key.
    [[nodiscard]] Origin keyedOrigin() const;

    /// A small text job.
    JobId enqueue(const QString& prompt = QStringLiteral("A paper boat"));
    JobId enqueue(const Origin& origin);
    JobId enqueueTo(const QString& outputPath);
    /// The service is to put the result at an address.
    JobId enqueuePutting(const QUrl& uploadUrl);
    [[nodiscard]] Job job(const JobId& id) const;
    /// The job as its row has it.
    [[nodiscard]] Job stored(const JobId& id) const;
    [[nodiscard]] bool reaches(const JobId& id, State state, int milliseconds = 20'000) const;
    [[nodiscard]] QList<State> history(const JobId& id) const { return run->history.value(id); }
    /// Writes a row as a run that was killed left it; between runs.
    JobId plant(const Phase& phase, const Origin& origin = Origin::simulator());

    QTemporaryDir folder;
    Profile profile;
    simulator::Simulator simulator;
    std::unique_ptr<Run> run;

private:
    QueueSettings m_settings;
    std::chrono::milliseconds m_skipped{};
};

} // namespace clipkiln::test
