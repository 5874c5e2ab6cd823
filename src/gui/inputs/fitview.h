// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/prepare/prepare.h"

#include <QPixmap>
#include <QWidget>

namespace clipkiln {

class Theme;

/// An image as the clip will have it: cropped by a frame that can be moved, with its bars, or as it is.
class FitView final : public QWidget
{
    Q_OBJECT

public:
    explicit FitView(Theme& theme, QWidget* parent = nullptr);

    void setImage(const QImage& image, const ImageFit& fit);
    [[nodiscard]] QImage image() const { return m_image; }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    /// Where the part that is left of the image lies in the widget.
    [[nodiscard]] QRectF frame() const;

Q_SIGNALS:
    /// The middle of the part that is left, 0 to 1, moved by mouse or keys.
    void centreMoved(const QPointF& centre);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] bool isCrop() const { return m_fit.how == ImageFit::How::Crop; }
    [[nodiscard]] QRect pictureRect() const;
    void moveFrame(const QPointF& way);

    Theme& m_theme;
    QImage m_image;
    ImageFit m_fit;
    QPixmap m_picture; ///< what is seen: the image, or the image with its bars
    QPointF m_grip;    ///< where the pointer was last
    bool m_isDragged = false;
};

} // namespace clipkiln
