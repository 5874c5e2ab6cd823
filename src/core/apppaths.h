// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clipkiln {

/// The folders on this machine that the window shows and writes to.
struct AppPaths
{
    QString dataFolder;
    QString defaultClipsFolder; ///< when the settings name no other
    QString pasteFolder;        ///< for pasted pictures until their job has its own copy
};

} // namespace clipkiln
