// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobqueue.h"

#include "core/text.h"
#include "core/validate.h"
#include "jobs/clipfinalizer.h"
#include "jobs/jobsteps.h"
#include "jobs/leftovers.h"
#include "jobs/scheduler.h"
#include "jobs/uploads.h"
#include "store/clipstore.h"
#include "store/inputstore.h"
#include "store/jobstore.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QThreadPool>

#include <algorithm>
#include <chrono>
#include <utility>

// Takes in what a person and schedule() want. All that happens to a job goes one way:
//
//   a person, schedule() --> JobQueue --+
//                                       +--> JobSteps::apply() --> advance() --> row --> JobRunner::perform() -->
//                                       changed
//                         JobRunner ----+

namespace clipkiln {

namespace {

using std::chrono::milliseconds;

/// What the jobs would be charged for together.
struct Charge
{
    std::optional<Money> price = Money{}; ///< nothing: that of one is unknown
    int jobs = 0;
};

Charge chargeOf(const QList<Job>& jobs)
{
    Charge charge;
    for (const Job& job : jobs) {
        if (job.origin.isSimulated())
            continue;
        ++charge.jobs;
        charge.price = charge.price && job.estimate ? std::optional(*charge.price + *job.estimate) : std::nullopt;
    }
    return charge;
}

} // namespace

class JobQueue::Private
{
public:
    Private(JobQueue& queue, Client& client, JobStore& jobStore, ClipStore& clipStore, InputStore& inputStore,
            UploadStore& uploadStore, std::function<QUrl()> address, Clock givenClock);
    ~Private() { workers.waitForDone(); }

    [[nodiscard]] Result<Endpoint> endpoint(const Origin& origin) const;
    void renew(Job& job, const QDateTime& now);
    void ask(const JobId& id, const Event& event);

    void scheduleSoon();
    void lookAround();
    [[nodiscard]] SchedulerInput schedulerInput() const;
    void carryOut(const Schedule& due);
    void send(LiveJob& live);
    [[nodiscard]] std::optional<Error> lackOfRoom(const QList<Job>& submit) const;
    [[nodiscard]] LiveJob* findToSend(const JobId& id) const;
    [[nodiscard]] std::optional<Error> problemOf(const GenerationRequest& request) const;
    [[nodiscard]] bool hasWork(const LiveJob& live) const;
    [[nodiscard]] bool hasWork() const;

