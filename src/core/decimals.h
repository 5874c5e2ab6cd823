// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

#include <cmath>

/// Numbers in sentences that the command line prints too: with a point and at most two decimals.
namespace clipkiln {

namespace decimals {
inline constexpr double factor = 100; // two decimals: as many as a person can use
inline constexpr double noise = 1e-6; // of a decimal number in binary
} // namespace decimals

/// "8.7", "15".
[[nodiscard]] inline QString decimal(double value)
{
    return QString::number(std::round(value * decimals::factor) / decimals::factor, 'f',
                           QLocale::FloatingPointShortest);
}

/// Rounded down, so that what is below a limit never reads as the limit itself.
[[nodiscard]] inline QString decimalBelow(double value)
{
    return decimal(std::floor(value * decimals::factor + decimals::noise) / decimals::factor);
}

/// Rounded up, so that what is above a limit never reads as the limit itself.
[[nodiscard]] inline QString decimalAbove(double value)
{
    return decimal(std::ceil(value * decimals::factor - decimals::noise) / decimals::factor);
}

} // namespace clipkiln
