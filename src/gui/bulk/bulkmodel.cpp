// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulk/bulkmodel.h"

#include "core/format.h"
#include "core/origin.h"
#include "core/plaintext.h"
#include "inputs/bulkloader.h"

#include <QFileInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace clipkiln {

BulkModel::BulkModel(const ModelTable& models, PreparationPool& pool, QObject* parent)
    : QAbstractTableModel(parent), m_models(models), m_loader(new BulkLoader(pool, this))
{
    connect(m_loader, &BulkLoader::loaded, this, [this](int row, const PreparedInput& input) {
        m_rows[row].imageTrouble.clear();
        finishLoading(row, input.file, input.notes);
    });
    connect(m_loader, &BulkLoader::failed, this, [this](int row, const Error& error) {
        // The detail of an unusable input is a whole sentence for a person (media/prepare/prepare.h).
        const QString sentence = error.kind == ErrorKind::InputUnusable ? error.detail : explain(error).sentence;
        m_rows[row].imageTrouble = u"%1: %2"_s.arg(QFileInfo(m_rows[row].image).fileName(), sentence);
        finishLoading(row, Input(), {});
    });
}

void BulkModel::finishLoading(int row, const Input& image, const QStringList& notes)
{
    m_rows[row].isLoading = false;
    m_rows[row].imageNotes = notes;
    m_rows[row].request.inputs = FromImage{image, {}, {}};
    update({row});
}

int BulkModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BulkModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BulkModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BulkRow& row = m_rows.at(index.row());
    const bool isClip = index.column() == ClipColumn;
    switch (role) {
    case Qt::DisplayRole:
        return cleanLine(textOf(row, index.column()));
    case Qt::EditRole:
        return isClip ? QVariant(row.request.prompt) : QVariant();
    case Qt::CheckStateRole:
        return isClip ? QVariant(row.isChosen() ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::ToolTipRole:
        return cleanToolTip(
            isClip ? QStringList({row.trouble, row.request.prompt, row.imageNotes.join(u' ')}).join(u'\n').trimmed()
                   : textOf(row, index.column()));
    case Qt::AccessibleTextRole:
        return cleanLine(isClip && !row.trouble.isEmpty() ? row.request.prompt + u". "_s + row.trouble
                                                          : textOf(row, index.column()));
    case RowRole:
        return QVariant::fromValue(row);
    default:
        return {};
    }
}

bool BulkModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != ClipColumn)
        return false;
    if (role == Qt::EditRole) {
        const QString prompt = value.toString().trimmed();
        if (prompt != m_rows.at(index.row()).request.prompt)
            edit({index.row()}, BulkColumn::Prompt, [prompt](BulkRow& row) { row.request.prompt = prompt; });
        return true;
    }
    // What has a problem is left out whatever the mark says.
    if (role != Qt::CheckStateRole || !m_rows.at(index.row()).trouble.isEmpty())
        return false;
    m_rows[index.row()].isWanted = value.toInt() == Qt::Checked;
    m_isEdited = true;
    update({index.row()});
    return true;
}

Qt::ItemFlags BulkModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == ClipColumn)
        flags |= Qt::ItemIsEditable | Qt::ItemIsUserCheckable;
    return flags;
}

QVariant BulkModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isTrailing = orientation == Qt::Vertical || section == PriceColumn;
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (isTrailing ? Qt::AlignTrailing : Qt::AlignLeading));
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return QLocale().toString(section + 1);
    const QStringList names{tr("Clip"),       tr("Model"), tr("Length"), tr("Ratio"),
                            tr("Resolution"), tr("Takes"), tr("Price")};
    return names.value(section);
}

void BulkModel::addImages(const QStringList& paths, const GenerationRequest& settings)
{
    QList<BulkRow> rows;
    for (const QString& path : paths) {
        BulkRow row;
        const Model model = modelOf(settings, m_models);
        row.request = settingsFor(Mode::Image, model, settings);
        row.request.prompt = settings.prompt;
        row.request.inputs = FromImage();
        row.image = path;
        rows.append(row);
    }
    append(rows);
}

void BulkModel::addLines(const QList<BulkLine>& lines, const std::function<GenerationRequest(Mode)>& settings)
{
    QList<BulkRow> rows;
    for (const BulkLine& line : lines) {
        BulkRow row;
        const bool isRemote = isWebAddress(line.image);
        row.request = requestOf(
            line, isRemote ? std::optional<Input>(RemoteUrl{QUrl(line.image, QUrl::StrictMode)}) : std::nullopt,
            settings(modeOf(line)), m_models);
        row.image = isRemote ? QString() : line.image;
        row.takes = line.takes;
        row.listProblems = line.problems;
        rows.append(row);
    }
    append(rows);
}

void BulkModel::append(const QList<BulkRow>& rows)
{
    if (rows.isEmpty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    m_rows.append(rows);
    for (qsizetype i = first; i < m_rows.size(); ++i)
        load(static_cast<int>(i));
    endInsertRows();
    Q_EMIT rowsChanged();
    Q_EMIT totalChanged();
}

/// Has the picture of a row made ready for the ratio that the row has now.
void BulkModel::load(int row)
{
    BulkRow& loading = m_rows[row];
    loading.isLoading = loading.request.mode() == Mode::Image && !loading.image.isEmpty();
    if (loading.isLoading)
        m_loader->load(row, loading.image, loading.request.aspectRatio);
    judge(loading, m_models);
}

void BulkModel::edit(const QList<int>& rows, BulkColumn column, const std::function<void(BulkRow&)>& change)
{
    m_isEdited = true;
    for (const int row : rows) {
        BulkRow& changed = m_rows[row];
        const auto ratio = changed.request.aspectRatio;
        change(changed);
        changed.listProblems.removeIf([column](const BulkLine::Problem& problem) { return problem.column == column; });
        if (changed.request.aspectRatio != ratio)
            load(row);
    }
    update(rows);
    Q_EMIT rowsChanged();
}

void BulkModel::update(const QList<int>& rows)
{
    for (const int row : rows) {
        judge(m_rows[row], m_models);
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
    Q_EMIT totalChanged();
}

QString BulkModel::textOf(const BulkRow& row, int column) const
{
    const GenerationRequest& request = row.request;
    switch (column) {
    case ClipColumn:
        return request.prompt;
    case ModelColumn:
        return request.model;
    case LengthColumn:
        return request.duration ? formatSeconds(static_cast<double>(request.duration->count())) : QString();
    case RatioColumn:
        return request.aspectRatio.value_or(request.mode() == Mode::Image ? tr("image") : QString());
    case ResolutionColumn:
        return request.resolution.value_or(QString());
    case TakesColumn:
        return QString::number(row.takes);
    case PriceColumn:
        return row.perTake ? formatUsd(*row.price()) : tr("unknown");
    default:
        return {};
    }
}

} // namespace clipkiln
