// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace clipkiln {

class BulkModel;
class Theme;
class Thumbnails;

/// The table of many jobs: rows are selected, marked with a click or Space, and their prompts edited in place.
class BulkView final : public QTableView
{
    Q_OBJECT

public:
    BulkView(Theme& theme, Thumbnails& thumbnails, BulkModel& model, QWidget* parent = nullptr);

    [[nodiscard]] QList<int> selectedRows() const;

Q_SIGNALS:
    void rowsSelected();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void toggleMarks();

    const Theme& m_theme;
};

} // namespace clipkiln
