// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/dropoverlay.h"

#include "gui/look/painting.h"
#include "gui/look/theme.h"
#include "inputs/droppedcontent.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int iconSize = 24;
constexpr float veilOpacity = 0.9F;

QString iconFor(const DroppedContent& dropped)
{
    if (dropped.kind == DroppedContent::Kind::Text)
        return u"text"_s;
    if (dropped.isVideo())
        return u"film"_s;
    return dropped.isImage() ? u"image-add"_s : u"info"_s;
}

/// All of the window but the places that take a drop themselves: those must be seen to be aimed at.
QRegion veiledPart(const QWidget& window)
{
    QRegion veiled = window.rect();
    const auto widgets = window.findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        if (widget->property(dropPlaceProperty).toBool() && widget->isVisible())
            veiled -= widget->visibleRegion().translated(widget->mapTo(&window, QPoint()));
    }
    return veiled;
}

/// Where a drag within the window began: a drop there is no wish.
bool isOverSource(const QDropEvent& drag, const QWidget& window)
{
    const auto* source = qobject_cast<const QWidget*>(drag.source());
    return source && QRect(source->mapTo(&window, QPoint()), source->size()).contains(drag.position().toPoint());
}

} // namespace

DropOverlay::DropOverlay(QWidget* window, Theme& theme, Words words)
    : QWidget(window), m_theme(theme), m_words(std::move(words))
{
    setObjectName(u"dropOverlay"_s);
    // Drags go on to what lies below it: to the window, or to a text field that takes text itself.
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    window->setAcceptDrops(true);
    window->installEventFilter(this);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

bool DropOverlay::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::DragEnter: {
        auto* drag = static_cast<QDropEvent*>(event);
        const DroppedContent dropped = droppedContentFrom(*drag->mimeData());
        // Of what is dragged within the window a clip is for us; a word of the prompt is for others.
        if ((drag->source() && !dropped.isVideo()) || dropped.kind == DroppedContent::Kind::Nothing) {
            leave();
            return false;
        }
        m_text = m_words(dropped);
        m_icon = iconFor(dropped);
        setGeometry(parentWidget()->rect());
        raise();
        [[fallthrough]];
    }
    case QEvent::DragMove:
    case QEvent::Drop: {
        if (m_text.isEmpty())
            return false;
        auto* drop = static_cast<QDropEvent*>(event);
        const bool isHome = isOverSource(*drop, *parentWidget());
        setVisible(!isHome);
        if (isHome && event->type() == QEvent::Drop) {
            leave();
            drop->ignore();
            return true;
        }
        // A copy, or the file manager would take a moved file away.
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        if (event->type() == QEvent::Drop) {
            leave();
            Q_EMIT dropped(drop->mimeData());
        }
        return true;
    }
    case QEvent::DragLeave:
        leave();
        return false;
    case QEvent::Resize:
        setGeometry(parentWidget()->rect());
        return false;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void DropOverlay::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    QColor veil = m_theme.color(Token::Window);
    veil.setAlphaF(veilOpacity);
    painter.setClipRegion(veiledPart(*parentWidget()));
    painter.fillRect(rect(), veil);
    painter.setClipping(false);
    drawBox(painter, QRectF(rect()).adjusted(Theme::gap4, Theme::gap4, -Theme::gap4, -Theme::gap4), {},
            m_theme.color(Token::Accent), 2 * Theme::radius, Qt::DashLine);

    const QFont font = m_theme.font(Theme::TextSize::Heading, true);
    const QFontMetrics metrics(font);
    const int room = width() - 4 * Theme::gap5;
    const int flags = static_cast<int>(Qt::AlignHCenter) | Qt::TextWordWrap;
    const QRect text = metrics.boundingRect(0, 0, room, height(), flags, m_text);
    const int top = (height() - text.height() - iconSize - Theme::gap3) / 2;
    const QPixmap icon = m_theme.pixmap(m_icon, iconSize, m_theme.color(Token::Accent), devicePixelRatioF());
    painter.drawPixmap((width() - iconSize) / 2, top, icon);
    painter.setFont(font);
    painter.setPen(m_theme.color(Token::Text));
    painter.drawText(QRect(2 * Theme::gap5, top + iconSize + Theme::gap3, room, text.height()), flags, m_text);
}

void DropOverlay::leave()
{
    m_text.clear();
    hide();
}

} // namespace clipkiln
