// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QVideoFrame;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// Paints one picture, whole and undistorted, on the colour of the stage: a frame of a video or a still one.
class VideoSurface final : public QWidget
{
    Q_OBJECT

public:
    explicit VideoSurface(Theme& theme, QWidget* parent = nullptr);

    void setFrame(const QVideoFrame& frame);
    void setPicture(const QPixmap& picture);
    void clear();
    /// Round corners and a margin around; not in full screen.
    void setFramed(bool framed);

    [[nodiscard]] bool isEmpty() const { return m_picture.isNull(); }
    /// Where the picture is painted.
    [[nodiscard]] QRectF pictureRect() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& m_theme;
    QImage m_picture; ///< a copy of our own: what the backend keeps after the end differs between versions of Qt
    bool m_framed = true;
};

} // namespace clipkiln
