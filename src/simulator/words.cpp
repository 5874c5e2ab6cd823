// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/words.h"

#include "simulator/seed.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr QSize cardSize(1280, 720);
constexpr int smallestFont = 9;
constexpr int mostPromptLines = 2;

QFont fontOf(int pixels, QFont::Weight weight = QFont::Normal)
{
    QFont font;
    font.setPixelSize(std::max(pixels, smallestFont));
    font.setWeight(weight);
    return font;
}

QImage emptyImage(QSize size)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    return image;
}

/// At most two lines, the second cut short with an ellipsis.
QStringList broken(const QString& text, const QFont& font, int width)
{
    QTextLayout layout(text.simplified(), font);
    layout.beginLayout();
    QStringList lines;
    qsizetype from = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (lines.size() == mostPromptLines - 1) {
            lines.append(QFontMetrics(font).elidedText(layout.text().sliced(from).trimmed(), Qt::ElideRight, width));
            break;
        }
        lines.append(layout.text().sliced(line.textStart(), line.textLength()).trimmed());
        from = line.textStart() + line.textLength();
    }
    layout.endLayout();
    return lines;
}

QImage drawPrompt(const QString& prompt, QSize frame, bool covers)
{
    const int shorter = std::min(frame.width(), frame.height());
    const QFont font = fontOf(shorter / 32);
    const QStringList lines = broken(prompt, font, frame.width() * 3 / 4);
    if (lines.isEmpty())
        return {};
    const QFontMetrics metrics(font);
    const int margin = shorter / 30;
    const int height = metrics.lineSpacing() * (covers ? mostPromptLines : static_cast<int>(lines.size()));
    QImage image = emptyImage({frame.width(), height + 3 * margin});
    QPainter painter(&image);
    QLinearGradient shade(0, 0, 0, image.height()); // keeps the letters readable on snow
    shade.setColorAt(0, QColor(0, 0, 0, 0));
    if (covers)
        shade.setColorAt(0.35, QColor(0, 0, 0, 238));
    shade.setColorAt(1, QColor(0, 0, 0, covers ? 250 : 130));
    painter.fillRect(image.rect(), shade);
    painter.setFont(font);
    const QRect textArea(0, 2 * margin, image.width(), height);
    for (const QPoint shift : {QPoint(1, 2), QPoint(0, 0)}) { // a soft shadow below the letters
        painter.setPen(shift.isNull() ? QColor(255, 255, 255, 225) : QColor(0, 0, 0, 150));
        painter.drawText(textArea.translated(shift), Qt::AlignHCenter | Qt::AlignTop, lines.join(u'\n'));
    }
    return image;
}

QImage drawMark(QSize frame)
{
    const int shorter = std::min(frame.width(), frame.height());
    const QFont font = fontOf(shorter / 42, QFont::Medium);
    const QString text = u"simulated"_s;
    const QFontMetrics metrics(font);
    const int margin = metrics.height() / 2;
    QImage image = emptyImage({metrics.horizontalAdvance(text) + 2 * margin, metrics.height() + margin});
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 110));
    painter.drawRoundedRect(image.rect(), image.height() / 2.0, image.height() / 2.0);
    painter.setFont(font);
    painter.setPen(QColor(255, 255, 255, 215));
    painter.drawText(image.rect(), Qt::AlignCenter, text);
    return image;
}

} // namespace

QImage cardNaming(const QString& host)
{
    QImage image(cardSize, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QLinearGradient paper(0, 0, cardSize.width(), cardSize.height());
    const int hue = static_cast<int>(seedOf(host) % 360);
    paper.setColorAt(0, QColor::fromHsv(hue, 60, 120));
    paper.setColorAt(1, QColor::fromHsv((hue + 40) % 360, 110, 50));
    painter.fillRect(image.rect(), paper);
    // A picture frame with a hill and a sun: what pictures that are elsewhere look like everywhere.
    const QRectF frame(cardSize.width() / 2.0 - 130, 170, 260, 190);
    painter.setPen(QPen(QColor(255, 255, 255, 200), 8));
    painter.drawRoundedRect(frame, 18, 18);
    painter.setBrush(QColor(255, 255, 255, 200));
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(frame.topRight() + QPointF(-70, 60), 22, 22);
    QPainterPath hill(frame.bottomLeft() + QPointF(24, -24));
    hill.lineTo(frame.center() + QPointF(-40, -10));
    hill.lineTo(frame.center() + QPointF(15, 30));
    hill.lineTo(frame.center() + QPointF(45, 10));
    hill.lineTo(frame.bottomRight() + QPointF(-24, -24));
    painter.drawPath(hill);
    painter.setPen(QColor(255, 255, 255, 230));
    painter.setFont(fontOf(44));
    const QRect textArea(60, 420, cardSize.width() - 120, 80);
    painter.drawText(textArea, Qt::AlignCenter,
                     painter.fontMetrics().elidedText(host, Qt::ElideMiddle, textArea.width()));
    return image;
}

Caption::Caption(const QString& prompt, QSize frame, bool covers)
    : m_prompt(drawPrompt(prompt, frame, covers)), m_mark(drawMark(frame))
{
    const int margin = std::min(frame.width(), frame.height()) / 30;
    m_promptAt = {0, frame.height() - m_prompt.height()};
    m_markAt = {frame.width() - m_mark.width() - margin, margin};
}

void Caption::paint(QPainter& painter, bool withPrompt) const
{
    if (withPrompt)
        painter.drawImage(m_promptAt, m_prompt);
    painter.drawImage(m_markAt, m_mark);
}

} // namespace clipkiln::simulator
