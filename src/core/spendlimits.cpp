// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spendlimits.h"

#include "core/text.h"

#include <QStringList>

#include <utility>

namespace clipkiln {

namespace {

/// Why a limit would be exceeded.
QString reason(const LimitPassed& passed, const LimitFigures& figures)
{
    const bool isDay = figures.span == LimitFigures::Span::Day;
    if (!passed.price)
        return passed.jobs == 1 ? Text::tr("The price of this job is unknown, and there is a limit of %1.")
                                : Text::tr("The price of these jobs is unknown, and there is a limit of %1.");
    if (figures.unpriced > 0)
        return isDay ? Text::tr("This might pass the daily limit of %1.")
                     : Text::tr("This might pass the monthly limit of %1.");
    return isDay ? Text::tr("This would pass the daily limit of %1.")
                 : Text::tr("This would pass the monthly limit of %1.");
}

/// The same of the month, behind the sentence about the day.
QString alsoReason(const LimitPassed& passed, const LimitFigures& figures)
{
    return passed.price && figures.unpriced == 0 ? Text::tr("It would pass the monthly limit of %1 too.")
                                                 : Text::tr("It might pass the monthly limit of %1 too.");
}

QString inFlightText(const LimitFigures& figures)
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
    QStringList sentences;
    if (areUnknown)
        sentences.append(Text::tr("The spending limits could not be read from the settings. Set them again."));
    bool isFirst = true;
    for (const LimitFigures& figures : limits) {
        const QString said = std::exchange(isFirst, false) ? reason(*this, figures) : alsoReason(*this, figures);
        sentences += {said.arg(formatUsd(figures.limit)), Text::tr("Spent: %1.").arg(formatUsd(figures.spent)),
                      inFlightText(figures)};
    }
    if (price)
        sentences.append(
            (jobs == 1 ? Text::tr("This job: about %1.") : Text::tr("These %n jobs together: about %1.", nullptr, jobs))
                .arg(formatUsd(*price)));
    return sentences.join(u' ');
}

std::optional<LimitPassed> limitPassed(const SpendLimits& limits, const SpendReport& report, std::optional<Money> price,
                                       const QDate& today, int jobs)
{
    LimitPassed passed{{}, price, limits.refuses, jobs, limits.areUnknown};
    const auto look = [&](LimitFigures::Span span, std::optional<Money> limit, const QDate& first) {
        if (!limit)
            return;
        const LimitFigures figures{span, *limit, report.spent(first, today), report.inFlight(first, today),
                                   report.unpriced(first, today)};
        if (!price || figures.unpriced > 0 || figures.spent + figures.inFlight + *price > figures.limit)
            passed.limits.append(figures);
    };
    look(LimitFigures::Span::Day, limits.perDay, today);
    look(LimitFigures::Span::Month, limits.perMonth, QDate(today.year(), today.month(), 1));
    return passed.limits.isEmpty() && !passed.areUnknown ? std::nullopt : std::optional(passed);
}

} // namespace clipkiln
