// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

namespace clipkiln {

class Theme;
class Thumbnails;

/// Paints a job's row: picture, prompt, settings and price, state and what can be done, and a thin bar while it runs.
class JobDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    JobDelegate(const Theme& theme, Thumbnails& thumbnails, QObject* parent = nullptr);

    /// Where the row's action stands in words; empty for a row without one.
    [[nodiscard]] QRect actionRect(const QStyleOptionViewItem& option, const QModelIndex& index) const;
    /// The row whose action is under the pointer is underlined.
    void setHoveredAction(const QModelIndex& index) { m_hovered = index; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
    Thumbnails& m_thumbnails;
    QPersistentModelIndex m_hovered;
};

} // namespace clipkiln
