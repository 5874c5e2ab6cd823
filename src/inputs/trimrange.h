// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/prepare/prepare.h"

namespace clipkiln {

/// A part of a video between two frames, never longer than allowed and never outside of the video.
class TrimRange
{
public:
    TrimRange() = default;
    /// The longest allowed part from the beginning. Lengths in seconds; longest 0: no limit.
    TrimRange(double wholeSeconds, double framesPerSecond, double shortestSeconds, double longestSeconds);

    [[nodiscard]] int frames() const { return m_frames; } ///< of the whole video
    [[nodiscard]] int in() const { return m_in; }         ///< the first frame of the part
    [[nodiscard]] int out() const { return m_out; }       ///< the first frame behind it
    [[nodiscard]] int framesPerSecond() const;            ///< rounded: a step of a second
    [[nodiscard]] double secondsAt(int frame) const { return frame / m_rate; }
    [[nodiscard]] double seconds() const { return secondsAt(m_out - m_in); }
    [[nodiscard]] VideoPart part() const { return {secondsAt(m_in), secondsAt(m_out)}; }

    /// As near to the part as can be.
    void setPart(const VideoPart& part);
    /// Moves one end; the other is drawn along where the part would become too long, and is never passed.
    void setIn(int frame);
    void setOut(int frame);
    /// Moves the whole part to begin at the frame, as far as there is room.
    void moveTo(int frame);

    friend bool operator==(const TrimRange&, const TrimRange&) = default;

private:
    double m_rate = 24;
    int m_frames = 1;
    int m_shortest = 1;
    int m_longest = 1;
    int m_in = 0;
    int m_out = 1;
};

} // namespace clipkiln
