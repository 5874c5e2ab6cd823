// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/stopsignals.h"

#if defined(Q_OS_UNIX)

#include <QSocketNotifier>

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace clipkiln::cli {

namespace {

using Handler = void (*)(int);

constexpr int caughtSignals[] = {SIGINT, SIGTERM, SIGHUP};

int pipeEnds[2] = {-1, -1};

/// Only write() is allowed here; the event loop does the rest.
void passOn(int number)
{
    const int error = errno;
    const char byte = number == SIGINT ? 'i' : 't';
    [[maybe_unused]] const ssize_t written = write(pipeEnds[1], &byte, 1);
    errno = error;
}

} // namespace

StopSignals::StopSignals(QObject* parent) : QObject(parent)
{
    if (pipe(pipeEnds) != 0)
        return;
    for (const int end : pipeEnds) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK); // a flood of signals must not block the handler
    }
    auto* notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (read(pipeEnds[0], &byte, 1) == 1)
            Q_EMIT caught(byte == 'i');
    });
    for (const int number : caughtSignals) {
        const Handler before = std::signal(number, passOn);
        if (number == SIGHUP && before == SIG_IGN)
            std::signal(number, SIG_IGN); // started by nohup
    }
}

StopSignals::~StopSignals()
{
    for (const int number : caughtSignals) {
        const bool isIgnored = m_isEnding && number != SIGINT;
        if (std::signal(number, isIgnored ? SIG_IGN : SIG_DFL) == SIG_IGN)
            std::signal(number, SIG_IGN);
    }
    for (int& end : pipeEnds) {
        if (end >= 0)
            close(end);
        end = -1;
    }
}

} // namespace clipkiln::cli

#elif defined(Q_OS_WIN)

#include <atomic>

#include <qt_windows.h>

namespace clipkiln::cli {

namespace {

std::atomic<StopSignals*> listener = nullptr;

/// Runs on a thread of the system's.
BOOL WINAPI passOn(DWORD event)
{
    StopSignals* target = listener.load();
    const bool isInterrupt = event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT;
    const auto emitCaught = [target, isInterrupt] { Q_EMIT target->caught(isInterrupt); };
    return target && QMetaObject::invokeMethod(target, emitCaught, Qt::QueuedConnection);
}

} // namespace

StopSignals::StopSignals(QObject* parent) : QObject(parent)
{
    listener = this;
    SetConsoleCtrlHandler(passOn, TRUE);
}

StopSignals::~StopSignals()
{
    SetConsoleCtrlHandler(passOn, FALSE);
    listener = nullptr;
}

} // namespace clipkiln::cli

#endif
