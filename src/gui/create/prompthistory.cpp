// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/prompthistory.h"

#include "core/format.h"
#include "core/plaintext.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

QString factsOf(const PastPrompt& past)
{
    const QString uses = past.uses == 1 ? PromptHistory::tr("used once")
                                        : PromptHistory::tr("used %1 times").arg(QLocale().toString(past.uses));
    return PromptHistory::tr("%1 · %2 · %3").arg(displayName(past.mode), uses, formatMoment(past.lastUsed));
}

} // namespace

void PromptHistory::setPrompts(const QList<PastPrompt>& prompts)
{
    if (prompts == m_prompts)
        return;
    beginResetModel();
    m_prompts = prompts;
    m_searched.clear();
    m_searched.reserve(prompts.size());
    for (const PastPrompt& past : prompts)
        m_searched.append(past.prompt.toCaseFolded());
    endResetModel();
}

void PromptHistory::remove(const QString& prompt)
{
    const auto isIt = [&prompt](const PastPrompt& past) { return past.prompt == prompt; };
    const auto found = std::find_if(m_prompts.cbegin(), m_prompts.cend(), isIt);
    if (found == m_prompts.cend())
        return;
    const auto row = static_cast<int>(found - m_prompts.cbegin());
    beginRemoveRows({}, row, row);
    m_prompts.removeAt(row);
    m_searched.removeAt(row);
    endRemoveRows();
}

int PromptHistory::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_prompts.size());
}

QVariant PromptHistory::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_prompts.size())
        return {};
    const PastPrompt& past = m_prompts.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cleanLine(past.prompt).simplified();
    case Qt::ToolTipRole:
        return cleanToolTip(past.prompt);
    case PromptRole:
        return past.prompt;
    case Qt::AccessibleTextRole:
        return cleanLine(past.prompt.simplified() + u". "_s + factsOf(past));
    case FactsRole:
        return factsOf(past);
    case SearchRole:
        return m_searched.at(index.row());
    default:
        return {};
    }
}

void PromptFilter::setSearch(const QString& text)
{
    const auto words = text.simplified().toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

bool PromptFilter::filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const
{
    if (m_words.isEmpty())
        return true;
    const auto text = sourceModel()->index(sourceRow, 0, sourceParent).data(PromptHistory::SearchRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(), [&text](const QString& word) { return text.contains(word); });
}

} // namespace clipkiln
