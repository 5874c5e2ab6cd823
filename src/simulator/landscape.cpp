// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/landscape.h"

#include "simulator/scenery.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace clipkiln::simulator {

namespace {

constexpr double cameraSpeed = 0.022; ///< frame widths a second, for what is near
constexpr double seaHorizon = 0.62;

void paintBirds(QPainter& painter, QSizeF frame, double seconds, const QColor& color)
{
    const double unit = frame.height() / 480;
    QPen pen(color, 1.6 * unit);
    pen.setCapStyle(Qt::RoundCap);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    for (int i = 0; i < 5; ++i) {
        const double x = (0.12 + 0.05 * i + 0.035 * seconds) * frame.width();
        const double y = (0.27 + 0.022 * std::abs(i - 2) + 0.006 * std::sin(seconds + i)) * frame.height();
        const double flap = (2 + 4 * std::sin(seconds * 7 + i * 1.3)) * unit;
        QPainterPath bird(QPointF(x - 8 * unit, y - flap));
        bird.quadTo(QPointF(x - 3 * unit, y - flap * 0.4), QPointF(x, y));
        bird.quadTo(QPointF(x + 3 * unit, y - flap * 0.4), QPointF(x + 8 * unit, y - flap));
        painter.drawPath(bird);
    }
}

void paintBoat(QPainter& painter, QSizeF frame, double seconds, const Palette& palette)
{
    const double unit = std::min(frame.width(), frame.height()) / 480;
    painter.save();
    painter.translate((0.22 + 0.018 * seconds) * frame.width(),
                      (seaHorizon + 0.09) * frame.height() + std::sin(seconds * 1.4) * 2.5 * unit);
    painter.rotate(std::sin(seconds * 1.1) * 2.5);
    painter.scale(unit, unit);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(palette.light, palette.horizon, 0.3));
    painter.drawPolygon(QPolygonF{{{2, -78}, {2, -10}, {44, -10}}});
    painter.setBrush(mixed(palette.light, palette.middle, 0.45));
    painter.drawPolygon(QPolygonF{{{-3, -66}, {-3, -10}, {-28, -10}}});
    painter.setBrush(palette.land);
    QPainterPath hull(QPointF(-38, -5));
    hull.lineTo(48, -5);
    hull.quadTo(38, 12, 26, 12);
    hull.lineTo(-24, 12);
    hull.quadTo(-34, 10, -38, -5);
    painter.drawPath(hull);
    painter.restore();
}

void paintBalloon(QPainter& painter, QSizeF frame, double seconds)
{
    const double unit = std::min(frame.width(), frame.height()) / 480;
    painter.save();
    painter.translate((0.32 + 0.02 * seconds) * frame.width(),
                      (0.36 - 0.008 * seconds) * frame.height() + std::sin(seconds * 0.8) * 4 * unit);
    painter.scale(unit, unit);
    painter.setPen(Qt::NoPen);
    for (int stripe = 0; stripe < 5; ++stripe) {
        painter.setBrush(stripe % 2 == 0 ? QColor(214, 72, 58) : QColor(244, 214, 160));
        const double half = 52 - stripe * 11.5;
        painter.drawEllipse(QPointF(0, 0), half, 58);
    }
    painter.setPen(QPen(QColor(70, 50, 40), 1.4));
    painter.drawLine(QPointF(-16, 52), QPointF(-8, 82));
    painter.drawLine(QPointF(16, 52), QPointF(8, 82));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(96, 66, 44));
    painter.drawRoundedRect(QRectF(-10, 82, 20, 14), 3, 3);
    painter.restore();
}

void paintPlanet(QPainter& painter, QSizeF frame, double seconds, const Palette& palette)
{
    const double radius = std::min(frame.width(), frame.height()) * 0.24;
    painter.save();
    painter.translate((0.64 - 0.006 * seconds) * frame.width(), (0.46 + 0.002 * seconds) * frame.height());
    painter.rotate(-18);
    const auto ring = [&](bool before) {
        painter.save();
        painter.setClipRect(QRectF(-3 * radius, before ? 0 : -radius, 6 * radius, radius));
        painter.setBrush(Qt::NoBrush);
        for (int i = 0; i < 9; ++i) {
            QColor color = mixed(palette.light, palette.middle, 0.1 * i);
            color.setAlpha(i == 4 ? 40 : 150 - 8 * i);
            painter.setPen(QPen(color, radius * 0.045));
            painter.drawEllipse(QPointF(0, 0), radius * (1.35 + 0.055 * i), radius * (0.30 + 0.013 * i));
        }
        painter.restore();
    };
    ring(false);
    QRadialGradient body(QPointF(-radius * 0.45, -radius * 0.5), radius * 1.7);
    body.setColorAt(0, mixed(palette.light, palette.horizon, 0.35));
    body.setColorAt(0.5, mixed(palette.horizon, palette.middle, 0.5));
    body.setColorAt(1, palette.zenith.darker(150));
    painter.setPen(Qt::NoPen);
    painter.setBrush(body);
    painter.drawEllipse(QPointF(0, 0), radius, radius);
    ring(true);
    painter.restore();
}

