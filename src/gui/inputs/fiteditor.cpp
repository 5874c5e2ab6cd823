// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/fiteditor.h"

#include "gui/inputs/fitview.h"
#include "gui/look/painting.h"
#include "gui/look/theme.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/segmentedbar.h"
#include "inputs/inputslot.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

using How = ImageFit::How;

QIcon swatch(const QColor& color, const QColor& border, qreal devicePixelRatio)
{
    constexpr int size = 16;
    QPixmap pixmap(QSize(size, size) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    drawBox(painter, QRectF(0, 0, size, size), color, border, Theme::thumbnailRadius);
    return QIcon(pixmap);
}

} // namespace

FitEditor::FitEditor(InputSlot& slot, Theme& theme, Dialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_slot(slot)
    , m_theme(theme)
    , m_dialogs(dialogs)
    , m_view(new FitView(theme, this))
    , m_how(new SegmentedBar(theme, this))
    , m_bars(new QWidget(this))
    , m_blur(new QPushButton(tr("Blur"), m_bars))
    , m_color(new QPushButton(m_bars))
    , m_hint(new QLabel(this))
{
    m_view->setObjectName(u"fitView"_s);
    m_how->setObjectName(u"fitBar"_s);
    m_how->setAccessibleName(tr("An image of another ratio"));
    m_how->addSegment(tr("Crop"), QVariant::fromValue(How::Crop));
    m_how->addSegment(tr("Pad"), QVariant::fromValue(How::Pad));
    m_how->addSegment(tr("Keep"), QVariant::fromValue(How::Keep));
    m_blur->setObjectName(u"padBlurButton"_s);
    m_blur->setCheckable(true);
    m_blur->setToolTip(tr("Fill the bars with the image itself, blurred"));
    m_color->setObjectName(u"padColorButton"_s);
    m_color->setCheckable(true);
    m_color->setToolTip(tr("Fill the bars with a colour"));
    m_color->setAccessibleName(tr("Colour of the bars"));
    for (QPushButton* button : {m_blur, m_color})
        setRole(button, "quiet");
    m_hint->setObjectName(u"fitHint"_s);
    m_hint->setWordWrap(true);
    setRole(m_hint, "hint");

    auto* bars = new QHBoxLayout(m_bars);
    bars->setContentsMargins({});
    bars->setSpacing(0);
    bars->addWidget(m_blur);
    bars->addWidget(m_color);
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::gap2);
    row->addWidget(m_how);
    row->addStretch();
    row->addWidget(m_bars);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Theme::gap1, 0, 0);
    layout->setSpacing(Theme::gap2);
    layout->addWidget(m_view);
    layout->addLayout(row);
    layout->addWidget(m_hint);

    connect(m_how, &SegmentedBar::currentChanged, this, [this](const QVariant& how) { choose(how.value<How>()); });
    connect(m_view, &FitView::centreMoved, this, [this](const QPointF& centre) {
        ImageFit fit = m_slot.fit();
        fit.centre = centre;
        m_slot.setFit(fit);
    });
    connect(m_blur, &QPushButton::clicked, this, [this] { setColor(std::nullopt); });
    connect(m_color, &QPushButton::clicked, this, &FitEditor::chooseColor);
    connect(&slot, &InputSlot::changed, this, &FitEditor::follow);
    connect(&slot, &InputSlot::loaded, this, &FitEditor::follow);
    connect(&theme, &Theme::changed, this, &FitEditor::follow);
    follow();
}

void FitEditor::follow()
{
    setVisible(m_slot.isMisfit());
    if (!m_slot.isMisfit())
        return;
    const ImageFit& fit = m_slot.fit();
    m_view->setImage(m_slot.image(), fit);
    m_how->setCurrent(QVariant::fromValue(fit.how));
    m_bars->setVisible(fit.how == How::Pad);
    m_lastColor = fit.colour.value_or(m_lastColor);
    m_blur->setChecked(!fit.colour);
    m_color->setChecked(fit.colour.has_value());
    m_color->setIcon(swatch(m_lastColor, m_theme.color(Token::Text3), devicePixelRatioF()));
    m_hint->setText(hint());
}

QString FitEditor::hint() const
{
    switch (m_slot.fit().how) {
    case How::Crop:
        return tr("Cropped to %1. Drag the frame, or move it with the arrow keys.").arg(m_slot.ratioName());
    case How::Pad:
        return tr("The whole image, with bars to make it %1.").arg(m_slot.ratioName());
    case How::Keep:
        return m_slot.stretchNote();
    }
    return {};
}

void FitEditor::choose(ImageFit::How how)
{
    ImageFit fit = m_slot.fit();
    fit.how = how;
    m_slot.setFit(fit);
}

void FitEditor::chooseColor()
{
    const auto color = m_dialogs.chooseColor(this, tr("Colour of the bars"), m_lastColor);
    if (color)
        setColor(color);
    else
        follow(); // the click has switched the button
}

void FitEditor::setColor(const std::optional<QColor>& color)
{
    ImageFit fit = m_slot.fit();
    fit.colour = color;
    m_slot.setFit(fit);
    follow(); // also when nothing changed: the click has switched the button
}

} // namespace clipkiln
