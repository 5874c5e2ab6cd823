// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pictures/scenery.h"

namespace clipkiln::pictures {

/// A scene arranges the window and says what to take the picture of.
struct Scene
{
    const char* name;
    std::function<QWidget*(Scenery&)> arrange;
};

/// Every window and state there is to look at.
[[nodiscard]] const QList<Scene>& scenes();

} // namespace clipkiln::pictures
