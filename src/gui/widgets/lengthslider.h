// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QSlider;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// How long the clip is to be: a slider in whole seconds with its value beside it.
class LengthSlider final : public QWidget
{
    Q_OBJECT

public:
    explicit LengthSlider(Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] int seconds() const;
    void setSeconds(int seconds);
    void setRange(int least, int most);

Q_SIGNALS:
    void secondsChanged(int seconds);

private:
    void showValue();

    QSlider* m_slider;
    QLabel* m_value;
};

} // namespace clipkiln
