// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulk/bulkview.h"

#include "gui/bulk/bulkdelegate.h"
#include "gui/bulk/bulkmodel.h"
#include "gui/look/listpainting.h"
#include "gui/look/theme.h"
#include "media/read/thumbnails.h"

#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// The widest text of each column that is not the prompt's, to give it its width.
const QStringList widest{QString(),   u"grok-imagine-video-1.5-lite"_s, u"15 s"_s, u"image"_s, u"1080p"_s, u"8"_s,
                         u"$99.999"_s};

} // namespace

BulkView::BulkView(Theme& theme, Thumbnails& thumbnails, BulkModel& model, QWidget* parent)
    : QTableView(parent), m_theme(theme)
{
    setObjectName(u"bulkView"_s);
    setAccessibleName(tr("Jobs to make"));
    auto* delegate = new BulkDelegate(theme, thumbnails, this);
    setItemDelegate(delegate);
    setModel(&model);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(DoubleClicked | EditKeyPressed);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setFrameShape(NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setHighlightSections(false);
    verticalHeader()->setSectionsClickable(false);
    verticalHeader()->setDefaultSectionSize(delegate->sizeHint({}, {}).height());
    QHeaderView* header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(BulkModel::ClipColumn, QHeaderView::Stretch);
    const QFontMetrics metrics(theme.font(Theme::TextSize::Body));
    for (int column = BulkModel::ModelColumn; column < BulkModel::ColumnCount; ++column) {
        const int text =
            std::max(metrics.horizontalAdvance(widest.at(column)),
                     metrics.horizontalAdvance(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()));
        header->resizeSection(column, text + 2 * Theme::gap2 + Theme::gap1);
    }
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &BulkView::rowsSelected);
    connect(&thumbnails, &Thumbnails::ready, viewport(), qOverload<>(&QWidget::update));
}

QList<int> BulkView::selectedRows() const
{
    QList<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void BulkView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier)
        return toggleMarks();
    // A line edit passes on the Enter that ends it.
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if ((isEnter || event->key() == Qt::Key_F2) && event->modifiers() == Qt::NoModifier && currentIndex().isValid() &&
        state() != EditingState)
        return edit(currentIndex().siblingAtColumn(BulkModel::ClipColumn));
    QTableView::keyPressEvent(event);
}

/// All that are selected get what the first of them has not.
void BulkView::toggleMarks()
{
    const QModelIndexList rows = selectionModel()->selectedRows(BulkModel::ClipColumn);
    const auto isMarked = [](const QModelIndex& index) {
        return index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    };
    const auto state = std::all_of(rows.begin(), rows.end(), isMarked) ? Qt::Unchecked : Qt::Checked;
    for (const QModelIndex& index : rows)
        model()->setData(index, state, Qt::CheckStateRole);
}

void BulkView::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (model()->rowCount() == 0)
        paintEmptyHint(*viewport(), m_theme,
                       tr("Drop images or a list of prompts here (.txt: one a line, .csv: a column named prompt). "
                          "Each becomes a clip of its own."));
}

} // namespace clipkiln
