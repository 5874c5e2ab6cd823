// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace clipkiln {

class Theme;

/// Keeps its place but shows itself only while pointer or focus is in what it belongs to: quiet, yet within reach of
/// Tab.
class HoverButton final : public QToolButton
{
    Q_OBJECT

public:
    HoverButton(Theme& theme, const QString& icon, const QString& name, QWidget* owner);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& m_theme;
    QWidget* m_owner;
};

} // namespace clipkiln
