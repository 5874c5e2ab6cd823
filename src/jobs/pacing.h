// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/error.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace clipkiln {

/// How long to wait after failures in a row.
struct Backoff
{
    std::chrono::milliseconds first{2'000};
    std::chrono::milliseconds most{60'000};

    /// After the n-th failure (from 1): `first` doubled each time, at most `most`, shortened by up to a fifth so that
    /// many waits do not end together. `chance` is between 0 and 1.
    [[nodiscard]] std::chrono::milliseconds after(int failures, double chance) const;
    [[nodiscard]] std::chrono::milliseconds after(int failures) const; ///< with a random chance

    /// For what fails together and is tried again each on its own: anywhere in the wait, hardly ever at once, so that
    /// an outage does not end in a crowd.
    [[nodiscard]] std::chrono::milliseconds spread(int failures, double chance) const;
    /// Chances that follow each other lie evenly over the wait, unlike random ones.
    [[nodiscard]] std::chrono::milliseconds spread(int failures) const;
};

/// Keeps all jobs of one origin waiting after one of them was turned away, longer each time in a row.
/// A plain value without a clock of its own. It waits by Moment::steady: a changed system time neither cuts nor
/// stretches a wait.
class Gate
{
public:
    /// Closes the gate for the error's retryAfter or the next backoff. While it is closed (others that left before it
    /// closed come back too) the wait grows only when the service asks for more.
    void close(const Error& error, const Backoff& backoff, const Moment& now);
    /// Closes it as a gate of the last run was.
    void closeUntil(const Error& error, const QDateTime& until, const Moment& now);
    /// The service took a job: the next wait starts small again.
    void open();

    [[nodiscard]] bool isClosed(const Moment& now) const { return remaining(now).count() > 0; }
    [[nodiscard]] std::chrono::milliseconds remaining(const Moment& now) const; ///< 0 when it is open
    [[nodiscard]] const Error& reason() const { return m_reason; }              ///< why it closed last
    [[nodiscard]] QDateTime until() const { return m_until; }                   ///< UTC, for showing

private:
    void wait(std::chrono::milliseconds time, const Moment& now);

    std::optional<std::chrono::milliseconds> m_opensAt; ///< by Moment::steady
    QDateTime m_until;
    Error m_reason;
    int m_failures = 0;
};

} // namespace clipkiln
