// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace clipkiln::cli {

/// Ctrl+C, and on Unix SIGTERM and SIGHUP, as a Qt signal on the thread that made this. While one lives they do not end
/// the program. A SIGHUP that the program was started to ignore (nohup) stays ignored. One instance at a time.
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
