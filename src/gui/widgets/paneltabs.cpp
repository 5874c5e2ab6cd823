// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/paneltabs.h"

#include "gui/look/theme.h"

#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {
namespace {

constexpr int headHeight = 36;
constexpr int underline = 2;

} // namespace

PanelTabs::PanelTabs(const Theme& theme, QWidget* parent) : QTabBar(parent), m_theme(theme)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(false);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PanelTabs::setCount(int tab, int count)
{
    setTabData(tab, count);
    setAccessibleTabName(tab, count > 0 ? u"%1 (%2)"_s.arg(tabText(tab), countText(tab)) : tabText(tab));
    // The bar keeps its layout until something that it knows of changes.
    setTabText(tab, tabText(tab));
    update();
}

QString PanelTabs::countText(int tab) const
{
    return count(tab) > 0 ? QLocale().toString(count(tab)) : QString();
}

int PanelTabs::countWidth(int tab) const
{
    const QFontMetrics metrics(m_theme.font(Theme::TextSize::Small));
    const auto text = countText(tab);
    return text.isEmpty() ? 0 : std::max(20, metrics.horizontalAdvance(text) + 2 * Theme::gap2 - 4);
}

QSize PanelTabs::tabSizeHint(int tab) const
{
    const QFontMetrics metrics(m_theme.font(Theme::TextSize::Body, true));
    int width = metrics.horizontalAdvance(tabText(tab)) + 2 * padding + Theme::gap1;
    if (const int badge = countWidth(tab); badge > 0)
        width += badge + Theme::gap2;
    return {width, std::max(headHeight, metrics.height() + 2 * Theme::gap2)};
}

void PanelTabs::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int tab = 0; tab < count(); ++tab) {
        const QRect room = tabRect(tab);
        const bool open = tab == currentIndex();
        const QFont font = m_theme.font(Theme::TextSize::Body, open);
        const QFontMetrics metrics(font);
        const auto seen = [&](const QRect& rect) { return QStyle::visualRect(layoutDirection(), room, rect); };

        const QRect text(room.left() + padding, room.top(), metrics.horizontalAdvance(tabText(tab)),
                         room.height() - underline);
        painter.setFont(font);
        painter.setPen(m_theme.color(open ? Token::Text : Token::Text2));
        painter.drawText(seen(text), Qt::AlignCenter | Qt::TextSingleLine, tabText(tab));

        if (const int width = countWidth(tab); width > 0) {
            const QFont small = m_theme.font(Theme::TextSize::Small);
            const int badgeHeight = std::max(20, QFontMetrics(small).height() + Theme::gap1);
            const QRect badge(text.right() + 1 + Theme::gap2, text.center().y() + 1 - badgeHeight / 2, width,
                              badgeHeight);
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.color(Token::Line));
            painter.drawRoundedRect(seen(badge), badgeHeight / 2.0, badgeHeight / 2.0);
            painter.setFont(small);
            painter.setPen(m_theme.color(Token::Text));
            painter.drawText(seen(badge), Qt::AlignCenter, countText(tab));
        }
        if (open) {
            const QRect line(text.left(), room.bottom() + 1 - underline, text.width(), underline);
            painter.fillRect(seen(line), m_theme.color(Token::Accent));
        }
        if (open && hasFocus()) {
            painter.setPen(m_theme.color(Token::Accent));
            painter.setBrush(Qt::NoBrush);
            const QRect ring = text.adjusted(-padding + 1, Theme::gap1 + 2, padding - 1, -Theme::gap1);
            painter.drawRoundedRect(QRectF(seen(ring)).adjusted(0.5, 0.5, -0.5, -0.5), Theme::thumbnailRadius,
                                    Theme::thumbnailRadius);
        }
    }
}

} // namespace clipkiln
