// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"

#include <QByteArray>
#include <QDate>
#include <QList>
#include <QMetaType>

namespace clipkiln {

/// What services have charged, and may still charge, for the jobs of a profile. Simulated jobs are left out.
struct SpendReport
{
    /// All charges of one day for one model in one mode.
    struct Line
    {
        QDate day; ///< local
        QString model;
        Mode mode{};
        Money money;
        int jobs = 0;

        friend bool operator==(const Line&, const Line&) = default;
    };
    /// A job that may be charged for and whose cost is not known yet.
    struct Pending
    {
        QDate day;                     ///< local; null while the job is not over, since it may be charged on any day
        std::optional<Money> estimate; ///< nothing: its price was unknown

        friend bool operator==(const Pending&, const Pending&) = default;
    };

    QList<Line> lines; ///< newest day first
    QList<Pending> pending;

    /// From the first day to the last, both included.
    [[nodiscard]] Money spent(const QDate& first, const QDate& last) const;
    /// The estimates of what may still be charged for those days.
    [[nodiscard]] Money inFlight(const QDate& first, const QDate& last) const;
    /// How many jobs of those days may still be charged at an unknown price.
    [[nodiscard]] int unpriced(const QDate& first, const QDate& last) const;

    friend bool operator==(const SpendReport&, const SpendReport&) = default;
};

/// True while a job in this phase may cost money or may have cost some: it is not over yet, its outcome is unknown, or
/// the service took it. A failed job costs what its answer reports, otherwise nothing.
[[nodiscard]] bool canCost(const Phase& phase);

/// True for a job without a known cost that a real service may charge for, or may have charged for.
[[nodiscard]] bool mayBeCharged(const Job& job);

/// The lines as a table for a spreadsheet (RFC 4180): day, model, mode, jobs, dollars to the last decimal.
[[nodiscard]] QByteArray toCsv(const SpendReport& report);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::SpendReport)
