// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/scenechoice.h"

#include <QImage>
#include <QSizeF>

#include <random>
#include <vector>

class QPainter;

namespace clipkiln::simulator {

// The parts of a landscape. Each is made once for a frame size and painted for a time in seconds; lengths inside are
// shares of the frame, so that all sizes look alike.

/// Numbers that are random but the same for the same seed on every machine.
class Chance
{
public:
    explicit Chance(size_t seed) : m_engine(static_cast<unsigned>(seed)) {}
    double between(double low, double high)
    {
        return low + (high - low) * static_cast<double>(m_engine()) / 4294967296.0;
    }

private:
    std::mt19937 m_engine;
};

QColor mixed(const QColor& a, const QColor& b, double share);

/// The colours behind everything, grained a little so that no bands show.
QImage skyImage(const Palette& palette, QSize frame);
/// Darker corners, to be laid over the frame.
QImage vignetteImage(QSize frame);
/// A disc of light that fades out.
QImage glowImage(const QColor& color, int diameter, double coreShare);

class Stars
{
public:
    Stars(Chance chance, int count, double lowest);
    void paint(QPainter& painter, QSizeF frame, double seconds, double drift) const;

private:
    struct Star
    {
        double x, y, size, phase;
    };
    std::vector<Star> m_stars;
};

class Clouds
{
public:
    Clouds(Chance chance, QSize frame, const Palette& palette);
    void paint(QPainter& painter, QSizeF frame, double seconds) const;

private:
    struct Cloud
    {
        QImage image; ///< at a quarter of its size: soft anyway, and cheap
        double x, y, speed;
    };
    std::vector<Cloud> m_clouds;
};

/// A line of hills that passes by, near or far, with trees on it or not.
class Ridge
{
public:
    /// depth: 0 at the horizon, 1 right before the camera.
    Ridge(Chance chance, double depth, const Palette& palette, bool snow, int trees);
    void paint(QPainter& painter, QSizeF frame, double camera) const;
    /// How far below the upper edge the ground is, at a place of the frame.
    double groundAt(double x, double camera) const;

private:
    struct Wave
    {
        double height, frequency, phase;
    };
    struct Tree
    {
        double x, height;
    };
    double m_depth;
    double m_base;
    QColor m_top;
    QColor m_bottom;
    std::vector<Wave> m_waves;
    std::vector<Tree> m_trees;
};

/// Open water up to the horizon, with the light on it.
class Water
{
public:
    Water(Chance chance, const Palette& palette, double horizon, double lightAt);
    void paint(QPainter& painter, QSizeF frame, double seconds) const;

private:
    struct Glint
    {
        double x, depth, width, phase;
    };
    Palette m_palette;
    double m_horizon;
    std::vector<Glint> m_glints;
};

/// A row of houses with lit windows.
class Houses
{
public:
    Houses(Chance chance, double depth, const Palette& palette, QSize frame);
    void paint(QPainter& painter, QSizeF frame, double camera) const;

private:
    double m_depth;
    QImage m_image; ///< wider than the frame by what the camera moves
};

class Particles
{
public:
    Particles(Chance chance, Weather weather, int count);
    void paint(QPainter& painter, QSizeF frame, double seconds) const;

private:
    struct Particle
    {
        double x, y, depth, phase;
    };
    Weather m_weather;
    QImage m_glow;
    std::vector<Particle> m_particles;
};

} // namespace clipkiln::simulator
