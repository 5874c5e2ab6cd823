// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/stage.h"

#include "gui/look/theme.h"
#include "gui/player/firststart.h"
#include "gui/player/playerview.h"
#include "gui/player/stagemessage.h"
#include "gui/player/transport.h"
#include "gui/player/videosurface.h"
#include "settings/settings.h"

#include <QFileInfo>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <iterator>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int second = 1000;
constexpr std::array<double, 7> speeds{0.25, 0.5, 0.75, 1, 1.25, 1.5, 2};

} // namespace

Stage::Stage(Theme& theme, Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_pages(new QStackedLayout(this))
    , m_firstStart(new FirstStart(theme))
    , m_words(new QLabel)
    , m_view(new PlayerView(theme))
    , m_playerPage(new QWidget)
    , m_actions(new QWidget)
{
    setObjectName(u"stage"_s);
    setAccessibleName(tr("Stage"));
    setRole(this, "stagePage");
    setAttribute(Qt::WA_StyledBackground);
    m_words->setObjectName(u"stageWords"_s);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setWordWrap(true);
    setRole(m_words, "stageValue");
    for (QWidget* page : std::initializer_list<QWidget*>{m_firstStart, m_words, m_playerPage})
        m_pages->addWidget(page);

    connect(m_firstStart, &FirstStart::addKeyRequested, this, &Stage::addKeyRequested);
    connect(m_firstStart, &FirstStart::changeFolderRequested, this, &Stage::changeFolderRequested);
    connect(m_firstStart, &FirstStart::sampleRequested, this, &Stage::sampleRequested);
    fillPlayerPage();
    wirePlayer();
    wireTransport();
    connect(&settings, &Settings::playerChanged, this, &Stage::followSettings);
    followSettings();
    clear();
}

Stage::~Stage()
{
    m_player.disconnect(this);
}

void Stage::fillPlayerPage()
{
    auto* column = new QVBoxLayout(m_playerPage);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    m_view->installEventFilter(this);

    m_actions->setObjectName(u"clipActions"_s);
    setRole(m_actions, "stageBar");
    m_actions->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(m_actions);
    row->setContentsMargins(Theme::gap3, Theme::gap2, Theme::gap3, Theme::gap2);
    row->setSpacing(Theme::gap2);
    const auto add = [&](const QString& name, const QString& text, const QString& tip, auto signal) {
        auto* button = new QPushButton(text);
        button->setObjectName(name);
        button->setToolTip(tip);
        setRole(button, "stage");
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, signal] {
            if (m_clip)
                Q_EMIT(this->*signal)(*m_clip);
        });
        return button;
    };
    m_sourceButtons = {
        add(u"animateLastFrameButton"_s, tr("Animate last frame"),
            tr("Start a new clip from the picture this one ends with"), &Stage::lastFrameRequested),
        add(u"extendButton"_s, tr("Extend"), tr("Let this clip go on"), &Stage::extendRequested),
        add(u"editButton"_s, tr("Edit"), tr("Say what is to be different in this clip"), &Stage::editRequested),
    };
    add(u"runAgainButton"_s, tr("Run again"), tr("The same request once more, as a new job"),
        &Stage::runAgainRequested);
    row->addStretch();
    add(u"saveAsButton"_s, tr("Save as…"), tr("A copy of the file, where you want it"), &Stage::saveAsRequested);
    column->addWidget(m_actions);
}

void Stage::wirePlayer()
{
    Transport& transport = m_view->transport();
    connect(&m_player, &Player::frameChanged, this,
            [this](const QVideoFrame& frame) { m_view->surface().setFrame(frame); });
    connect(&m_player, &Player::positionChanged, &transport, &Transport::setPosition);
    connect(&m_player, &Player::durationChanged, &transport, &Transport::setDuration);
    connect(&m_player, &Player::stateChanged, &transport, [this] { m_view->transport().setPlaying(isPlaying()); });
    connect(&m_player, &Player::failed, this, &Stage::showTrouble);
}

