// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clipkiln {

/// Shows a file, selected, in the system's file manager; where that cannot be done, opens its folder.
void revealInFolder(const QString& path);

} // namespace clipkiln
