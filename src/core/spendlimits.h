// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spend.h"

namespace clipkiln {

/// How much a person wants to spend at most; nothing: no limit.
struct SpendLimits
{
    std::optional<Money> perDay;
    std::optional<Money> perMonth;
    bool refuses = false; ///< a job that would pass one; else the person is asked

    friend bool operator==(const SpendLimits&, const SpendLimits&) = default;
};

/// A limit of a day or a month, with what it is held against.
struct LimitFigures
{
    enum class Span { Day, Month };

    Span span{};
    Money limit;
    Money spent;      ///< in the span
    Money inFlight;   ///< may still be charged for jobs under way
    int unpriced = 0; ///< jobs under way whose price is unknown: they too pass every limit

    friend bool operator==(const LimitFigures&, const LimitFigures&) = default;
};

/// The limits that a submit would pass, with the figures it would pass them by.
struct LimitPassed
{
    QList<LimitFigures> limits; ///< one or both, the day before the month: a yes passes them all
    std::optional<Money> price; ///< of all jobs of the submit; nothing: unknown, which passes every limit
    bool isRefused = false;     ///< nobody is to be asked
    int jobs = 1;               ///< of the submit

    /// What it is about, with all figures; for a person.
    [[nodiscard]] QString sentence() const;

    friend bool operator==(const LimitPassed&, const LimitPassed&) = default;
};

/// Whether so many more real jobs, together at this price, would pass a limit, by the books of the day.
[[nodiscard]] std::optional<LimitPassed> limitPassed(const SpendLimits& limits, const SpendReport& report,
                                                     std::optional<Money> price, const QDate& today, int jobs = 1);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::LimitPassed)
