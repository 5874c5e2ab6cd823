// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/spendmonitor.h"

#include <QDateTime>

#include <chrono>

namespace clipkiln {

SpendMonitor::SpendMonitor(QObject* parent) : QObject(parent)
{
    m_midnight.setSingleShot(true);
    connect(&m_midnight, &QTimer::timeout, this, &SpendMonitor::announce);
}

void SpendMonitor::setReport(const SpendReport& report)
{
    m_report = report;
    announce();
}

void SpendMonitor::announce()
{
    const QDateTime now = QDateTime::currentDateTime();
    m_midnight.start(std::chrono::milliseconds(now.msecsTo(now.date().addDays(1).startOfDay()) + 1));
    Q_EMIT changed(m_report);
}

} // namespace clipkiln
