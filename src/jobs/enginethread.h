// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace clipkiln {

class EngineWorker;

/// The thread of the engine with its worker. Everything posted from one thread runs there in the order it was posted.
class EngineThread final : public QObject
{
public:
    EngineThread();
    /// Ends the thread in order: nothing new is sent, but the answers to submits under way are awaited for a while.
    ~EngineThread() override;

    /// Runs make() on the thread and keeps the worker that it returns; null when there is nothing to work on.
    void open(std::function<std::unique_ptr<EngineWorker>()> make);

    /// Runs work(EngineWorker&) on the thread; dropped when there is no worker.
    template <typename Work>
    void post(Work work)
    {
        run([this, work = std::move(work)] {
            if (m_worker)
                work(*m_worker);
        });
    }

    /// A request with an answer: answer() gets what work(EngineWorker&) returned, on the thread of the receiver, which
    /// outlives this object; std::nullopt when there was no worker.
    template <typename Work, typename Answer>
    void ask(QObject& receiver, Work work, Answer answer)
    {
        run([this, &receiver, work = std::move(work), answer = std::move(answer)] {
            std::optional<std::invoke_result_t<const Work&, EngineWorker&>> value;
            if (m_worker)
                value.emplace(work(*m_worker));
            deliver(receiver, [answer, value = std::move(value)] { answer(value); });
        });
    }

    /// Runs the function on the receiver's thread, behind the signals that were emitted to it before.
    template <typename Function>
    static void deliver(QObject& receiver, Function function)
    {
        QMetaObject::invokeMethod(&receiver, std::move(function), Qt::QueuedConnection);
    }

private:
    template <typename Function>
    void run(Function function)
    {
        QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
    }
    void end();

    QThread m_thread;
    std::unique_ptr<EngineWorker> m_worker; ///< made, used and destroyed on the thread
};

} // namespace clipkiln
