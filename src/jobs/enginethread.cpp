// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/enginethread.h"

#include "jobs/engineworker.h"

#include <QTimer>

#include <chrono>

namespace clipkiln {

namespace {

/// How long an orderly end waits for answers to submits: without them the jobs would come back as Unconfirmed.
constexpr std::chrono::seconds patienceAtTheEnd{5};

} // namespace

EngineThread::EngineThread()
{
    m_thread.setObjectName(QStringLiteral("engine"));
    moveToThread(&m_thread);
    m_thread.start();
}

EngineThread::~EngineThread()
{
    run([this] { end(); });
    m_thread.wait();
}

void EngineThread::open(std::function<std::unique_ptr<EngineWorker>()> make)
{
    run([this, make = std::move(make)] { m_worker = make(); });
}

void EngineThread::end()
{
    const auto quit = [this] {
        m_worker.reset();
        m_thread.quit();
    };
    if (!m_worker)
        return quit();
    m_worker->queue().settle();
    const auto quitWhenAnswered = [this, quit] {
        if (m_worker && !m_worker->queue().awaitsAnswer())
            quit();
    };
    connect(&m_worker->queue(), &JobQueue::changed, this, quitWhenAnswered, Qt::QueuedConnection);
    QTimer::singleShot(patienceAtTheEnd, this, quit);
    quitWhenAnswered();
}

} // namespace clipkiln
