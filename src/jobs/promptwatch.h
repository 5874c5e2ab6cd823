// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/ids.h"
#include "core/pastprompt.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace clipkiln {

class JobQueue;
class PromptStore;

/// Reports which prompts were submitted so far, each time that changes. Lives on the queue's thread.
class PromptWatch final : public QObject
{
    Q_OBJECT

public:
    PromptWatch(const JobQueue& queue, PromptStore& prompts);

    /// Reports now, and from now on at each change.
    void start();
    void forget(const QString& prompt);

Q_SIGNALS:
    void changed(const QList<clipkiln::PastPrompt>& prompts);
    void trouble(const clipkiln::Error& error);

private:
    void look();

    PromptStore& m_prompts;
    QTimer m_timer;      ///< runs from the first new job on: many at once are one report
    QSet<JobId> m_known; ///< a job changes often, its prompt never
    QList<PastPrompt> m_reported;
};

} // namespace clipkiln
