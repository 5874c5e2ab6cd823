// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/table.h"

#include <algorithm>
#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace clipkiln::bench {

namespace {

constexpr std::array columnWidths{58, 11, 11, 7, 11, 5};

/// The first column to the left, figures to the right.
void printLine(const std::array<QString, columnWidths.size()>& cells)
{
    QString line = cells.front().leftJustified(columnWidths.front());
    for (std::size_t column = 1; column < cells.size(); ++column)
        line += u' ' + cells.at(column).rightJustified(columnWidths.at(column));
    std::printf("%s\n", qPrintable(line));
}

QString figure(double value, const QString& unit)
{
    return QString::number(value, 'f', 1) + u' ' + unit;
}

/// Of next to nothing there is no ratio worth reading.
QString ratio(double ours, double baseline)
{
    constexpr double nextToNothing = 0.05;
    return baseline < nextToNothing ? u"-"_s : QString::number(ours / baseline, 'f', 2);
}

QString aimOf(const Row& row)
{
    if (row.mostTimes)
        return u"<= %1 x"_s.arg(*row.mostTimes);
    return row.most ? u"<= %1 %2"_s.arg(*row.most).arg(row.unit) : u"-"_s;
}

bool hasAim(const Row& row)
{
    return row.mostTimes || row.most;
}

} // namespace

double median(QList<double> figures)
{
    if (figures.isEmpty())
        throw Trouble(u"There are no figures to take the median of."_s);
    std::ranges::sort(figures);
    const qsizetype middle = figures.size() / 2;
    return figures.size() % 2 == 1 ? figures.at(middle) : (figures.at(middle - 1) + figures.at(middle)) / 2;
}

bool Row::isMet() const
{
    const double ours = median(measured.ours);
    return (!mostTimes || ours <= *mostTimes * median(measured.baseline)) && (!most || ours <= *most);
}

void print(const QList<Row>& rows)
{
    printLine({u"what (medians)"_s, u"ours"_s, u"baseline"_s, u"ratio"_s, u"aim"_s, u"met"_s});
    for (const Row& row : rows) {
        const double ours = median(row.measured.ours);
        const double baseline = median(row.measured.baseline);
        printLine({row.what, figure(ours, row.unit), figure(baseline, row.unit), ratio(ours, baseline), aimOf(row),
                   !hasAim(row)  ? u"-"_s
                   : row.isMet() ? u"yes"_s
                                 : u"NO"_s});
    }
}

} // namespace clipkiln::bench
