// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/lengthslider.h"

#include "core/format.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QSlider>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int handleSize = 16;
constexpr int grooveHeight = 4;

/// A thin accent groove with a round handle that comes to where one clicks.
class GrooveSlider final : public QSlider
{
public:
    GrooveSlider(Theme& theme, QWidget* parent) : QSlider(Qt::Horizontal, parent), m_theme(theme)
    {
        setAttribute(Qt::WA_Hover);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

    [[nodiscard]] QSize sizeHint() const override { return {6 * handleSize, Theme::fieldHeight}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {3 * handleSize, Theme::fieldHeight}; }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        const QRectF groove(0, (height() - grooveHeight) / 2.0, width(), grooveHeight);
        const QRectF handle = handleRect();
        QRectF done = groove;
        if (isRightToLeft())
            done.setLeft(handle.center().x());
        else
            done.setRight(handle.center().x());
        drawBox(painter, groove, m_theme.color(Token::Line), {}, grooveHeight / 2.0);
        drawBox(painter, done, m_theme.color(Token::Accent), {}, grooveHeight / 2.0);
        if (hasFocus()) {
            drawBox(painter, handle.adjusted(-4, -4, 4, 4), m_theme.color(Token::Selected),
                    m_theme.color(Token::Accent), handleSize);
        }
        const Token color = isSliderDown() || underMouse() ? Token::Accent : Token::Text;
        drawBox(painter, handle, m_theme.color(color), {}, handleSize / 2.0);
    }

    void mousePressEvent(QMouseEvent* event) override
    {
        if (event->button() != Qt::LeftButton)
            return event->ignore();
        setSliderDown(true);
        setValue(valueAt(event->position().x()));
    }

    void mouseMoveEvent(QMouseEvent* event) override
    {
        if (isSliderDown())
            setValue(valueAt(event->position().x()));
    }

    void mouseReleaseEvent(QMouseEvent* /*event*/) override
    {
        setSliderDown(false);
        update();
    }

private:
    /// The way of the handle's centre, inside the room for its focus ring.
    static constexpr int margin = handleSize / 2 + 4;

    [[nodiscard]] QRectF handleRect() const
    {
        const int x = margin + QStyle::sliderPositionFromValue(minimum(), maximum(), sliderPosition(),
                                                               width() - 2 * margin, isRightToLeft());
        return {x - handleSize / 2.0, (height() - handleSize) / 2.0, handleSize, handleSize};
    }

    [[nodiscard]] int valueAt(qreal x) const
    {
        return QStyle::sliderValueFromPosition(minimum(), maximum(), qRound(x) - margin, width() - 2 * margin,
                                               isRightToLeft());
    }

    Theme& m_theme;
};

} // namespace

LengthSlider::LengthSlider(Theme& theme, QWidget* parent)
    : QWidget(parent), m_slider(new GrooveSlider(theme, this)), m_value(new QLabel(this))
{
    setObjectName(u"lengthSlider"_s);
    setAccessibleName(tr("Length in seconds"));
    m_slider->setAccessibleName(accessibleName());
    m_slider->setPageStep(5);
    m_value->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::gap2);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_value);
    setFocusPolicy(Qt::StrongFocus); // the proxy's; without it there is no place in the tab order
    setFocusProxy(m_slider);
    connect(m_slider, &QSlider::valueChanged, this, &LengthSlider::secondsChanged);
    connect(m_slider, &QSlider::valueChanged, this, &LengthSlider::showValue);
    showValue();
}

int LengthSlider::seconds() const
{
    return m_slider->value();
}

void LengthSlider::setSeconds(int seconds)
{
    m_slider->setValue(seconds);
}

void LengthSlider::setRange(int least, int most)
{
    m_slider->setRange(least, most);
    // As wide as its longest text, so that the groove stays where it is.
    m_value->setMinimumWidth(m_value->fontMetrics().horizontalAdvance(formatSeconds(most)));
}

void LengthSlider::showValue()
{
    m_value->setText(formatSeconds(seconds()));
    m_slider->setAccessibleDescription(m_value->text());
}

} // namespace clipkiln
