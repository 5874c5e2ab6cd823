// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/scenery.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace clipkiln::simulator {

namespace {

constexpr double turn = 2 * std::numbers::pi;

double wrapped(double value)
{
    return value - std::floor(value);
}

/// Noise that hides the steps of 8-bit gradients.
int grain(unsigned& state)
{
    state = state * 1664525u + 1013904223u;
    return static_cast<int>(state >> 30) - 1; // -1..2
}

QColor withAlpha(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(std::clamp(alpha, 0.0, 1.0)));
    return color;
}

QImage transparentImage(QSize size)
{
    QImage image(size.expandedTo({2, 2}), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    return image;
}

} // namespace

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

QImage skyImage(const Palette& palette, QSize frame)
{
    QImage image(frame, QImage::Format_RGB32);
    unsigned state = 7;
    for (int y = 0; y < frame.height(); ++y) {
        const double share = std::min(1.0, y / (0.66 * frame.height()));
        const QColor color = share < 0.5 ? mixed(palette.zenith, palette.middle, share * 2)
                                         : mixed(palette.middle, palette.horizon, share * 2 - 1);
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < frame.width(); ++x) {
            const int noise = grain(state);
            line[x] = qRgb(std::clamp(color.red() + noise, 0, 255), std::clamp(color.green() + noise, 0, 255),
                           std::clamp(color.blue() + noise, 0, 255));
        }
    }
    return image;
}

QImage vignetteImage(QSize frame)
{
    QImage image = transparentImage(frame);
    QPainter painter(&image);
    QRadialGradient shade(0.5, 0.48, 0.75);
    shade.setCoordinateMode(QGradient::ObjectMode);
    shade.setColorAt(0.55, QColor(0, 0, 0, 0));
    shade.setColorAt(1, QColor(0, 0, 0, 110));
    painter.fillRect(image.rect(), shade);
    return image;
}

QImage glowImage(const QColor& color, int diameter, double coreShare)
{
    QImage image = transparentImage({diameter, diameter});
    QPainter painter(&image);
    QRadialGradient light(diameter / 2.0, diameter / 2.0, diameter / 2.0);
    light.setColorAt(0, color);
    light.setColorAt(coreShare, color);
    light.setColorAt(std::min(1.0, coreShare * 1.08 + 0.004), withAlpha(color, 0.42));
    light.setColorAt(std::min(1.0, coreShare + 0.25), withAlpha(color, 0.16));
    light.setColorAt(1, withAlpha(color, 0));
    painter.fillRect(image.rect(), light);
    return image;
}

Stars::Stars(Chance chance, int count, double lowest)
{
    for (int i = 0; i < count; ++i)
        m_stars.push_back({chance.between(0, 1), chance.between(0, lowest), std::pow(chance.between(0.3, 1), 3),
                           chance.between(0, turn)});
}

void Stars::paint(QPainter& painter, QSizeF frame, double seconds, double drift) const
{
    painter.setPen(Qt::NoPen);
    const double unit = frame.height() / 480;
    for (const Star& star : m_stars) {
        const double twinkle = 0.65 + 0.35 * std::sin(seconds * (1.5 + star.size * 2) + star.phase);
        painter.setBrush(QColor(255, 255, 255, static_cast<int>(235 * twinkle * (0.35 + 0.65 * star.size))));
        const double radius = (0.5 + 1.1 * star.size) * unit;
        painter.drawEllipse(
            QPointF(wrapped(star.x - drift * seconds * star.size) * frame.width(), star.y * frame.height()), radius,
            radius);
    }
}

Clouds::Clouds(Chance chance, QSize frame, const Palette& palette)
{
    const QColor color = palette.night ? mixed(palette.middle, palette.light, 0.25)
                                       : mixed(palette.horizon, QColor(255, 255, 255), 0.55);
    const int unit = std::max(frame.width(), frame.height()) / 4;
    for (int i = 0; i < 6; ++i) {
        const double size = chance.between(0.2, 0.42);
        QImage image = transparentImage({static_cast<int>(unit * size), static_cast<int>(unit * size * 0.3)});
        QPainter painter(&image);
        painter.setPen(Qt::NoPen);
        for (int puff = 0; puff < 16; ++puff) {
            const double radius = image.height() * chance.between(0.18, 0.46);
            const double along = chance.between(0, 1);
            const double rise = chance.between(0, 1) * image.height() * 0.45 * std::sin(along * std::numbers::pi);
            const QPointF center(radius + along * (image.width() - 2 * radius),
                                 std::max(radius, image.height() - radius - rise));
            QRadialGradient soft(center, radius);
            soft.setColorAt(0, withAlpha(color, palette.night ? 0.10 : 0.30));
            soft.setColorAt(1, withAlpha(color, 0));
            painter.setBrush(soft);
            painter.drawEllipse(center, radius, radius);
        }
        m_clouds.push_back({image, chance.between(0, 1.4), chance.between(0.06, 0.34), chance.between(0.006, 0.016)});
    }
}

