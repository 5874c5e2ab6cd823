// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"
#include "gui/models/jobactions.h"

#include <QListView>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace clipkiln {

class JobDelegate;
class JobModel;
class Theme;
class Thumbnails;

/// The list of jobs: a click on the words of a row's action does it, and so do Enter, Delete and the context menu.
class QueueView final : public QListView
{
    Q_OBJECT

public:
    QueueView(const Theme& theme, Thumbnails& thumbnails, JobModel& model, QWidget* parent = nullptr);

    /// Where a row's action can be clicked, in the viewport; empty for a row without one.
    [[nodiscard]] QRect actionRect(const QModelIndex& index) const;

Q_SIGNALS:
    void actionRequested(clipkiln::JobAction action, const clipkiln::JobId& id);
    /// The same for several jobs of one submit.
    void groupActionRequested(clipkiln::JobAction action, const QList<clipkiln::JobId>& ids);
    void jobSelected(const clipkiln::JobId& id);
    /// Asked for by a double click on a job that has no clip to show.
    void detailsRequested(const clipkiln::JobId& id);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    [[nodiscard]] std::optional<Job> jobAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex actionAt(const QPoint& point) const;
    void addGroupMenu(QMenu& menu, const GroupId& group);
    void hoverAction(const QModelIndex& index);
    void request(std::optional<JobAction> action, const Job& job);
    void tick();
    void updateTicker();
    void updateEmptyText();

    const Theme& m_theme;
    JobModel& m_model;
    JobDelegate* m_delegate;
    QTimer m_ticker;
    QPersistentModelIndex m_hovered;
    QPersistentModelIndex m_pressed; ///< whose action the button went down on
};

} // namespace clipkiln
