// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobsteps.h"

#include "core/text.h"
#include "jobs/clipfinalizer.h"
#include "store/clipstore.h"
#include "store/jobstore.h"

#include <QFile>

#include <algorithm>
#include <chrono>
#include <utility>

namespace clipkiln {

namespace {

/// Trouble of this machine that came up while a clip was fetched or got its name.
std::optional<Error> diskTroubleIn(const Event& event)
{
    if (const auto* ended = std::get_if<event::DownloadEnded>(&event)) {
        if (const auto* trouble = std::get_if<DownloadOutcome::LocalTrouble>(&ended->outcome.value))
            return trouble->error;
    } else if (const auto* failed = std::get_if<event::FinalizingFailed>(&event)) {
        if (failed->error.kind != ErrorKind::NotAClip)
            return failed->error;
    }
    return std::nullopt;
}

/// A request id that is nowhere but here, for a person to write down.
Error withLostId(Error error, const RequestId& id)
{
    error.detail = Text::tr("The service has accepted a job as %1, and this could not be written down: %2")
                       .arg(id.toString(), error.detail);
    return error;
}

/// Why a submit was turned away without harm.
const Error* turnedAway(const SubmitOutcome& outcome)
{
    if (const auto* notSent = std::get_if<SubmitOutcome::NotSent>(&outcome.value))
        return &notSent->error;
    if (const auto* limited = std::get_if<SubmitOutcome::RateLimited>(&outcome.value))
        return &limited->error;
    return nullptr;
}

} // namespace

JobSteps::JobSteps(JobStore& jobs, ClipStore& clips, const JobRunner::Context& context)
    : m_jobs(jobs), m_clips(clips), m_context(context)
{
}

JobSteps::~JobSteps() = default;

LiveJob* JobSteps::find(const JobId& id) const
{
    const auto found = std::find_if(m_live.begin(), m_live.end(), [&](const auto& live) { return live->job.id == id; });
    return found == m_live.end() ? nullptr : found->get();
}

LiveJob& JobSteps::add(const Job& job)
{
    LiveJob& live = *m_live.emplace_back(std::make_unique<LiveJob>(job, m_context));
    connect(live.runner.get(), &JobRunner::happened, this,
            [this, id = job.id](const Event& event) { happened(id, event); });
    connect(&live.followTimer, &QTimer::timeout, this, [this, id = job.id] {
        if (LiveJob* followed = find(id)) {
            followed->limitPassed = true;
            letGoIfDue(*followed);
        }
    });
    startFollowing(live);
    return live;
}

std::optional<Error> JobSteps::addNew(const QList<Job>& jobs)
{
    if (auto error = m_jobs.save(jobs))
        return error;
    for (const Job& job : jobs) {
        drop(job.id);
        written(add(job), job, Effect::None, std::nullopt);
    }
    return std::nullopt;
}

Job JobSteps::takeUp(Job job, const event::Restored& restored)
{
    const Step step = clipkiln::advance(job.phase, restored);
    job.phase = step.phase;
    stamp(job, m_context.clock().utc);
    write(add(job), job, step.effect, std::nullopt);
    if (const auto* queued = std::get_if<Queued>(&job.phase); queued && queued->waiting)
        m_gates[job.origin.toString()].closeUntil(*queued->waiting, queued->until, m_context.clock());
    return job;
}

void JobSteps::drop(const JobId& id)
{
    const auto found = std::find_if(m_live.begin(), m_live.end(), [&](const auto& live) { return live->job.id == id; });
    if (found == m_live.end())
        return;
    // Not deleted at once: this may be called from one of its signals.
    (*found)->runner->stop();
    (*found)->runner.release()->deleteLater();
    m_live.erase(found);
}

void JobSteps::dropFinished()
{
    QList<JobId> finished;
    for (const auto& live : m_live) {
        if (isOver(live->job.phase) && !live->unwritten)
            finished.append(live->job.id);
    }
    for (const auto& id : finished)
        drop(id);
}

void JobSteps::moveToFront(const JobId& id)
{
    const auto found = std::find_if(m_live.begin(), m_live.end(), [&](const auto& live) { return live->job.id == id; });
    if (found != m_live.end())
        std::rotate(m_live.begin(), found, std::next(found));
}

/// Something a runner reports.
void JobSteps::happened(const JobId& id, Event event)
{
    LiveJob* live = find(id);
    if (!live)
        return;
    if (auto* ended = std::get_if<event::SubmitEnded>(&event))
        noteOutcome(live->job, *ended);
    if (std::holds_alternative<event::DownloadMoved>(event))
        live->diskTroubleReported = false;
    const auto diskTrouble = diskTroubleIn(event);
    const bool isNews = diskTrouble && !std::exchange(live->diskTroubleReported, true);

    apply(*live, event);
    if (LiveJob* still = find(id); still && std::holds_alternative<event::PollEnded>(event))
        checkOverdue(*still);
    if (isNews)
        Q_EMIT trouble(*diskTrouble);
}

/// A submit that was turned away makes all jobs of its origin wait; any other answer lets them go again.
void JobSteps::noteOutcome(const Job& job, event::SubmitEnded& ended)
{
    Gate& gate = m_gates[job.origin.toString()];
    if (const Error* error = turnedAway(ended.outcome)) {
        if (error->kind == ErrorKind::KeyMissing)
            return; // the scheduler knows which keys there are
        gate.close(*error, m_context.settings.backoff, m_context.clock());
        ended.retryAt = gate.until();
    } else if (!std::holds_alternative<SubmitOutcome::Lost>(ended.outcome.value)) {
        gate.open();
    }
}

void JobSteps::checkOverdue(LiveJob& live)
{
    const auto* generating = std::get_if<Generating>(&live.job.phase);
    if (!generating || generating->overdue)
        return;
    QDateTime since = live.job.acceptedAt;
    if (live.watchedSince.isValid() && live.watchedSince > since)
        since = live.watchedSince;
    if (since.addMSecs(m_context.settings.softTimeLimit.count()) <= m_context.clock().utc)
        apply(live, event::Overdue{});
}

void JobSteps::apply(LiveJob& live, const Event& event)
{
    const Step step = clipkiln::advance(live.job.phase, event);
    Job next = live.job;
    next.phase = step.phase;
    if (step.cost)
        next.cost = step.cost;
    stamp(next, m_context.clock().utc);
    if (next == live.job && step.effect == Effect::None)
        return;
    if (!step.save)
        return follow(live, next, step.effect, std::nullopt);
    if (requestIdOf(live.job.phase).isEmpty() && !requestIdOf(next.phase).isEmpty())
        live.isIdLost = m_jobs.noteAccepted(next, targetOf(next, m_context.settings.clipsFolder)).has_value();
    const auto* finalized = std::get_if<event::Finalized>(&event);
    write(live, next, step.effect, finalized ? std::optional(finalized->clip) : std::nullopt);
}

void JobSteps::write(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip)
{
    // A database that is locked keeps every try waiting.
    const auto error = m_storeGate.isClosed(m_context.clock()) ? m_storeGate.reason()
                       : clip                                  ? m_clips.save(*clip, next)
                                                               : m_jobs.save(next);
    if (error)
        notWritten(live, next, effect, clip, *error);
    else
        written(live, next, effect, clip);
}

void JobSteps::written(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip)
{
    m_storeGate.open();
    m_troubleReported = false;
    live.unwritten.reset();
    live.isIdLost = false;
    if (isOver(next.phase))
        m_jobs.forgetAccepted(next.id);
    follow(live, next, effect, clip);
}

void JobSteps::notWritten(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip,
                          const Error& error)
{
    m_storeGate.close(error, m_context.settings.backoff, m_context.clock());
    const bool sending = effect == Effect::Upload || effect == Effect::Commit;
    if (sending) {
        stayUnsent(live, error);
    } else {
        const bool isNews = live.isIdLost && requestIdOf(live.job.phase).isEmpty();
        live.unwritten = LiveJob::Unwritten{clip};
        follow(live, next, effect, std::nullopt); // clipAdded() is emitted when its row is there
        if (isNews) {
            m_troubleReported = true;
            Q_EMIT trouble(withLostId(error, requestIdOf(next.phase)));
            return;
        }
    }
    if (!std::exchange(m_troubleReported, true))
        Q_EMIT trouble(error);
}

/// Signals are emitted last: their receivers may ask for something else at once.
void JobSteps::follow(LiveJob& live, const Job& next, Effect effect, const std::optional<Clip>& clip)
{
    const Job before = std::exchange(live.job, next);
    if (!before.acceptedAt.isValid() && next.acceptedAt.isValid())
        startFollowing(live);
    live.runner->perform(effect, next);
    // What came so far goes with the download: stopped, come to nothing, or begun anew elsewhere.
    const auto* left = std::get_if<Downloading>(&before.phase);
    const auto* kept = std::get_if<Downloading>(&next.phase);
    if (left && next.state() != State::Done && (!kept || kept->target != left->target))
        QFile::remove(temporaryFileOf(before, left->target));
    letGoIfDue(live);

    if (clip)
        Q_EMIT clipAdded(*clip);
    if (next != before)
        Q_EMIT changed(next);
}

/// The row could not be written before the request, or its last byte, went out. On disk the job is Queued or Uploading,
/// and both mean unsent.
void JobSteps::stayUnsent(LiveJob& live, const Error& error)
{
    Job next = live.job;
    next.phase = Queued{error, m_storeGate.until()};
    follow(live, next, Effect::StopCalls, std::nullopt);
}

void JobSteps::writeAgain()
{
    QList<JobId> unwritten;
    for (const auto& live : m_live) {
        if (live->unwritten)
            unwritten.append(live->job.id);
    }
    for (const auto& id : unwritten) {
        if (m_storeGate.isClosed(m_context.clock()))
            return;
        LiveJob* live = find(id);
        if (!live || !live->unwritten)
            continue;
        const auto clip = live->unwritten->clip;
        write(*live, Job(live->job), Effect::None, clip);
    }
}

void JobSteps::startFollowing(LiveJob& live)
{
    const auto limit = m_context.settings.followLimit;
    if (limit > std::chrono::milliseconds(0))
        live.followTimer.start(limit);
}

/// Never while the answer to a submit is to come: that wait has an end of its own, and the answer is not to be missed.
void JobSteps::letGoIfDue(LiveJob& live)
{
    const Phase& phase = live.job.phase;
    if (!live.limitPassed || live.letGo || isOver(phase) || awaitsLateAnswer(phase) ||
        stateOf(phase) == State::Submitting)
        return;
    live.letGo = true;
    live.runner->stop();
    Q_EMIT letGo(live.job);
}

} // namespace clipkiln
