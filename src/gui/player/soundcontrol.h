// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QToolButton;
QT_END_NAMESPACE

namespace clipkiln {

class StageBar;
class Theme;

/// The loudspeaker on the stage: a click mutes, the wheel and the bar beside it set the volume. The bar is there while
/// the pointer or the keyboard is.
class SoundControl final : public QWidget
{
    Q_OBJECT

public:
    explicit SoundControl(Theme& theme, QWidget* parent = nullptr);

    void setVolume(double volume); ///< 0 to 1
    void setMuted(bool muted);

Q_SIGNALS:
    void volumeChosen(double volume);
    void muteToggled(bool muted);

protected:
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showBar();
    void refresh();

    Theme& m_theme;
    QToolButton* m_button;
    StageBar* m_bar;
    bool m_muted = false;
};

} // namespace clipkiln
