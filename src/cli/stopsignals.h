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

    /// The program ends in order from now on, also when this is gone: Ctrl+C alone ends it at once. A session that ends
    /// and a terminal that closes send several signals.
    void expectEnd() { m_isEnding = true; }

Q_SIGNALS:
    void caught(bool isInterrupt); ///< Ctrl+C

private:
    bool m_isEnding = false;
};

} // namespace clipkiln::cli
