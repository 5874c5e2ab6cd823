// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/generationrequest.h"

#include <QWidget>

#include <optional>

QT_BEGIN_NAMESPACE
class QMimeData;
QT_END_NAMESPACE

namespace clipkiln {

class Dialogs;
class PreparationPool;
class KeyframePin;
class Theme;

/// The length of the clip with the pictures it is to pass through, each at its time on the service's grid of thirds of
/// a second (CONTRACT.md 3.1). Where it is clicked or an image is dropped, a keyframe is added.
class KeyframeRuler final : public QWidget
{
    Q_OBJECT

public:
    KeyframeRuler(Theme& theme, Dialogs& dialogs, PreparationPool& pool, QWidget* parent = nullptr);

    /// In the order of their times; the image of one that is still loading is an empty input.
    [[nodiscard]] QList<Keyframe> keyframes() const;
    void setKeyframes(const QList<Keyframe>& keyframes);
    /// In the order of their times.
    [[nodiscard]] QList<KeyframePin*> pins() const;
    [[nodiscard]] int count() const { return static_cast<int>(m_pins.size()); }
    [[nodiscard]] bool hasRoom() const { return count() < m_most; }
    [[nodiscard]] bool isLoading() const;

    /// How many the model takes; those beyond stay, for validate() to speak of.
    void setMost(int most);
    [[nodiscard]] int most() const { return m_most; }
    /// Of the clip. What lies outside of it then stays where it is.
    void setSeconds(int seconds);
    /// Of the clip; empty when not known. Each picture of another ratio is fitted to it, as InputSlot does.
    void setRatio(QSize ratio);
    [[nodiscard]] int outsideCount() const;
    /// Moves those outside to the free places nearest to the end.
    void moveInside();

    /// In the middle of the longest stretch without one.
    void add(const Input& input);
    /// Asks for a file; it comes to the same place.
    void choose();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// As those of InputSlot, of any of them; also another time.
    void changed();
    void loaded();
    void failed(const clipkiln::Error& error);
    /// There was no room for so many more.
    void leftOut(int count);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    // A place is a whole number of thirds of a second.
    [[nodiscard]] int lastPlace() const;
    [[nodiscard]] bool isFree(int place) const;
    /// The free place nearest to one, itself included; nothing when the ruler is full.
    [[nodiscard]] std::optional<int> freePlaceNear(int place) const;
    [[nodiscard]] int middleOfLongestGap() const;
    [[nodiscard]] int placeAt(int x) const;
    [[nodiscard]] double xOf(double seconds) const;

    void addFileAt(const QString& path, int place);
    void addFromDialog(int place);
    bool takeFrom(const QMimeData& mime, int place);
    KeyframePin* append(double seconds);
    void remove(KeyframePin* pin);
    void moveBy(KeyframePin* pin, int steps);
    void moveTo(KeyframePin* pin, int place);
    void chooseFor(KeyframePin* pin);
    void place();
    void aim(std::optional<int> place);
    void paintScale(QPainter& painter) const;
    void paintAim(QPainter& painter) const;
    [[nodiscard]] int axisTop() const;

    Theme& m_theme;
    Dialogs& m_dialogs;
    PreparationPool& m_pool;
    QString m_folder; ///< where the last file was picked
    int m_most = 1;
    int m_seconds = 1;
    QSize m_ratio; ///< of the clip
    QList<KeyframePin*> m_pins;
    std::optional<int> m_aim; ///< where a click or a drop would add one
    int m_gripX = 0;          ///< where the dragged pin was gripped
};

} // namespace clipkiln
