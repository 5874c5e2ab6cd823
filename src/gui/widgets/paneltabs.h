// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace clipkiln {

class Theme;

/// The head of a panel: names side by side, the open one underlined, a name's count in a small field behind it.
class PanelTabs final : public QTabBar
{
    Q_OBJECT

public:
    static constexpr int padding = 6; ///< beside a name: room for the focus ring

    explicit PanelTabs(const Theme& theme, QWidget* parent = nullptr);

    void setCount(int tab, int count); ///< 0: none is shown
    [[nodiscard]] int count(int tab) const { return tabData(tab).toInt(); }
    using QTabBar::count;

protected:
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] QSize tabSizeHint(int tab) const override;

private:
    [[nodiscard]] QString countText(int tab) const;
    [[nodiscard]] int countWidth(int tab) const;

    const Theme& m_theme;
};

} // namespace clipkiln
