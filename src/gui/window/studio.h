// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/job.h"
#include "core/spendlimits.h"
#include "gui/models/clipactions.h"
#include "gui/models/jobactions.h"
#include "gui/widgets/notice.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace clipkiln {

class ClipModel;
class Dialogs;
class Engine;
class JobModel;
class ModelTable;
class ServiceAccess;

/// Carries a person's wishes to the engine and the engine's news into the models and to whoever shows them.
class Studio final : public QObject
{
    Q_OBJECT

public:
    Studio(Engine& engine, ServiceAccess& access, const ModelTable& models, JobModel& jobs, ClipModel& clips,
           Dialogs& dialogs, QWidget* window);

    /// So many takes of the request; the estimate is of one.
    void generate(const GenerationRequest& request, std::optional<Money> estimate, int takes);
    /// The jobs of one submit. submitEnded() tells what became of them.
    QList<JobId> generateAll(const QList<NewJob>& jobs);
    void perform(JobAction action, const JobId& id);
    /// The same for several jobs of one submit: one question, one notice, one submit.
    void performOnAll(JobAction action, const QList<JobId>& ids);
    void performOn(ClipAction action, const Clip& clip);
    void runAgain(const Clip& clip);

    [[nodiscard]] const SpendReport& spend() const { return m_spend; }

    /// Asks where, then copies.
    void saveAs(const Clip& clip);
    void showInFolder(const Clip& clip);
    void openInSystemPlayer(const Clip& clip);
    void moveToBin(const Clip& clip);

Q_SIGNALS:
    /// Something a person should know; then, when not empty, does what actionText says.
    void noticed(clipkiln::Notice::Subject subject, clipkiln::Notice::Kind kind, const QString& sentence,
                 const QString& actionText, const std::function<void()>& then);
    void copyFailed(const clipkiln::Error& error);
    void troubled(const clipkiln::Error& error);
    void loaded();
    /// All jobs of a submit were taken in, or none; also because a person said so at a limit.
    void submitEnded(const QList<clipkiln::Job>& jobs, bool isTaken);
    /// A clip was finished while the window was open.
    void clipFinished(const clipkiln::Clip& clip);
    void clipLeft(const clipkiln::ClipId& id);
    void clipWanted(const clipkiln::Clip& clip);
    void refillWanted(const clipkiln::GenerationRequest& request);
    /// The clip is to be the source of an edit or of an extension.
    void sourceWanted(clipkiln::Mode mode, const clipkiln::Clip& clip);
    void keySettingsWanted();
    void folderSettingsWanted();
    void moneySettingsWanted();
    /// Also at midnight: "today" is another day then.
    void spendChanged(const clipkiln::SpendReport& report);

private:
    void takeIn(const Job& job);
    void noteCancelled(const Job& before, const Job& now);
    void tellCancelled();
    void tellSpend();
    void meetLimit(const QList<Job>& jobs, const LimitPassed& limit);
    void cancel(const QList<Job>& jobs);
    void repeat(const QList<Job>& jobs);

    Engine& m_engine;
    ServiceAccess& m_access;
    const ModelTable& m_models;
    JobModel& m_jobs;
    ClipModel& m_clips;
    Dialogs& m_dialogs;
    QWidget* m_window;
    SpendReport m_spend;
    QTimer m_midnight;
    QHash<JobId, Job> m_cancelling; ///< asked to stop, as they were then
    QList<Job> m_taken;             ///< stopped before anything was sent, as they were before; to be told of
    QList<JobId> m_left;            ///< with the service all the same; to be told of
    bool m_leftUnanswered = false;  ///< one of those has no request id yet
};

} // namespace clipkiln
