// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "core/clock.h"
#include "jobs/lifecycle.h"
#include "jobs/queuesettings.h"

#include <QPointer>
#include <QTimer>

#include <functional>

class QThreadPool;

namespace clipkiln {

class ClipStore;
class Uploads;
struct UploadOutcome;

/// Does for one job what lifecycle.h asks for, and reports what came of it as events. Writes no rows and decides
/// nothing.
/// Events come from the event loop, never from within perform(). Destroying it drops what is under way.
class JobRunner final : public QObject
{
    Q_OBJECT

public:
    /// What all runners of a queue share; outlives them.
    struct Context
    {
        Client& client;
        ClipStore& clips;
        Uploads& uploads;
        QThreadPool& workers; ///< for looking at files
        const QueueSettings& settings;
        const Clock& clock;
        std::function<Result<Endpoint>(const Origin&)> endpoint; ///< KeyMissing, or Offline without a simulator
    };

    explicit JobRunner(const Context& context);
    ~JobRunner() override;

    /// What was under way before is dropped, a submit that waits for its commit aside.
    void perform(Effect effect, const Job& job);
    void stop();

Q_SIGNALS:
    void happened(const clipkiln::Event& event);

private:
    void upload();
    void uploaded(const UploadOutcome& outcome);
    void submit(const GenerationRequest& request);
    [[nodiscard]] event::SubmitEnded endOf(const SubmitOutcome& outcome);
    void commit();
    void poll();
    void pollWhenKeyed();
    /// There is a key for the job's service, and it is not this one.
    [[nodiscard]] bool hasOtherKey(const Secret& key) const;
    void download();
    void examine();
    void describe();
    void recover();
    /// Begins something in place of what was under way.
    void start(Effect effect);
    void startAfter(std::chrono::milliseconds delay, Effect effect);
    [[nodiscard]] std::chrono::milliseconds pollDelay();
    [[nodiscard]] std::chrono::milliseconds nextBackoff();
    [[nodiscard]] QString temporaryFile() const;
    void inWorker(std::function<Event()> work);
    void report(const Event& event);
    void reportSoon(const Event& event);
    /// From the event loop, unless something else was started or stopped by then.
    void soon(std::function<void()> work);

    const Context& m_context;
    Job m_job; ///< as it stood when something was asked for last
    QPointer<Call> m_call;
    QPointer<QObject> m_work; ///< in a worker thread, or a share in an upload
    QTimer m_timer;
    QString m_fileId;      ///< under which this submit names its video; empty: it is inside
    qint64 m_uploaded = 0; ///< bytes that went up before this submit
    bool m_hasUploadedAgain = false;
    VideoInfo m_info;   ///< of the downloaded file
    int m_failures = 0; ///< of polls and downloads, in a row
    int m_round = 0;    ///< counts what was started or stopped, so that no event of an earlier round is reported
};

} // namespace clipkiln
