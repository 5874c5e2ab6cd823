// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QMimeData;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// Makes a whole window a place to drop things on: while something hovers it says what will happen.
class DropOverlay final : public QWidget
{
    Q_OBJECT

public:
    DropOverlay(QWidget* window, Theme& theme);

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
    QString m_text;
    QString m_icon;
};

} // namespace clipkiln
