// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/spendwatch.h"

#include "jobs/jobqueue.h"
#include "store/jobstore.h"

#include <chrono>

using namespace std::chrono_literals;

namespace clipkiln {

namespace {

constexpr auto pause = 100ms;

} // namespace

SpendWatch::SpendWatch(const JobQueue& queue, const JobStore& jobs) : m_jobs(jobs)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SpendWatch::look);
    const auto lookSoon = [this] {
        if (!m_timer.isActive())
            m_timer.start(pause);
    };
    connect(&queue, &JobQueue::changed, this, [lookSoon](const Job& job) {
        if (!job.origin.isSimulated())
            lookSoon();
    });
    connect(&queue, &JobQueue::removed, this, lookSoon);
}

void SpendWatch::start()
{
    // What cannot be read is told by the queue, which reads the same rows.
    m_told = m_jobs.spendSince({}).value_or(SpendReport{});
    Q_EMIT changed(m_told);
}

void SpendWatch::look()
{
    const auto report = m_jobs.spendSince({});
    if (!report || *report == m_told)
        return;
    m_told = *report;
    Q_EMIT changed(m_told);
}

} // namespace clipkiln
