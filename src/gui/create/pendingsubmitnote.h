// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace clipkiln {

/// Says that Generate was pressed and waits for an input, and takes it back: by its button or by Esc.
class PendingSubmitNote final : public QWidget
{
    Q_OBJECT

public:
    explicit PendingSubmitNote(QWidget* parent = nullptr);

    [[nodiscard]] bool isOn() const { return m_isOn; }
    void setOn(bool on);

private:
    bool m_isOn = false;
};

} // namespace clipkiln
