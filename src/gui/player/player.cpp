// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/player.h"

#include "gui/player/mediabackend.h"

#include <QAudioDevice>
#include <QAudioOutput>
#include <QFile>
#include <QMediaDevices>
#include <QMediaMetaData>
#include <QMediaPlayer>
#include <QUrl>
#include <QVideoSink>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace clipkiln {

namespace {

// setSource() blocks for 13 to 66 ms: a walk along the library opens only where it stops.
constexpr auto loadDelay = 40ms;
constexpr auto openPatience = 2s;
constexpr auto seekPatience = 500ms;
constexpr int mostTries = 3;
// After a restart from the end Qt 6.4 reports up to five more ends before frames flow again.
constexpr int mostEmptyEnds = 20;
constexpr int mostEmptyEndsOfASeek = 2;
constexpr int mostEmptyEndsAtOpening = 3;

} // namespace

Player::Player(QObject* parent) : QObject(parent)
{
    m_loadSoon.setSingleShot(true);
    m_loadSoon.setInterval(loadDelay);
    connect(&m_loadSoon, &QTimer::timeout, this, &Player::load);
    m_afterEnd.setSingleShot(true);
    m_afterEnd.setInterval(0ms);
    connect(&m_afterEnd, &QTimer::timeout, this, &Player::goOnAfterEnd);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &Player::waitedLongEnough);
}

Player::~Player()
{
    if (m_media)
        m_media->disconnect(this);
}

void Player::open(const QString& path, double seconds, double framesPerSecond)
{
    ++m_source;
    m_patience.stop();
    m_afterEnd.stop();
    m_loadSoon.start();
    if (m_media)
        m_media->pause();
    m_path = path;
    m_framesPerSecond = framesPerSecond;
    m_position = 0;
    m_frame = 0;
    m_playWhenOpen = false;
    m_atEnd = false;
    m_seeking = false;
    m_target.reset();
    m_lastFrame.reset();
    m_otherFrame = {};
    m_emptyEnds = 0;
    m_tries = 0;
    m_duration = qRound64(seconds * 1000);
    setState(State::Opening);
    Q_EMIT durationChanged(m_duration);
}

void Player::close()
{
    ++m_source;
    m_loadSoon.stop();
    m_patience.stop();
    m_afterEnd.stop();
    m_path.clear();
    setState(State::Closed); // first: what the media player reports while it stops is ignored
    if (m_media) {
        m_media->stop();
        m_media->setSource({});
    }
}

void Player::load()
{
    if (const auto problem = mediaBackendProblem())
        return fail(*problem);
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return fail({ErrorKind::Disk, u"%1: %2"_s.arg(m_path, file.errorString())});
    file.close();

    makeMedia();
    // Frames come from a thread of the backend, so they queue up here and can outlive their file.
    m_sink->disconnect(this);
    connect(m_sink, &QVideoSink::videoFrameChanged, this, [this, source = m_source](const QVideoFrame& frame) {
        if (source == m_source)
            takeFrame(frame);
    });
    m_patience.start(openPatience);
    m_media->setSource(QUrl::fromLocalFile(m_path));
    if (m_state != State::Opening)
        return; // it failed at once
    m_media->setPlaybackRate(m_speed);
    if (m_playWhenOpen)
        m_media->play();
    else
        m_media->pause(); // this alone makes the backend decode the first frame
}

void Player::makeMedia()
{
    if (m_media)
        return;
    m_media = new QMediaPlayer(this);
    m_sink = new QVideoSink(this);
    m_media->setVideoSink(m_sink);
    m_devices = new QMediaDevices(this);
    connect(m_devices, &QMediaDevices::audioOutputsChanged, this, &Player::attachSound);
    attachSound();
    connect(m_media, &QMediaPlayer::errorOccurred, this, [this](QMediaPlayer::Error, const QString& text) {
        // After an error the backend goes on to claim that it plays: the first word counts.
        if (m_state != State::Closed && m_state != State::Failed && !m_loadSoon.isActive())
            fail({ErrorKind::NotAClip, text});
    });
    connect(m_media, &QMediaPlayer::mediaStatusChanged, this, [this](QMediaPlayer::MediaStatus status) {
        if (m_state == State::Closed || m_state == State::Failed || m_loadSoon.isActive())
            return;
        if (status == QMediaPlayer::LoadedMedia || status == QMediaPlayer::BufferedMedia)
            readFacts();
        else if (status == QMediaPlayer::InvalidMedia)
            fail({ErrorKind::NotAClip, m_media->errorString()});
        else if (status == QMediaPlayer::EndOfMedia)
            endReached();
    });
}

