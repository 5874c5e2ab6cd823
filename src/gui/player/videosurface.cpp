// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/videosurface.h"

#include "gui/look/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QVideoFrame>

namespace clipkiln {

VideoSurface::VideoSurface(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void VideoSurface::setFrame(const QVideoFrame& frame)
{
    // Converted once a frame and on the window's thread, not at every repaint (src/README.md, Qt fact 11).
    const QImage picture = frame.toImage();
    if (picture.isNull())
        return;
    m_picture = picture;
    m_picture.setDevicePixelRatio(1);
    update();
}

void VideoSurface::setPicture(const QPixmap& picture)
{
    m_picture = picture.toImage();
    m_picture.setDevicePixelRatio(1);
    update();
}

void VideoSurface::clear()
{
    m_picture = {};
    update();
}

void VideoSurface::setFramed(bool framed)
{
    m_framed = framed;
    update();
}

QRectF VideoSurface::pictureRect() const
{
    const int margin = m_framed ? Theme::gap4 : 0;
    const QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    const QSizeF size = QSizeF(m_picture.size()).scaled(room.size(), Qt::KeepAspectRatio);
    QRectF place(QPointF(), size);
    place.moveCenter(room.center());
    return place;
}

void VideoSurface::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor stage = m_theme.onStage(Token::Stage);
    painter.fillRect(rect(), stage);
    const QRectF place = pictureRect();
    if (m_picture.isNull() || !place.isValid())
        return;
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(place, m_picture);
    if (m_framed) {
        // The corners are painted over: a rounded clip would not be smooth.
        QPainterPath corners;
        corners.addRect(place.adjusted(-1, -1, 1, 1));
        corners.addRoundedRect(place, Theme::thumbnailRadius, Theme::thumbnailRadius);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillPath(corners, stage);
    }
}

} // namespace clipkiln