void Stage::wireTransport()
{
    Transport& transport = m_view->transport();
    connect(&transport, &Transport::toggleRequested, &m_player, &Player::toggle);
    connect(&transport, &Transport::stepRequested, &m_player, &Player::stepFrames);
    connect(&transport, &Transport::seekRequested, &m_player, &Player::seek);
    connect(&transport, &Transport::scrubbingChanged, this, &Stage::scrub);
    connect(&transport, &Transport::loopToggled, &m_settings, &Settings::setLoop);
    connect(&transport, &Transport::volumeChosen, &m_settings, &Settings::setVolume);
    connect(&transport, &Transport::muteToggled, this, &Stage::setMuted);
    connect(m_view, &PlayerView::fullScreenToggled, this, &Stage::toggleFullScreen);
    connect(&m_view->message(), &StageMessage::buttonClicked, this, [this] {
        if (m_clip)
            Q_EMIT openExternallyRequested(*m_clip);
    });
}

void Stage::followSettings()
{
    const bool muted = m_mutedOnce || m_settings.muted();
    m_player.setLoop(m_settings.loop());
    m_player.setVolume(m_settings.volume());
    m_player.setMuted(muted);
    Transport& transport = m_view->transport();
    transport.setLoop(m_settings.loop());
    transport.setVolume(m_settings.volume());
    transport.setMuted(muted);
}

void Stage::open(const Clip& clip, bool play, bool muted)
{
    m_clip = clip;
    m_mutedOnce = muted;
    followSettings();
    showActions(true);
    for (QPushButton* button : m_sourceButtons)
        button->setEnabled(true);
    m_view->showParts(true, false);
    m_pages->setCurrentWidget(m_playerPage);
    // The picture of the clip before stays until the first of this one comes: no black in between.
    m_player.open(clip.path, clip.seconds);
    m_view->transport().setPosition(0, 0);
    if (play)
        m_player.play();
    m_view->transport().setPlaying(isPlaying());
}

void Stage::leaveClip()
{
    m_view->setFullScreenView(false);
    m_clip.reset();
    m_player.close();
    m_view->surface().clear();
    showActions(false);
}

void Stage::clear()
{
    leaveClip();
    showNoClip();
}

void Stage::showNoClip()
{
    switch (m_library) {
    case Library::Loading:
        m_words->setText(tr("Loading your clips…"));
        break;
    case Library::Empty:
        break;
    case Library::Filled:
        m_words->setText(tr("Choose a clip in the library to see it here"));
        break;
    case Library::Failed:
        m_words->setText(tr("Your clips could not be loaded"));
        break;
    }
    m_pages->setCurrentWidget(m_library == Library::Empty ? static_cast<QWidget*>(m_firstStart) : m_words);
}

void Stage::setPoster(const QPixmap& picture, const QString& text)
{
    leaveClip();
    m_view->surface().setPicture(picture);
    m_view->message().setContent({}, text, {}, {});
    m_view->showParts(false, !text.isEmpty());
    m_pages->setCurrentWidget(m_playerPage);
}

bool Stage::isPlaying() const
{
    return m_player.isPlaying();
}

void Stage::setLibrary(Library library)
{
    m_library = library;
    if (m_pages->currentWidget() != m_playerPage)
        showNoClip();
}

void Stage::setService(const Origin& origin, bool hasKey)
{
    m_firstStart->setService(origin, hasKey);
}

void Stage::setClipsFolder(const QString& folder, qint64 freeBytes)
{
    m_firstStart->setClipsFolder(folder, freeBytes);
}

void Stage::showActions(bool show)
{
    m_actions->setVisible(show);
}

void Stage::showTrouble(const Error& error)
{
    const bool isThere = m_clip && QFileInfo::exists(m_clip->path);
    QString sentence;
    switch (error.kind) {
    case ErrorKind::Disk:
        sentence = isThere ? tr("The file of this clip cannot be read.")
                           : tr("The file of this clip is not where it was. It may have been moved or deleted.");
        break;
    case ErrorKind::NotAvailable:
        sentence = tr("Videos cannot be played inside Clipkiln: a part of Qt Multimedia is missing on this computer.");
        break;
    default:
        sentence = tr("This clip cannot be played here. The file may be damaged, or its format is not known.");
        break;
    }
    m_view->setFullScreenView(false);
    m_view->surface().clear();
    m_view->message().setContent(u"film"_s, sentence, error.detail, isThere ? tr("Open in system player") : QString());
    m_view->showParts(false, true);
    for (QPushButton* button : m_sourceButtons)
        button->setEnabled(false);
}

