// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/prepare/imagefit.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace clipkiln {

namespace {

/// The same height with the width of the ratio.
int widthAt(int height, QSize ratio)
{
    return std::max(1, qRound(double(height) * ratio.width() / ratio.height()));
}

int heightAt(int width, QSize ratio)
{
    return widthAt(width, ratio.transposed());
}

/// Where a part of this length begins so that its middle is at `centre` of the whole, moved inside.
int startOf(int part, int whole, double centre)
{
    return std::clamp(qRound(centre * whole - part / 2.0), 0, whole - part);
}

/// The picture over the whole of `size`, so blurred that only its colours are left.
QImage blurredBackground(const QImage& picture, QSize size)
{
    // Small pictures made large with smooth steps in between: no trace of their pixels is left.
    constexpr int coarse = 12;
    const QRect part = croppedPart(picture.size(), size, {0.5, 0.5});
    const auto step = [size](const QImage& image, int longest) {
        const QSize target = size.scaled(longest, longest, Qt::KeepAspectRatio).expandedTo({1, 1});
        return image.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    };
    QImage blurred = step(picture.copy(part), coarse);
    for (int longest = 2 * coarse; longest < std::max(size.width(), size.height()); longest *= 2)
        blurred = step(blurred, longest);
    return blurred.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QImage padded(const QImage& picture, const ImageFit& fit)
{
    const QSize size = paddedSize(picture.size(), fit.ratio);
    QImage canvas;
    if (fit.colour) {
        canvas = QImage(size, picture.format());
        canvas.fill(*fit.colour);
    } else {
        canvas = blurredBackground(picture, size).convertToFormat(picture.format());
    }
    QPainter painter(&canvas);
    painter.setCompositionMode(QPainter::CompositionMode_Source); // what is clear in the picture stays clear
    painter.drawImage((size.width() - picture.width()) / 2, (size.height() - picture.height()) / 2, picture);
    return canvas;
}

} // namespace

QSize ratioFromText(const QString& text)
{
    return {text.section(u':', 0, 0).toInt(), text.section(u':', 1, 1).toInt()};
}

bool hasRatio(QSize picture, QSize ratio)
{
    if (picture.isEmpty() || ratio.isEmpty())
        return true;
    constexpr double invisible = 0.005;
    const double is = double(picture.width()) / picture.height();
    const double wanted = double(ratio.width()) / ratio.height();
    return std::abs(is / wanted - 1) < invisible;
}

QRect croppedPart(QSize picture, QSize ratio, QPointF centre)
{
    const QSize size(std::min(picture.width(), widthAt(picture.height(), ratio)),
                     std::min(picture.height(), heightAt(picture.width(), ratio)));
    return {{startOf(size.width(), picture.width(), centre.x()), startOf(size.height(), picture.height(), centre.y())},
            size};
}

QSize paddedSize(QSize picture, QSize ratio)
{
    return {std::max(picture.width(), widthAt(picture.height(), ratio)),
            std::max(picture.height(), heightAt(picture.width(), ratio))};
}

QImage fitted(const QImage& picture, const ImageFit& fit)
{
    if (fit.how == ImageFit::How::Keep || hasRatio(picture.size(), fit.ratio))
        return picture;
    if (fit.how == ImageFit::How::Crop)
        return picture.copy(croppedPart(picture.size(), fit.ratio, fit.centre));
    return padded(picture, fit);
}

} // namespace clipkiln
