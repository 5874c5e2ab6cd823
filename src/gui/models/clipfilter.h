// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"

#include <QSortFilterProxyModel>

namespace clipkiln {

/// The clips that hold every word of a search and are of a mode.
class ClipFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ClipFilter(QObject* parent = nullptr);

    void setSearch(const QString& text);
    void setMode(std::optional<Mode> mode); ///< nothing: all modes
    /// Of the clips that are let through.
    [[nodiscard]] double totalSeconds() const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;

private:
    QStringList m_words; ///< case folded
    std::optional<Mode> m_mode;
};

} // namespace clipkiln