void Stage::setMuted(bool muted)
{
    m_mutedOnce = false;
    m_settings.setMuted(muted);
    followSettings();
}

void Stage::changeSpeed(int steps)
{
    const auto current = std::lower_bound(speeds.begin(), speeds.end(), m_player.speed());
    const auto wanted = std::distance(speeds.begin(), current) + steps;
    const auto last = static_cast<std::ptrdiff_t>(speeds.size()) - 1;
    const double speed = steps == 0 ? 1 : speeds[static_cast<size_t>(std::clamp<std::ptrdiff_t>(wanted, 0, last))];
    m_player.setSpeed(speed);
    m_view->transport().setSpeed(speed);
}

void Stage::scrub(bool on)
{
    if (on)
        m_playAfterScrub = isPlaying();
    if (on)
        m_player.pause();
    else if (m_playAfterScrub)
        m_player.play();
}

void Stage::toggleFullScreen()
{
    const bool canShow = m_clip && m_player.state() != Player::State::Failed;
    m_view->setFullScreenView(canShow && !m_view->isFullScreenView());
}

bool Stage::handleKey(const QKeyEvent* event)
{
    if (!m_clip || m_player.state() == Player::State::Failed)
        return false;
    // By the letter where there is one: '[' is another key on every keyboard, some need AltGr for it.
    const QString letter = event->text();
    if (letter == u","_s) {
        m_player.stepFrames(-1);
    } else if (letter == u"."_s) {
        m_player.stepFrames(1);
    } else if (letter == u"["_s) {
        changeSpeed(-1);
    } else if (letter == u"]"_s) {
        changeSpeed(1);
    } else if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier | Qt::ShiftModifier)) {
        return false;
    } else {
        const auto once = [event] { return !event->isAutoRepeat(); };
        switch (event->key()) {
        case Qt::Key_Space:
            if (once())
                m_player.toggle();
            break;
        case Qt::Key_M:
            if (once())
                setMuted(!m_player.isMuted());
            break;
        case Qt::Key_L:
            if (once())
                m_settings.setLoop(!m_settings.loop());
            break;
        case Qt::Key_F:
            if (once())
                toggleFullScreen();
            break;
        case Qt::Key_Backspace:
            changeSpeed(0);
            break;
        case Qt::Key_Left:
            m_player.seekBy(-second);
            break;
        case Qt::Key_Right:
            m_player.seekBy(second);
            break;
        case Qt::Key_Home:
            m_player.seekToFrame(0);
            break;
        case Qt::Key_End:
            m_player.seekToFrame(m_player.lastFrame());
            break;
        case Qt::Key_Escape:
            if (!m_view->isFullScreenView())
                return false;
            toggleFullScreen();
            break;
        default:
            return false;
        }
    }
    return true;
}

QList<Shortcut> Stage::shortcutRows()
{
    const auto native = [](Qt::Key key) { return QKeySequence(key).toString(QKeySequence::NativeText); };
    return {
        {native(Qt::Key_Space), tr("Play, pause")},
        {u",  ."_s, tr("One frame back, forward")},
        {native(Qt::Key_Left) + u"  "_s + native(Qt::Key_Right), tr("One second back, forward")},
        {native(Qt::Key_Home) + u"  "_s + native(Qt::Key_End), tr("First, last frame")},
        {u"[  ]"_s, tr("Slower, faster")},
        {native(Qt::Key_Backspace), tr("Normal speed")},
        {u"m"_s, tr("Mute")},
        {u"l"_s, tr("Loop")},
        {u"f"_s, tr("Full screen")},
    };
}

void Stage::keyPressEvent(QKeyEvent* event)
{
    if (!handleKey(event))
        QWidget::keyPressEvent(event);
}

bool Stage::eventFilter(QObject* watched, QEvent* event)
{
    // In full screen the view is a window of its own, and keys go no further than that.
    if (event->type() == QEvent::KeyPress && m_view->isFullScreenView() && handleKey(static_cast<QKeyEvent*>(event)))
        return true;
    return QWidget::eventFilter(watched, event);
}

} // namespace clipkiln
