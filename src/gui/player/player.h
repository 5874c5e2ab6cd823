// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QObject>
#include <QTimer>
#include <QVideoFrame>

QT_BEGIN_NAMESPACE
class QAudioOutput;
class QMediaDevices;
class QMediaPlayer;
class QVideoSink;
QT_END_NAMESPACE

namespace clipkiln {

/// Plays one local video file and steps through it frame by frame, around all that Qt 6.4's FFmpeg backend does oddly.
/// The media machinery is made at the first open(). Frames count from 0; times are milliseconds.
class Player final : public QObject
{
    Q_OBJECT

public:
    enum class State { Closed, Opening, Paused, Playing, Failed };

    explicit Player(QObject* parent = nullptr);
    ~Player() override;

    /// Opens a file and shows its first frame; play() at any time lets it run. The values say what the clip is like
    /// until the file was read. Quick calls in a row open only the last.
    void open(const QString& path, double seconds, double framesPerSecond = 24);
    /// Lets go of the file, so that it can be moved or binned on every system.
    void close();

    void play(); ///< from the beginning when it stands at the end
    void pause();
    void toggle();
    /// Shows the frame of a time; stays playing or paused. Clamped to the frames there are.
    void seek(qint64 milliseconds);
    void seekToFrame(int frame);
    void seekBy(qint64 milliseconds); ///< from where it is or was last sent to
    /// Pauses and moves by whole frames, exactly.
    void stepFrames(int frames);

    void setLoop(bool on) { m_loop = on; }
    void setSpeed(double factor);
    void setVolume(double volume); ///< 0 to 1, as the ear hears it
    void setMuted(bool muted);

    [[nodiscard]] State state() const { return m_state; }
    /// It runs, or will as soon as it is open.
    [[nodiscard]] bool isPlaying() const;
    [[nodiscard]] double speed() const { return m_speed; }
    [[nodiscard]] bool isMuted() const { return m_muted; }
    [[nodiscard]] qint64 duration() const { return m_duration; }
    [[nodiscard]] qint64 position() const { return m_position; } ///< of the frame that is shown
    [[nodiscard]] int frame() const { return m_frame; }
    [[nodiscard]] int lastFrame() const;

Q_SIGNALS:
    void stateChanged(clipkiln::Player::State state);
    void frameChanged(const QVideoFrame& frame);
    void positionChanged(qint64 milliseconds, int frame);
    void durationChanged(qint64 milliseconds);
    void ended(); ///< once, when it reached the end and does not loop
    /// The first trouble with a file is final: Disk (cannot be read), NotAClip (no video in it), NotAvailable (no
    /// plugin).
    void failed(const clipkiln::Error& error);

private:
    void load();
    void makeMedia();
    void attachSound();
    void applySound();
    void takeFrame(const QVideoFrame& frame);
    [[nodiscard]] bool isStale(int frame) const;
    void showFrame(const QVideoFrame& frame);
    void readFacts();
    void endReached();
    void goOnAfterEnd();
    void moveTo(int frame);
    void playFrom(int frame);
    void seekPaused();
    void waitedLongEnough();
    [[nodiscard]] int frameOf(const QVideoFrame& frame) const;
    void fail(const Error& error);
    void setState(State state);
    [[nodiscard]] qint64 timeOf(int frame) const;

    QMediaPlayer* m_media = nullptr;
    QVideoSink* m_sink = nullptr;
    QAudioOutput* m_sound = nullptr; ///< only while there is a device to play on
    QMediaDevices* m_devices = nullptr;
    QTimer m_loadSoon;
    QTimer m_afterEnd;
    QTimer m_patience;    ///< runs while a frame is due
    quint64 m_source = 0; ///< counts opened files, so that late frames of an earlier one are dropped

    State m_state = State::Closed;
    QString m_path;
    qint64 m_duration = 0;
    double m_framesPerSecond = 24;
    qint64 m_position = 0;
    int m_frame = 0;
    std::optional<int> m_lastFrame; ///< found out, where the duration promised more
    bool m_playWhenOpen = false;
    bool m_atEnd = false;
    bool m_freshFrame = false;   ///< a frame came since playing began
    int m_playFrom = 0;          ///< where playing began
    int m_emptyEnds = 0;         ///< ends in a row without a frame in between
    std::optional<int> m_target; ///< the frame to be shown next
    bool m_seeking = false;      ///< a paused seek is on its way
    int m_seekTo = 0;            ///< where to
    QVideoFrame m_otherFrame;    ///< came during a seek and was not the one asked for
    int m_tries = 0;             ///< for the same frame

    bool m_loop = false;
    double m_speed = 1;
    double m_volume = 1;
    bool m_muted = false;
};

} // namespace clipkiln
