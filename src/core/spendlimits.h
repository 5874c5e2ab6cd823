// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spend.h"

namespace clipkiln {

/// The most that a person wants to spend; nothing: no limit.
struct SpendLimits
{
    std::optional<Money> perDay;
    std::optional<Money> perMonth;
    bool refuses = false;    ///< refuses jobs that would exceed a limit; otherwise the person is asked
    bool areUnknown = false; ///< they could not be read: they count as reached

    [[nodiscard]] bool areNone() const { return !perDay && !perMonth && !areUnknown; }

    friend bool operator==(const SpendLimits&, const SpendLimits&) = default;
};

/// A limit of a day or a month, with the figures that are compared with it.
struct LimitFigures
{
    enum class Span { Day, Month };

    Span span{};
    Money limit;
    Money spent;      ///< in the span
    Money inFlight;   ///< may still be charged for jobs under way
    int unpriced = 0; ///< jobs under way whose price is unknown: they exceed every limit

    friend bool operator==(const LimitFigures&, const LimitFigures&) = default;
};

/// The limits that a submit would exceed, with the figures behind that.
struct LimitPassed
{
    QList<LimitFigures> limits; ///< one or both, the day before the month; a yes is for all of them
    std::optional<Money> price; ///< of all jobs of the submit; nothing: unknown, which exceeds every limit
    bool isRefused = false;     ///< without a question
    int jobs = 1;               ///< of the submit
    bool areUnknown = false;    ///< the limits could not be read, beside those that are in the list

    /// The sentence for a person, with all figures.
    [[nodiscard]] QString sentence() const;

    friend bool operator==(const LimitPassed&, const LimitPassed&) = default;
};

/// The limits that `jobs` more jobs of a real service, at this price together, would exceed today; nothing for none.
[[nodiscard]] std::optional<LimitPassed> limitPassed(const SpendLimits& limits, const SpendReport& report,
                                                     std::optional<Money> price, const QDate& today, int jobs = 1);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::LimitPassed)
