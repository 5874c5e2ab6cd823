// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobrunner.h"

#include "core/files.h"
#include "jobs/clipfinalizer.h"
#include "jobs/uploads.h"
#include "store/clipstore.h"

#include <QDir>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

using std::chrono::milliseconds;

namespace {

const Input* videoOf(const GenerationRequest& request)
{
    if (const auto* edit = std::get_if<EditClip>(&request.inputs))
        return &edit->video;
    const auto* extend = std::get_if<ExtendClip>(&request.inputs);
    return extend ? &extend->video : nullptr;
}

/// The source video when it is a kept file.
const LocalFile* localVideoOf(const GenerationRequest& request)
{
    const Input* video = videoOf(request);
    const auto* local = video ? std::get_if<LocalFile>(video) : nullptr;
    return local && !local->hash.isEmpty() ? local : nullptr;
}

GenerationRequest withVideo(GenerationRequest request, const UploadedFile& video)
{
    *mutableInputsOf(request).first() = video; // these modes have no other input
    return request;
}

/// What a failed upload means for the submit that was to follow: it did not begin. Trouble of the network is waited
/// out; what else keeps failing is for a person to see.
SubmitOutcome withoutVideo(const UploadOutcome& outcome)
{
    if (const auto* limited = std::get_if<UploadOutcome::RateLimited>(&outcome.value))
        return {SubmitOutcome::RateLimited{limited->error}};
    if (const auto* refused = std::get_if<UploadOutcome::Refused>(&outcome.value))
        return {SubmitOutcome::Refused{refused->error, {}}};
    const Error& error = std::get<UploadOutcome::Lost>(outcome.value).error;
    if (error.kind == ErrorKind::ServerFault || error.kind == ErrorKind::BadAnswer)
        return {SubmitOutcome::Refused{error, {}}};
    return {SubmitOutcome::NotSent{error}};
}

/// Whether the service named the address that the result was to be put at (CONTRACT.md 7), be it signed or not.
bool isAtOwnAddress(const GenerationRequest& request, const QUrl& address)
{
    return request.uploadUrl && address.matches(*request.uploadUrl, QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace

JobRunner::JobRunner(const Context& context) : m_context(context)
{
    m_timer.setSingleShot(true);
}

JobRunner::~JobRunner()
{
    delete m_call;
}

void JobRunner::perform(Effect effect, const Job& job)
{
    m_job = job;
    switch (effect) {
    case Effect::None:
        return;
    case Effect::Commit:
        return commit();
    case Effect::StopCalls:
        return stop();
    case Effect::FirstPoll:
        return startAfter(std::min(m_context.settings.firstPoll, m_context.settings.pollInterval), Effect::Poll);
    case Effect::PollLater:
        return startAfter(pollDelay(), Effect::Poll);
    case Effect::DownloadLater:
        return startAfter(nextBackoff(), Effect::Download);
    case Effect::RecoverLater:
        return startAfter(nextBackoff(), Effect::Recover);
    case Effect::Upload:
    case Effect::Poll:
    case Effect::Download:
    case Effect::Examine:
    case Effect::Describe:
    case Effect::Finalize:
    case Effect::Recover:
        return start(effect);
    }
}

void JobRunner::stop()
{
    ++m_round;
    m_timer.stop();
    // Not deleted at once: this may be called from one of their signals.
    for (QObject* underWay : {static_cast<QObject*>(m_call), m_work.data()}) {
        if (underWay) {
            underWay->disconnect(this);
            underWay->deleteLater();
        }
    }
    m_call = nullptr;
    m_work = nullptr;
}

void JobRunner::start(Effect effect)
{
    stop();
    switch (effect) {
    case Effect::Upload:
        return upload();
    case Effect::Poll:
        return poll();
    case Effect::Download:
        return download();
    case Effect::Examine:
        return examine();
    case Effect::Describe:
        return describe();
    case Effect::Finalize:
        return reportSoon(finalizeClip(m_job, m_info, m_context.settings.describeClips, m_context.clock().utc));
    default:
        return recover();
    }
}

void JobRunner::startAfter(milliseconds delay, Effect effect)
{
    stop();
    m_timer.disconnect(this);
    connect(&m_timer, &QTimer::timeout, this, [this, effect] { start(effect); });
    m_timer.start(delay);
}

milliseconds JobRunner::pollDelay()
{
    const auto waiting = errorOf(m_job.phase);
    if (!waiting) {
        m_failures = 0;
        return m_context.settings.pollInterval;
    }
    const milliseconds asked = waiting->retryAfter.value_or(std::chrono::seconds(0));
    return asked + nextBackoff();
}

/// In the mean not sooner than one that has not failed.
milliseconds JobRunner::nextBackoff()
{
    const milliseconds least = 2 * m_context.settings.pollInterval;
    const Backoff& backoff = m_context.settings.backoff;
    return Backoff{std::max(backoff.first, least), std::max(backoff.most, least)}.spread(++m_failures);
}

QString JobRunner::temporaryFile() const
{
    return temporaryFileOf(m_job, std::get<Downloading>(m_job.phase).target);
}

void JobRunner::upload()
{
    m_fileId.clear();
    m_uploaded = 0;
    const LocalFile* video = m_context.settings.uploadVideos ? localVideoOf(m_job.request) : nullptr;
    if (!video)
        return submit(m_job.request);
    const auto endpoint = m_context.endpoint(m_job.origin);
    if (!endpoint)
        return reportSoon(event::SubmitEnded{{SubmitOutcome::NotSent{endpoint.error()}}, {}});
    Upload* upload = m_context.uploads.bring(*video, m_job.origin, *endpoint, this);
    m_work = upload;
    connect(upload, &Upload::progressed, this, [this](qint64 sent, qint64 total) {
        m_uploaded = total;
        report(event::UploadMoved{sent, total});
    });
    connect(upload, &Upload::finished, this, [this, upload](const UploadOutcome& outcome) {
        upload->deleteLater();
        uploaded(outcome);
    });
}

/// The video lies with the service, or does not.
void JobRunner::uploaded(const UploadOutcome& outcome)
{
    if (const auto* stored = std::get_if<UploadOutcome::Stored>(&outcome.value)) {
        m_fileId = stored->file.id;
        return submit(withVideo(m_job.request, UploadedFile{m_fileId}));
    }
    report(event::SubmitEnded{withoutVideo(outcome), {}});
}

void JobRunner::submit(const GenerationRequest& request)
{
    const auto endpoint = m_context.endpoint(m_job.origin);
    if (!endpoint)
        return reportSoon(event::SubmitEnded{{SubmitOutcome::NotSent{endpoint.error()}}, {}});
    SubmitCall* call = m_context.client.submit(*endpoint, request, m_job.id);
    m_call = call;
    connect(call, &SubmitCall::progressed, this, [this](qint64 sent, qint64 total) {
        report(event::UploadMoved{m_uploaded + sent, m_uploaded + total});
    });
    connect(call, &SubmitCall::readyToCommit, this, [this] { report(event::Uploaded{}); });
    connect(call, &Call::finished, this, [this, call] { report(endOf(call->result())); });
}

/// An upload that the service has forgotten is made again once, no more: it may have another reason to say so.
event::SubmitEnded JobRunner::endOf(const SubmitOutcome& outcome)
{
    event::SubmitEnded ended{outcome, {}};
    const auto* refused = std::get_if<SubmitOutcome::Refused>(&outcome.value);
    if (refused && refused->unknownFile && !m_fileId.isEmpty()) {
        m_context.uploads.forget(m_job.origin, m_fileId);
        ended.uploadAgain = !std::exchange(m_hasUploadedAgain, true);
    }
    return ended;
}

void JobRunner::commit()
{
    if (auto* call = qobject_cast<SubmitCall*>(m_call))
        call->commit();
}

void JobRunner::poll()
{
    const auto endpoint = m_context.endpoint(m_job.origin);
    if (!endpoint && endpoint.error().kind == ErrorKind::KeyMissing)
        return pollWhenKeyed();
    const QString target = targetOf(m_job, m_context.settings.clipsFolder);
    const auto ended = [this, target](const PollOutcome& outcome) {
        return event::PollEnded{outcome, m_context.clock().utc, target};
    };
    if (!endpoint)
        return reportSoon(ended({PollOutcome::Trouble{endpoint.error()}}));
    PollCall* call = m_context.client.poll(*endpoint, requestIdOf(m_job.phase));
    m_call = call;
    connect(call, &Call::finished, this, [this, call, ended, key = endpoint->key] {
        // The key may have been replaced while it was being refused.
        if (std::holds_alternative<PollOutcome::KeyRefused>(call->result().value) && hasOtherKey(key))
            return start(Effect::Poll);
        const auto* failed = std::get_if<PollOutcome::Failed>(&call->result().value);
        const LocalFile* video = localVideoOf(m_job.request);
        if (failed && failed->unknownFile && video) // for the next job that needs it
            m_context.uploads.forgetContent(m_job.origin, video->hash);
        report(ended(call->result()));
    });
}

/// The event waits for the event loop, and a key may come first: what the job waits for is decided when it is emitted.
void JobRunner::pollWhenKeyed()
{
    soon([this] {
        if (hasOtherKey({}))
            poll();
        else
            report(event::NoKey{});
    });
}

bool JobRunner::hasOtherKey(const Secret& key) const
{
    const auto endpoint = m_context.endpoint(m_job.origin);
    return endpoint && !(endpoint->key == key);
}

void JobRunner::download()
{
    const auto& downloading = std::get<Downloading>(m_job.phase);
    const QString folder = QFileInfo(downloading.target).absolutePath();
    if (!QDir().mkpath(folder))
        return reportSoon(
            event::DownloadEnded{{DownloadOutcome::LocalTrouble{diskError(folder, u"The folder cannot be made"_s)}}});
    // A service elsewhere has no business with this machine's network.
    const bool allowLocal = m_job.origin.isSimulated() || isLocal(m_job.origin.address());
    DownloadCall* call = m_context.client.download(downloading.address, allowLocal, temporaryFile());
    m_call = call;
    connect(call, &DownloadCall::progressed, this, [this](qint64 received, qint64 total) {
        m_failures = 0;
        report(event::DownloadMoved{received, total});
    });
    connect(call, &Call::finished, this, [this, call, isOwn = isAtOwnAddress(m_job.request, downloading.address)] {
        report(event::DownloadEnded{call->result(), isOwn});
    });
}

void JobRunner::examine()
{
    inWorker([file = temporaryFile(), now = m_context.clock().utc] { return examineDownload(file, now); });
}

void JobRunner::describe()
{
    inWorker([job = m_job, info = m_info, withDetails = m_context.settings.describeClips] {
        return describeDownload(job, info, withDetails);
    });
}

void JobRunner::recover()
{
    const auto clips = m_context.clips.load();
    if (!clips)
        return reportSoon(event::FinalizingFailed{clips.error()});
    QSet<QString> clipFiles;
    for (const Clip& clip : *clips)
        clipFiles.insert(clip.path);
    inWorker([job = m_job, clipFiles, withDetails = m_context.settings.describeClips, now = m_context.clock().utc] {
        return recoverClip(job, clipFiles, withDetails, now);
    });
}

void JobRunner::inWorker(std::function<Event()> work)
{
    auto* watcher = new QFutureWatcher<Event>(this);
    m_work = watcher;
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (!watcher->future().isResultReadyAt(0)) // the pool was cleared
            return;
        const Event event = watcher->result();
        if (const auto* examined = std::get_if<event::Examined>(&event))
            m_info = examined->info;
        report(event);
    });
    const auto promise = std::make_shared<QPromise<Event>>();
    watcher->setFuture(promise->future());
    m_context.workers.start([promise, work = std::move(work)] {
        promise->start();
        promise->addResult(work());
        promise->finish();
    });
}

void JobRunner::report(const Event& event)
{
    Q_EMIT happened(event);
}

void JobRunner::reportSoon(const Event& event)
{
    soon([this, event] { report(event); });
}

void JobRunner::soon(std::function<void()> work)
{
    QMetaObject::invokeMethod(
        this,
        [this, work = std::move(work), round = m_round] {
            if (round == m_round)
                work();
        },
        Qt::QueuedConnection);
}

} // namespace clipkiln
