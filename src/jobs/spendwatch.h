// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spend.h"

#include <QObject>
#include <QTimer>

namespace clipkiln {

class JobQueue;
class JobStore;

/// Tells what the jobs of the profile have cost, each time that changes. Lives on the queue's thread.
class SpendWatch final : public QObject
{
    Q_OBJECT

public:
    SpendWatch(const JobQueue& queue, const JobStore& jobs);

    /// Tells now, and from now on when there is news.
    void start();

Q_SIGNALS:
    void changed(const clipkiln::SpendReport& report);

private:
    void look();

    const JobStore& m_jobs;
    QTimer m_timer; ///< runs from the first change on: many at once are one piece of news
    SpendReport m_told;
};

} // namespace clipkiln
