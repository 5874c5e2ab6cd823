// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace clipkiln {

/// A combo box whose current text is cut by "…" where there is no room, and then stands whole in the tool tip.
class ElidedCombo final : public QComboBox
{
    Q_OBJECT

public:
    explicit ElidedCombo(QWidget* parent = nullptr);

    /// Its list is as wide as its longest text.
    void showPopup() override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString shownText() const;
};

} // namespace clipkiln
