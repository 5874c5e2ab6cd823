// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace clipkiln {

class Theme;
class Thumbnails;

/// Paints a clip as a tile: its picture, its length in a corner, and a mark when it is simulated.
class ClipDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int margin = 5; ///< around a tile: half of the space between two

    ClipDelegate(const Theme& theme, Thumbnails& thumbnails, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
    Thumbnails& m_thumbnails;
};

} // namespace clipkiln
