// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inputs/bulkrow.h"

#include <QAbstractTableModel>

#include <functional>

namespace clipkiln {

class BulkLoader;
class PreparationPool;

/// The rows of the table of many jobs: each is checked and priced, and its picture looked at, when it comes in and when
/// it changes.
class BulkModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        ClipColumn, ///< its edit and check roles are the prompt and whether it is wanted
        ModelColumn,
        LengthColumn,
        RatioColumn,
        ResolutionColumn,
        TakesColumn,
        PriceColumn,
        ColumnCount,
    };
    enum Role { RowRole = Qt::UserRole }; ///< a BulkRow, in every column

    BulkModel(const ModelTable& models, PreparationPool& pool, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const QList<BulkRow>& rows() const { return m_rows; }

    /// A row for each picture, with these settings and this prompt.
    void addImages(const QStringList& paths, const GenerationRequest& settings);
    /// A row for each line; what a line does not say is as in the settings of its mode.
    void addLines(const QList<BulkLine>& lines, const std::function<GenerationRequest(Mode)>& settings);

    /// Changes rows by hand. The column is chosen anew by it: what was wrong with it in the list is over.
    void edit(const QList<int>& rows, BulkColumn column, const std::function<void(BulkRow&)>& change);
    /// True once a person has changed or unchecked something.
    [[nodiscard]] bool isEdited() const { return m_isEdited; }

Q_SIGNALS:
    /// By a person: there are more rows, or they say something else.
    void rowsChanged();
    /// The total may have changed, by a person or by code.
    void totalChanged();

private:
    void append(const QList<BulkRow>& rows);
    void load(int row);
    void finishLoading(int row, const Input& image, const QStringList& notes);
    void update(const QList<int>& rows);
    [[nodiscard]] QString textOf(const BulkRow& row, int column) const;

    const ModelTable& m_models;
    BulkLoader* m_loader;
    QList<BulkRow> m_rows;
    bool m_isEdited = false;
};

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::BulkRow)
