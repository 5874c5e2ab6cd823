// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// One step on the stage: its number, what it is about, a button.
class OnboardingStep final : public QWidget
{
    Q_OBJECT

public:
    /// The one that is to be done now has a dashed edge in the accent's colour.
    enum class Kind { Quiet, Now };

    OnboardingStep(Theme& theme, int number, Kind kind, QWidget* parent = nullptr);

    void setTexts(const QString& title, const QString& text, const QString& button);
    [[nodiscard]] QPushButton* button() { return m_button; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QRectF badge() const;

    Theme& m_theme;
    int m_number;
    Kind m_kind;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_button;
};

} // namespace clipkiln
