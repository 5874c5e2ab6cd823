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

/// Where picked and pasted files are looked at and made ready to be sent: off the window's thread, two at a time.
class PreparationPool final
{
public:
    /// What is pasted and made lies in the folder until its job has its own copy; what is older than a day is removed
    /// here, so with the next start.
    PreparationPool(const QString& folder, const Settings& settings);
    /// Tells all work to stop and waits for it.
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
