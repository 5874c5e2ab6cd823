// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>

#include <cstddef>

namespace clipkiln::simulator {

enum class Place { Hills, Sea, City, Space };
enum class Weather { Clear, Fireflies, Snow, Rain };

/// The colours of an hour of the day.
struct Palette
{
    QColor zenith;
    QColor middle;
    QColor horizon;
    QColor light; ///< of sun or moon
    QColor land;  ///< of what is near; what is far takes on the horizon's
    bool night = false;
};

/// The scene for a prompt: known words decide, otherwise its hash.
struct SceneChoice
{
    Place place{};
    Palette palette;
    Weather weather{};
    bool balloon = false;
    QColor ball{}; ///< invalid: none rolls by
    size_t seed = 0;
};

SceneChoice chooseScene(const QString& prompt);

} // namespace clipkiln::simulator
