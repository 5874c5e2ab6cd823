// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/pictureshots.h"
#include "simulator/shot.h"
#include "simulator/videoreader.h"

#include <QColor>
#include <QImage>

#include <memory>
#include <optional>
#include <vector>

namespace clipkiln::simulator {

/// A video in other colours, with snow falling before it. To be painted once, frame by frame.
class EditShot final : public Shot
{
public:
    EditShot(const QString& path, QSize frame, size_t seed);
    void paint(QPainter& painter, double seconds) const override;

private:
    struct Flake
    {
        double x, y, depth;
    };
    const QSize m_frame;
    mutable VideoReader m_reader;
    mutable QImage m_last; ///< shown again should the video end early
    QColor m_shadows;
    QColor m_lights;
    std::vector<Flake> m_flakes;
};

/// A video, and then its last frame coming alive. To be painted once, frame by frame.
class ExtensionShot final : public Shot
{
public:
    ExtensionShot(const QString& path, QSize frame, int sourceFrames, double newSeconds, size_t seed);
    void paint(QPainter& painter, double seconds) const override;

private:
    const QSize m_frame;
    const int m_sourceFrames;
    const double m_newSeconds;
    const size_t m_seed;
    mutable VideoReader m_reader;
    mutable QImage m_last;
    mutable std::unique_ptr<PanShot> m_continuation;
};

} // namespace clipkiln::simulator
