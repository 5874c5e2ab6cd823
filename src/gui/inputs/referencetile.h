// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inputs/inputslot.h"

#include <QWidget>

namespace clipkiln {

class Theme;

/// One reference image with its number. It can be dragged to another place, moved by Alt and the arrow keys, removed.
class ReferenceTile final : public QWidget
{
    Q_OBJECT

public:
    static constexpr QSize tileSize{68, 56};

    ReferenceTile(Theme& theme, PreparationPool& pool, QWidget* parent = nullptr);

    [[nodiscard]] InputSlot& slot() { return m_slot; }
    /// From 1, as the prompt names it.
    void setNumber(int number);

    [[nodiscard]] QSize sizeHint() const override { return tileSize; }

Q_SIGNALS:
    void removeRequested();
    /// To the neighbour before (-1) or after (+1) it.
    void moveRequested(int steps);
    void focusRequested(int steps);
    /// Where its middle is now, in the parent, while the pointer holds it.
    void dragged(const QPoint& middle);
    void letGo();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void showFacts();

    Theme& m_theme;
    InputSlot m_slot;
    QWidget* m_remove;
    int m_number = 1;
    QPoint m_grip; ///< where the pointer took hold of it
    bool m_isDragged = false;
};

} // namespace clipkiln
