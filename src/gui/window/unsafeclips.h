// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"
#include "gui/widgets/dialogs.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace clipkiln {

class JobModel;

/// How long the service keeps a finished clip at its address (CONTRACT.md 7).
inline constexpr std::chrono::hours addressLife{24};

/// The clip is finished and was paid for, and lies with the service alone.
[[nodiscard]] bool isUnsafe(const Job& job);
/// For how long its address still serves it, at least 0; `now` in UTC.
[[nodiscard]] std::chrono::seconds timeLeft(const Job& job, const QDateTime& now);
/// "3 paid clips are not safe yet, 41 min left": by the one with the least time. Empty when all are safe.
[[nodiscard]] QString unsafeText(const QList<Job>& jobs, const QDateTime& now);
/// Whether to quit while these jobs are fetched; `now` in UTC.
[[nodiscard]] Dialogs::Question quitQuestion(const QList<Job>& jobs, const QDateTime& now);

/// Keeps the title of a window: the program's name, and what is not safe yet.
class UnsafeTitle final : public QObject
{
    Q_OBJECT

public:
    UnsafeTitle(const JobModel& jobs, QWidget* window);

private:
    void show();

    const JobModel& m_jobs;
    QWidget* m_window;
    QTimer m_timer; ///< for the minutes; runs while something is not safe
};

} // namespace clipkiln
