// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace clipkiln::bench {

/// How long the event loop of its thread goes without answering, by a timer that wants to tick every millisecond.
class StallMeter
{
public:
    StallMeter();

    void start();
    /// {"stall": the longest wait between two ticks, "work": the most processor time the thread itself spent between
    /// two ticks}, in milliseconds. On a busy machine the first also holds what other programs took.
    [[nodiscard]] QJsonObject stop();

private:
    using Clock = std::chrono::steady_clock;

    void tick();

    QTimer m_timer;
    Clock::time_point m_last;
    std::optional<std::chrono::nanoseconds> m_lastWork;
    std::chrono::nanoseconds m_longest{0};
    std::chrono::nanoseconds m_mostWork{0};
};

} // namespace clipkiln::bench
