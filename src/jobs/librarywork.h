// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/job.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace clipkiln {

class Database;

/// What is done with the files of the whole library, one thing after the other: a worker reads and writes the files,
/// this thread the rows.
class LibraryWork final : public QObject
{
    Q_OBJECT

public:
    LibraryWork(std::shared_ptr<Database> database, const QString& inputsFolder);
    ~LibraryWork() override; ///< stops what is under way and waits for it

    /// Adds clips in the folders that have no row. Ends in ended().
    void rebuild(const QStringList& folders);
    /// Writes what made them into clips that do not carry it. Ends in ended().
    void describeAll();

Q_SIGNALS:
    /// Files done, and of how many.
    void progressed(qsizetype done, qsizetype all);
    /// A clip that came back, or has new values.
    void clipChanged(const clipkiln::Clip& clip);
    void jobAdded(const clipkiln::Job& job);
    /// What came of it, as sentences; a person may have to do something.
    void ended(const QString& sentences, bool hasTrouble);

private:
    /// Runs work() in the worker and then conclude() here with what it returned.
    template <typename Work, typename Conclude>
    void run(Work work, Conclude conclude);
    [[nodiscard]] std::function<bool(qsizetype, qsizetype)> progress();

    std::shared_ptr<Database> m_database;
    QString m_inputsFolder;
    std::atomic_bool m_isStopped = false;
    QThreadPool m_workers;
};

} // namespace clipkiln
