// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/job.h"
#include "gui/models/loadstate.h"

#include <QAbstractListModel>
#include <QHash>

#include <functional>

namespace clipkiln {

struct JobRow;

/// All jobs as rows, newest first; those of one submit together, in its order.
class JobModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        JobRole = Qt::UserRole, ///< Job
        RowRole,                ///< JobRow, as of now
        ThumbnailRole,          ///< the file to show: its clip, else its first local input; empty for neither
    };

    /// The time now, UTC; tests set it.
    using Clock = std::function<QDateTime()>;

    explicit JobModel(QObject* parent = nullptr);
    void setClock(Clock clock) { m_clock = std::move(clock); }
    [[nodiscard]] QDateTime now() const { return m_clock(); }

    /// The queue sends nothing new, and its rows say so.
    void setOnHold(bool on);
    [[nodiscard]] bool isOnHold() const { return m_isOnHold; }

    void setJobs(QList<Job> jobs);
    /// There will be no setJobs().
    void failLoading();
    [[nodiscard]] LoadState loadState() const { return m_loadState; }
    /// Changes the job's row, or adds one.
    void update(const Job& job);
    void remove(const JobId& id);
    /// The job goes before all others in the line, as the queue does it for "Run next".
    void putFirst(const JobId& id);

    /// Clips by their jobs: a finished job shows its clip.
    void setClips(const QList<Clip>& clips);
    void addClip(const Clip& clip);
    void removeClip(const ClipId& id);
    /// The clip a job ended in, while it is in the library.
    [[nodiscard]] std::optional<Clip> clipOf(const JobId& id) const;

    [[nodiscard]] QModelIndex indexOf(const JobId& id) const;
    [[nodiscard]] std::optional<Job> find(const JobId& id) const;
    [[nodiscard]] const QList<Job>& jobs() const { return m_jobs; } ///< in the order of the rows
    /// The jobs of one submit that are in the list, in its order.
    [[nodiscard]] QList<Job> groupOf(const GroupId& group) const;
    [[nodiscard]] int unfinishedCount() const { return m_unfinished; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void unfinishedCountChanged(int count);

private:
    [[nodiscard]] int rowOf(const JobId& id) const;
    [[nodiscard]] bool isAbove(const Job& a, const Job& b) const;
    void number(const Job& job);
    [[nodiscard]] bool goesBefore(qsizetype a, qsizetype b) const;
    [[nodiscard]] int aheadOf(qsizetype row) const;
    [[nodiscard]] bool joins(qsizetype a, qsizetype b) const;
    [[nodiscard]] JobRow jobRow(int row) const;
    void refreshNeighbours(int row);
    void recount();

    QList<Job> m_jobs;                 ///< newest first
    QHash<JobId, qsizetype> m_numbers; ///< jobs of one submit stand in this order; a removed one keeps its place
    QList<JobId> m_first;              ///< put first by a person, the last one so put at the front
    QHash<JobId, Clip> m_clips;
    Clock m_clock;
    int m_unfinished = 0;
    bool m_isOnHold = false;
    LoadState m_loadState = LoadState::Loading;
};

} // namespace clipkiln
