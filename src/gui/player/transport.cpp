// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/transport.h"

#include "core/format.h"
#include "gui/look/theme.h"
#include "gui/player/soundcontrol.h"
#include "gui/player/stagebar.h"
#include "gui/widgets/shortcut.h"
#include "gui/widgets/timelabel.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int iconSize = 20;
constexpr int second = 1000;

} // namespace

Transport::Transport(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_seekBar(new StageBar(theme, this))
    , m_back(makeButton(u"stepBackButton"_s, "stageIcon"))
    , m_play(makeButton(u"playButton"_s, "stagePlay"))
    , m_forward(makeButton(u"stepForwardButton"_s, "stageIcon"))
    , m_time(new TimeLabel(this))
    , m_loop(makeButton(u"loopButton"_s, "stageIcon"))
    , m_sound(new SoundControl(theme, this))
    , m_fullScreen(makeButton(u"fullScreenButton"_s, "stageIcon"))
{
    setRole(this, "stagePage");
    setAttribute(Qt::WA_StyledBackground);
    m_seekBar->setObjectName(u"seekBar"_s);
    m_seekBar->setAccessibleName(tr("Place in the clip"));
    m_seekBar->setSingleStep(second);
    m_seekBar->setPageStep(2 * second);
    m_seekBar->setTip([](int value) { return formatPosition(value / static_cast<double>(second)); });
    m_time->setObjectName(u"timeLabel"_s);
    setRole(m_time, "stageValue");
    m_loop->setCheckable(true);
    label(m_back, tr("One frame back"), u","_s);
    label(m_forward, tr("One frame forward"), u"."_s);
    label(m_loop, tr("Loop"), u"l"_s);

    // Time runs from left to right in every language, as the pictures of a clip do: only the groups change sides.
    auto* tape = new QWidget(this);
    tape->setLayoutDirection(Qt::LeftToRight);
    auto* tapeRow = new QHBoxLayout(tape);
    tapeRow->setContentsMargins({});
    tapeRow->setSpacing(Theme::gap2);
    for (QToolButton* button : {m_back, m_play, m_forward})
        tapeRow->addWidget(button);

    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::gap1);
    row->addWidget(tape);
    row->addSpacing(Theme::gap2);
    row->addWidget(m_time, 1);
    row->addWidget(m_loop);
    row->addWidget(m_sound);
    row->addWidget(m_fullScreen);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::gap4, 0, Theme::gap4, Theme::gap2);
    column->setSpacing(Theme::gap1);
    column->addWidget(m_seekBar);
    column->addLayout(row);

    connect(m_play, &QToolButton::clicked, this, &Transport::toggleRequested);
    connect(m_back, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(-1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(1); });
    m_back->setAutoRepeat(true);
    m_forward->setAutoRepeat(true);
    connect(m_loop, &QToolButton::toggled, this, &Transport::loopToggled);
    connect(m_sound, &SoundControl::volumeChosen, this, &Transport::volumeChosen);
    connect(m_sound, &SoundControl::muteToggled, this, &Transport::muteToggled);
    connect(m_fullScreen, &QToolButton::clicked, this, &Transport::fullScreenToggled);
    connect(m_seekBar, &StageBar::sliderPressed, this, [this] { Q_EMIT scrubbingChanged(true); });
    connect(m_seekBar, &StageBar::sliderReleased, this, [this] { Q_EMIT scrubbingChanged(false); });
    connect(m_seekBar, &StageBar::valueChanged, this, &Transport::seekRequested);
    connect(&theme, &Theme::changed, this, &Transport::refreshIcons);
    refreshIcons();
    refreshTime();
}

QToolButton* Transport::makeButton(const QString& name, const char* role)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setIconSize({iconSize, iconSize});
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    button->setFocusPolicy(Qt::TabFocus); // a click leaves the focus, and so the keys, with the picture
    setRole(button, role);
    return button;
}

void Transport::label(QToolButton* button, const QString& text, const QString& key)
{
    button->setAccessibleName(text);
    button->setToolTip(withKey(text, key));
}

void Transport::refreshIcons()
{
    m_back->setIcon(m_theme.stageIcon(u"step-back"_s));
    m_forward->setIcon(m_theme.stageIcon(u"step-forward"_s));
    m_loop->setIcon(m_theme.stageIcon(u"loop"_s));
    m_play->setIcon(m_theme.stageIcon(m_playing ? u"pause"_s : u"play"_s));
    m_fullScreen->setIcon(m_theme.stageIcon(m_isFullScreen ? u"fullscreen-exit"_s : u"fullscreen"_s));
    label(m_play, m_playing ? tr("Pause") : tr("Play"), tr("Space"));
    label(m_fullScreen, m_isFullScreen ? tr("Leave full screen") : tr("Full screen"), u"f"_s);
}

void Transport::setPlaying(bool playing)
{
    m_playing = playing;
    refreshIcons();
}

void Transport::setFullScreen(bool on)
{
    m_isFullScreen = on;
    refreshIcons();
}

void Transport::setDuration(qint64 milliseconds)
{
    m_duration = milliseconds;
    const QSignalBlocker quiet(m_seekBar);
    m_seekBar->setRange(0, static_cast<int>(milliseconds));
    m_seekBar->update();
    refreshTime();
}

void Transport::setPosition(qint64 milliseconds, int frame)
{
    m_position = milliseconds;
    m_frame = frame;
    if (!m_seekBar->isSliderDown()) {
        const QSignalBlocker quiet(m_seekBar);
        m_seekBar->setValue(static_cast<int>(milliseconds));
        m_seekBar->update();
    }
    refreshTime();
}

void Transport::setSpeed(double factor)
{
    m_speed = factor;
    refreshTime();
}

void Transport::setLoop(bool on)
{
    m_loop->setChecked(on);
}

void Transport::setVolume(double volume)
{
    m_sound->setVolume(volume);
}

void Transport::setMuted(bool muted)
{
    m_sound->setMuted(muted);
}

void Transport::refreshTime()
{
    const auto text = [](qint64 time) { return formatPosition(static_cast<double>(time) / second); };
    const QString place = text(m_position);
    // Isolated from left to right (U+2066 to U+2069): else a right-to-left line swaps the two times.
    QString times = u"\u2066%1 / %2\u2069"_s.arg(place, text(m_duration));
    if (m_speed != 1)
        times += u" · "_s + tr("%1×", "speed of playing").arg(locale().toString(m_speed));
    m_time->setTexts({times + u" · "_s + tr("frame %1").arg(m_frame), times, place});
}

} // namespace clipkiln
