// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/playerview.h"

#include "gui/look/theme.h"
#include "gui/player/stagemessage.h"
#include "gui/player/transport.h"
#include "gui/player/videosurface.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QMouseEvent>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace clipkiln {

namespace {

constexpr auto idleTime = 2500ms;
constexpr int smallestPicture = 120;
constexpr int widestMessage = 460;

} // namespace

PlayerView::PlayerView(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_surface(new VideoSurface(theme, this))
    , m_transport(new Transport(theme, this))
    , m_message(new StageMessage(theme, this))
{
    setObjectName(u"playerView"_s);
    setAccessibleName(tr("Player"));
    setFocusPolicy(Qt::ClickFocus);
    setMouseTracking(true);
    m_surface->setMouseTracking(true);
    m_message->hide();
    m_idle.setSingleShot(true);
    m_idle.setInterval(idleTime);
    connect(&m_idle, &QTimer::timeout, this, &PlayerView::rest);
    connect(m_transport, &Transport::fullScreenToggled, this, &PlayerView::fullScreenToggled);
}

void PlayerView::showParts(bool controls, bool message)
{
    m_controls = controls;
    m_transport->setVisible(controls);
    m_message->setVisible(message);
    arrange();
}

QSize PlayerView::minimumSizeHint() const
{
    const QSize controls = m_transport->minimumSizeHint();
    return {controls.width(), controls.height() + smallestPicture};
}

void PlayerView::arrange()
{
    QRect room = rect();
    if (m_controls) {
        QRect strip = room;
        strip.setTop(room.bottom() + 1 - m_transport->sizeHint().height());
        m_transport->setGeometry(strip);
        if (!m_isFullScreen)
            room.setBottom(strip.top() - 1);
    }
    if (!m_message->isHidden()) {
        const int width = std::min(room.width(), widestMessage);
        QRect box(0, 0, width, m_message->heightForWidth(width));
        box.moveCenter(room.center());
        if (!m_surface->isEmpty()) { // the words stand below the picture
            box.moveBottom(room.bottom());
            room.setBottom(box.top() - 1);
        }
        m_message->setGeometry(box);
        m_message->raise();
    }
    m_surface->setGeometry(room);
    m_surface->lower();
}

void PlayerView::setFullScreenView(bool on)
{
    if (on == m_isFullScreen)
        return;
    m_isFullScreen = on;
    m_surface->setFramed(!on);
    m_transport->setFullScreen(on);
    if (on) {
        m_home = parentWidget();
        m_homeIndex = m_home->layout()->indexOf(this);
        setParent(m_home, Qt::Window);
        showFullScreen();
        setFocus();
        wake();
    } else {
        m_idle.stop();
        unsetCursor();
        m_transport->setVisible(m_controls);
        setParent(m_home, Qt::Widget);
        static_cast<QBoxLayout*>(m_home->layout())->insertWidget(m_homeIndex, this, 1);
        show();
        setFocus();
    }
    arrange();
}

void PlayerView::wake()
{
    if (!m_isFullScreen)
        return;
    unsetCursor();
    m_transport->setVisible(m_controls);
    m_idle.start();
}

void PlayerView::rest()
{
    if (m_transport->underMouse() || m_transport->isAncestorOf(focusWidget()))
        return m_idle.start();
    m_transport->hide();
    setCursor(Qt::BlankCursor);
}

bool PlayerView::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        wake();
        break;
    case QEvent::LayoutRequest: // fonts or texts changed
    case QEvent::LayoutDirectionChange:
        arrange();
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

void PlayerView::resizeEvent(QResizeEvent*)
{
    arrange();
}

void PlayerView::mouseMoveEvent(QMouseEvent*)
{
    wake();
}

void PlayerView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_controls)
        Q_EMIT fullScreenToggled();
}

void PlayerView::closeEvent(QCloseEvent* event)
{
    if (!m_isFullScreen)
        return QWidget::closeEvent(event);
    event->ignore(); // closing the full screen closes no player
    Q_EMIT fullScreenToggled();
}

} // namespace clipkiln
