// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr qsizetype decimals = 10; // of ticksPerDollar

/// The ticks without their sign; the smallest integer has no positive twin.
std::uint64_t magnitude(Money money)
{
    const auto ticks = static_cast<std::uint64_t>(money.ticks);
    return money.ticks < 0 ? 0 - ticks : ticks;
}

QString digits(Money money)
{
    constexpr auto perDollar = static_cast<std::uint64_t>(Money::ticksPerDollar);
    QString fraction = QString::number(magnitude(money) % perDollar).rightJustified(decimals, u'0');
    while (fraction.size() > 2 && fraction.endsWith(u'0'))
        fraction.chop(1);
    return QString::number(magnitude(money) / perDollar) + u'.' + fraction;
}

QString sign(Money money)
{
    return money.ticks < 0 ? u"-"_s : QString();
}

} // namespace

QString formatUsd(Money money)
{
    return sign(money) + u'$' + digits(money);
}

QString toDecimal(Money money)
{
    return sign(money) + digits(money);
}

std::optional<Money> moneyFromDecimal(const QString& text)
{
    const bool negative = text.startsWith(u'-');
    const QString plain = negative ? text.mid(1) : text;
    const qsizetype point = plain.indexOf(u'.');
    const QString whole = plain.left(point);
    const QString fraction = point < 0 ? QString() : plain.mid(point + 1);
    if (whole.isEmpty() || (point >= 0 && fraction.isEmpty()) || fraction.size() > decimals)
        return std::nullopt;

    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::int64_t ticks = 0;
    for (const QChar c : QString(whole + fraction.leftJustified(decimals, u'0'))) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
        const int digit = c.unicode() - u'0';
        if (ticks > (most - digit) / 10)
            return std::nullopt;
        ticks = ticks * 10 + digit;
    }
    return Money{negative ? -ticks : ticks};
}

} // namespace clipkiln
