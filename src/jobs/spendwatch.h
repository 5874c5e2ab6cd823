// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/result.h"
#include "core/spend.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace clipkiln {

class JobQueue;

/// Reports what the jobs of the profile have cost, each time that changes. Lives on the queue's thread.
class SpendWatch final : public QObject
{
    Q_OBJECT

public:
    /// `readReport` sums over all jobs of the profile: it is called as seldom as can be, and changes that come within
    /// `pause` of each other share one call.
    SpendWatch(const JobQueue& queue, std::function<Result<SpendReport>()> readReport,
               std::chrono::milliseconds pause = std::chrono::milliseconds(100));

    /// Reports now, and from now on at each change.
    void start();

Q_SIGNALS:
    void changed(const clipkiln::SpendReport& report);

private:
    /// What the books know of a job.
    struct Entry
    {
        std::optional<Money> cost;
        std::optional<Money> estimate;
        bool mayBeCharged;
        QDateTime chargedAt; ///< UTC; its day is the day of the charge

        friend bool operator==(const Entry&, const Entry&) = default;
    };

    [[nodiscard]] static Entry entryOf(const Job& job);
    void readSoon();
    void read();

    const std::function<Result<SpendReport>()> m_readReport;
    const std::chrono::milliseconds m_pause;
    QTimer m_timer;                               ///< runs from the first change on
    QHash<JobId, std::optional<Entry>> m_entries; ///< nothing: not seen yet
    SpendReport m_reported;
};

} // namespace clipkiln
