// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/error.h"
#include "gui/player/player.h"
#include "gui/widgets/shortcut.h"

#include <QWidget>

#include <optional>

QT_BEGIN_NAMESPACE
class QKeyEvent;
class QLabel;
class QPixmap;
class QPushButton;
class QStackedLayout;
QT_END_NAMESPACE

namespace clipkiln {

class FirstStart;
class PlayerView;
class Settings;
class Theme;

/// The middle of the window: the clip that is looked at with its controls and what can be done with it, or the first
/// steps.
class Stage final : public QWidget
{
    Q_OBJECT

public:
    Stage(Theme& theme, Settings& settings, QWidget* parent = nullptr);
    ~Stage() override;

    /// muted: this once, whatever the setting says.
    void open(const Clip& clip, bool play, bool muted);
    /// Lets go of the clip's file and shows the first steps, or a word where to find clips.
    void clear();
    /// A still picture in place of a clip: what an unfinished job starts from.
    void setPoster(const QPixmap& picture, const QString& text);
    [[nodiscard]] const std::optional<Clip>& clip() const { return m_clip; }
    [[nodiscard]] bool isPlaying() const;

    enum class Library { Loading, Empty, Filled, Failed };
    /// What there is to see decides what a stage without a clip shows: the first steps for an empty library.
    void setLibrary(Library library);
    void setService(const Origin& origin, bool hasKey);
    void setClipsFolder(const QString& folder, qint64 freeBytes);

    void toggleFullScreen();
    /// The player's keys (as in mpv), for the window when no text field has the focus. False: not a key of the player.
    bool handleKey(const QKeyEvent* event);
    /// The same keys for the list of shortcuts.
    [[nodiscard]] static QList<Shortcut> shortcutRows();

Q_SIGNALS:
    void lastFrameRequested(const clipkiln::Clip& clip);
    void extendRequested(const clipkiln::Clip& clip);
    void editRequested(const clipkiln::Clip& clip);
    void runAgainRequested(const clipkiln::Clip& clip);
    void saveAsRequested(const clipkiln::Clip& clip);
    void openExternallyRequested(const clipkiln::Clip& clip);
    void addKeyRequested();
    void changeFolderRequested();
    void sampleRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fillPlayerPage();
    void wirePlayer();
    void wireTransport();
    void followSettings();
    void showNoClip();
    void showTrouble(const Error& error);
    void showActions(bool show);
    void leaveClip();
    void setMuted(bool muted);
    void changeSpeed(int steps);
    void scrub(bool on);

    Theme& m_theme;
    Settings& m_settings;
    Player m_player{this};
    QStackedLayout* m_pages;
    FirstStart* m_firstStart;
    QLabel* m_words; ///< in place of a clip and of the first steps
    PlayerView* m_view;
    QWidget* m_playerPage;
    QWidget* m_actions;
    QList<QPushButton*> m_sourceButtons; ///< of what reads the clip's file

    std::optional<Clip> m_clip;
    Library m_library = Library::Loading;
    bool m_playAfterScrub = false;
    bool m_mutedOnce = false;
};

} // namespace clipkiln
