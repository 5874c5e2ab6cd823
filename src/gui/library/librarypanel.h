// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "gui/models/clipactions.h"

#include <QWidget>

#include <memory>

namespace Ui {
class LibraryPanel;
}

namespace clipkiln {

class ClipFilter;
class ClipModel;
class ClipView;
class Theme;
class Thumbnails;

/// The finished clips: search, filter, and the tiles themselves.
class LibraryPanel final : public QWidget
{
    Q_OBJECT

public:
    LibraryPanel(const Theme& theme, Thumbnails& thumbnails, ClipModel& clips, QWidget* parent = nullptr);
    ~LibraryPanel() override;

    /// Selects a clip and brings it into view; clears a search that hides it.
    void select(const ClipId& id);
    void focusSearch();

Q_SIGNALS:
    /// To be played: double click, Enter.
    void clipActivated(const clipkiln::Clip& clip);
    void clipSelected(const clipkiln::Clip& clip);
    /// All others than Play and CopyFile, which is done here.
    void actionRequested(clipkiln::ClipAction action, const clipkiln::Clip& clip);

protected:
    void changeEvent(QEvent* event) override;

private:
    void perform(ClipAction action, const Clip& clip);
    /// What stands in place of tiles when there are none.
    [[nodiscard]] QString emptyText() const;
    void showFigures();

    std::unique_ptr<Ui::LibraryPanel> m_ui;
    ClipModel& m_clips;
    ClipFilter* m_filter;
    ClipView* m_view;
};

} // namespace clipkiln