void Clouds::paint(QPainter& painter, QSizeF frame, double seconds) const
{
    for (const Cloud& cloud : m_clouds) {
        const QSizeF size = QSizeF(cloud.image.size()) * 4;
        const double span = frame.width() + size.width();
        const double x = wrapped(cloud.x + seconds * cloud.speed) * span - size.width();
        painter.drawImage(QRectF({x, cloud.y * frame.height()}, size), cloud.image);
    }
}

Ridge::Ridge(Chance chance, double depth, const Palette& palette, bool snow, int trees)
    : m_depth(depth), m_base(0.58 + 0.30 * depth)
{
    const QColor land = snow ? mixed(palette.land, QColor(226, 236, 250), palette.night ? 0.35 : 0.7) : palette.land;
    m_top = mixed(palette.horizon, land, 0.22 + 0.78 * depth);
    m_bottom = mixed(m_top, depth > 0.9 ? land.darker(150) : palette.horizon, depth > 0.9 ? 0.6 : 0.35);
    const double height = 0.13 - 0.07 * depth;
    for (int i = 0; i < 5; ++i)
        m_waves.push_back({height / std::pow(1.75, i) * chance.between(0.6, 1),
                           (1.1 + depth) * std::pow(1.9, i) * chance.between(0.8, 1.2), chance.between(0, turn)});
    for (int i = 0; i < trees; ++i)
        m_trees.push_back({chance.between(-0.1, 2.1), (0.03 + 0.11 * depth) * chance.between(0.5, 1.1)});
    std::ranges::sort(m_trees, {}, &Tree::x);
}

double Ridge::groundAt(double x, double camera) const
{
    const double place = x + camera * (0.15 + m_depth);
    double ground = m_base;
    for (const Wave& wave : m_waves)
        ground -= wave.height * std::sin(place * wave.frequency * 2.6 + wave.phase);
    return ground;
}

void Ridge::paint(QPainter& painter, QSizeF frame, double camera) const
{
    QLinearGradient shade(0, (m_base - 0.15) * frame.height(), 0, (m_base + 0.22) * frame.height());
    shade.setColorAt(0, m_top);
    shade.setColorAt(1, m_bottom);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_top.darker(m_depth > 0.5 ? 125 : 108));
    for (const Tree& tree : m_trees) {
        const double x = tree.x - camera * (0.15 + m_depth);
        if (x < -0.1 || x > 1.1)
            continue;
        const QPointF foot(x * frame.width(), (groundAt(x, camera) + 0.01) * frame.height());
        const double height = tree.height * frame.height();
        QPainterPath shape;
        for (int tier = 0; tier < 3; ++tier) {
            const double top = height * (1 - 0.26 * tier);
            const double width = height * (0.13 + 0.07 * tier);
            shape.moveTo(foot + QPointF(0, -top));
            shape.lineTo(foot + QPointF(width, -top + height * 0.45));
            shape.lineTo(foot + QPointF(-width, -top + height * 0.45));
            shape.closeSubpath();
        }
        shape.setFillRule(Qt::WindingFill);
        painter.drawPath(shape);
    }
    QPolygonF land;
    constexpr int points = 120;
    for (int i = 0; i <= points; ++i) {
        const double x = static_cast<double>(i) / points;
        land << QPointF(x * frame.width(), groundAt(x, camera) * frame.height());
    }
    land << QPointF(frame.width(), frame.height()) << QPointF(0, frame.height());
    painter.setBrush(shade);
    painter.drawPolygon(land);
}

Water::Water(Chance chance, const Palette& palette, double horizon, double lightAt)
    : m_palette(palette), m_horizon(horizon)
{
    for (int i = 0; i < 260; ++i) {
        const double depth = std::pow(chance.between(0, 1), 1.6);
        const bool inTheLight = i % 2 == 0;
        const double spread = 0.04 + 0.16 * depth;
        const double x =
            inTheLight ? lightAt + spread * chance.between(-1, 1) * chance.between(0, 1) : chance.between(0, 1);
        m_glints.push_back(
            {x, depth, (inTheLight ? 0.012 : 0.02) + 0.06 * depth * chance.between(0.3, 1), chance.between(0, turn)});
    }
}

void Water::paint(QPainter& painter, QSizeF frame, double seconds) const
{
    const double top = m_horizon * frame.height();
    QLinearGradient surface(0, top, 0, frame.height());
    surface.setColorAt(0, mixed(m_palette.horizon, m_palette.middle, 0.35));
    surface.setColorAt(0.25, mixed(m_palette.middle, m_palette.zenith, 0.4));
    surface.setColorAt(1, mixed(m_palette.zenith, m_palette.land, 0.6));
    painter.fillRect(QRectF(0, top, frame.width(), frame.height() - top), surface);
    painter.setPen(Qt::NoPen);
    bool inTheLight = false;
    for (const Glint& glint : m_glints) {
        inTheLight = !inTheLight;
        const double flicker = std::sin(seconds * (1.1 + 0.9 * (1 - glint.depth)) + glint.phase);
        const double alpha = (inTheLight ? 0.75 : 0.13) * std::max(0.0, 0.25 + flicker);
        painter.setBrush(withAlpha(inTheLight ? m_palette.light : m_palette.horizon, alpha));
        const double sway = 0.006 * std::sin(seconds * 0.8 + glint.phase * 3) * (0.3 + glint.depth);
        const double y = top + (glint.depth * 0.98 + 0.006) * (frame.height() - top) +
                         0.004 * frame.height() * std::sin(seconds * 1.2 + glint.phase) * glint.depth;
        painter.drawEllipse(QPointF((glint.x + sway) * frame.width(), y), glint.width * frame.width() / 2,
                            (0.0012 + 0.0035 * glint.depth) * frame.height());
    }
}

