// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spend.h"

#include <QObject>
#include <QTimer>

namespace clipkiln {

/// The books as last reported, for whoever shows them.
class SpendMonitor final : public QObject
{
    Q_OBJECT

public:
    explicit SpendMonitor(QObject* parent = nullptr);

    void setReport(const SpendReport& report);
    [[nodiscard]] const SpendReport& report() const { return m_report; }

Q_SIGNALS:
    /// Also at midnight: "today" is another day then.
    void changed(const clipkiln::SpendReport& report);

private:
    void announce();

    SpendReport m_report;
    QTimer m_midnight;
};

} // namespace clipkiln
