// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spend.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QLabel;
QT_END_NAMESPACE

namespace clipkiln {

class Dialogs;
class SpendBars;
class Theme;

/// What real services have charged: today, in seven days, this month, day by day, and by model and mode.
class SpendDialog final : public QDialog
{
    Q_OBJECT

public:
    SpendDialog(Theme& theme, Dialogs& dialogs, QWidget* parent = nullptr);

    void setReport(const SpendReport& report, const QDate& today);

private:
    void showShares(const QDate& first, const QDate& last);
    void exportTable();

    Dialogs& m_dialogs;
    SpendReport m_report;
    QLabel* m_today;
    QLabel* m_week;
    QLabel* m_month;
    QLabel* m_inFlight;
    SpendBars* m_bars;
    QWidget* m_shares = nullptr; ///< made anew for each report
    QGridLayout* m_layout;
    QLabel* m_result; ///< of the export
};

} // namespace clipkiln
