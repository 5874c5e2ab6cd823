// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/shot.h"

#include <QImage>
#include <QList>

#include <memory>
#include <vector>

namespace clipkiln::simulator {

/// From 0 before `from` to 1 after `to`, gently at both ends.
double easedBetween(double value, double from, double to);

/// A picture under a slow pan and zoom. Begins with the whole picture, exactly as it is.
class PanShot final : public Shot
{
public:
    /// The picture is stretched to the frame where its ratio is another one, as the service does.
    PanShot(const QImage& picture, QSize frame, double seconds, size_t seed);
    void paint(QPainter& painter, double seconds) const override;

private:
    const QImage m_picture;
    const QSizeF m_frame;
    const double m_seconds;
    const double m_direction;
};

/// Pictures as cards that float before another shot.
class CollageShot final : public Shot
{
public:
    CollageShot(const QList<QImage>& pictures, QSize frame, std::unique_ptr<Shot> background);
    void paint(QPainter& painter, double seconds) const override;

private:
    const QSizeF m_frame;
    const std::unique_ptr<Shot> m_background;
    double m_columns = 1; ///< of the grid that the cards float around
    double m_rows = 1;
    QList<QImage> m_cards;
};

/// Shots one after the other, cross-faded.
class SequenceShot final : public Shot
{
public:
    explicit SequenceShot(std::unique_ptr<Shot> first) { m_parts.push_back({0, 0, std::move(first)}); }
    /// The shot fades in from `from` and is alone from `until` on.
    void add(double from, double until, std::unique_ptr<Shot> shot);
    void paint(QPainter& painter, double seconds) const override;

private:
    struct Part
    {
        double from;
        double until;
        std::unique_ptr<Shot> shot;
    };
    std::vector<Part> m_parts;
};

/// A picture that stands still.
class StillShot final : public Shot
{
public:
    StillShot(const QImage& picture, QSize frame);
    void paint(QPainter& painter, double seconds) const override;

private:
    const QImage m_picture;
};

} // namespace clipkiln::simulator