void Player::attachSound()
{
    // With a clip that has sound and no device to play it on the backend crashes (Qt 6.4).
    if (QMediaDevices::audioOutputs().isEmpty()) {
        m_media->setAudioOutput(nullptr);
        delete std::exchange(m_sound, nullptr);
        return;
    }
    if (!m_sound) {
        m_sound = new QAudioOutput(this);
        m_media->setAudioOutput(m_sound);
    }
    m_sound->setDevice(QMediaDevices::defaultAudioOutput());
    applySound();
}

void Player::applySound()
{
    if (!m_sound)
        return;
    m_sound->setVolume(
        QAudio::convertVolume(static_cast<float>(m_volume), QAudio::LogarithmicVolumeScale, QAudio::LinearVolumeScale));
    m_sound->setMuted(m_muted);
}

void Player::readFacts()
{
    const double rate = m_media->metaData().value(QMediaMetaData::VideoFrameRate).toDouble();
    if (rate > 0)
        m_framesPerSecond = rate;
    if (m_state == State::Opening && !m_media->hasVideo())
        return fail({ErrorKind::NotAClip, u"no video stream"_s});
    const qint64 duration = m_media->duration();
    if (duration > 0 && duration != m_duration) {
        m_duration = duration;
        Q_EMIT durationChanged(m_duration);
    }
}

int Player::frameOf(const QVideoFrame& frame) const
{
    return qRound(static_cast<double>(std::max<qint64>(frame.startTime(), 0)) * m_framesPerSecond / 1e6);
}

/// Of the place before a seek: frames queue up on their way from the backend's thread.
bool Player::isStale(int frame) const
{
    if (m_seeking)
        return frame != m_seekTo;
    const int second = qRound(m_framesPerSecond);
    return m_state == State::Playing && !m_freshFrame && (frame < m_playFrom - 1 || frame > m_playFrom + second);
}

void Player::takeFrame(const QVideoFrame& frame)
{
    if (!frame.isValid() || m_state == State::Closed || m_state == State::Failed)
        return;
    if (isStale(frameOf(frame)))
        m_otherFrame = frame;
    else
        showFrame(frame);
}

void Player::showFrame(const QVideoFrame& frame)
{
    m_patience.stop();
    m_otherFrame = {};
    m_emptyEnds = 0;
    m_freshFrame = true;
    m_position = std::max<qint64>(frame.startTime(), 0) / 1000;
    m_frame = frameOf(frame);
    Q_EMIT frameChanged(frame);
    Q_EMIT positionChanged(m_position, m_frame);

    if (m_state == State::Opening) {
        setState(m_playWhenOpen ? State::Playing : State::Paused);
        if (m_target)
            seekToFrame(*m_target);
    } else if (m_seeking) {
        m_seeking = false;
        if (*m_target == m_seekTo)
            m_target.reset();
        else
            seekToFrame(*m_target);
    }
}

void Player::play()
{
    m_playWhenOpen = true;
    if (m_state != State::Paused)
        return;
    if (!m_target && (m_atEnd || m_frame >= lastFrame()))
        m_target = 0;
    // Past an end the media player would begin anew.
    if (!m_target && m_media->mediaStatus() == QMediaPlayer::EndOfMedia)
        m_target = m_frame;
    const std::optional<int> from = std::exchange(m_target, std::nullopt);
    m_seeking = false;
    m_atEnd = false;
    m_tries = 0;
    setState(State::Playing);
    if (from)
        return playFrom(*from);
    m_freshFrame = false;
    m_playFrom = m_frame;
    m_media->play();
}

/// Once all of a file was read the backend (Qt 6.4) reads no more until its state changes: a seek alone shows nothing
/// then. In this order, stop, seek, play or pause, every seek is answered, and a paused one by exactly one frame.
void Player::moveTo(int frame)
{
    m_media->stop();
    m_media->setPosition(timeOf(frame));
}

void Player::playFrom(int frame)
{
    m_playFrom = frame;
    m_freshFrame = false;
    m_patience.start(seekPatience);
    moveTo(frame);
    m_media->play();
}

void Player::pause()
{
    m_playWhenOpen = false;
    if (m_state != State::Playing)
        return;
    m_afterEnd.stop();
    m_patience.stop();
    m_media->pause();
    setState(State::Paused);
    if (!m_freshFrame && m_playFrom != m_frame)
        seekToFrame(m_playFrom); // it was on its way there
}

void Player::toggle()
{
    isPlaying() ? pause() : play();
}

bool Player::isPlaying() const
{
    return m_state == State::Playing || (m_state == State::Opening && m_playWhenOpen);
}

void Player::seek(qint64 milliseconds)
{
    // A little more, so that the time of a frame, which is cut to milliseconds, finds that frame and not the one
    // before.
    seekToFrame(static_cast<int>(std::floor((static_cast<double>(milliseconds) + 1) * m_framesPerSecond / 1000)));
}

