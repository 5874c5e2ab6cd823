// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/videoshots.h"

#include "simulator/videowriter.h"

#include <QPainter>

#include <array>
#include <cmath>
#include <random>

namespace clipkiln::simulator {

namespace {

struct Grade
{
    QRgb shadows; ///< screened over the picture
    QRgb lights;  ///< multiplied with it
};

constexpr std::array<Grade, 4> grades{{
    {qRgb(6, 18, 44), qRgb(196, 222, 255)},  // a cold morning
    {qRgb(46, 16, 6), qRgb(255, 224, 186)},  // a late afternoon
    {qRgb(8, 36, 34), qRgb(214, 255, 236)},  // under water
    {qRgb(36, 10, 46), qRgb(242, 210, 255)}, // after sunset
}};

} // namespace

EditShot::EditShot(const QString& path, QSize frame, size_t seed) : m_frame(frame)
{
    m_reader.open(path);
    const Grade& grade = grades[seed % grades.size()];
    m_shadows = QColor::fromRgb(grade.shadows);
    m_lights = QColor::fromRgb(grade.lights);
    std::mt19937 random(static_cast<unsigned>(seed));
    std::uniform_real_distribution<double> share(0, 1);
    for (int i = 0; i < 140; ++i)
        m_flakes.push_back({share(random), share(random), 0.25 + 0.75 * share(random)});
}

void EditShot::paint(QPainter& painter, double seconds) const
{
    if (const QImage next = m_reader.nextFrame(m_frame); !next.isNull())
        m_last = next;
    painter.drawImage(0, 0, m_last);
    painter.setCompositionMode(QPainter::CompositionMode_Multiply);
    painter.fillRect(QRect({}, m_frame), m_lights);
    painter.setCompositionMode(QPainter::CompositionMode_Screen);
    painter.fillRect(QRect({}, m_frame), m_shadows);
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.setPen(Qt::NoPen);
    const double unit = std::min(m_frame.width(), m_frame.height()) / 480.0;
    for (const Flake& flake : m_flakes) {
        const double fallen = flake.y + seconds * 0.16 * flake.depth;
        const double swayed = flake.x + 0.02 * std::sin(seconds * 1.3 + flake.y * 20) + seconds * 0.02 * flake.depth;
        painter.setBrush(QColor(255, 255, 255, static_cast<int>(90 + 130 * flake.depth)));
        const double radius = (0.8 + 2.2 * flake.depth * flake.depth) * unit;
        painter.drawEllipse(
            QPointF((swayed - std::floor(swayed)) * m_frame.width(), (fallen - std::floor(fallen)) * m_frame.height()),
            radius, radius);
    }
}

ExtensionShot::ExtensionShot(const QString& path, QSize frame, int sourceFrames, double newSeconds, size_t seed)
    : m_frame(frame), m_sourceFrames(sourceFrames), m_newSeconds(newSeconds), m_seed(seed)
{
    m_reader.open(path);
}

void ExtensionShot::paint(QPainter& painter, double seconds) const
{
    const double sourceSeconds = static_cast<double>(m_sourceFrames) / framesPerSecond;
    if (seconds < sourceSeconds - 0.5 / framesPerSecond) {
        if (const QImage next = m_reader.nextFrame(m_frame); !next.isNull())
            m_last = next;
        painter.drawImage(0, 0, m_last);
        return;
    }
    if (!m_continuation)
        m_continuation = std::make_unique<PanShot>(m_last, m_frame, m_newSeconds, m_seed);
    const double into = seconds - sourceSeconds;
    m_continuation->paint(painter, into);
    // The light changes slowly, so that the new part looks different from the old.
    painter.fillRect(QRect({}, m_frame), QColor(255, 190, 120, static_cast<int>(46 * easedBetween(into, 0, 2.5))));
}

} // namespace clipkiln::simulator
