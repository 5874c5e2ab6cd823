// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/write/mp4writer.h"

#include <limits>

namespace clipkiln {

/// A span of a video in seconds from its first frame: what begins at `from` or later and before `to`.
struct Span
{
    double from = 0;
    double to = std::numeric_limits<double>::infinity();

    [[nodiscard]] bool contains(double seconds) const
    {
        return seconds >= from - ffmpeg::toleranceSeconds && seconds < to - ffmpeg::toleranceSeconds;
    }
};

/// One stream of a source on its way into an MP4, a piece at a time.
class Track
{
public:
    Track() = default;
    virtual ~Track() = default;
    Q_DISABLE_COPY_MOVE(Track)

    /// Adds its stream.
    [[nodiscard]] virtual std::optional<Error> addTo(Mp4Writer& writer) = 0;
    /// Reads on and writes what comes of it.
    [[nodiscard]] virtual std::optional<Error> step(Mp4Writer& writer) = 0;

    [[nodiscard]] bool isDone() const { return m_isDone; }
    /// How far it has come, from the beginning of the result.
    [[nodiscard]] double seconds() const { return m_seconds; }

protected:
    bool m_isDone = false;
    double m_seconds = 0;
};

} // namespace clipkiln
