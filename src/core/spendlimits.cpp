// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spendlimits.h"

#include "core/text.h"

#include <QStringList>

namespace clipkiln {

namespace {

bool fits(const LimitPassed& figures)
{
    return figures.price && figures.unpriced == 0 && figures.spent + figures.inFlight + *figures.price <= figures.limit;
}

/// What stands in the way.
QString reason(const LimitPassed& figures)
{
    const bool isDay = figures.span == LimitPassed::Span::Day;
    if (!figures.price)
        return figures.jobs == 1 ? Text::tr("The price of this job is unknown, and there is a limit of %1.")
                                 : Text::tr("The price of these jobs is unknown, and there is a limit of %1.");
    if (figures.unpriced > 0)
        return isDay ? Text::tr("This might pass the daily limit of %1.")
                     : Text::tr("This might pass the monthly limit of %1.");
    return isDay ? Text::tr("This would pass the daily limit of %1.")
                 : Text::tr("This would pass the monthly limit of %1.");
}

QString inFlightText(const LimitPassed& figures)
{
    if (figures.unpriced == 0)
        return Text::tr("In flight: about %1.").arg(formatUsd(figures.inFlight));
    if (figures.unpriced == 1)
        return Text::tr("In flight: about %1 and a job of unknown price.").arg(formatUsd(figures.inFlight));
    return Text::tr("In flight: about %1 and %n jobs of unknown price.", nullptr, figures.unpriced)
        .arg(formatUsd(figures.inFlight));
}

} // namespace

QString LimitPassed::sentence() const
{
    QStringList sentences{reason(*this).arg(formatUsd(limit)), Text::tr("Spent: %1.").arg(formatUsd(spent)),
                          inFlightText(*this)};
    if (price)
        sentences.append(
            (jobs == 1 ? Text::tr("This job: about %1.") : Text::tr("These %n jobs together: about %1.", nullptr, jobs))
                .arg(formatUsd(*price)));
    return sentences.join(u' ');
}

std::optional<LimitPassed> limitPassed(const SpendLimits& limits, const SpendReport& report, std::optional<Money> price,
                                       const QDate& today, int jobs)
{
    const auto look = [&](LimitPassed::Span span, std::optional<Money> limit,
                          const QDate& first) -> std::optional<LimitPassed> {
        const LimitPassed figures{span,
                                  limit.value_or(Money{}),
                                  report.spent(first, today),
                                  report.inFlight(first, today),
                                  price,
                                  limits.refuses,
                                  jobs,
                                  report.unpriced(first, today)};
        return limit && !fits(figures) ? std::optional(figures) : std::nullopt;
    };
    if (auto day = look(LimitPassed::Span::Day, limits.perDay, today))
        return day;
    return look(LimitPassed::Span::Month, limits.perMonth, QDate(today.year(), today.month(), 1));
}

} // namespace clipkiln
