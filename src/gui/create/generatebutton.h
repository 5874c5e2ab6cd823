// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace clipkiln {

class Theme;

/// The one primary button, with its shortcut written in it.
class GenerateButton final : public QPushButton
{
    Q_OBJECT

public:
    explicit GenerateButton(Theme& theme, QWidget* parent = nullptr);

    /// How many clips a click makes.
    void setCount(int count);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int textWidth() const;

    Theme& m_theme;
    QString m_shortcut;
};

} // namespace clipkiln
