// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QList>
#include <QPromise>
#include <QString>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <functional>

namespace clipkiln {

class Settings;

/// The threads that prepare picked and pasted files for sending, two at a time, and the folders they write to.
class PreparationPool final
{
public:
    /// Pasted and prepared files stay in the folder until their job has its own copy; the constructor removes those
    /// that are older than a day.
    PreparationPool(const QString& folder, const Settings& settings);
    /// Cancels all work and waits for its end.
    ~PreparationPool();
    Q_DISABLE_COPY_MOVE(PreparationPool)

    /// For pasted files and the last frames of clips.
    [[nodiscard]] QString folder() const { return m_folder; }
    /// For what is made of any file; may have to be made first.
    [[nodiscard]] QString preparedFolder() const;
    /// Whether location and camera data are to be removed, as a person wants it now.
    [[nodiscard]] bool removesMetadata() const;

    /// Runs the work when one of the two threads is free; it asks its promise whether to stop.
    template <typename Value>
    [[nodiscard]] QFuture<Value> run(std::function<void(QPromise<Value>&)> work)
    {
        const QFuture<Value> future = QtConcurrent::run(&m_threads, std::move(work));
        m_running.removeIf([](const QFuture<void>& each) { return each.isFinished(); });
        m_running.append(QFuture<void>(future));
        return future;
    }

private:
    QString m_folder;
    const Settings& m_settings;
    QThreadPool m_threads;
    QList<QFuture<void>> m_running;
};

} // namespace clipkiln
