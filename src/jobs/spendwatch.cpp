// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/spendwatch.h"

#include "jobs/jobqueue.h"

#include <utility>

namespace clipkiln {

SpendWatch::SpendWatch(const JobQueue& queue, std::function<Result<SpendReport>()> readReport,
                       std::chrono::milliseconds pause)
    : m_readReport(std::move(readReport)), m_pause(pause)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SpendWatch::read);
    connect(&queue, &JobQueue::changed, this, [this](const Job& job) {
        if (job.origin.isSimulated())
            return;
        std::optional<Entry>& known = m_entries[job.id];
        if (known != entryOf(job)) { // progress alone changes no books
            known = entryOf(job);
            readSoon();
        }
    });
    connect(&queue, &JobQueue::removed, this, [this](const JobId& id) {
        m_entries.remove(id);
        readSoon();
    });
}

SpendWatch::Entry SpendWatch::entryOf(const Job& job)
{
    return {job.cost, job.estimate, mayBeCharged(job), job.finishedAt.isValid() ? job.finishedAt : job.acceptedAt};
}

void SpendWatch::readSoon()
{
    if (!m_timer.isActive())
        m_timer.start(m_pause);
}

void SpendWatch::start()
{
    // The queue reads the same rows and reports what cannot be read.
    m_reported = m_readReport().value_or(SpendReport{});
    Q_EMIT changed(m_reported);
}

void SpendWatch::read()
{
    const auto report = m_readReport();
    if (!report || *report == m_reported)
        return;
    m_reported = *report;
    Q_EMIT changed(m_reported);
}

} // namespace clipkiln
