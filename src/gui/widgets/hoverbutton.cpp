// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/hoverbutton.h"

#include "gui/look/painting.h"
#include "gui/look/theme.h"

#include <QPainter>

namespace clipkiln {

HoverButton::HoverButton(Theme& theme, const QString& icon, const QString& name, QWidget* owner)
    : QToolButton(owner), m_theme(theme), m_owner(owner)
{
    constexpr QSize iconSize(16, 16);
    setIcon(theme.icon(icon));
    setIconSize(iconSize);
    setToolTip(name);
    setAccessibleName(name);
    setRole(this, "icon");
}

void HoverButton::paintEvent(QPaintEvent* event)
{
    if (!m_owner->underMouse() && !m_owner->hasFocus() && !hasFocus())
        return;
    QPainter painter(this);
    drawBox(painter, rect(), m_theme.color(Token::Raised), {}, Theme::radius);
    painter.end();
    QToolButton::paintEvent(event);
}

} // namespace clipkiln