    JobQueue& q;
    JobStore& jobs;
    InputStore& inputs;
    std::function<QUrl()> simulatorAddress;
    const Clock clock;
    QueueSettings settings;
    QHash<QString, Secret> keys; ///< by origin
    bool settling = false;
    bool hadWork = false;
    QTimer scheduleTimer; ///< fires at the next turn of the event loop
    QTimer wakeTimer;     ///< fires when a gate opens
    QThreadPool workers;
    Uploads uploads;
    const JobRunner::Context context;
    JobSteps steps; // last: its calls and work end first
};

JobQueue::Private::Private(JobQueue& queue, Client& client, JobStore& jobStore, ClipStore& clipStore,
                           InputStore& inputStore, UploadStore& uploadStore, std::function<QUrl()> address,
                           Clock givenClock)
    : q(queue)
    , jobs(jobStore)
    , inputs(inputStore)
    , simulatorAddress(std::move(address))
    , clock(std::move(givenClock))
    , uploads(client, uploadStore, settings, clock)
    , context{client,
              clipStore,
              uploads,
              workers,
              settings,
              clock,
              [this](const Origin& origin) { return endpoint(origin); }}
    , steps(jobStore, clipStore, context)
{
    workers.setMaxThreadCount(1);
    scheduleTimer.setSingleShot(true);
    connect(&scheduleTimer, &QTimer::timeout, &q, [this] { lookAround(); });
    wakeTimer.setSingleShot(true);
    connect(&wakeTimer, &QTimer::timeout, &q, [this] {
        steps.writeAgain();
        scheduleSoon();
    });
    connect(&steps, &JobSteps::changed, &q, &JobQueue::changed);
    connect(&steps, &JobSteps::clipAdded, &q, &JobQueue::clipAdded);
    connect(&steps, &JobSteps::trouble, &q, &JobQueue::trouble);
    connect(&steps, &JobSteps::letGo, &q, &JobQueue::letGo);
    // Whatever changed may have made room, or closed a gate.
    for (const auto signal : {&JobSteps::changed, &JobSteps::letGo})
        connect(&steps, signal, &q, [this] { scheduleSoon(); });
    connect(&steps, &JobSteps::trouble, &q, [this] { scheduleSoon(); });
}

Result<Endpoint> JobQueue::Private::endpoint(const Origin& origin) const
{
    if (origin.isSimulated()) {
        const QUrl address = simulatorAddress();
        if (!address.isValid())
            return Error{ErrorKind::Offline, Text::tr("The simulator does not run.")};
        return Endpoint{address, Secret("simulator")}; // any key will do
    }
    const Secret key = keys.value(origin.toString());
    if (key.isEmpty())
        return Error{ErrorKind::KeyMissing, {}};
    return Endpoint{origin.address(), key};
}

/// Makes a job one that nothing has happened to yet, its inputs kept.
void JobQueue::Private::renew(Job& job, const QDateTime& now)
{
    if (job.id.isEmpty())
        job.id = JobId::create();
    if (!job.createdAt.isValid())
        job.createdAt = now;
    job.acceptedAt = {};
    job.finishedAt = {};
    job.cost.reset();
    job.phase = Queued{};
    if (auto kept = inputs.keepAll(job.request))
        job.request = *std::move(kept);
    else
        job.phase = Failed{{}, kept.error()};
    stamp(job, now);
}

/// Something a person asked for; also for a job that is over and known by its row alone.
void JobQueue::Private::ask(const JobId& id, const Event& event)
{
    LiveJob* live = steps.find(id);
    if (!live) {
        const auto job = jobs.find(id);
        if (!job)
            return;
        live = &steps.add(*job);
    }
    steps.apply(*live, event);
    scheduleSoon();
}

void JobQueue::Private::scheduleSoon()
{
    hadWork = hadWork || hasWork();
    scheduleTimer.start(0);
}

void JobQueue::Private::lookAround()
{
    steps.dropFinished();
    carryOut(schedule(schedulerInput()));
    if (!hasWork() && std::exchange(hadWork, false))
        Q_EMIT q.idle();
}

SchedulerInput JobQueue::Private::schedulerInput() const
{
    SchedulerInput input;
    for (const auto& live : steps.live())
        input.jobs.append(
            {live->job.id, live->job.origin, live->job.phase, live->letGo, live->unwritten.has_value(), live->room});
    for (auto key = keys.cbegin(); key != keys.cend(); ++key) {
        if (!key->isEmpty())
            input.keyedOrigins.insert(key.key());
    }
    input.gates = steps.gates();
    input.storeGate = steps.storeGate();
    input.concurrency = settings.concurrency;
    input.hold = settings.hold;
    input.settling = settling;
    input.now = clock();
    return input;
}

/// What changes on the way (a row that cannot be written, a request made by a receiver of changed()) is seen when the
/// next schedule is made: every change asks for one.
void JobQueue::Private::carryOut(const Schedule& due)
{
    for (const JobId& id : due.toSend) {
        if (LiveJob* live = findToSend(id))
            send(*live);
    }
    for (const auto& [id, putOff] : due.toPutOff) {
        if (LiveJob* live = findToSend(id))
            steps.apply(*live, putOff);
    }
    if (due.wakeIn)
        wakeTimer.start(*due.wakeIn + milliseconds(1));
}

void JobQueue::Private::send(LiveJob& live)
{
    if (const auto invalid = problemOf(live.job.request))
        return steps.apply(live, event::FoundInvalid{*invalid});
    if (const auto lack = lackOfRoom({live.job})) {
        constexpr std::chrono::seconds untilTheNextLook(5);
        const Moment now = clock();
        live.room.closeUntil(*lack, now.utc.addMSecs(milliseconds(untilTheNextLook).count()), now);
        return steps.apply(live, event::PutOff{live.room.reason(), live.room.until()});
    }
    steps.apply(live, event::SlotFree{});
}

std::optional<Error> JobQueue::Private::lackOfRoom(const QList<Job>& submit) const
{
    const QString profile = jobs.folder();
    if (auto error = roomProblem(profile, settings.freeRoom(profile), profileRoom))
        return error;
    QHash<QString, qint64> needed; // by folder
    for (const Job& job : submit) {
        const QString folder = QFileInfo(targetOf(job, settings.clipsFolder)).absolutePath();
        needed[folder] += expectedBytes(job.request, context.clips.bytesPerSecondLike(job.request));
    }
    for (auto each = needed.cbegin(); each != needed.cend(); ++each) {
        if (auto error = roomProblem(each.key(), settings.freeRoom(each.key()), each.value()))
            return error;
    }
    return std::nullopt;
}

/// Nothing while rows cannot be written.
LiveJob* JobQueue::Private::findToSend(const JobId& id) const
{
    LiveJob* live = steps.storeGate().isClosed(clock()) ? nullptr : steps.find(id);
    return live && live->job.state() == State::Queued ? live : nullptr;
}

/// What keeps the service from taking a request: it may be of an older table of models, or of a file.
std::optional<Error> JobQueue::Private::problemOf(const GenerationRequest& request) const
{
    if (!settings.models)
        return std::nullopt;
    const Model* known = settings.models->find(request.model);
    const auto problems = validate(request, known ? *known : settings.models->unknownModel(request.model));
    return problems.isEmpty() ? std::nullopt
                              : std::optional(Error{ErrorKind::InvalidRequest, problems.first().sentence});
}

bool JobQueue::Private::hasWork(const LiveJob& live) const
{
    if (live.unwritten)
        return true;
    const Phase& phase = live.job.phase;
    if (live.letGo || isOver(phase) || waitsForKey(phase) || stateOf(phase) == State::Held)
        return false;
    return stateOf(phase) != State::Queued || !settings.hold;
}

bool JobQueue::Private::hasWork() const
{
    const auto& live = steps.live();
    return std::any_of(live.begin(), live.end(), [this](const auto& job) { return hasWork(*job); });
}

JobQueue::JobQueue(Client& client, JobStore& jobs, ClipStore& clips, InputStore& inputs, UploadStore& uploads,
                   std::function<QUrl()> simulatorAddress, Clock clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, client, jobs, clips, inputs, uploads, std::move(simulatorAddress),
                                  std::move(clock)))
{
}

