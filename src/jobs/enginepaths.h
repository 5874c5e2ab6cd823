// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clipkiln {

/// Where the engine keeps things.
struct EnginePaths
{
    QString databaseFile;
    QString inputsFolder;
};

} // namespace clipkiln
