// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/trimbar.h"

#include "core/format.h"
#include "gui/inputs/fitview.h"
#include "gui/look/theme.h"
#include "gui/widgets/trimstrip.h"
#include "inputs/inputslot.h"
#include "inputs/trimframes.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

TrimBar::TrimBar(InputSlot& slot, Theme& theme, PreparationPool& pool, QWidget* parent)
    : QWidget(parent)
    , m_slot(slot)
    , m_frames(new TrimFrames(pool, this))
    , m_frame(new FitView(theme, this))
    , m_strip(new TrimStrip(theme, this))
    , m_length(new QLabel(this))
    , m_limit(new QLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_apply(new QPushButton(this))
{
    setObjectName(u"trimBar"_s);
    m_strip->setObjectName(u"trimStrip"_s);
    m_length->setObjectName(u"trimLengthLabel"_s);
    m_cancel->setObjectName(u"trimCancelButton"_s);
    m_apply->setObjectName(u"trimApplyButton"_s);
    setRole(m_length, "strong");
    setRole(m_limit, "hint");
    setRole(m_cancel, "quiet");
    makeLayout();
    showState();
    hide();
    connect(m_strip, &TrimStrip::moved, this, &TrimBar::showFrame);
    connect(m_strip, &TrimStrip::resized, this, &TrimBar::readStrip);
    connect(m_frames, &TrimFrames::frameRead, this, [this](const QImage& frame) { m_frame->setImage(frame, {}); });
    connect(m_frames, &TrimFrames::stripRead, this,
            [this](int place, const QImage& picture) { m_strip->setPicture(place, QPixmap::fromImage(picture)); });
    connect(m_cancel, &QPushButton::clicked, this, &TrimBar::cancel);
    connect(m_apply, &QPushButton::clicked, this, &TrimBar::apply);
    connect(&slot, &InputSlot::progressed, this, &TrimBar::showState);
}

void TrimBar::makeLayout()
{
    auto* texts = new QHBoxLayout;
    texts->addWidget(m_length);
    texts->addStretch();
    texts->addWidget(m_limit);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::gap2);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_apply);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Theme::gap1, 0, 0);
    layout->setSpacing(Theme::gap2);
    layout->addWidget(m_frame);
    layout->addWidget(m_strip);
    layout->addLayout(texts);
    layout->addLayout(buttons);
}

void TrimBar::setLimits(double shortest, double longest)
{
    m_shortest = shortest;
    m_longest = longest;
    m_slot.setLongest(longest);
    if (!m_path.isEmpty() && !m_applied)
        m_slot.isTooLong() ? open() : closeBar();
    openByItself();
}

void TrimBar::open()
{
    if (m_slot.original().isEmpty() || m_slot.isLoading())
        return;
    m_path = m_slot.original();
    TrimRange range(m_slot.wholeSeconds(), m_slot.framesPerSecond(), m_shortest, m_longest);
    if (const auto part = m_slot.part())
        range.setPart(*part);
    m_strip->setRange(range);
    m_frame->setImage(m_slot.image(), {}); // until the exact frame is there
    m_frames->setVideo(m_path);
    show();
    readStrip();
    showFrame(range.in());
    m_strip->setFocus(Qt::OtherFocusReason);
}

bool TrimBar::isUndecided() const
{
    if (m_path.isEmpty())
        return false;
    const VideoPart whole = TrimRange(m_slot.wholeSeconds(), m_slot.framesPerSecond(), 0, 0).part();
    return m_strip->range().part() != m_slot.part().value_or(whole);
}

void TrimBar::follow()
{
    if (!m_path.isEmpty() && m_slot.original() != m_path) { // another video, or none
        m_applied.reset();
        closeBar();
    }
    if (m_applied && !m_slot.isLoading() && m_slot.part() == std::exchange(m_applied, {}))
        closeBar();
    showState();
    openByItself();
}

void TrimBar::openByItself()
{
    if (m_slot.isLoading() || !m_slot.isTooLong())
        return;
    if (m_offeredPath == m_slot.original() && m_offeredLongest == m_longest)
        return; // once is enough
    m_offeredPath = m_slot.original();
    m_offeredLongest = m_longest;
    open();
}

void TrimBar::apply()
{
    if (!isUndecided())
        return cancel();
    m_applied = m_strip->range().part();
    m_slot.cut(*m_applied);
}

void TrimBar::cancel()
{
    if (m_applied)
        return m_slot.cancelCut();
    closeBar();
}

void TrimBar::closeBar()
{
    m_path.clear();
    m_frames->setVideo({});
    hide();
}

void TrimBar::readStrip()
{
    if (m_path.isEmpty())
        return;
    m_strip->setShape(m_slot.wholeSize());
    const int places = m_strip->pictureCount();
    QList<double> seconds;
    for (int place = 0; place < places; ++place)
        seconds.append(m_slot.wholeSeconds() * (place + 0.5) / places);
    m_frames->readStrip(seconds, m_strip->pictureSize() * devicePixelRatioF());
}

void TrimBar::showFrame(int frame)
{
    m_frames->readFrame(m_strip->range().secondsAt(frame));
    showState();
}

void TrimBar::showState()
{
    const bool isCutting = m_applied.has_value();
    const double seconds = m_strip->range().seconds();
    m_length->setText(tr("%1 of %2").arg(formatExact(seconds), formatExact(m_slot.wholeSeconds())));
    m_limit->setText(m_longest > 0 ? tr("at most %1").arg(formatSeconds(m_longest)) : QString());
    if (isCutting && m_strip->isEnabled())
        m_cancel->setFocus(Qt::OtherFocusReason); // else it would leave with what is disabled
    m_strip->setEnabled(!isCutting);
    m_apply->setEnabled(!isCutting);
    m_apply->setText(isCutting ? tr("Cutting… %1").arg(formatPercent(qRound(m_slot.progress() * 100)))
                               : tr("Use this part"));
}

void TrimBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        cancel();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        apply();
    else
        QWidget::keyPressEvent(event);
}

} // namespace clipkiln
