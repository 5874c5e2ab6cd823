// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/jobactions.h"

#include "core/text.h"

namespace clipkiln {
namespace {

/// The one thing that explain() advises, as an action of ours; nothing where waiting is all there is.
std::optional<JobAction> advised(const Error& error)
{
    switch (explain(error).action) {
    case ErrorAction::TryAgain:
        return JobAction::TryAgain;
    case ErrorAction::EditAndRun:
        return JobAction::EditAndRun;
    case ErrorAction::WatchAgain:
        return JobAction::WatchAgain;
    case ErrorAction::OpenKeySettings:
        return JobAction::OpenKeySettings;
    case ErrorAction::OpenFolderSettings:
        return JobAction::OpenFolderSettings;
    case ErrorAction::CheckCredits:
        return JobAction::CheckCredits;
    case ErrorAction::None:
    case ErrorAction::Wait:
        break;
    }
    return std::nullopt;
}

/// Advice that leads out of the queue into the settings or the service's console.
std::optional<JobAction> settingsAction(const Job& job)
{
    const auto error = errorOf(job.phase);
    const auto action = error ? advised(*error) : std::nullopt;
    if (action == JobAction::OpenKeySettings || action == JobAction::OpenFolderSettings ||
        action == JobAction::CheckCredits)
        return action;
    return std::nullopt;
}

/// Ended without a clip, so that the same request is worth another try.
bool endedWithoutClip(State state)
{
    return state == State::Unconfirmed || state == State::Failed || state == State::Expired ||
           state == State::Cancelled;
}

} // namespace

QList<JobAction> actionsFor(const Job& job)
{
    const State state = job.state();
    QList<JobAction> actions;
    if (const auto action = settingsAction(job))
        actions << *action;
    if (state == State::Downloading && actions.contains(JobAction::OpenFolderSettings))
        actions << JobAction::SaveElsewhere;
    if (state == State::Queued)
        actions << JobAction::RunNext << JobAction::Hold;
    if (state == State::Held)
        actions << JobAction::Release;
    if (state == State::Done)
        actions << JobAction::ShowClip << JobAction::SaveAs << JobAction::ShowInFolder;
    if ((state == State::Failed || state == State::Expired || state == State::Cancelled) &&
        !requestIdOf(job.phase).isEmpty())
        actions << JobAction::WatchAgain;
    actions << (endedWithoutClip(state) ? JobAction::TryAgain : JobAction::RunAgain) << JobAction::EditAndRun;
    if (errorOf(job.phase))
        actions << JobAction::ShowError;
    if (!requestIdOf(job.phase).isEmpty())
        actions << JobAction::CopyRequestId;
    actions << deleteActionFor(job);
    return actions;
}

std::optional<JobAction> rowActionFor(const Job& job)
{
    switch (job.state()) {
    case State::Held:
        return JobAction::Release;
    case State::Unconfirmed:
        // Trying again may pay twice: the sentence comes first, the button stands beside it.
        return JobAction::ShowError;
    case State::Moderated:
        return JobAction::EditAndRun;
    case State::Failed:
    case State::Expired: {
        const auto action = advised(*errorOf(job.phase));
        return action && actionsFor(job).contains(*action) ? action : JobAction::TryAgain;
    }
    case State::Cancelled:
        // While its answer is still to come it may run all the same: nothing to start a second one with in passing.
        if (std::get<Cancelled>(job.phase).unanswered)
            return std::nullopt;
        return requestIdOf(job.phase).isEmpty() ? JobAction::TryAgain : JobAction::WatchAgain;
    case State::Done:
        return std::nullopt;
    case State::Queued:
    case State::Uploading:
    case State::Submitting:
    case State::Generating:
    case State::Downloading:
        return settingsAction(job);
    }
    return std::nullopt;
}

std::optional<JobAction> defaultActionFor(const Job& job)
{
    return job.state() == State::Done ? JobAction::ShowClip : rowActionFor(job);
}

JobAction deleteActionFor(const Job& job)
{
    return isUnfinished(job.state()) ? JobAction::Cancel : JobAction::Remove;
}

QString actionText(JobAction action, const Job& job)
{
    switch (action) {
    case JobAction::RunNext:
        return Text::tr("Run next");
    case JobAction::Hold:
        return Text::tr("Hold");
    case JobAction::Release:
        return Text::tr("Release");
    case JobAction::Cancel:
        return isSent(job.state()) ? Text::tr("Stop watching (may still be charged)") : Text::tr("Cancel");
    case JobAction::TryAgain:
        return Text::tr("Try again");
    case JobAction::WatchAgain:
        return Text::tr("Watch again");
    case JobAction::ShowClip:
        return Text::tr("Play");
    case JobAction::SaveAs:
        return Text::tr("Save as…");
    case JobAction::ShowInFolder:
        return Text::tr("Show in folder");
    case JobAction::RunAgain:
        return Text::tr("Run again");
    case JobAction::EditAndRun:
        return Text::tr("Edit and run");
    case JobAction::OpenKeySettings: {
        const auto error = errorOf(job.phase);
        return error && error->kind == ErrorKind::KeyMissing ? Text::tr("Add key") : Text::tr("Change key");
    }
    case JobAction::OpenFolderSettings:
        return Text::tr("Change folder");
    case JobAction::SaveElsewhere:
        return Text::tr("Save elsewhere…");
    case JobAction::CheckCredits:
        return Text::tr("Check credits");
    case JobAction::ShowError:
        return job.state() == State::Unconfirmed ? Text::tr("What happened?") : Text::tr("Show error");
    case JobAction::CopyRequestId:
        return Text::tr("Copy request id");
    case JobAction::Remove:
        return Text::tr("Remove from list");
    }
    return {};
}

} // namespace clipkiln
