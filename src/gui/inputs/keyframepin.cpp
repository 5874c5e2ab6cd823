// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/keyframepin.h"

#include "core/format.h"
#include "core/plaintext.h"
#include "gui/look/listpainting.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"
#include "gui/widgets/hoverbutton.h"
#include "media/prepare/imagefit.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

#include <cmath>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace clipkiln {

KeyframePin::KeyframePin(Theme& theme, PreparationPool& pool, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_slot(InputKind::Image, pool)
{
    auto* remove = new HoverButton(theme, u"close"_s, tr("Remove keyframe"), this);
    remove->setObjectName(u"removeKeyframeButton"_s);
    remove->setFocusPolicy(Qt::NoFocus); // Delete does it
    constexpr QSize removeSize(20, 20);
    remove->setFixedSize(removeSize);
    m_remove = remove;
    resize(pinSize);
    setFocusPolicy(Qt::StrongFocus);
    connect(remove, &QToolButton::clicked, this, &KeyframePin::removeRequested);
    connect(&m_slot, &InputSlot::changed, this, &KeyframePin::showFacts);
    connect(&m_slot, &InputSlot::loaded, this, &KeyframePin::showFacts);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void KeyframePin::setSeconds(double seconds)
{
    m_seconds = seconds;
    showFacts();
}

void KeyframePin::setOutside(bool outside)
{
    m_isOutside = outside;
    showFacts();
}

QPixmap KeyframePin::picture() const
{
    const QPixmap whole = m_slot.preview();
    const ImageFit& fit = m_slot.fit();
    const bool isCropped = m_slot.isMisfit() && fit.how == ImageFit::How::Crop;
    return isCropped ? whole.copy(croppedPart(whole.size(), fit.ratio, fit.centre)) : whole;
}

void KeyframePin::showFacts()
{
    m_picture = picture();
    const QString time = formatHundredths(m_seconds);
    setAccessibleName(tr("Keyframe at %1: %2").arg(time, m_slot.name()));
    const QString keys = tr("Drag it, or move it with the arrow keys. Delete removes it.");
    const QStringList done = m_slot.notes() << m_slot.stretchNote();
    QStringList spoken = QStringList(m_isOutside ? tr("Outside the clip.") : QString()) + done + QStringList(keys);
    spoken.removeAll(QString());
    setAccessibleDescription(spoken.join(u' '));
    QStringList lines{m_isOutside ? tr("Keyframe at %1, outside the clip").arg(time) : tr("Keyframe at %1").arg(time),
                      m_slot.name(), m_slot.facts()};
    lines += done + QStringList(keys);
    lines.removeAll(QString());
    setToolTip(cleanToolTip(lines.join(u'\n')));
    const QRect corner(width() - m_remove->width() - 2, 2, m_remove->width(), m_remove->height());
    m_remove->setGeometry(QStyle::visualRect(layoutDirection(), rect(), corner));
    update();
}

void KeyframePin::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    paintCover(painter, rect(), m_picture, Theme::thumbnailRadius, m_theme, m_slot.icon());
    // The time lies on a picture of any colour: dark in both themes, as on the stage.
    painter.setFont(m_theme.font(Theme::TextSize::Small));
    const QString time = formatHundredths(m_seconds);
    const QFontMetrics metrics = painter.fontMetrics();
    QRect badge(0, 0, metrics.horizontalAdvance(time) + Theme::gap2, metrics.height());
    badge.moveBottomLeft(QPoint(2, height() - 3));
    badge = QStyle::visualRect(layoutDirection(), rect(), badge);
    drawBox(painter, badge, m_theme.onStage(Token::Stage), {}, Theme::thumbnailRadius);
    painter.setPen(m_theme.onStage(m_isOutside ? Token::Warn : Token::Text));
    paintLine(painter, badge, Qt::AlignHCenter, time, layoutDirection(), Qt::ElideNone);
    if (!hasFocus() && !m_isDragged && !m_isOutside)
        return;
    constexpr int ring = 2;
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isHeld = hasFocus() || m_isDragged;
    painter.setPen(QPen(m_theme.color(isHeld ? Token::Accent : Token::Warn), ring));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), Theme::thumbnailRadius, Theme::thumbnailRadius);
}

void KeyframePin::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_grip = event->globalPosition().toPoint().x();
    Q_EMIT gripped();
}

void KeyframePin::mouseMoveEvent(QMouseEvent* event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    const int way = event->globalPosition().toPoint().x() - m_grip;
    if (!m_isDragged && std::abs(way) < QApplication::startDragDistance())
        return;
    m_isDragged = true;
    Q_EMIT dragged(way);
}

void KeyframePin::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_isDragged = false;
    update();
}

void KeyframePin::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT chooseRequested();
}

void KeyframePin::keyPressEvent(QKeyEvent* event)
{
    constexpr int second = 3; // of the grid
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (!event->isAutoRepeat())
            Q_EMIT removeRequested();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers().testFlag(Qt::ControlModifier))
            return QWidget::keyPressEvent(event);
        Q_EMIT chooseRequested();
        return;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const bool later = (event->key() == Qt::Key_Right) != isRightToLeft();
        const int steps = event->modifiers().testFlag(Qt::ShiftModifier) ? second : 1;
        Q_EMIT moveRequested(later ? steps : -steps);
        return;
    }
    default:
        QWidget::keyPressEvent(event);
    }
}

void KeyframePin::enterEvent(QEnterEvent* event)
{
    QWidget::enterEvent(event);
    m_remove->update();
}

void KeyframePin::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_remove->update();
}

} // namespace clipkiln
