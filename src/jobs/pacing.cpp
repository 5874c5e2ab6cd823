// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/pacing.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>

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

milliseconds Backoff::spread(int failures, double chance) const
{
    constexpr double least = 0.05;
    return std::chrono::duration_cast<milliseconds>(after(failures, 0) * (least + (1.0 - least) * chance));
}

milliseconds Backoff::spread(int failures) const
{
    // Multiples of the golden ratio, the whole part dropped, fill the space between 0 and 1 evenly however many there
    // are. It begins at random: several computers may sit behind one outage.
    thread_local double chance = QRandomGenerator::global()->generateDouble();
    constexpr double step = 0.6180339887498949;
    chance = std::fmod(chance + step, 1.0);
    return spread(failures, chance);
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
