// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSlider>

#include <functional>

namespace clipkiln {

class Theme;

/// The thin bar on the stage, for the place in a clip and for the volume. A click goes there at once; keys as in any
/// slider. It runs from left to right in every language, as the pictures of a clip do.
class StageBar final : public QAbstractSlider
{
    Q_OBJECT

public:
    explicit StageBar(Theme& theme, QWidget* parent = nullptr);

    /// What to show under the pointer: the time of a place. Nothing is shown without it.
    void setTip(std::function<QString(int value)> tip) { m_tip = std::move(tip); }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] int valueAt(double x) const;
    [[nodiscard]] double xOf(int value) const;

    Theme& m_theme;
    std::function<QString(int)> m_tip;
};

} // namespace clipkiln
