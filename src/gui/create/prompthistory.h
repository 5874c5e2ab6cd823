// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pastprompt.h"

#include <QAbstractListModel>
#include <QSortFilterProxyModel>

namespace clipkiln {

/// The prompts submitted so far as a list, last used first.
class PromptHistory final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        PromptRole = Qt::UserRole, ///< whole, with its line breaks
        FactsRole,                 ///< "image · used 3 times · 23/11/2026 17:02"
        SearchRole,                ///< case folded
    };

    using QAbstractListModel::QAbstractListModel;

    void setPrompts(const QList<PastPrompt>& prompts);
    [[nodiscard]] const QList<PastPrompt>& prompts() const { return m_prompts; }
    void remove(const QString& prompt);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<PastPrompt> m_prompts;
    QStringList m_searched; ///< of each, case folded once
};

/// The prompts that have all the words searched for.
class PromptFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setSearch(const QString& text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;

private:
    QStringList m_words;
};

} // namespace clipkiln