Houses::Houses(Chance chance, double depth, const Palette& palette, QSize frame) : m_depth(depth)
{
    m_image = transparentImage({static_cast<int>(frame.width() * 1.4), frame.height()});
    QPainter painter(&m_image);
    const QColor wall = mixed(palette.horizon, palette.land, 0.3 + 0.7 * depth);
    const double unit = std::min(frame.width(), frame.height());
    const double cell = unit * (0.012 + 0.012 * depth);
    double x = -cell;
    while (x < m_image.width()) {
        const double columns = std::floor(chance.between(4, 9));
        const double width = (columns * 1.6 + 0.8) * cell;
        const double top =
            m_image.height() * (0.86 - 0.16 * depth) - unit * chance.between(0.08, 0.44) * (1.1 - 0.4 * depth);
        QLinearGradient shade(0, top, 0, m_image.height());
        shade.setColorAt(0, wall);
        shade.setColorAt(1, mixed(wall, depth > 0.8 ? palette.land : palette.horizon, 0.4));
        painter.fillRect(QRectF(x, top, width, m_image.height() - top), shade);
        if (chance.between(0, 1) < 0.3)
            painter.fillRect(QRectF(x + width * 0.47, top - unit * 0.05, cell * 0.25, unit * 0.05), wall);
        for (double y = top + cell; y < m_image.height() - cell; y += cell * 2.1) {
            for (double column = 0; column < columns; ++column) {
                if (chance.between(0, 1) > (palette.night ? 0.5 : 0.24))
                    continue;
                const QColor lit = mixed(QColor(255, 208, 128), QColor(190, 220, 255), chance.between(0, 0.8));
                painter.fillRect(QRectF(x + (0.8 + column * 1.6) * cell, y, cell * 0.85, cell * 1.15),
                                 withAlpha(lit, (0.2 + 0.6 * depth) * chance.between(0.5, 1)));
            }
        }
        x += width + cell * chance.between(-0.5, 1.2) * (1 - depth * 0.5);
    }
}

void Houses::paint(QPainter& painter, QSizeF frame, double camera) const
{
    const double shift = std::min(0.38, camera * (0.1 + 0.9 * m_depth)) * frame.width();
    // A hair larger than it is: this makes Qt place it between the pixels, so that slow movement is smooth.
    painter.drawImage(QRectF(-shift, 0, m_image.width() * 1.001, m_image.height() * 1.001), m_image);
}

Particles::Particles(Chance chance, Weather weather, int count)
    : m_weather(weather), m_glow(glowImage(QColor(255, 244, 200), 32, 0.08))
{
    for (int i = 0; weather != Weather::Clear && i < count; ++i)
        m_particles.push_back(
            {chance.between(0, 1), chance.between(0, 1), chance.between(0.2, 1), chance.between(0, turn)});
}

void Particles::paint(QPainter& painter, QSizeF frame, double seconds) const
{
    const double unit = std::min(frame.width(), frame.height()) / 480;
    painter.setPen(Qt::NoPen);
    for (const Particle& p : m_particles) {
        const double x = wrapped(p.x + 0.02 * std::sin(seconds * 0.9 + p.phase) + seconds * 0.012 * p.depth);
        switch (m_weather) {
        case Weather::Clear:
            break;
        case Weather::Fireflies: {
            const double y = 0.45 + 0.5 * p.y + 0.02 * std::sin(seconds * 0.7 + p.phase * 2);
            const double size = (6 + 12 * p.depth) * unit;
            painter.setOpacity(std::max(0.0, 0.15 + 0.6 * std::sin(seconds * 1.3 + p.phase)));
            painter.drawImage(QRectF(x * frame.width(), y * frame.height(), size, size), m_glow);
            break;
        }
        case Weather::Snow:
            painter.setBrush(QColor(255, 255, 255, static_cast<int>(90 + 140 * p.depth)));
            painter.drawEllipse(QPointF(x * frame.width(), wrapped(p.y + seconds * 0.13 * p.depth) * frame.height()),
                                (0.7 + 2 * p.depth) * unit, (0.7 + 2 * p.depth) * unit);
            break;
        case Weather::Rain: {
            painter.setPen(QPen(QColor(220, 230, 255, static_cast<int>(30 + 80 * p.depth)), unit));
            const QPointF top(wrapped(p.x + seconds * 0.1) * frame.width(),
                              wrapped(p.y + seconds * (0.9 + p.depth)) * frame.height());
            painter.drawLine(top, top + QPointF(2, 22) * unit * p.depth);
            break;
        }
        }
    }
    painter.setOpacity(1);
}

} // namespace clipkiln::simulator
