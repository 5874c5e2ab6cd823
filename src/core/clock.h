// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>
#include <functional>

namespace clipkiln {

/// One moment, read off two clocks.
struct Moment
{
    QDateTime utc;                      ///< for rows and for showing; jumps when a person sets the computer's clock
    std::chrono::milliseconds steady{}; ///< since any fixed point, never turned back: for waiting
};

/// Where a room's time comes from. It is handed down, so that a test can move it instead of waiting.
using Clock = std::function<Moment()>;

[[nodiscard]] inline Moment systemTime()
{
    using namespace std::chrono;
    return {QDateTime::currentDateTimeUtc(), duration_cast<milliseconds>(steady_clock::now().time_since_epoch())};
}

} // namespace clipkiln
