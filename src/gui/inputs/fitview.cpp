// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/fitview.h"

#include "gui/look/theme.h"
#include "media/prepare/imagefit.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>
#include <utility>

namespace clipkiln {

namespace {

constexpr int mostHeight = 172;

} // namespace

FitView::FitView(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FitView::setImage(const QImage& image, const ImageFit& fit)
{
    const bool isPad = fit.how == ImageFit::How::Pad;
    const bool looksTheSame = image.cacheKey() == m_image.cacheKey() && !isPad && m_fit.how != ImageFit::How::Pad;
    m_image = image;
    m_fit = fit;
    if (!looksTheSame)
        m_picture = QPixmap::fromImage(isPad ? fitted(image, fit) : image);
    setFocusPolicy(isCrop() ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(isCrop() ? Qt::SizeAllCursor : Qt::ArrowCursor);
    setAccessibleName(isCrop() ? tr("Crop frame") : tr("Preview"));
    setAccessibleDescription(isCrop() ? tr("The arrow keys move it.") : QString());
    updateGeometry();
    update();
}

int FitView::heightForWidth(int width) const
{
    if (m_picture.isNull())
        return 0;
    return std::min(mostHeight, width * m_picture.height() / std::max(1, m_picture.width()));
}

QSize FitView::sizeHint() const
{
    constexpr int width = Theme::createWidth - 2 * Theme::gap3;
    return {width, heightForWidth(width)};
}

QRect FitView::pictureRect() const
{
    return QStyle::alignedRect(layoutDirection(), Qt::AlignCenter, m_picture.size().scaled(size(), Qt::KeepAspectRatio),
                               rect());
}

QRectF FitView::frame() const
{
    const QRectF picture = pictureRect();
    if (!isCrop() || m_image.isNull())
        return picture;
    const QRectF part = croppedPart(m_image.size(), m_fit.ratio, m_fit.centre);
    const double scale = picture.width() / m_image.width();
    return {picture.topLeft() + part.topLeft() * scale, part.size() * scale};
}

void FitView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath corners;
    corners.addRoundedRect(pictureRect(), Theme::thumbnailRadius, Theme::thumbnailRadius);
    painter.setClipPath(corners);
    painter.drawPixmap(pictureRect(), m_picture);
    if (!isCrop())
        return;
    // What goes lies in the dark, in both themes.
    QColor shade = m_theme.onStage(Token::Stage);
    shade.setAlphaF(0.66F);
    QPainterPath outside;
    outside.addRect(pictureRect());
    outside.addRect(frame());
    outside.setFillRule(Qt::OddEvenFill);
    painter.fillPath(outside, shade);
    painter.setClipping(false);
    const bool isHeld = hasFocus() || m_isDragged;
    const double line = isHeld ? 2 : 1;
    painter.setPen(QPen(m_theme.onStage(isHeld ? Token::Accent : Token::Text), line));
    painter.drawRect(frame().adjusted(line / 2, line / 2, -line / 2, -line / 2));
}

void FitView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !isCrop())
        return event->ignore();
    setFocus(Qt::MouseFocusReason);
    m_isDragged = true;
    m_grip = event->position();
    if (!frame().contains(m_grip))
        moveFrame(m_grip - frame().center());
    update();
}

void FitView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_isDragged)
        moveFrame(event->position() - std::exchange(m_grip, event->position()));
}

void FitView::mouseReleaseEvent(QMouseEvent* /*event*/)
{
    m_isDragged = false;
    update();
}

void FitView::keyPressEvent(QKeyEvent* event)
{
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? 0.1 : 0.01;
    const QSizeF picture = pictureRect().size();
    switch (event->key()) {
    case Qt::Key_Left:
        return moveFrame({-step * picture.width(), 0});
    case Qt::Key_Right:
        return moveFrame({step * picture.width(), 0});
    case Qt::Key_Up:
        return moveFrame({0, -step * picture.height()});
    case Qt::Key_Down:
        return moveFrame({0, step * picture.height()});
    default:
        QWidget::keyPressEvent(event);
    }
}

void FitView::moveFrame(const QPointF& way)
{
    const QRectF picture = pictureRect();
    const QRectF part = frame();
    if (picture.isEmpty())
        return;
    // Counted from where the person has it, inside what is possible: a frame at the edge answers at once on its way
    // back.
    const auto along = [](double from, double distance, double length, double whole) {
        const double half = length / whole / 2;
        return std::clamp(std::clamp(from, half, 1 - half) + distance / whole, half, 1 - half);
    };
    const QPointF centre(along(m_fit.centre.x(), way.x(), part.width(), picture.width()),
                         along(m_fit.centre.y(), way.y(), part.height(), picture.height()));
    if (centre == m_fit.centre)
        return;
    m_fit.centre = centre;
    update();
    Q_EMIT centreMoved(centre);
}

} // namespace clipkiln
