// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace clipkiln::cli {

/// Ctrl+C, and on Unix SIGTERM, as a Qt signal on the thread that made this. While one lives they do not end the
/// program.
class StopSignals final : public QObject
{
    Q_OBJECT

public:
    explicit StopSignals(QObject* parent = nullptr);
    ~StopSignals() override;

Q_SIGNALS:
    void caught();
};

} // namespace clipkiln::cli
