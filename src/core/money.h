// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <compare>
#include <cstdint>
#include <optional>

namespace clipkiln {

/// US dollars as the service counts them: whole ticks, 10 000 000 000 to the dollar (CONTRACT.md 6.2). No rounding
/// anywhere.
struct Money
{
    static constexpr std::int64_t ticksPerDollar = 10'000'000'000;

    std::int64_t ticks = 0;

    friend constexpr auto operator<=>(const Money&, const Money&) = default;
    friend constexpr Money operator+(Money a, Money b) { return {a.ticks + b.ticks}; }
    friend constexpr Money operator*(Money a, std::int64_t n) { return {a.ticks * n}; }
    constexpr Money& operator+=(Money other)
    {
        ticks += other.ticks;
        return *this;
    }
};

/// "$0.42", "$0.422": two decimals, more only where they are not zero.
[[nodiscard]] QString formatUsd(Money money);

/// The same without the sign, for JSON and files: "0.422".
[[nodiscard]] QString toDecimal(Money money);

/// Reads "0.07" exactly; nothing for text that is no plain decimal number or has more than ten decimals.
[[nodiscard]] std::optional<Money> moneyFromDecimal(const QString& text);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::Money)
