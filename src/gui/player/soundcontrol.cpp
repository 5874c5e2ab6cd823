// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/soundcontrol.h"

#include "gui/look/theme.h"
#include "gui/player/stagebar.h"
#include "gui/widgets/shortcut.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QToolButton>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int full = 100;
constexpr int step = 5;

} // namespace

SoundControl::SoundControl(Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_button(new QToolButton(this)), m_bar(new StageBar(theme, this))
{
    m_bar->setObjectName(u"volumeBar"_s);
    m_bar->setAccessibleName(tr("Volume"));
    m_bar->setRange(0, full);
    m_bar->setSingleStep(step);
    m_bar->setPageStep(step * 4);
    m_bar->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_bar->setTip([](int value) { return tr("Volume %1 %").arg(value); });
    m_bar->hide();
    m_button->setObjectName(u"muteButton"_s);
    setRole(m_button, "stageIcon");
    m_button->setIconSize({20, 20});
    m_button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_button->setFocusPolicy(Qt::TabFocus);
    for (QWidget* part : std::initializer_list<QWidget*>{m_bar, m_button})
        part->installEventFilter(this);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(Theme::gap1);
    row->addWidget(m_bar);
    row->addWidget(m_button);
    setTabOrder(m_button, m_bar);

    connect(m_button, &QToolButton::clicked, this, [this] { Q_EMIT muteToggled(!m_muted); });
    connect(m_bar, &StageBar::valueChanged, this,
            [this](int value) { Q_EMIT volumeChosen(static_cast<double>(value) / full); });
    connect(&theme, &Theme::changed, this, &SoundControl::refresh);
    refresh();
}

void SoundControl::setVolume(double volume)
{
    const QSignalBlocker quiet(m_bar);
    m_bar->setValue(qRound(volume * full));
    m_bar->update();
    refresh();
}

void SoundControl::setMuted(bool muted)
{
    m_muted = muted;
    refresh();
}

void SoundControl::refresh()
{
    const bool silent = m_muted || m_bar->value() == 0;
    m_button->setIcon(m_theme.stageIcon(silent ? u"volume-off"_s : u"volume"_s));
    const QString name = m_muted ? tr("Sound on") : tr("Mute");
    m_button->setAccessibleName(name);
    m_button->setToolTip(withKey(name, u"m"_s));
}

void SoundControl::showBar()
{
    m_bar->setVisible(underMouse() || m_button->hasFocus() || m_bar->hasFocus() || m_bar->isSliderDown());
}

void SoundControl::enterEvent(QEnterEvent* event)
{
    QWidget::enterEvent(event);
    m_bar->show();
}

void SoundControl::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    showBar();
}

void SoundControl::wheelEvent(QWheelEvent* event)
{
    QCoreApplication::sendEvent(m_bar, event); // it knows about fine wheels and touch pads
}

bool SoundControl::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        QMetaObject::invokeMethod(this, &SoundControl::showBar, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

} // namespace clipkiln
