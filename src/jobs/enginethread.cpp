// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/enginethread.h"

#include "jobs/engineworker.h"

#include <QTimer>

namespace clipkiln {

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
    QTimer::singleShot(QueueSettings::answerPatience, this, quit);
    quitWhenAnswered();
}

} // namespace clipkiln
