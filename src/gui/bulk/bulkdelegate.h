// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace clipkiln {

class Theme;
class Thumbnails;

/// Paints a row of the table of many jobs: its mark, picture and prompt, below that its problem or its picture's name,
/// then its settings.
class BulkDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    BulkDelegate(Theme& theme, Thumbnails& thumbnails, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
    /// Where the mark of a row is clicked.
    [[nodiscard]] QRect markRect(const QStyleOptionViewItem& option) const;

private:
    void paintClip(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;

    Theme& m_theme;
    Thumbnails& m_thumbnails;
};

} // namespace clipkiln
