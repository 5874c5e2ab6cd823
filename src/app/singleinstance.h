// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QDeadlineTimer>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QLocalServer;
QT_END_NAMESPACE

namespace clipkiln {

/// One window per profile: the first listens on the profile's socket and comes to the front when a second asks for it.
/// The profile's lock decides who is first; this class does not.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    /// Listens; call it while holding the profile's lock.
    explicit SingleInstance(const QString& socketName, QObject* parent = nullptr);
    ~SingleInstance() override;

    /// Answers nobody from now on: a window that is closing does not come to the front.
    void stop();

Q_SIGNALS:
    void raiseRequested();

private:
    std::unique_ptr<QLocalServer> m_server;
};

/// A start that found the profile in use. Asks the window that has it to come to the front, and goes on trying to open
/// the profile, because that window may be closing.
class ProfileWait final : public QObject
{
    Q_OBJECT

public:
    /// Opens the profile; ProfileInUse while another program has it.
    using Open = std::function<std::optional<Error>()>;

    enum class Result {
        Opened, ///< the profile is ours
        Raised, ///< the other window came to the front
        Failed  ///< with error(): still in use at the end of the time, or it cannot be opened at all
    };

    static constexpr std::chrono::milliseconds defaultLimit = std::chrono::seconds(15);

    ProfileWait(const QString& socketName, Open open, std::chrono::milliseconds limit = defaultLimit);

    /// Ends in finished(), after a turn of the event loop at the earliest.
    void start();
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    void finished(clipkiln::ProfileWait::Result result);

private:
    void tryOnce();
    void readAnswer();
    void finish(Result result);

    QString m_socketName;
    Open m_open;
    std::chrono::milliseconds m_limit;
    QDeadlineTimer m_deadline;
    QTimer m_timer;
    QLocalSocket m_socket;
    std::optional<Error> m_error;
};

} // namespace clipkiln
