// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/clipfilter.h"

#include "gui/models/clipmodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

ClipFilter::ClipFilter(QObject* parent) : QSortFilterProxyModel(parent) {}

void ClipFilter::setSearch(const QString& text)
{
    const auto words = text.simplified().toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

void ClipFilter::setMode(std::optional<Mode> mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    invalidateFilter();
}

double ClipFilter::totalSeconds() const
{
    double sum = 0;
    for (int row = 0; row < rowCount(); ++row)
        sum += index(row, 0).data(ClipModel::SecondsRole).toDouble();
    return sum;
}

bool ClipFilter::filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const
{
    const QModelIndex index = sourceModel()->index(sourceRow, 0, sourceParent);
    if (m_mode && index.data(ClipModel::ModeRole).toInt() != static_cast<int>(*m_mode))
        return false;
    if (m_words.isEmpty())
        return true;
    const auto text = index.data(ClipModel::SearchRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(), [&text](const QString& word) { return text.contains(word); });
}

} // namespace clipkiln
