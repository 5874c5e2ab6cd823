// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spendlimits.h"

#include "core/text.h"

namespace clipkiln {

namespace {

bool fits(const LimitPassed& figures)
{
    return figures.price && figures.spent + figures.inFlight + *figures.price <= figures.limit;
}

} // namespace

QString LimitPassed::sentence() const
{
    const QString first = span == Span::Day ? Text::tr("This would pass the daily limit of %1.")
                                            : Text::tr("This would pass the monthly limit of %1.");
    const QString unknown = Text::tr("The price of this job is unknown, and there is a limit of %1.");
    const QString figures = Text::tr("Spent: %1. In flight: about %2.").arg(formatUsd(spent), formatUsd(inFlight));
    if (!price)
        return unknown.arg(formatUsd(limit)) + u' ' + figures;
    return first.arg(formatUsd(limit)) + u' ' + figures + u' ' + Text::tr("This job: about %1.").arg(formatUsd(*price));
}

std::optional<LimitPassed> limitPassed(const SpendLimits& limits, const SpendReport& report, std::optional<Money> price,
                                       const QDate& today)
{
    const auto look = [&](LimitPassed::Span span, std::optional<Money> limit,
                          const QDate& first) -> std::optional<LimitPassed> {
        const LimitPassed figures{
            span,  limit.value_or(Money{}), report.spent(first, today), report.inFlight(first, today),
            price, limits.refuses};
        return limit && !fits(figures) ? std::optional(figures) : std::nullopt;
    };
    if (auto day = look(LimitPassed::Span::Day, limits.perDay, today))
        return day;
    return look(LimitPassed::Span::Month, limits.perMonth, QDate(today.year(), today.month(), 1));
}

} // namespace clipkiln
