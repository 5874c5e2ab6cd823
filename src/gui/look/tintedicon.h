// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

#include <functional>

namespace clipkiln {

/// The colour of an icon in a mode, asked for at every painting so that icons follow the theme.
using IconTint = std::function<QColor(QIcon::Mode mode, QIcon::State state)>;

/// A line icon of the program's resources, drawn at any size in the colour the tint says.
[[nodiscard]] QIcon tintedIcon(const QString& name, IconTint tint);

/// One crisp pixmap of a line icon. size in logical pixels.
[[nodiscard]] QPixmap tintedPixmap(const QString& name, QSize size, const QColor& color, qreal devicePixelRatio);

} // namespace clipkiln
