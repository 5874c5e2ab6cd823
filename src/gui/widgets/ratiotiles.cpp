// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/ratiotiles.h"

#include "gui/look/painting.h"
#include "gui/look/theme.h"
#include "media/prepare/imagefit.h"

#include <QEvent>
#include <QPainter>
#include <QRadioButton>
#include <QStyle>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int gap = 6;
constexpr int mostColumns = 4;
constexpr double shapeArea = 160; // of the drawn shapes: they are alike in size, not in width
constexpr int shapeRoom = 20;     // the widest shape
constexpr QSize usualImage(16, 9);

QSizeF shapeOf(QSize ratio)
{
    // Beyond 5:2 a shape would be a mere line.
    const double r = std::clamp(double(ratio.width()) / ratio.height(), 0.4, 2.5);
    const double width = std::round(std::min<double>(shapeRoom, std::sqrt(shapeArea * r)));
    return {width, std::round(std::min<double>(shapeRoom, std::sqrt(shapeArea / r)))};
}

QSize sizeOf(const QString& ratio)
{
    const QSize size = ratioFromText(ratio);
    return size.isEmpty() ? usualImage : size;
}

} // namespace

/// One ratio: a radio button in all but its looks, so keys, focus and accessibility come with it.
class RatioTile final : public QRadioButton
{
    Q_OBJECT

public:
    RatioTile(Theme& theme, const std::optional<QString>& ratio, QWidget* parent)
        : QRadioButton(parent), m_theme(theme), m_ratio(ratio), m_shape(ratio ? sizeOf(*ratio) : usualImage)
    {
        setText(ratio ? *ratio : tr("image", "aspect ratio"));
        setAccessibleName(ratio ? tr("Aspect ratio %1").arg(*ratio) : tr("Aspect ratio of the image"));
        setAttribute(Qt::WA_Hover);
    }

    [[nodiscard]] const std::optional<QString>& ratio() const { return m_ratio; }
    void setShape(QSize shape)
    {
        m_shape = shape;
        update();
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics(textFont());
        return {shapeRoom + gap + metrics.horizontalAdvance(text()) + Theme::gap2,
                std::max(Theme::fieldHeight, metrics.height() + Theme::gap3)};
    }
    [[nodiscard]] QFont textFont() const { return m_theme.font(Theme::TextSize::Small); }

protected:
    [[nodiscard]] bool hitButton(const QPoint& position) const override { return rect().contains(position); }

    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        const Token fill = isChecked() ? Token::Selected : underMouse() ? Token::Hover : Token::Raised;
        const bool marked = isChecked() || hasFocus();
        drawBox(painter, rect(), m_theme.color(fill), m_theme.color(marked ? Token::Accent : Token::Line),
                Theme::radius);
        if (hasFocus()) // one more line, so that focus shows on the chosen tile too
            drawBox(painter, QRectF(rect()).adjusted(2, 2, -2, -2), {}, m_theme.color(Token::Accent),
                    Theme::radius - 2);

        const QColor ink = m_theme.color(isChecked() || underMouse() ? Token::Text : Token::Text2);
        const QSizeF shape = shapeOf(m_shape);
        const QFontMetrics metrics(textFont());
        const int textWidth = metrics.horizontalAdvance(text());
        const int left = qRound((width() - shape.width() - gap - textWidth) / 2);
        const QRect shapeRect(left, qRound((height() - shape.height()) / 2), qRound(shape.width()),
                              qRound(shape.height()));
        const QRect textRect(left + shapeRect.width() + gap, 0, textWidth + 1, height());
        drawBox(painter, QStyle::visualRect(layoutDirection(), rect(), shapeRect), {}, ink, 2);
        painter.setFont(textFont());
        painter.setPen(ink);
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), textRect), Qt::AlignCenter, text());
    }

private:
    Theme& m_theme;
    std::optional<QString> m_ratio;
    QSize m_shape;
};