JobQueue::~JobQueue() = default;

void JobQueue::configure(const QueueSettings& settings)
{
    const bool isElsewhere = settings.clipsFolder != d->settings.clipsFolder;
    d->settings = settings;
    QHash<JobId, QString> targets;
    for (const auto& live : d->steps.live()) {
        live->room.open(); // it may be another disk
        const auto* downloading = std::get_if<Downloading>(&live->job.phase);
        if (isElsewhere && downloading && waitsForFolder(live->job.phase))
            targets.insert(live->job.id,
                           QDir(settings.clipsFolder).filePath(QFileInfo(downloading->target).fileName()));
    }
    for (auto each = targets.cbegin(); each != targets.cend(); ++each)
        saveElsewhere(each.key(), each.value());
    d->scheduleSoon();
}

void JobQueue::setKey(const Origin& origin, const Secret& key)
{
    d->keys.insert(origin.toString(), key);
    QList<JobId> concerned;
    for (const auto& live : d->steps.live()) {
        if (live->job.origin == origin && !key.isEmpty())
            concerned.append(live->job.id);
    }
    for (const auto& id : concerned)
        d->ask(id, event::KeyChanged{});
    d->scheduleSoon();
}

Result<QList<Job>> JobQueue::restore()
{
    auto all = d->jobs.load();
    if (!all)
        return all;
    clearLeftovers(d->settings.clipsFolder, *all, d->clock().utc);
    for (Job& job : *all) {
        if (!isOver(job.phase))
            job = d->steps.takeUp(job, {d->settings.holdUnsentAtStart});
    }
    // Closed between the last row of a job and this.
    for (const JobId& id : d->jobs.accepted()) {
        const auto over = std::find_if(all->cbegin(), all->cend(), [&id](const Job& job) { return job.id == id; });
        if (!d->steps.find(id) && (over == all->cend() || !d->jobs.save(*over)))
            d->jobs.forgetAccepted(id);
    }
    d->scheduleSoon();
    return all;
}

JobId JobQueue::enqueue(const Job& job)
{
    const auto ids = enqueueAll({job});
    return ids ? ids->value(0, job.id) : JobId();
}

Result<QList<JobId>> JobQueue::enqueueAll(QList<Job> jobs)
{
    // Whatever has begun is not begun again: it would be paid for twice.
    jobs.removeIf([this](const Job& job) {
        const auto known = find(job.id);
        return known && !isCancelledUnsent(known->phase);
    });
    QList<JobId> ids;
    const auto now = d->clock().utc;
    for (Job& job : jobs) {
        d->renew(job, now);
        ids.append(job.id);
    }
    if (const auto error = d->steps.addNew(jobs))
        return *error;
    for (const Job& job : std::as_const(jobs))
        Q_EMIT changed(job);
    d->scheduleSoon();
    return ids;
}

