// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobrunner.h"

#include "core/files.h"
#include "jobs/landing.h"
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

JobRunner::JobRunner(const Means& means) : m_means(means)
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
        return startAfter(std::min(m_means.settings.firstPoll, m_means.settings.pollInterval), Effect::Poll);
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
    case Effect::Land:
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
    case Effect::Land:
        return tellSoon(land(m_job, m_info));
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
        return m_means.settings.pollInterval;
    }
    const milliseconds asked = waiting->retryAfter.value_or(std::chrono::seconds(0));
    return std::max({m_means.settings.pollInterval, nextBackoff(), asked});
}

milliseconds JobRunner::nextBackoff()
{
    return m_means.settings.backoff.after(++m_failures);
}

QString JobRunner::temporaryFile() const
{
    return temporaryFileOf(m_job, std::get<Downloading>(m_job.phase).target);
}

void JobRunner::upload()
{
    const auto endpoint = m_means.endpoint(m_job.origin);
    if (!endpoint)
        return tellSoon(event::SubmitEnded{{SubmitOutcome::NotSent{endpoint.error()}}, {}});
    SubmitCall* call = m_means.client.submit(*endpoint, m_job.request, m_job.id);
    m_call = call;
    connect(call, &SubmitCall::progressed, this, [this](qint64 sent, qint64 total) {
        tell(event::UploadMoved{sent, total});
    });
    connect(call, &SubmitCall::readyToCommit, this, [this] { tell(event::Uploaded{}); });
    connect(call, &Call::finished, this, [this, call] { tell(event::SubmitEnded{call->result(), {}}); });
}

void JobRunner::commit()
{
    if (auto* call = qobject_cast<SubmitCall*>(m_call))
        call->commit();
}

void JobRunner::poll()
{
    const auto endpoint = m_means.endpoint(m_job.origin);
    if (!endpoint && endpoint.error().kind == ErrorKind::KeyMissing)
        return tellSoon(event::NoKey{});
    const QString target = targetOf(m_job, m_means.settings.clipsFolder);
    const auto ended = [target](const PollOutcome& outcome) {
        return event::PollEnded{outcome, QDateTime::currentDateTimeUtc(), target};
    };
    if (!endpoint)
        return tellSoon(ended({PollOutcome::Trouble{endpoint.error()}}));
    PollCall* call = m_means.client.poll(*endpoint, requestIdOf(m_job.phase));
    m_call = call;
    connect(call, &Call::finished, this, [this, call, ended] { tell(ended(call->result())); });
}

void JobRunner::download()
{
    const auto& downloading = std::get<Downloading>(m_job.phase);
    const QString folder = QFileInfo(downloading.target).absolutePath();
    if (!QDir().mkpath(folder))
        return tellSoon(
            event::DownloadEnded{{DownloadOutcome::LocalTrouble{diskError(folder, u"The folder cannot be made"_s)}}});
    // Plain HTTP is for services on this machine only, and such a service lies on loopback itself.
    const bool allowPlainLoopback = m_job.origin.isSimulated() ||
                                    (m_job.origin.kind() == Origin::Kind::Other && isLoopback(m_job.origin.address()));
    DownloadCall* call = m_means.client.download(downloading.address, allowPlainLoopback, temporaryFile());
    m_call = call;
    connect(call, &DownloadCall::progressed, this, [this](qint64 received, qint64 total) {
        m_failures = 0;
        tell(event::DownloadMoved{received, total});
    });
    connect(call, &Call::finished, this, [this, call] { tell(event::DownloadEnded{call->result()}); });
}

void JobRunner::examine()
{
    inWorker([file = temporaryFile()] { return examineDownload(file); });
}

void JobRunner::recover()
{
    const auto clips = m_means.clips.load();
    if (!clips)
        return tellSoon(event::LandingFailed{clips.error()});
    QSet<QString> taken;
    for (const Clip& clip : *clips)
        taken.insert(clip.path);
    inWorker([job = m_job, taken] { return recoverLanding(job, taken); });
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
        tell(event);
    });
    const auto promise = std::make_shared<QPromise<Event>>();
    watcher->setFuture(promise->future());
    m_means.workers.start([promise, work = std::move(work)] {
        promise->start();
        promise->addResult(work());
        promise->finish();
    });
}

void JobRunner::tell(const Event& event)
{
    Q_EMIT happened(event);
}

void JobRunner::tellSoon(const Event& event)
{
    QMetaObject::invokeMethod(
        this,
        [this, event, round = m_round] {
            if (round == m_round)
                tell(event);
        },
        Qt::QueuedConnection);
}

} // namespace clipkiln
