// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QPainter;

namespace clipkiln::simulator {

/// Something that moves and fills the frame. The painter has antialiasing and smooth scaling on.
class Shot
{
public:
    Shot() = default;
    virtual ~Shot() = default;
    Shot(const Shot&) = delete;
    Shot& operator=(const Shot&) = delete;
    virtual void paint(QPainter& painter, double seconds) const = 0;
};

} // namespace clipkiln::simulator