void Player::seekToFrame(int frame)
{
    if (m_state == State::Closed || m_state == State::Failed)
        return;
    m_target = std::clamp(frame, 0, lastFrame());
    if (m_state == State::Opening)
        return;
    m_atEnd = false;
    m_otherFrame = {};
    if (m_state == State::Playing) {
        m_tries = 0;
        playFrom(*std::exchange(m_target, std::nullopt));
    } else if (!m_seeking) {
        m_tries = 0;
        m_seekTo = *m_target;
        seekPaused();
    }
}

void Player::seekBy(qint64 milliseconds)
{
    const bool isOnItsWay = m_state == State::Playing && !m_freshFrame;
    const qint64 from = m_target ? timeOf(*m_target) : isOnItsWay ? timeOf(m_playFrom) : m_position;
    seek(from + milliseconds);
}

void Player::stepFrames(int frames)
{
    pause();
    seekToFrame(m_target.value_or(m_frame) + frames);
}

void Player::seekPaused()
{
    m_seeking = true;
    m_patience.start(seekPatience);
    moveTo(m_seekTo);
    m_media->pause();
}

void Player::waitedLongEnough()
{
    const bool tryAgain = ++m_tries < mostTries;
    if (m_state == State::Opening) {
        if (!tryAgain)
            return fail(
                {ErrorKind::NotAClip, u"no picture came within %1 s"_s.arg((openPatience * mostTries).count())});
        m_patience.start(openPatience);
        moveTo(0);
        m_playWhenOpen ? m_media->play() : m_media->pause();
    } else if (m_otherFrame.isValid()) {
        showFrame(std::exchange(m_otherFrame, {})); // frames of uneven length: this is the nearest there is
    } else if (m_state == State::Playing) {
        if (tryAgain)
            playFrom(m_playFrom);
    } else if (tryAgain) {
        seekPaused();
    } else {
        m_seeking = false;
        m_target.reset();
    }
}

void Player::endReached()
{
    if (m_state == State::Paused && !m_seeking)
        return; // a late word of an earlier end
    if (m_state == State::Playing && m_freshFrame && !m_loop) {
        m_atEnd = true;
        setState(State::Paused);
        Q_EMIT ended();
        return;
    }
    // Not at once: the media player is still speaking, and says it several times over.
    m_afterEnd.start();
}

void Player::goOnAfterEnd()
{
    ++m_emptyEnds;
    const int most = m_state == State::Opening ? mostEmptyEndsAtOpening : mostEmptyEnds;
    if (m_emptyEnds > most)
        return fail({ErrorKind::NotAClip, u"the file ends before its first picture"_s});
    if (m_state == State::Opening) {
        moveTo(0);
        m_playWhenOpen ? m_media->play() : m_media->pause();
    } else if (m_state == State::Playing) {
        // setLoops() does nothing in Qt 6.4's backend (QTBUG-111209).
        playFrom(m_freshFrame ? 0 : m_playFrom);
    } else if (m_seeking) {
        // Either a late word of an earlier end, or the picture ends before the sound: then the frame before is the
        // last.
        if (m_emptyEnds > mostEmptyEndsOfASeek && m_seekTo > 0) {
            m_emptyEnds = 0;
            m_lastFrame = --m_seekTo;
            m_target = std::min(*m_target, m_seekTo);
        }
        seekPaused();
    }
}

void Player::fail(const Error& error)
{
    ++m_source;
    m_patience.stop();
    m_afterEnd.stop();
    m_seeking = false;
    m_target.reset();
    setState(State::Failed);
    // Not from within the media player's own signal.
    if (m_media)
        QTimer::singleShot(0, this, [this, source = m_source] {
            if (source == m_source)
                m_media->setSource({});
        });
    Q_EMIT failed(error);
}

void Player::setSpeed(double factor)
{
    m_speed = factor;
    if (m_media)
        m_media->setPlaybackRate(factor);
}

void Player::setVolume(double volume)
{
    m_volume = volume;
    applySound();
}

void Player::setMuted(bool muted)
{
    m_muted = muted;
    applySound();
}

int Player::lastFrame() const
{
    if (m_lastFrame)
        return *m_lastFrame;
    return std::max(0, qRound(static_cast<double>(m_duration) * m_framesPerSecond / 1000) - 1);
}

/// The backend shows the first frame that does not begin before the position, so a frame's time is rounded down.
qint64 Player::timeOf(int frame) const
{
    return static_cast<qint64>(std::floor(frame * 1000 / m_framesPerSecond));
}

void Player::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

} // namespace clipkiln
