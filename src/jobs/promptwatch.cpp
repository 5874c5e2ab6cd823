// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/promptwatch.h"

#include "jobs/jobqueue.h"
#include "store/promptstore.h"

#include <chrono>

using namespace std::chrono_literals;

namespace clipkiln {

namespace {

constexpr auto pause = 100ms;

} // namespace

PromptWatch::PromptWatch(const JobQueue& queue, PromptStore& prompts) : m_prompts(prompts)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PromptWatch::look);
    connect(&queue, &JobQueue::changed, this, [this](const Job& job) {
        if (m_known.contains(job.id))
            return;
        m_known.insert(job.id);
        if (!m_timer.isActive())
            m_timer.start(pause);
    });
}

void PromptWatch::start()
{
    look();
}

void PromptWatch::forget(const QString& prompt)
{
    if (const auto error = m_prompts.forget(prompt))
        Q_EMIT trouble(*error);
    look();
}

void PromptWatch::look()
{
    // The queue reads the same rows and reports what cannot be read.
    const auto prompts = m_prompts.load();
    if (!prompts || *prompts == m_reported)
        return;
    m_reported = *prompts;
    Q_EMIT changed(m_reported);
}

} // namespace clipkiln
