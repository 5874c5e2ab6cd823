// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/jobmodel.h"

#include "core/plaintext.h"
#include "gui/models/jobrow.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {
namespace {

/// In line for its turn, rather than waiting out an error.
bool isInLine(const Job& job)
{
    const auto* queued = std::get_if<Queued>(&job.phase);
    return queued && !queued->waiting;
}

QString firstLocalInput(const GenerationRequest& request)
{
    const auto inputs = inputsOf(request);
    for (const Input& input : inputs) {
        if (const auto* file = std::get_if<LocalFile>(&input))
            return file->path;
    }
    return {};
}

/// One sentence for a screen reader: all that the row shows.
QString spoken(const JobRow& row)
{
    QStringList parts{row.prompt, row.take, row.settings, row.price, row.state, row.side};
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString toolTip(const Job& job, bool isOnHold)
{
    QStringList lines{job.request.prompt.trimmed(), stateSentence(job, isOnHold)};
    if (job.origin.isSimulated())
        lines << JobModel::tr("Simulated: nothing is spent.");
    lines.removeAll(QString());
    return cleanHtml(lines.join(u'\n')); // a prompt may look like markup and would be shown as such
}

} // namespace

JobModel::JobModel(QObject* parent) : QAbstractListModel(parent), m_clock(&QDateTime::currentDateTimeUtc) {}

void JobModel::setOnHold(bool on)
{
    if (std::exchange(m_isOnHold, on) != on && !m_jobs.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void JobModel::setJobs(QList<Job> jobs)
{
    beginResetModel();
    m_jobs = std::move(jobs);
    m_numbers.clear();
    for (const Job& job : std::as_const(m_jobs))
        number(job);
    std::sort(m_jobs.begin(), m_jobs.end(), [this](const Job& a, const Job& b) { return isAbove(a, b); });
    m_loadState = LoadState::Loaded;
    endResetModel();
    recount();
}

void JobModel::failLoading()
{
    beginResetModel();
    m_loadState = LoadState::Failed;
    endResetModel();
}

void JobModel::update(const Job& job)
{
    const int row = rowOf(job.id);
    if (row < 0) {
        number(job);
        const auto place = std::upper_bound(m_jobs.cbegin(), m_jobs.cend(), job,
                                            [this](const Job& a, const Job& b) { return isAbove(a, b); });
        const int at = static_cast<int>(place - m_jobs.cbegin());
        beginInsertRows({}, at, at);
        m_jobs.insert(at, job);
        endInsertRows();
        refreshNeighbours(at);
    } else {
        const bool lineMoves = isInLine(m_jobs.at(row)) != isInLine(job);
        m_jobs[row] = job;
        // Later jobs, which stand above, move up in the line when this one leaves it.
        Q_EMIT dataChanged(index(lineMoves ? 0 : row), index(row));
    }
    recount();
}

void JobModel::remove(const JobId& id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_jobs.removeAt(row);
    endRemoveRows();
    refreshNeighbours(row);
    recount();
}

void JobModel::putFirst(const JobId& id)
{
    m_first.removeAll(id);
    m_first.prepend(id);
    if (!m_jobs.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {RowRole});
}

void JobModel::setClips(const QList<Clip>& clips)
{
    m_clips.clear();
    for (const Clip& clip : clips)
        m_clips.insert(clip.job, clip);
    if (!m_jobs.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {ThumbnailRole});
}

void JobModel::addClip(const Clip& clip)
{
    m_clips.insert(clip.job, clip);
    if (const auto row = indexOf(clip.job); row.isValid())
        Q_EMIT dataChanged(row, row, {ThumbnailRole});
}

void JobModel::removeClip(const ClipId& id)
{
    const auto found =
        std::find_if(m_clips.cbegin(), m_clips.cend(), [&id](const Clip& clip) { return clip.id == id; });
    if (found == m_clips.cend())
        return;
    const auto row = indexOf(found.key());
    m_clips.erase(found);
    if (row.isValid())
        Q_EMIT dataChanged(row, row, {ThumbnailRole});
}

std::optional<Clip> JobModel::clipOf(const JobId& id) const
{
    const auto found = m_clips.constFind(id);
    return found == m_clips.cend() ? std::nullopt : std::optional(*found);
}

QModelIndex JobModel::indexOf(const JobId& id) const
{
    const int row = rowOf(id);
    return row < 0 ? QModelIndex() : index(row);
}

std::optional<Job> JobModel::find(const JobId& id) const
{
    const int row = rowOf(id);
    return row < 0 ? std::nullopt : std::optional(m_jobs.at(row));
}

QList<Job> JobModel::groupOf(const GroupId& group) const
{
    QList<Job> jobs;
    if (!group.isEmpty())
        std::copy_if(m_jobs.cbegin(), m_jobs.cend(), std::back_inserter(jobs),
                     [&group](const Job& job) { return job.group == group; });
    return jobs;
}

int JobModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

QVariant JobModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Job& job = m_jobs.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return jobRow(index.row()).prompt;
    case Qt::AccessibleTextRole:
        return spoken(jobRow(index.row()));
    case Qt::ToolTipRole:
        return toolTip(job, m_isOnHold);
    case JobRole:
        return QVariant::fromValue(job);
    case RowRole:
        return QVariant::fromValue(jobRow(index.row()));
    case ThumbnailRole: {
        const auto clip = m_clips.constFind(job.id);
        return clip == m_clips.cend() ? firstLocalInput(job.request) : clip->path;
    }
    default:
        return {};
    }
}

int JobModel::rowOf(const JobId& id) const
{
    const auto found = std::find_if(m_jobs.cbegin(), m_jobs.cend(), [&id](const Job& job) { return job.id == id; });
    return found == m_jobs.cend() ? -1 : static_cast<int>(found - m_jobs.cbegin());
}

/// Newest first; those of one moment in the order in which they came.
bool JobModel::isAbove(const Job& a, const Job& b) const
{
    return a.createdAt != b.createdAt ? a.createdAt > b.createdAt : m_numbers.value(a.id) < m_numbers.value(b.id);
}

void JobModel::number(const Job& job)
{
    if (!m_numbers.contains(job.id))
        m_numbers.insert(job.id, m_numbers.size());
}

bool JobModel::goesBefore(qsizetype a, qsizetype b) const
{
    const auto first = m_first.indexOf(m_jobs.at(a).id);
    const auto second = m_first.indexOf(m_jobs.at(b).id);
    if (first < 0 && second < 0) {
        const QDateTime& atA = m_jobs.at(a).createdAt;
        const QDateTime& atB = m_jobs.at(b).createdAt;
        return atA == atB ? a < b : atA < atB;
    }
    return first >= 0 && (second < 0 || first < second);
}

int JobModel::aheadOf(qsizetype row) const
{
    if (!isInLine(m_jobs.at(row)))
        return 0;
    int ahead = 0;
    for (qsizetype other = 0; other < m_jobs.size(); ++other)
        ahead += isInLine(m_jobs.at(other)) && goesBefore(other, row) ? 1 : 0;
    return ahead;
}

bool JobModel::joins(qsizetype a, qsizetype b) const
{
    const auto isRow = [this](qsizetype row) { return row >= 0 && row < m_jobs.size(); };
    return isRow(a) && isRow(b) && !m_jobs.at(a).group.isEmpty() && m_jobs.at(a).group == m_jobs.at(b).group;
}

JobRow JobModel::jobRow(int row) const
{
    JobRow shown = rowFor(m_jobs.at(row), m_clock(), aheadOf(row), m_isOnHold);
    shown.joinsAbove = joins(row - 1, row);
    shown.joinsBelow = joins(row, row + 1);
    return shown;
}

/// A row that comes or goes changes how those beside it are joined.
void JobModel::refreshNeighbours(int row)
{
    const int first = std::max(0, row - 1);
    const int last = std::min(rowCount() - 1, row + 1);
    if (first <= last)
        Q_EMIT dataChanged(index(first), index(last), {RowRole});
}

void JobModel::recount()
{
    const auto count = static_cast<int>(
        std::count_if(m_jobs.cbegin(), m_jobs.cend(), [](const Job& job) { return isUnfinished(job.state()); }));
    if (count == m_unfinished)
        return;
    m_unfinished = count;
    Q_EMIT unfinishedCountChanged(count);
}

} // namespace clipkiln
