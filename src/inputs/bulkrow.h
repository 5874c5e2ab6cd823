// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulklist.h"
#include "core/modeltable.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace clipkiln {

/// One row of the table of many jobs: a request to be, and how far it is from being one.
struct BulkRow
{
    GenerationRequest request;
    int takes = 1;
    bool isWanted = true;   ///< the check mark, as the person has it
    QString image;          ///< path of the picture it starts from, before it was prepared; empty without a file
    bool isLoading = false; ///< its picture is being prepared
    QString imageTrouble;   ///< why the picture cannot be used
    QStringList imageNotes; ///< what was done to the picture
    QList<BulkLine::Problem> listProblems; ///< values of the list that could not be used and were not chosen anew

    // What follows from the above and the models
    QString trouble;              ///< the first thing that keeps it from being sent; empty when nothing does
    std::optional<Money> perTake; ///< nothing: its price is unknown

    /// True when it becomes jobs once its picture is there.
    [[nodiscard]] bool isChosen() const { return isWanted && trouble.isEmpty(); }
    [[nodiscard]] std::optional<Money> price() const
    {
        return perTake ? std::optional(*perTake * takes) : std::nullopt;
    }
};

/// Finds out again what is wrong with a row and what it costs.
void judge(BulkRow& row, const ModelTable& models);

/// The model of a request, also when the table does not know it.
[[nodiscard]] Model modelOf(const GenerationRequest& request, const ModelTable& models);

/// What the chosen rows come to, in whole ticks.
struct BulkTotal
{
    int chosen = 0; ///< rows
    int jobs = 0;
    Money known;            ///< of the jobs whose price is known
    QList<int> unknownRows; ///< from 1
    int leftOut = 0;        ///< rows that are wanted, but have a problem
    int loading = 0;        ///< rows that are wanted and whose picture is being prepared
    struct Part
    {
        int jobs = 0;
        Money each;
    };
    QList<Part> parts; ///< jobs of one price together, the most first

    /// Of all jobs; nothing while one is unknown.
    [[nodiscard]] std::optional<Money> price() const;
    /// "18 × $0.422 + 2 × $0.40"; of more prices than a line has room for only the first.
    [[nodiscard]] QString partsText() const;
};

[[nodiscard]] BulkTotal totalOf(const QList<BulkRow>& rows);

} // namespace clipkiln
