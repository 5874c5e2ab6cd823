// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/referencetile.h"

#include "core/plaintext.h"
#include "gui/look/listpainting.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"
#include "gui/widgets/hoverbutton.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int badgeSize = 16;

} // namespace

ReferenceTile::ReferenceTile(Theme& theme, PreparationPool& pool, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_slot(InputKind::Image, pool)
{
    auto* remove = new HoverButton(theme, u"close"_s, tr("Remove reference"), this);
    remove->setObjectName(u"removeReferenceButton"_s);
    remove->setFocusPolicy(Qt::NoFocus); // Delete does it
    constexpr QSize removeSize(20, 20);
    remove->setFixedSize(removeSize);
    m_remove = remove;
    resize(tileSize);
    setFocusPolicy(Qt::StrongFocus);
    connect(remove, &QToolButton::clicked, this, &ReferenceTile::removeRequested);
    connect(&m_slot, &InputSlot::changed, this, &ReferenceTile::showFacts);
    connect(&m_slot, &InputSlot::loaded, this, &ReferenceTile::showFacts);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ReferenceTile::setNumber(int number)
{
    m_number = number;
    showFacts();
}

void ReferenceTile::showFacts()
{
    setAccessibleName(tr("Reference %1: %2").arg(QLocale().toString(m_number), m_slot.name()));
    const QStringList done = m_slot.notes();
    setAccessibleDescription((done + QStringList(tr("Alt and the arrow keys move it, Delete removes it."))).join(u' '));
    QStringList lines{m_slot.name(), m_slot.facts()};
    lines += done + QStringList(tr("Drag it to another place, or move it with Alt and the arrow keys."));
    setToolTip(cleanToolTip(lines.join(u'\n')));
    const QRect corner(width() - m_remove->width() - 2, 2, m_remove->width(), m_remove->height());
    m_remove->setGeometry(QStyle::visualRect(layoutDirection(), rect(), corner));
    update();
}

void ReferenceTile::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    paintCover(painter, rect(), m_slot.preview(), Theme::thumbnailRadius, m_theme, m_slot.icon());
    // The number lies on a picture of any colour: dark in both themes, as on the stage.
    QRect badge(Theme::gap1, Theme::gap1, badgeSize, badgeSize);
    const QString text = QLocale().toString(m_number);
    painter.setFont(m_theme.font(Theme::TextSize::Small, true));
    badge.setWidth(std::max(badgeSize, painter.fontMetrics().horizontalAdvance(text) + Theme::gap2));
    badge.setHeight(std::max(badgeSize, painter.fontMetrics().height()));
    badge = QStyle::visualRect(layoutDirection(), rect(), badge);
    drawBox(painter, badge, m_theme.onStage(Token::Stage), {}, Theme::thumbnailRadius);
    painter.setPen(m_theme.onStage(Token::Text));
    painter.drawText(badge, Qt::AlignCenter, text);
    if (hasFocus() || m_isDragged) {
        constexpr int ring = 2;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.color(Token::Accent), ring));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), Theme::thumbnailRadius, Theme::thumbnailRadius);
    }
}

void ReferenceTile::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_grip = event->position().toPoint();
}

void ReferenceTile::mouseMoveEvent(QMouseEvent* event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    const QPoint way = event->position().toPoint() - m_grip;
    if (!m_isDragged && way.manhattanLength() < QApplication::startDragDistance())
        return;
    m_isDragged = true;
    move(pos() + way);
    raise();
    Q_EMIT dragged(geometry().center());
}

void ReferenceTile::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_isDragged)
        return;
    m_isDragged = false;
    update();
    Q_EMIT letGo();
}

void ReferenceTile::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        if (!event->isAutoRepeat())
            Q_EMIT removeRequested();
        return;
    }
    if (event->key() != Qt::Key_Left && event->key() != Qt::Key_Right)
        return QWidget::keyPressEvent(event);
    const bool forwards = (event->key() == Qt::Key_Right) != isRightToLeft();
    const int step = forwards ? 1 : -1;
    if (event->modifiers().testFlag(Qt::AltModifier))
        Q_EMIT moveRequested(step);
    else
        Q_EMIT focusRequested(step);
}

void ReferenceTile::enterEvent(QEnterEvent* event)
{
    QWidget::enterEvent(event);
    m_remove->update();
}

void ReferenceTile::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_remove->update();
}

} // namespace clipkiln
