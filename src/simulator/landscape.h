// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/shot.h"

#include <QSize>
#include <QString>

#include <memory>

namespace clipkiln::simulator {

/// A scene out of sky, land, water and light that its prompt chooses and colours.
class LandscapeShot final : public Shot
{
public:
    LandscapeShot(const QString& prompt, QSize frame);
    ~LandscapeShot() override;
    void paint(QPainter& painter, double seconds) const override;

private:
    class Scene;
    std::unique_ptr<Scene> m_scene;
};

} // namespace clipkiln::simulator
