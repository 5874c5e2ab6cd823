// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace clipkiln {

class StageMessage;
class Theme;
class Transport;
class VideoSurface;

/// The picture with its controls: below it in the window; in full screen over its lower edge, gone while nothing moves.
class PlayerView final : public QWidget
{
    Q_OBJECT

public:
    explicit PlayerView(Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] VideoSurface& surface() { return *m_surface; }
    [[nodiscard]] Transport& transport() { return *m_transport; }
    [[nodiscard]] StageMessage& message() { return *m_message; }

    /// What is there beside the picture: controls for a clip, a message for what cannot be played.
    void showParts(bool controls, bool message);

    [[nodiscard]] bool isFullScreenView() const { return m_isFullScreen; }
    /// Leaves its place in a layout for a window of its own, and comes back to it.
    void setFullScreenView(bool on);

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void fullScreenToggled();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void arrange();
    void wake();
    void rest();

    VideoSurface* m_surface;
    Transport* m_transport;
    StageMessage* m_message;
    QTimer m_idle; ///< in full screen
    bool m_controls = true;
    bool m_isFullScreen = false;
    QWidget* m_home = nullptr; ///< where it came from when in full screen
    int m_homeIndex = 0;
};

} // namespace clipkiln
