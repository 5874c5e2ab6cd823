// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clipkiln {

/// The format in which dragged and copied clips come back to this program: the URL of each clip's own file on a line.
/// Other programs get copies (ClipModel::setSharing).
[[nodiscard]] inline QString clipFilesFormat()
{
    return QStringLiteral("application/x-clipkiln-clips");
}

} // namespace clipkiln