/// The ball is as far along the ridge as its surface has turned.
void paintBall(QPainter& painter, QSizeF frame, double seconds, const QColor& color, const Ridge& ridge, double camera)
{
    const double radius = std::min(frame.width(), frame.height()) * 0.055;
    const double x = 0.08 + 0.1 * seconds;
    const QPointF center(x * frame.width(), ridge.groundAt(x, camera) * frame.height() - radius * 0.92);
    painter.save();
    painter.translate(center);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 70));
    painter.drawEllipse(QPointF(0, radius * 0.93), radius * 0.9, radius * 0.12);
    QRadialGradient body(QPointF(-radius * 0.4, -radius * 0.45), radius * 1.6);
    body.setColorAt(0, color.lighter(150));
    body.setColorAt(0.45, color);
    body.setColorAt(1, color.darker(230));
    painter.setBrush(body);
    painter.drawEllipse(QPointF(0, 0), radius, radius);
    painter.rotate(seconds * 0.1 * frame.width() / radius * 57.3);
    painter.setPen(QPen(QColor(255, 255, 255, 120), radius * 0.12));
    painter.drawArc(QRectF(-radius * 0.62, -radius * 0.62, radius * 1.24, radius * 1.24), 20 * 16, 120 * 16);
    painter.restore();
}

} // namespace

/// All parts of one landscape; which of them are painted depends on the place.
class LandscapeShot::Scene
{
public:
    Scene(const QString& prompt, QSize size)
        : choice(chooseScene(prompt))
        , frame(size)
        , sky(skyImage(choice.palette, size))
        , vignette(vignetteImage(size))
        , glow(glowImage(choice.palette.light, std::min(size.width(), size.height()) / 2,
                         choice.palette.night ? 0.14 : 0.18))
        , stars(chance(1), choice.place == Place::Space ? 320 : 130, choice.place == Place::Space ? 1 : 0.55)
        , clouds(chance(2), size, choice.palette)
        , lightAt(chance(3).between(0.3, 0.7))
        , water(chance(4), choice.palette, seaHorizon, lightAt)
        , particles(chance(5), choice.weather, choice.weather == Weather::Fireflies ? 26 : 150)
    {
        const bool snow = choice.weather == Weather::Snow;
        if (choice.place == Place::Hills) {
            for (int i = 0; i < 5; ++i)
                ridges.emplace_back(chance(10 + static_cast<size_t>(i)), i / 4.0, choice.palette, snow,
                                    i < 2 ? 0 : 12 * i);
        } else if (choice.place == Place::Sea) {
            ridges.emplace_back(chance(10), 0.08, choice.palette, snow, 0);
        } else if (choice.place == Place::City) {
            for (int i = 0; i < 3; ++i)
                houses.emplace_back(chance(20 + static_cast<size_t>(i)), i / 2.0, choice.palette, size);
        }
    }

    void paint(QPainter& painter, double seconds) const
    {
        const double camera = seconds * cameraSpeed;
        const Palette& palette = choice.palette;
        painter.drawImage(0, 0, sky);
        if (palette.night)
            stars.paint(painter, frame, seconds, choice.place == Place::Space ? 0.012 : 0.001);
        if (choice.place == Place::Space) {
            paintPlanet(painter, frame, seconds, palette);
        } else {
            paintLight(painter, seconds);
            clouds.paint(painter, frame, seconds);
            if (!palette.night)
                paintBirds(painter, frame, seconds, mixed(palette.land, palette.middle, 0.3));
        }
        if (choice.balloon)
            paintBalloon(painter, frame, seconds);
        for (const Houses& row : houses)
            row.paint(painter, frame, camera);
        for (const Ridge& ridge : ridges)
            ridge.paint(painter, frame, camera);
        if (choice.ball.isValid() && choice.place == Place::Hills)
            paintBall(painter, frame, seconds, choice.ball, ridges.back(), camera);
        if (choice.place == Place::Sea) {
            water.paint(painter, frame, seconds);
            paintBoat(painter, frame, seconds, palette);
        }
        particles.paint(painter, frame, seconds);
        painter.drawImage(0, 0, vignette);
    }

private:
    Chance chance(size_t part) const { return Chance(choice.seed + part * 7919); }

    void paintLight(QPainter& painter, double seconds) const
    {
        const double height = choice.place == Place::Sea ? seaHorizon - 0.16 : choice.palette.night ? 0.24 : 0.40;
        const double size = glow.width() * 2;
        const QPointF center(lightAt * frame.width(), (height - 0.006 * seconds) * frame.height());
        painter.drawImage(QRectF(center - QPointF(size / 2, size / 2), QSizeF(size, size)), glow);
    }

    const SceneChoice choice;
    const QSize frame;
    const QImage sky;
    const QImage vignette;
    const QImage glow; ///< at half its size
    const Stars stars;
    const Clouds clouds;
    const double lightAt;
    const Water water;
    const Particles particles;
    std::vector<Ridge> ridges; ///< from far to near
    std::vector<Houses> houses;
};

LandscapeShot::LandscapeShot(const QString& prompt, QSize frame) : m_scene(std::make_unique<Scene>(prompt, frame)) {}

LandscapeShot::~LandscapeShot() = default;

void LandscapeShot::paint(QPainter& painter, double seconds) const
{
    painter.save();
    m_scene->paint(painter, seconds);
    painter.restore();
}

} // namespace clipkiln::simulator
