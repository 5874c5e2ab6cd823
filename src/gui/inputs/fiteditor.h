// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/prepare/prepare.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class Dialogs;
class FitView;
class InputSlot;
class SegmentedBar;
class Theme;

/// Shows itself while an image has another ratio than the clip: what becomes of it, and the choice between crop, pad
/// and keep.
class FitEditor final : public QWidget
{
    Q_OBJECT

public:
    FitEditor(InputSlot& slot, Theme& theme, Dialogs& dialogs, QWidget* parent = nullptr);

private:
    void follow();
    void choose(ImageFit::How how);
    void chooseColor();
    void setColor(const std::optional<QColor>& color);
    [[nodiscard]] QString hint() const;

    InputSlot& m_slot;
    Theme& m_theme;
    Dialogs& m_dialogs;
    FitView* m_view;
    SegmentedBar* m_how;
    QWidget* m_bars; ///< what the bars of a padded image are made of
    QPushButton* m_blur;
    QPushButton* m_color;
    QLabel* m_hint;
    QColor m_lastColor = Qt::black; ///< kept while the bars are blurred
};

} // namespace clipkiln
