// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/clipmodel.h"

#include "core/clipmime.h"
#include "core/format.h"
#include "core/plaintext.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {
namespace {

QStringList facts(const Clip& clip)
{
    QStringList facts{formatSettings(clip.request), formatClock(clip.seconds)};
    if (clip.origin.isSimulated())
        facts << ClipModel::tr("simulated");
    return facts;
}

} // namespace

ClipModel::ClipModel(QObject* parent) : QAbstractListModel(parent) {}

ClipModel::Row ClipModel::rowFor(const Clip& clip)
{
    const QStringList words{clip.request.prompt, QFileInfo(clip.path).fileName(), clip.request.model};
    return {clip, words.join(u'\n').toCaseFolded()};
}

void ClipModel::setClips(QList<Clip> clips)
{
    beginResetModel();
    std::stable_sort(clips.begin(), clips.end(),
                     [](const Clip& a, const Clip& b) { return a.createdAt > b.createdAt; });
    m_rows.clear();
    m_rows.reserve(clips.size());
    for (const Clip& clip : std::as_const(clips))
        m_rows << rowFor(clip);
    m_loadState = LoadState::Loaded;
    endResetModel();
}

void ClipModel::failLoading()
{
    beginResetModel();
    m_loadState = LoadState::Failed;
    endResetModel();
}

void ClipModel::update(const Clip& clip)
{
    if (const auto known = indexOf(clip.id); known.isValid()) {
        m_rows[known.row()] = rowFor(clip);
        Q_EMIT dataChanged(known, known);
        return;
    }
    const auto place = std::find_if(m_rows.cbegin(), m_rows.cend(),
                                    [&clip](const Row& row) { return row.clip.createdAt <= clip.createdAt; });
    const auto at = static_cast<int>(place - m_rows.cbegin());
    beginInsertRows({}, at, at);
    m_rows.insert(at, rowFor(clip));
    endInsertRows();
}

void ClipModel::remove(const ClipId& id)
{
    const auto known = indexOf(id);
    if (!known.isValid())
        return;
    beginRemoveRows({}, known.row(), known.row());
    m_rows.removeAt(known.row());
    endRemoveRows();
}

QModelIndex ClipModel::indexOf(const ClipId& id) const
{
    const auto found =
        std::find_if(m_rows.cbegin(), m_rows.cend(), [&id](const Row& row) { return row.clip.id == id; });
    return found == m_rows.cend() ? QModelIndex() : index(static_cast<int>(found - m_rows.cbegin()));
}

std::optional<Clip> ClipModel::find(const ClipId& id) const
{
    const auto known = indexOf(id);
    return known.isValid() ? std::optional(m_rows.at(known.row()).clip) : std::nullopt;
}

int ClipModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ClipModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cleanLine(row.clip.request.prompt).simplified();
    case Qt::AccessibleTextRole:
        return cleanLine(row.clip.request.prompt.simplified() + u", "_s + facts(row.clip).join(u", "_s));
    case Qt::ToolTipRole: // a prompt may look like markup and would be shown as such
        return cleanHtml(row.clip.request.prompt.trimmed() + u'\n' + facts(row.clip).join(u" · "_s));
    case ClipRole:
        return QVariant::fromValue(row.clip);
    case ModeRole:
        return static_cast<int>(row.clip.request.mode());
    case SearchRole:
        return row.search;
    case SecondsRole:
        return row.clip.seconds;
    default:
        return {};
    }
}

Qt::ItemFlags ClipModel::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) | (index.isValid() ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

QStringList ClipModel::mimeTypes() const
{
    return {u"text/uri-list"_s};
}

QMimeData* ClipModel::mimeData(const QModelIndexList& indexes) const
{
    QList<Clip> clips; // copies: rows may come and go while their files are made ready
    for (const QModelIndex& index : indexes) {
        if (index.isValid())
            clips << m_rows.at(index.row()).clip;
    }
    QList<QUrl> shared;
    QByteArrayList own;
    for (const Clip& clip : std::as_const(clips)) {
        const QString path = m_fileToShare ? m_fileToShare(clip) : clip.path;
        if (path.isEmpty())
            continue;
        shared << QUrl::fromLocalFile(path);
        own << QUrl::fromLocalFile(clip.path).toEncoded();
    }
    if (shared.isEmpty())
        return nullptr;
    auto* data = new QMimeData;
    data->setUrls(shared);
    data->setData(clipFilesFormat(), own.join('\n'));
    return data;
}

} // namespace clipkiln
