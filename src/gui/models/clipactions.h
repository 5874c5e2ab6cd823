// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace clipkiln {

/// What a person can do with a clip of the library.
enum class ClipAction { Play, SaveAs, ShowInFolder, CopyFile, Extend, Edit, RunAgain, EditAndRun, Bin };

/// In the order of the menu.
[[nodiscard]] QList<ClipAction> clipActions();
[[nodiscard]] QString actionText(ClipAction action);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::ClipAction)
