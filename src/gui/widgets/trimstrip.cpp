// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/trimstrip.h"

#include "core/format.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int handleWidth = 12;
constexpr int frameWidth = 2;

} // namespace

/// One end of the part, which mouse and keys move.
class TrimStrip::Handle final : public QWidget
{
public:
    Handle(TrimStrip& strip, End end) : QWidget(&strip), m_strip(strip), m_end(end)
    {
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::SizeHorCursor);
        setAttribute(Qt::WA_Hover);
        resize(handleWidth, stripHeight);
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        // Round on its outer side only; the other belongs to the frame around the part.
        const QRectF whole = rect();
        const bool isIn = m_end == End::In;
        QPainterPath shape;
        shape.addRoundedRect(whole, Theme::thumbnailRadius, Theme::thumbnailRadius);
        shape.addRect(isIn ? whole.adjusted(whole.width() / 2, 0, 0, 0) : whole.adjusted(0, 0, -whole.width() / 2, 0));
        shape.setFillRule(Qt::WindingFill);
        painter.fillPath(shape, m_strip.m_theme.onStage(hasFocus() ? Token::Text : Token::Accent));
        constexpr double gripHeight = 14;
        painter.setPen(QPen(m_strip.m_theme.onStage(Token::OnAccent), 2, Qt::SolidLine, Qt::RoundCap));
        const double x = whole.center().x();
        painter.drawLine(QPointF(x, (height() - gripHeight) / 2), QPointF(x, (height() + gripHeight) / 2));
    }

    void mousePressEvent(QMouseEvent* event) override
    {
        if (event->button() != Qt::LeftButton)
            return event->ignore();
        m_isDragged = true;
        m_grip = event->position().x();
    }

    void mouseMoveEvent(QMouseEvent* event) override
    {
        if (!m_isDragged)
            return;
        const double left = mapToParent(event->position()).x() - m_grip;
        m_strip.moveEnd(m_end, m_strip.frameAt(m_end == End::In ? left + handleWidth : left));
    }

    void mouseReleaseEvent(QMouseEvent* /*event*/) override { m_isDragged = false; }

    void keyPressEvent(QKeyEvent* event) override
    {
        const TrimRange& range = m_strip.range();
        const int at = m_end == End::In ? range.in() : range.out();
        if (const auto step = m_strip.stepOf(*event))
            m_strip.moveEnd(m_end, at + *step);
        else if (event->key() == Qt::Key_Home)
            m_strip.moveEnd(m_end, 0);
        else if (event->key() == Qt::Key_End)
            m_strip.moveEnd(m_end, range.frames());
        else
            QWidget::keyPressEvent(event);
    }

    void focusInEvent(QFocusEvent* event) override
    {
        QWidget::focusInEvent(event);
        const TrimRange& range = m_strip.range();
        Q_EMIT m_strip.moved(m_end == End::In ? range.in() : range.out() - 1);
    }

private:
    TrimStrip& m_strip;
    End m_end;
    double m_grip = 0;
    bool m_isDragged = false;
};

