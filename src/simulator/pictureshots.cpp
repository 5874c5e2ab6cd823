// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/pictureshots.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace clipkiln::simulator {

namespace {

constexpr double zoomAtEnd = 1.16;
constexpr double turn = 2 * std::numbers::pi;

/// On black where it is transparent, as a video has no transparency.
QImage opaque(const QImage& picture, QSize size)
{
    QImage result(size, QImage::Format_RGB32);
    result.fill(Qt::black);
    QPainter painter(&result);
    painter.drawImage(0, 0, picture.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    return result;
}

/// A picture as a print with a white border and a shadow.
QImage card(const QImage& picture, QSizeF room)
{
    const QSize inner = picture.size().scaled(room.toSize(), Qt::KeepAspectRatio).expandedTo({2, 2});
    const int border = std::max(3, inner.width() / 40);
    const int shadow = border * 3;
    const int edge = border + shadow;
    QImage result(inner + QSize(2 * edge, 2 * edge), QImage::Format_ARGB32_Premultiplied);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int i = shadow; i > 0; --i) {
        painter.setBrush(QColor(0, 0, 0, 90 / shadow));
        const QRectF area = QRectF(result.rect()).adjusted(shadow - i, shadow - i + border, i - shadow, i - shadow);
        painter.drawRoundedRect(area, border + i, border + i);
    }
    painter.setBrush(QColor(250, 248, 244));
    const QRectF paper = QRectF(result.rect()).adjusted(shadow, shadow, -shadow, -shadow);
    painter.drawRoundedRect(paper, border / 2.0, border / 2.0);
    painter.drawImage(edge, edge, opaque(picture, inner));
    return result;
}

} // namespace

double easedBetween(double value, double from, double to)
{
    const double x = from < to ? std::clamp((value - from) / (to - from), 0.0, 1.0) : (value < from ? 0.0 : 1.0);
    return x * x * (3 - 2 * x);
}

PanShot::PanShot(const QImage& picture, QSize frame, double seconds, size_t seed)
    : m_picture(opaque(picture, frame))
    , m_frame(frame)
    , m_seconds(seconds)
    , m_direction(static_cast<double>(seed % 360) / 360 * turn)
{
}

void PanShot::paint(QPainter& painter, double seconds) const
{
    const double share = std::min(seconds / m_seconds, 1.0);
    // Starts gently and never quite stops, so that the picture is alive to the end.
    const double moved = share * share * (2 - share);
    const double zoom = 1 + (zoomAtEnd - 1) * moved;
    const double slack = (zoom - 1) / 2;
    painter.save();
    painter.translate(m_frame.width() / 2, m_frame.height() / 2);
    painter.scale(zoom, zoom);
    painter.translate(std::cos(m_direction) * slack * m_frame.width() / zoom * 0.9 - m_frame.width() / 2,
                      std::sin(m_direction) * slack * m_frame.height() / zoom * 0.9 - m_frame.height() / 2);
    painter.drawImage(0, 0, m_picture);
    painter.restore();
}

CollageShot::CollageShot(const QList<QImage>& pictures, QSize frame, std::unique_ptr<Shot> background)
    : m_frame(frame), m_background(std::move(background))
{
    const auto count = static_cast<double>(pictures.size());
    m_columns = std::min(count, std::ceil(std::sqrt(count * m_frame.width() / m_frame.height())));
    m_rows = std::ceil(count / m_columns);
    const QSizeF room(m_frame.width() * std::min(0.6, 0.96 / m_columns),
                      m_frame.height() * std::min(0.6, 0.8 / m_rows));
    for (const QImage& picture : pictures)
        m_cards.append(card(picture, room));
}

void CollageShot::paint(QPainter& painter, double seconds) const
{
    m_background->paint(painter, seconds);
    const auto count = static_cast<double>(m_cards.size());
    for (qsizetype i = 0; i < m_cards.size(); ++i) {
        const QImage& image = m_cards.at(i);
        const double column = std::fmod(static_cast<double>(i), m_columns);
        const double row = std::floor(static_cast<double>(i) / m_columns);
        const double inRow = std::min(m_columns, count - row * m_columns);
        const double phase = static_cast<double>(i) * 2.4;
        const double arrive = easedBetween(seconds, 0.12 * static_cast<double>(i), 0.12 * static_cast<double>(i) + 0.9);
        const double x = m_frame.width() * (0.5 + (column - (inRow - 1) / 2) / (m_columns + 0.25)) +
                         std::sin(seconds * 0.7 + phase) * m_frame.width() * 0.012;
        const double y = m_frame.height() * (0.47 + (row - (m_rows - 1) / 2) / (m_rows + 0.35)) +
                         std::cos(seconds * 0.9 + phase) * m_frame.height() * 0.018 +
                         (1 - arrive) * m_frame.height() * 0.12;
        painter.save();
        painter.setOpacity(arrive);
        painter.translate(x, y);
        painter.rotate(std::sin(seconds * 0.6 + phase) * 2.2 + std::sin(phase * 3) * 2.5);
        const double zoom = 0.96 + 0.05 * std::sin(seconds * 0.5 + phase) + 0.04 * seconds / 10;
        painter.scale(zoom, zoom);
        painter.drawImage(QPointF(-image.width() / 2.0, -image.height() / 2.0), image);
        painter.restore();
    }
}

void SequenceShot::add(double from, double until, std::unique_ptr<Shot> shot)
{
    m_parts.push_back({from, until, std::move(shot)});
}

void SequenceShot::paint(QPainter& painter, double seconds) const
{
    // Whatever lies below a part that is alone is not painted.
    auto first = m_parts.size() - 1;
    while (first > 0 && easedBetween(seconds, m_parts[first].from, m_parts[first].until) < 1)
        --first;
    m_parts[first].shot->paint(painter, seconds - m_parts[first].from);
    for (auto i = first + 1; i < m_parts.size(); ++i) {
        const double share = easedBetween(seconds, m_parts[i].from, m_parts[i].until);
        if (share <= 0)
            continue;
        // As one layer: what lies behind a shot's own parts must not shine through them.
        QImage layer(painter.device()->width(), painter.device()->height(), QImage::Format_RGB32);
        QPainter layerPainter(&layer);
        layerPainter.setRenderHints(painter.renderHints());
        m_parts[i].shot->paint(layerPainter, seconds - m_parts[i].from);
        layerPainter.end();
        painter.setOpacity(share);
        painter.drawImage(0, 0, layer);
        painter.setOpacity(1);
    }
}

StillShot::StillShot(const QImage& picture, QSize frame) : m_picture(opaque(picture, frame)) {}

void StillShot::paint(QPainter& painter, double /*seconds*/) const
{
    painter.drawImage(0, 0, m_picture);
}

} // namespace clipkiln::simulator