Result<std::optional<LimitPassed>> JobQueue::limitPassedBy(const QList<Job>& jobs) const
{
    const SpendLimits& limits = d->settings.limits;
    const auto [price, count] = chargeOf(jobs);
    if (count == 0 || limits.areNone())
        return std::optional<LimitPassed>();
    const QDate today = d->clock().utc.toLocalTime().date();
    auto report = d->jobs.spendSince(QDate(today.year(), today.month(), 1));
    if (!report)
        return report.error();
    // What could not be written is not in the books, or as it was before: it counts twice rather than not at all.
    for (const auto& live : d->steps.live()) {
        if (live->unwritten && !live->job.origin.isSimulated())
            report->pending.append({{}, live->job.cost ? live->job.cost : live->job.estimate});
    }
    return limitPassed(limits, *report, price, today, count);
}

std::optional<Error> JobQueue::lackOfRoom(const QList<Job>& jobs) const
{
    return d->lackOfRoom(jobs);
}

void JobQueue::hold(const JobId& id)
{
    d->ask(id, event::HoldAsked{});
}

void JobQueue::release(const JobId& id)
{
    d->ask(id, event::ReleaseAsked{});
}

void JobQueue::saveElsewhere(const JobId& id, const QString& target)
{
    d->ask(id, event::Retargeted{target});
}

void JobQueue::cancel(const JobId& id)
{
    d->ask(id, event::CancelAsked{});
}

void JobQueue::watchAgain(const JobId& id)
{
    d->ask(id, event::WatchAsked{});
    if (LiveJob* live = d->steps.find(id))
        live->watchedSince = d->clock().utc;
}

bool JobQueue::remove(const JobId& id)
{
    const LiveJob* live = d->steps.find(id);
    if (live && live->job.state() >= State::Uploading && !isOver(live->job.phase))
        return false;
    if (live && live->unwritten && live->unwritten->clip) {
        Q_EMIT trouble(d->steps.storeGate().reason());
        return false;
    }
    if (!find(id))
        return false; // taken out before
    if (const auto error = d->jobs.remove(id)) {
        Q_EMIT trouble(*error);
        return false;
    }
    d->steps.drop(id);
    d->jobs.forgetAccepted(id);
    d->scheduleSoon();
    Q_EMIT removed(id);
    return true;
}

void JobQueue::putBack(const JobId& id)
{
    if (find(id))
        return; // it is there
    if (const auto error = d->jobs.putBack(id)) {
        Q_EMIT trouble(*error);
        return;
    }
    const auto job = d->jobs.find(id);
    if (!job)
        return;
    if (!isOver(job->phase))
        d->steps.add(*job);
    d->scheduleSoon();
    Q_EMIT changed(*job);
}

void JobQueue::runNext(const JobId& id)
{
    d->steps.moveToFront(id);
    d->scheduleSoon();
}

Result<Endpoint> JobQueue::endpoint(const Origin& origin) const
{
    return d->endpoint(origin);
}

Result<Job> JobQueue::find(const JobId& id) const
{
    if (const LiveJob* live = d->steps.find(id))
        return live->job;
    return d->jobs.find(id);
}

std::optional<JobQueue::Unkept> JobQueue::unkept(const JobId& id) const
{
    const LiveJob* live = d->steps.find(id);
    if (!live || !live->unwritten || (!isOver(live->job.phase) && !live->isIdLost))
        return std::nullopt;
    const auto& clip = live->unwritten->clip;
    return Unkept{d->steps.storeGate().reason(), clip ? clip->path : QString()};
}

bool JobQueue::hasWork() const
{
    return d->hasWork();
}

bool JobQueue::awaitsAnswer() const
{
    const auto& live = d->steps.live();
    return std::any_of(live.begin(), live.end(), [](const auto& job) {
        return job->job.state() == State::Submitting || awaitsLateAnswer(job->job.phase);
    });
}

void JobQueue::settle()
{
    d->settling = true;
    for (const auto& live : d->steps.live()) {
        if (live->job.state() == State::Uploading)
            live->runner->stop();
    }
}

} // namespace clipkiln
