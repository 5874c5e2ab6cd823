// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/prepare/prepare.h"

#include <QImage>
#include <QRect>

/// The geometry of ImageFit, for preparing and for a preview alike.
namespace clipkiln {

/// From "16:9"; empty when it is no ratio.
[[nodiscard]] QSize ratioFromText(const QString& text);

/// Whether a picture has the ratio, but for a few pixels that nobody sees.
[[nodiscard]] bool hasRatio(QSize picture, QSize ratio);

/// The part of a picture of this size that a crop leaves.
[[nodiscard]] QRect croppedPart(QSize picture, QSize ratio, QPointF centre);

/// The size of a picture with its bars.
[[nodiscard]] QSize paddedSize(QSize picture, QSize ratio);

/// The picture as `fit` wants it; itself when there is nothing to do.
[[nodiscard]] QImage fitted(const QImage& picture, const ImageFit& fit);

} // namespace clipkiln
