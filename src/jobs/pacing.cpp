// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/pacing.h"

#include <QRandomGenerator>

#include <algorithm>

namespace clipkiln {

using std::chrono::milliseconds;

milliseconds Backoff::after(int failures, double chance) const
{
    milliseconds delay = std::min(first, most);
    for (int doubled = 1; doubled < failures && delay < most; ++doubled)
        delay = std::min(delay * 2, most);
    constexpr double shortened = 0.2;
    return std::chrono::duration_cast<milliseconds>(delay * (1.0 - shortened * chance));
}

milliseconds Backoff::after(int failures) const
{
    return after(failures, QRandomGenerator::global()->generateDouble());
}

void Gate::close(const Error& error, const Backoff& backoff, const Moment& now)
{
    const bool oneOfMany = isClosed(now);
    if (!oneOfMany)
        ++m_failures;
    if (error.retryAfter) {
        const milliseconds asked = *error.retryAfter;
        if (oneOfMany && asked <= remaining(now))
            return;
        wait(asked, now);
    } else if (oneOfMany) {
        return;
    } else {
        wait(backoff.after(m_failures), now);
    }
    m_reason = error;
}

void Gate::closeUntil(const Error& error, const QDateTime& until, const Moment& now)
{
    const milliseconds left(now.utc.msecsTo(until));
    if (left <= remaining(now))
        return;
    // No service asks for more than an hour; a time further away comes from a clock that was wrong.
    wait(std::min<milliseconds>(left, std::chrono::hours(1)), now);
    m_reason = error;
}

void Gate::open()
{
    m_opensAt.reset();
    m_failures = 0;
}

milliseconds Gate::remaining(const Moment& now) const
{
    return m_opensAt ? std::max(*m_opensAt - now.steady, milliseconds(0)) : milliseconds(0);
}

void Gate::wait(milliseconds time, const Moment& now)
{
    m_opensAt = now.steady + time;
    m_until = now.utc.addMSecs(time.count());
}

} // namespace clipkiln
