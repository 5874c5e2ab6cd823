// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include "cli/commandcontext.h"
#include "cli/keys.h"
#include "cli/queuerun.h"
#include "cli/report.h"
#include "core/text.h"

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

bool goesOn(const Job& job)
{
    return isUnfinished(job.state()) && job.state() != State::Held; // a held one waits for a person
}

/// Gives the queue the keys of all services that jobs wait for. Without its key a job waits, the others go on.
void setKeys(JobQueue& queue, const QList<Job>& jobs, const CommandContext& context)
{
    QList<Origin> origins;
    for (const Job& job : jobs) {
        if (!goesOn(job) || origins.contains(job.origin))
            continue;
        origins.append(job.origin);
        if (const Result<Secret> key = keyFor(job.origin, context))
            queue.setKey(job.origin, *key);
        else
            reportError(key.error());
    }
}

/// The jobs to answer for: all that go on, and the unconfirmed ones, which are reported but never sent again.
QSet<JobId> toFollow(const QList<Job>& jobs)
{
    QSet<JobId> ids;
    for (const Job& job : jobs) {
        if (goesOn(job) || job.state() == State::Unconfirmed)
            ids.insert(job.id);
    }
    return ids;
}

} // namespace

ExitCode resume(const Arguments& arguments, const CommandContext& context)
{
    Result<std::unique_ptr<QueueRun>> run = QueueRun::open(context, arguments);
    if (!run) {
        reportError(run.error());
        return exitCodeOf(run.error());
    }
    JobQueue& queue = (*run)->queue();
    // The keys first: a restored job asks the service at once.
    Result<QList<Job>> jobs = (*run)->jobs().load();
    if (jobs) {
        setKeys(queue, *jobs, context);
        jobs = queue.restore();
    }
    if (!jobs) {
        reportError(jobs.error());
        return exitCodeOf(jobs.error());
    }
    const QSet<JobId> followed = toFollow(*jobs);

    QList<ExitCode> codes;
    (*run)->follow(followed, false, [&](const JobEnd& end) {
        codes.append(end.code);
        say(end.job.id.toString().left(8) + u"  "_s + outcomeText(end));
        printEnd(end, arguments.json);
    });
    if (followed.isEmpty())
        say(Text::tr("There is nothing to go on with."));
    return worstOf(codes);
}

} // namespace clipkiln::cli
