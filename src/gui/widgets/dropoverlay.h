// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

QT_BEGIN_NAMESPACE
class QMimeData;
QT_END_NAMESPACE

namespace clipkiln {

struct DroppedContent;
class Theme;

/// Set as a property (to true) on widgets that take drops of their own: the overlay leaves them in sight.
inline constexpr char dropPlaceProperty[] = "dropPlace";

/// Makes a whole window a place to drop things on: while something hovers it says what will happen.
class DropOverlay final : public QWidget
{
    Q_OBJECT

public:
    /// What a drop would do, in a few words; empty for what is of no use.
    using Words = std::function<QString(const DroppedContent&)>;

    DropOverlay(QWidget* window, Theme& theme, Words words);

    /// What the drop would do; empty while nothing hovers.
    [[nodiscard]] QString text() const { return m_text; }

Q_SIGNALS:
    /// Also for what cannot be used, so that someone says so. The data lives until the slot returns.
    void dropped(const QMimeData* data);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void leave();

    Theme& m_theme;
    Words m_words;
    QString m_text;
    QString m_icon;
};

} // namespace clipkiln
