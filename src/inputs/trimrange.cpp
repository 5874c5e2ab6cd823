// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/trimrange.h"

#include <algorithm>
#include <cmath>

namespace clipkiln {

namespace {

constexpr double usualRate = 24;
constexpr double rounding = 0.001; // of a frame: 8.7 s at 30 frames are 261, whatever the digits of 8.7 * 30

} // namespace

TrimRange::TrimRange(double wholeSeconds, double framesPerSecond, double shortestSeconds, double longestSeconds)
    : m_rate(framesPerSecond > 0 ? framesPerSecond : usualRate)
    , m_frames(std::max(1, static_cast<int>(std::lround(wholeSeconds * m_rate))))
    , m_shortest(std::clamp(static_cast<int>(std::ceil(shortestSeconds * m_rate - rounding)), 1, m_frames))
    , m_longest(longestSeconds > 0 ? static_cast<int>(std::floor(longestSeconds * m_rate + rounding)) : m_frames)
{
    m_longest = std::clamp(m_longest, m_shortest, m_frames);
    m_out = m_longest;
}

int TrimRange::framesPerSecond() const
{
    return std::max(1, static_cast<int>(std::lround(m_rate)));
}

void TrimRange::setPart(const VideoPart& part)
{
    setIn(static_cast<int>(std::lround(part.from * m_rate)));
    setOut(static_cast<int>(std::lround(part.to * m_rate)));
}

void TrimRange::setIn(int frame)
{
    m_in = std::clamp(frame, 0, m_out - m_shortest);
    m_out = std::min(m_out, m_in + m_longest);
}

void TrimRange::setOut(int frame)
{
    m_out = std::clamp(frame, m_in + m_shortest, m_frames);
    m_in = std::max(m_in, m_out - m_longest);
}

void TrimRange::moveTo(int frame)
{
    const int length = m_out - m_in;
    m_in = std::clamp(frame, 0, m_frames - length);
    m_out = m_in + length;
}

} // namespace clipkiln
