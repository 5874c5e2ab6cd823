// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/bulkrow.h"

#include "core/text.h"
#include "core/validate.h"

#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

Model modelOf(const GenerationRequest& request, const ModelTable& models)
{
    const Model* known = models.find(request.model);
    return known ? *known : models.unknownModel(request.model);
}

void judge(BulkRow& row, const ModelTable& models)
{
    const Model model = modelOf(row.request, models);
    const auto price = estimate(row.request, model);
    row.perTake = price ? std::optional(price->total) : std::nullopt;

    row.trouble.clear();
    if (!row.listProblems.isEmpty()) {
        row.trouble = row.listProblems.first().sentence;
        return;
    }
    if (!row.imageTrouble.isEmpty()) {
        row.trouble = row.imageTrouble;
        return;
    }
    for (const Problem& problem : validate(row.request, model)) {
        // A picture that is still being prepared is not missing.
        if (row.isLoading && problem.field == Problem::Field::Image)
            continue;
        row.trouble = problem.sentence;
        return;
    }
}

std::optional<Money> BulkTotal::price() const
{
    return unknownRows.isEmpty() ? std::optional(known) : std::nullopt;
}

QString BulkTotal::partsText() const
{
    constexpr qsizetype most = 4;
    QStringList texts;
    for (const Part& part : parts.first(std::min(parts.size(), most)))
        texts.append(u"%1 × %2"_s.arg(QString::number(part.jobs), formatUsd(part.each)));
    if (parts.size() > most)
        texts.append(Text::tr("others"));
    return texts.join(u" + "_s);
}

BulkTotal totalOf(const QList<BulkRow>& rows)
{
    BulkTotal total;
    QMap<Money, int> jobsByPrice;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const BulkRow& row = rows.at(i);
        if (row.isWanted && !row.trouble.isEmpty())
            ++total.leftOut;
        if (!row.isChosen())
            continue;
        ++total.chosen;
        if (row.isLoading)
            ++total.loading;
        total.jobs += row.takes;
        if (row.perTake) {
            total.known += *row.price();
            jobsByPrice[*row.perTake] += row.takes;
        } else {
            total.unknownRows.append(static_cast<int>(i) + 1);
        }
    }
    for (auto price = jobsByPrice.cbegin(); price != jobsByPrice.cend(); ++price)
        total.parts.append({price.value(), price.key()});
    std::stable_sort(total.parts.begin(), total.parts.end(),
                     [](const BulkTotal::Part& a, const BulkTotal::Part& b) { return a.jobs > b.jobs; });
    return total;
}

} // namespace clipkiln
