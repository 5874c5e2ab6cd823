// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QToolButton;
QT_END_NAMESPACE

namespace clipkiln {

class SoundControl;
class StageBar;
class Theme;
class TimeLabel;

/// Seek bar and buttons under the picture. It shows what its setters say and emits what a person asks for; times
/// in milliseconds.
class Transport final : public QWidget
{
    Q_OBJECT

public:
    explicit Transport(Theme& theme, QWidget* parent = nullptr);

    void setPlaying(bool playing);
    void setDuration(qint64 milliseconds);
    void setPosition(qint64 milliseconds, int frame);
    void setSpeed(double factor);
    void setLoop(bool on);
    void setVolume(double volume);
    void setMuted(bool muted);
    void setFullScreen(bool on);

Q_SIGNALS:
    void toggleRequested();
    void stepRequested(int frames);
    void seekRequested(qint64 milliseconds);
    void scrubbingChanged(bool scrubbing); ///< the handle is held: the clip waits
    void loopToggled(bool on);
    void volumeChosen(double volume);
    void muteToggled(bool muted);
    void fullScreenToggled();

private:
    QToolButton* makeButton(const QString& name, const char* role);
    void label(QToolButton* button, const QString& text, const QString& key);
    void refreshIcons();
    void refreshTime();

    Theme& m_theme;
    StageBar* m_seekBar;
    QToolButton* m_back;
    QToolButton* m_play;
    QToolButton* m_forward;
    TimeLabel* m_time;
    QToolButton* m_loop;
    SoundControl* m_sound;
    QToolButton* m_fullScreen;

    bool m_playing = false;
    bool m_isFullScreen = false;
    qint64 m_duration = 0;
    qint64 m_position = 0;
    int m_frame = 0;
    double m_speed = 1;
};

} // namespace clipkiln
