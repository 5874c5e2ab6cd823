// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/segmentedbar.h"

#include "gui/look/painting.h"
#include "gui/look/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QRadioButton>

namespace clipkiln {

namespace {

constexpr int inset = 2; // between the bar's border and its segments
constexpr char valueProperty[] = "segmentValue";

/// A radio button in all but its looks: keys, focus and accessibility come with it.
class Segment final : public QRadioButton
{
public:
    Segment(Theme& theme, const QString& text, QWidget* parent) : QRadioButton(text, parent), m_theme(theme)
    {
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics(m_theme.font(Theme::TextSize::Body));
        return {metrics.size(Qt::TextShowMnemonic, text()).width() + 2 * Theme::gap3,
                qMax(Theme::fieldHeight - 2 * inset, metrics.height() + Theme::gap2)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    [[nodiscard]] bool hitButton(const QPoint& position) const override { return rect().contains(position); }

    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        const qreal radius = Theme::radius - inset / 2;
        if (isChecked())
            drawBox(painter, rect(), m_theme.color(Token::Raised), m_theme.color(Token::Line), radius);
        else if (underMouse())
            drawBox(painter, rect(), m_theme.color(Token::Hover), {}, radius);
        if (hasFocus())
            drawBox(painter, rect(), {}, m_theme.color(Token::Accent), radius);
        painter.setFont(m_theme.font(Theme::TextSize::Body));
        painter.setPen(m_theme.color(isChecked() || underMouse() ? Token::Text : Token::Text2));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextShowMnemonic, text());
    }

private:
    Theme& m_theme;
};

} // namespace

SegmentedBar::SegmentedBar(Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_segments(new QButtonGroup(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(inset, inset, inset, inset);
    layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_segments, &QButtonGroup::buttonToggled, this, [this](QAbstractButton* segment, bool checked) {
        if (checked)
            Q_EMIT currentChanged(segment->property(valueProperty));
    });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SegmentedBar::addSegment(const QString& text, const QVariant& value)
{
    auto* segment = new Segment(m_theme, text, this);
    segment->setProperty(valueProperty, value);
    m_segments->addButton(segment);
    layout()->addWidget(segment);
    if (m_segments->buttons().size() == 1)
        segment->setChecked(true);
}

QVariant SegmentedBar::current() const
{
    const QAbstractButton* segment = m_segments->checkedButton();
    return segment ? segment->property(valueProperty) : QVariant();
}

void SegmentedBar::setCurrent(const QVariant& value)
{
    const auto segments = m_segments->buttons();
    for (QAbstractButton* segment : segments) {
        if (segment->property(valueProperty) == value)
            segment->setChecked(true);
    }
}

void SegmentedBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    drawBox(painter, rect(), m_theme.color(Token::Panel), m_theme.color(Token::Line), Theme::radius);
}

} // namespace clipkiln