RatioTiles::RatioTiles(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(u"ratioTiles"_s);
    setAccessibleName(tr("Aspect ratio"));
    setFocusPolicy(Qt::StrongFocus); // the proxy's; without it there is no place in the tab order
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RatioTiles::setRatios(const QStringList& ratios, bool withImage)
{
    QList<std::optional<QString>> wanted(ratios.begin(), ratios.end());
    if (withImage)
        wanted.prepend(std::nullopt);
    const bool same = std::equal(wanted.begin(), wanted.end(), m_tiles.begin(), m_tiles.end(),
                                 [](const auto& ratio, const RatioTile* tile) { return ratio == tile->ratio(); });
    if (same)
        return;

    const auto before = m_tiles.isEmpty() ? std::nullopt : current();
    setFocusProxy(nullptr);
    qDeleteAll(m_tiles);
    m_tiles.clear();
    for (const auto& ratio : std::as_const(wanted)) {
        auto* tile = new RatioTile(m_theme, ratio, this);
        setTabOrder(m_tiles.isEmpty() ? static_cast<QWidget*>(this) : m_tiles.last(), tile);
        tile->show();
        m_tiles.append(tile);
    }
    setImageSize(m_imageSize);
    setCurrent(before);
    if (!m_tiles.isEmpty() &&
        std::none_of(m_tiles.begin(), m_tiles.end(), [](auto* tile) { return tile->isChecked(); }))
        m_tiles.first()->setChecked(true);
    for (RatioTile* tile : std::as_const(m_tiles)) {
        if (tile->isChecked())
            setFocusProxy(tile);
        connect(tile, &QRadioButton::toggled, this, [this, tile](bool checked) {
            if (!checked)
                return;
            setFocusProxy(tile);
            Q_EMIT currentChanged();
        });
    }
    place();
    updateGeometry();
}

void RatioTiles::setImageSize(QSize size)
{
    m_imageSize = size;
    for (RatioTile* tile : std::as_const(m_tiles)) {
        if (!tile->ratio())
            tile->setShape(size.isEmpty() ? usualImage : size);
    }
}

std::optional<QString> RatioTiles::current() const
{
    for (const RatioTile* tile : m_tiles) {
        if (tile->isChecked())
            return tile->ratio();
    }
    return std::nullopt;
}

void RatioTiles::setCurrent(const std::optional<QString>& ratio)
{
    for (RatioTile* tile : std::as_const(m_tiles)) {
        if (tile->ratio() == ratio)
            tile->setChecked(true);
    }
}

int RatioTiles::heightForWidth(int width) const
{
    if (m_tiles.isEmpty())
        return 0;
    return rowsFor(width) * (m_tiles.first()->sizeHint().height() + gap) - gap;
}

QSize RatioTiles::sizeHint() const
{
    const int width = Theme::createWidth - 2 * Theme::gap3;
    return {width, heightForWidth(width)};
}

QSize RatioTiles::minimumSizeHint() const
{
    return m_tiles.isEmpty() ? QSize() : m_tiles.first()->sizeHint();
}

void RatioTiles::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange)
        place();
}

void RatioTiles::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

void RatioTiles::place()
{
    if (m_tiles.isEmpty())
        return;
    const int columns = columnsFor(width());
    const int height = m_tiles.first()->sizeHint().height();
    for (int i = 0; i < m_tiles.size(); ++i) {
        // From shared edges, so that the last tile ends where the panel's fields end.
        const int column = i % columns;
        const int left = column * (width() + gap) / columns;
        const int right = (column + 1) * (width() + gap) / columns - gap;
        const QRect tile(left, i / columns * (height + gap), right - left, height);
        m_tiles.at(i)->setGeometry(QStyle::visualRect(layoutDirection(), rect(), tile));
    }
}

int RatioTiles::columnsFor(int width) const
{
    int widest = 1;
    for (const RatioTile* tile : m_tiles)
        widest = std::max(widest, tile->sizeHint().width());
    return std::clamp((width + gap) / (widest + gap), 1, mostColumns);
}

int RatioTiles::rowsFor(int width) const
{
    const int columns = columnsFor(width);
    return (static_cast<int>(m_tiles.size()) + columns - 1) / columns;
}

} // namespace clipkiln

#include "ratiotiles.moc"
