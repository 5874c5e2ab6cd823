// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inputs/inputslot.h"

#include <QWidget>

namespace clipkiln {

class PreparationPool;
class Theme;

/// One keyframe on its ruler: the picture and its time. It can be dragged and moved by the arrow keys, replaced,
/// removed.
class KeyframePin final : public QWidget
{
    Q_OBJECT

public:
    static constexpr QSize pinSize{56, 42};

    KeyframePin(Theme& theme, PreparationPool& pool, QWidget* parent = nullptr);

    [[nodiscard]] InputSlot& slot() { return m_slot; }
    [[nodiscard]] double seconds() const { return m_seconds; }
    void setSeconds(double seconds);
    /// That the clip is too short for it.
    void setOutside(bool outside);
    [[nodiscard]] bool isOutside() const { return m_isOutside; }

    [[nodiscard]] QSize sizeHint() const override { return pinSize; }

Q_SIGNALS:
    void removeRequested();
    /// Another picture in its place.
    void chooseRequested();
    /// Later (+) or earlier (-) by so many places of the grid.
    void moveRequested(int steps);
    /// The pointer has gripped it.
    void gripped();
    /// How far the pointer went since then, in pixels to the right.
    void dragged(int way);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void showFacts();
    /// The picture as it is sent: what a crop leaves of it.
    [[nodiscard]] QPixmap picture() const;

    Theme& m_theme;
    InputSlot m_slot;
    QPixmap m_picture;
    QWidget* m_remove;
    double m_seconds = 0;
    int m_grip = 0; ///< where the pointer took hold of it, on the screen
    bool m_isDragged = false;
    bool m_isOutside = false;
};

} // namespace clipkiln
