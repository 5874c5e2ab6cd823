// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inputs/trimrange.h"

#include <QPixmap>
#include <QWidget>

#include <optional>

namespace clipkiln {

class Theme;

/// A video as a strip of pictures with the part that is kept between two handles. Time runs from left to right in
/// every language, as on the player's tape. The strip itself moves the whole part.
class TrimStrip final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int stripHeight = 44;

    explicit TrimStrip(Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] const TrimRange& range() const { return m_range; }
    void setRange(const TrimRange& range);

    /// As many empty places for pictures of this shape as there is room for.
    void setShape(QSize picture);
    [[nodiscard]] int pictureCount() const { return static_cast<int>(m_pictures.size()); }
    /// Of a place, in logical pixels.
    [[nodiscard]] QSize pictureSize() const { return m_pictureSize; }
    void setPicture(int place, const QPixmap& picture);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// By a person; frame: the one to look at while it moves.
    void moved(int frame);
    /// The strip has another width: other pictures are wanted.
    void resized();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Handle;
    enum class End { In, Out };

    [[nodiscard]] QRect track() const;
    [[nodiscard]] double xOf(int frame) const;
    [[nodiscard]] int frameAt(double x) const;
    void moveEnd(End end, int frame);
    void moveWhole(int frame);
    void place();
    /// Frames that a key moves by; nothing for other keys.
    [[nodiscard]] std::optional<int> stepOf(const QKeyEvent& event) const;

    Theme& m_theme;
    TrimRange m_range;
    QList<QPixmap> m_pictures;
    QSize m_pictureSize;
    Handle* m_in;
    Handle* m_out;
    double m_grip = 0; ///< from the part's left end to the pointer
    bool m_isDragged = false;
};

} // namespace clipkiln
