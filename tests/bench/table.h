// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>
#include <stdexcept>

namespace clipkiln::bench {

/// Why a figure could not be taken; ends the run.
struct Trouble : std::runtime_error
{
    explicit Trouble(const QString& sentence) : std::runtime_error(sentence.toStdString()) {}
};

/// One quantity of ours and of what it is held against, taken in turns, a figure per round.
struct Measured
{
    QList<double> ours;
    QList<double> baseline;
};

/// The middle figure; of an even number the mean of the two.
[[nodiscard]] double median(QList<double> figures);

/// A line of the table.
struct Row
{
    QString what;
    Measured measured; ///< in `unit`
    QString unit;
    std::optional<double> mostTimes{}; ///< the aim: ours at most so many times the baseline
    std::optional<double> most{};      ///< the aim: ours at most so much; with neither the row only informs

    [[nodiscard]] bool isMet() const;
};

void print(const QList<Row>& rows);

} // namespace clipkiln::bench
