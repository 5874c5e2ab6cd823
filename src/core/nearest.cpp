// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nearest.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// "720p"; 0 for anything else.
int linesOf(const QString& resolution)
{
    return resolution.endsWith(u'p') ? resolution.chopped(1).toInt() : 0;
}

/// Width by height of "16:9"; 0 for anything else.
double shapeOf(const QString& ratio)
{
    const double width = ratio.section(u':', 0, 0).toDouble();
    const double height = ratio.section(u':', 1).toDouble();
    return width > 0 && height > 0 ? width / height : 0;
}

std::optional<QString> usualOf(const QStringList& offered, const QString& usual)
{
    if (offered.isEmpty())
        return std::nullopt;
    return offered.contains(usual) ? usual : offered.first();
}

} // namespace

std::optional<QString> nearestResolution(const QString& wanted, const QStringList& offered, const QString& usual)
{
    const int lines = linesOf(wanted);
    if (lines <= 0 || offered.isEmpty())
        return usualOf(offered, usual);
    // Resolutions above the wanted one come after all others, the smallest first.
    const auto rank = [lines](const QString& resolution) {
        const int has = linesOf(resolution);
        return has <= lines ? lines - has : lines + has;
    };
    return *std::min_element(offered.begin(), offered.end(),
                             [&](const QString& a, const QString& b) { return rank(a) < rank(b); });
}

std::optional<QString> nearestRatio(const QString& wanted, const QStringList& offered, const QString& usual)
{
    const double shape = shapeOf(wanted);
    if (shape <= 0 || offered.isEmpty())
        return usualOf(offered, usual);
    const auto distance = [shape](const QString& ratio) {
        const double has = shapeOf(ratio);
        return has > 0 ? std::abs(std::log(has / shape)) : HUGE_VAL;
    };
    return *std::min_element(offered.begin(), offered.end(),
                             [&](const QString& a, const QString& b) { return distance(a) < distance(b); });
}

std::optional<qint64> nearestFreeThird(double seconds, qint64 length, const QList<qint64>& occupied)
{
    std::optional<qint64> nearest;
    const auto distance = [seconds](qint64 third) { return std::abs(static_cast<double>(third) - seconds * 3); };
    for (qint64 third = 1; third < 3 * length; ++third) {
        if (!occupied.contains(third) && (!nearest || distance(third) < distance(*nearest)))
            nearest = third;
    }
    return nearest;
}

} // namespace clipkiln
