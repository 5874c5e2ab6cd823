// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"
#include "gui/look/theme.h"

namespace clipkiln {

/// What a job's row says, word for word.
struct JobRow
{
    QString prompt;   ///< on one line
    QString take;     ///< "take 2 of 4"; empty of the only one
    QString settings; ///< "image · 6 s · 720p"; of a take "2/4 · image · 6 s · 720p", for the row is narrow
    QString price;    ///< "$0.422", "about $0.42", "price unknown"; empty when it cost nothing
    QString state;    ///< "Generating 42 %"
    Token stateColor = Token::Text2;
    QString side;                   ///< opposite the state: a time, a place in the line, or what can be done
    bool sideIsAction = false;      ///< side names what a click on it does
    std::optional<double> progress; ///< 0 to 1: the bar below
    bool ticks = false;             ///< the row reads differently a second later
    bool joinsAbove = false;        ///< the row above is of the same submit
    bool joinsBelow = false;
};

/// now: UTC. ahead: how many queued jobs go before this one. isOnHold: the queue sends nothing new.
[[nodiscard]] JobRow rowFor(const Job& job, const QDateTime& now, int ahead, bool isOnHold = false);

/// The state in a whole sentence: what is going on, or what went wrong and what to do.
[[nodiscard]] QString stateSentence(const Job& job, bool isOnHold = false);
/// What it cost, else what it was said to cost; empty when it ended without costing anything.
[[nodiscard]] QString priceText(const Job& job);
/// From the service's acceptance to the end or to now; nothing before.
[[nodiscard]] std::optional<std::chrono::seconds> elapsed(const Job& job, const QDateTime& now);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::JobRow)
