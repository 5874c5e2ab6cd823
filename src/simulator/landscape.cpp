// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/landscape.h"

#include <QPainter>

namespace clipkiln::simulator {

class LandscapeShot::Scene
{
public:
    QSize frame;
    size_t seed;
};

LandscapeShot::LandscapeShot(const QString& prompt, QSize frame, double /*seconds*/)
    : m_scene(std::make_unique<Scene>(Scene{frame, qHash(prompt, 1)}))
{
}

LandscapeShot::~LandscapeShot() = default;

void LandscapeShot::paint(QPainter& painter, double seconds) const
{
    QLinearGradient sky(0, 0, 0, m_scene->frame.height());
    sky.setColorAt(0, QColor::fromHsv(static_cast<int>(m_scene->seed % 360), 120, 120));
    sky.setColorAt(1, QColor::fromHsv(static_cast<int>(m_scene->seed % 360), 90, 240));
    painter.fillRect(QRect({}, m_scene->frame), sky);
    painter.setBrush(Qt::white);
    painter.drawEllipse(QPointF(100 + seconds * 20, 100), 40, 40);
}

} // namespace clipkiln::simulator