TrimStrip::TrimStrip(Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_in(new Handle(*this, End::In)), m_out(new Handle(*this, End::Out))
{
    setLayoutDirection(Qt::LeftToRight);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Part of the video"));
    m_in->setObjectName(u"trimInHandle"_s);
    m_in->setAccessibleName(tr("Beginning of the part"));
    m_out->setObjectName(u"trimOutHandle"_s);
    m_out->setAccessibleName(tr("End of the part"));
    const QString keys = tr("The arrow keys move it by a frame, with Shift by a second.");
    for (QWidget* each : {static_cast<QWidget*>(this), static_cast<QWidget*>(m_in), static_cast<QWidget*>(m_out)})
        each->setToolTip(keys);
    setTabOrder(this, m_in);
    setTabOrder(m_in, m_out);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TrimStrip::setRange(const TrimRange& range)
{
    m_range = range;
    place();
}

void TrimStrip::setShape(QSize picture)
{
    const QSize shape = picture.isEmpty() ? QSize(16, 9) : picture;
    const int widest = std::clamp(stripHeight * shape.width() / shape.height(), stripHeight / 2, 2 * stripHeight);
    const int count = std::max(1, qRound(double(track().width()) / widest));
    m_pictureSize = QSize(track().width() / count + 1, stripHeight);
    m_pictures = QList<QPixmap>(count);
    update();
}

void TrimStrip::setPicture(int place, const QPixmap& picture)
{
    if (place >= pictureCount())
        return;
    m_pictures[place] = picture;
    update();
}

QSize TrimStrip::sizeHint() const
{
    return {Theme::createWidth - 2 * Theme::gap3, stripHeight};
}

QSize TrimStrip::minimumSizeHint() const
{
    return {6 * handleWidth, stripHeight};
}

QRect TrimStrip::track() const
{
    return rect().adjusted(handleWidth, 0, -handleWidth, 0);
}

double TrimStrip::xOf(int frame) const
{
    return track().left() + double(frame) / m_range.frames() * track().width();
}

int TrimStrip::frameAt(double x) const
{
    return static_cast<int>(std::lround((x - track().left()) / std::max(1, track().width()) * m_range.frames()));
}

void TrimStrip::place()
{
    m_in->move(qRound(xOf(m_range.in())) - handleWidth, 0);
    m_out->move(qRound(xOf(m_range.out())), 0);
    m_in->setAccessibleDescription(formatPosition(m_range.part().from));
    m_out->setAccessibleDescription(formatPosition(m_range.part().to));
    setAccessibleDescription(formatExact(m_range.seconds()));
    update();
}

void TrimStrip::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF all = track();
    QPainterPath shape;
    shape.addRoundedRect(rect(), Theme::thumbnailRadius, Theme::thumbnailRadius);
    painter.setClipPath(shape);
    painter.fillRect(rect(), m_theme.onStage(Token::Stage));
    const double step = all.width() / std::max(1, pictureCount());
    for (int i = 0; i < pictureCount(); ++i) {
        const QPixmap& picture = m_pictures.at(i);
        if (picture.isNull())
            continue;
        const QRectF cell(all.left() + i * step, 0, step, all.height());
        QRectF source(QPointF(), cell.size().scaled(picture.size(), Qt::KeepAspectRatio));
        source.moveCenter(QRectF(picture.rect()).center());
        painter.drawPixmap(cell, picture, source);
    }
    QColor shade = m_theme.onStage(Token::Stage);
    shade.setAlphaF(0.7F);
    const double from = xOf(m_range.in());
    const double to = xOf(m_range.out());
    painter.fillRect(QRectF(0, 0, from, height()), shade);
    painter.fillRect(QRectF(to, 0, width() - to, height()), shade);
    const QColor frame = m_theme.onStage(hasFocus() ? Token::Text : Token::Accent);
    painter.fillRect(QRectF(from, 0, to - from, frameWidth), frame);
    painter.fillRect(QRectF(from, height() - frameWidth, to - from, frameWidth), frame);
}

void TrimStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
    if (event->size().width() != event->oldSize().width())
        Q_EMIT resized();
}

void TrimStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    const double from = xOf(m_range.in());
    const double length = xOf(m_range.out()) - from;
    const double x = event->position().x();
    m_isDragged = true;
    m_grip = x < from || x > from + length ? length / 2 : x - from;
    moveWhole(frameAt(x - m_grip));
}

void TrimStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (m_isDragged)
        moveWhole(frameAt(event->position().x() - m_grip));
}

void TrimStrip::mouseReleaseEvent(QMouseEvent* /*event*/)
{
    m_isDragged = false;
}

void TrimStrip::keyPressEvent(QKeyEvent* event)
{
    if (const auto step = stepOf(*event))
        moveWhole(m_range.in() + *step);
    else if (event->key() == Qt::Key_Home)
        moveWhole(0);
    else if (event->key() == Qt::Key_End)
        moveWhole(m_range.frames());
    else
        QWidget::keyPressEvent(event);
}

std::optional<int> TrimStrip::stepOf(const QKeyEvent& event) const
{
    if (event.key() != Qt::Key_Left && event.key() != Qt::Key_Right)
        return std::nullopt;
    const int step = event.modifiers().testFlag(Qt::ShiftModifier) ? m_range.framesPerSecond() : 1;
    return event.key() == Qt::Key_Left ? -step : step;
}

void TrimStrip::moveEnd(End end, int frame)
{
    if (end == End::In)
        m_range.setIn(frame);
    else
        m_range.setOut(frame);
    place();
    Q_EMIT moved(end == End::In ? m_range.in() : m_range.out() - 1);
}

void TrimStrip::moveWhole(int frame)
{
    m_range.moveTo(frame);
    place();
    Q_EMIT moved(m_range.in());
}

} // namespace clipkiln
