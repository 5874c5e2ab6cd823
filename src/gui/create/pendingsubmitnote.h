// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace clipkiln {

/// Says that Generate was pressed and waits for an input. Its button and Esc take that back.
class PendingSubmitNote final : public QWidget
{
    Q_OBJECT

public:
    explicit PendingSubmitNote(QWidget* parent = nullptr);

Q_SIGNALS:
    void cancelled();
};

} // namespace clipkiln
