// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "gui/models/clipactions.h"

#include <QListView>

namespace clipkiln {

class ClipModel;
class Theme;
class Thumbnails;

/// Clips as tiles: one strip that the wheel moves sideways, or rows where there is height for more than one.
class ClipView final : public QListView
{
    Q_OBJECT

public:
    ClipView(const Theme& theme, Thumbnails& thumbnails, QAbstractItemModel& clips, QWidget* parent = nullptr);

    void setEmptyText(const QString& text);
    [[nodiscard]] QString emptyText() const { return m_emptyText; }

Q_SIGNALS:
    void actionRequested(clipkiln::ClipAction action, const clipkiln::Clip& clip);
    void clipSelected(const clipkiln::Clip& clip);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void startDrag(Qt::DropActions actions) override;

private:
    [[nodiscard]] std::optional<Clip> clipAt(const QModelIndex& index) const;
    void request(ClipAction action, const QModelIndex& index);

    const Theme& m_theme;
    QString m_emptyText;
};

} // namespace clipkiln
