// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprofile.h"

#include "support/promises.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln::test {

namespace {

std::shared_ptr<Database> opened(const Profile& profile)
{
    if (const auto error = profile.makeFolders())
        qFatal("%s", qPrintable(error->detail));
    auto database = Database::open(profile.databaseFile());
    if (!database)
        qFatal("%s", qPrintable(database.error().detail));
    return *database;
}

Job textJob(const QString& prompt)
{
    Job job;
    job.request.prompt = prompt;
    job.request.model = u"grok-imagine-video"_s;
    job.request.duration = std::chrono::seconds(1);
    return job;
}

} // namespace

QueueSettings quickSettings(const Profile& profile)
{
    QueueSettings settings;
    settings.pollInterval = 20ms;
    settings.firstPoll = 10ms;
    settings.clipsFolder = profile.clipsFolder();
    settings.backoff = {20ms, 100ms};
    return settings;
}

simulator::Options quickSimulator(const QString& folder)
{
    simulator::Options options;
    options.folder = folder;
    options.speed = 1'000;
    options.render = false;
    return options;
}

simulator::Rule rule(simulator::Step step, simulator::Reply reply, int times)
{
    simulator::Rule rule;
    rule.step = step;
    rule.reply = reply;
    rule.times = times;
    return rule;
}

Run::Run(const Profile& profile, std::function<QUrl()> simulatorAddress, Clock clock)
    : database(opened(profile))
    , jobs(database)
    , clips(database)
    , inputs(profile.inputsFolder())
    , uploads(database)
    , queue(client, jobs, clips, inputs, uploads, std::move(simulatorAddress), std::move(clock))
{
    QObject::connect(&queue, &JobQueue::changed, &queue, [this](const Job& job) {
        auto& states = history[job.id];
        if (states.isEmpty() || states.last() != job.state())
            states.append(job.state());
    });
    QObject::connect(&queue, &JobQueue::trouble, &queue, [this](const Error& error) { troubles.append(error); });
}

TestProfile::TestProfile() : profile(folder.path()), simulator(quickSimulator(profile.simulatorFolder()))
{
    if (const auto problem = simulator.start())
        qFatal("%s", qPrintable(*problem));
}

TestProfile::~TestProfile()
{
    run.reset(); // its clock is this
    verifyPromises({simulator.ledger(), profile.dataFolder(), {profile.clipsFolder()}, {}});
}

JobQueue& TestProfile::start()
{
    return start(quickSettings(profile));
}

JobQueue& TestProfile::start(const QueueSettings& settings)
{
    run.reset();
    m_settings = settings;
    const auto clock = [this] {
        const Moment now = systemTime();
        return Moment{now.utc.addMSecs(m_skipped.count()), now.steady + m_skipped};
    };
    run = std::make_unique<Run>(
        profile, [this] { return simulatorAddress(); }, clock);
    run->queue.configure(settings);
    if (const auto restored = run->queue.restore(); !restored)
        qFatal("%s", qPrintable(restored.error().detail));
    return run->queue;
}

void TestProfile::skip(std::chrono::milliseconds time)
{
    m_skipped += time;
    run->queue.configure(m_settings);
}

void TestProfile::play(const QList<simulator::Rule>& rules)
{
    simulator.setScript({rules});
}

qsizetype TestProfile::count(simulator::Step step) const
{
    const auto entries = simulator.ledger();
    return std::count_if(entries.begin(), entries.end(),
                         [step](const auto& entry) { return entry.step == step && entry.complete; });
}

Origin TestProfile::keyedOrigin() const
{
    return *Origin::fromAddress(simulator.baseUrl());
}

JobId TestProfile::enqueue(const QString& prompt)
{
    return run->queue.enqueue(textJob(prompt));
}

JobId TestProfile::enqueue(const Origin& origin)
{
    Job job = textJob(u"A paper boat"_s);
    job.origin = origin;
    return run->queue.enqueue(job);
}

JobId TestProfile::enqueueTo(const QString& outputPath)
{
    Job job = textJob(u"A paper boat"_s);
    job.outputPath = outputPath;
    return run->queue.enqueue(job);
}

JobId TestProfile::enqueuePutting(const QUrl& uploadUrl)
{
    Job job = textJob(u"A paper boat"_s);
    job.request.uploadUrl = uploadUrl;
    return run->queue.enqueue(job);
}

Job TestProfile::job(const JobId& id) const
{
    return run->queue.find(id).value_or(Job());
}

Job TestProfile::stored(const JobId& id) const
{
    return JobStore(opened(profile)).find(id).value_or(Job());
}

bool TestProfile::reaches(const JobId& id, State state, int milliseconds) const
{
    const bool reached = QTest::qWaitFor([&] { return job(id).state() == state; }, milliseconds);
    if (!reached) {
        const Job stuck = job(id);
        const auto error = errorOf(stuck.phase);
        qWarning().noquote() << "The job is" << toName(stuck.state())
                             << (error ? toName(error->kind) + error->detail : u""_s);
    }
    return reached;
}

JobId TestProfile::plant(const Phase& phase, const Origin& origin)
{
    Job job = textJob(u"A paper boat"_s);
    job.id = JobId::create();
    job.origin = origin;
    job.phase = phase;
    job.createdAt = QDateTime::currentDateTimeUtc();
    if (const auto error = JobStore(opened(profile)).save(job))
        qFatal("%s", qPrintable(error->detail));
    return job.id;
}

} // namespace clipkiln::test
