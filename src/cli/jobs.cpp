// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include "cli/commandcontext.h"
#include "cli/report.h"
#include "core/text.h"
#include "store/clipstore.h"
#include "store/database.h"
#include "store/jobstore.h"
#include "store/profile.h"
#include "store/sqlitefile.h"

#include <QFileInfo>

namespace clipkiln::cli {

ExitCode listJobs(const Arguments& arguments, const CommandContext& context)
{
    const QString file = context.profile.databaseFile();
    if (!QFileInfo::exists(file)) {
        say(Text::tr("There are no jobs yet."));
        return ExitCode::Done;
    }
    if (examine(file).state == FileState::Damaged) {
        reportError(
            {ErrorKind::Database, Text::tr("It is damaged. `clipkiln resume` sets it aside and goes on with the "
                                           "last backup.")});
        return ExitCode::LocalTrouble;
    }
    Result<std::shared_ptr<Database>> database = Database::open(file, Database::Access::ReadOnly);
    if (!database) {
        reportError(database.error());
        return exitCodeOf(database.error());
    }
    const ClipStore clips(*database);
    const Result<QList<Job>> jobs = JobStore(*database).load();
    if (!jobs) {
        reportError(jobs.error());
        return exitCodeOf(jobs.error());
    }
    for (const Job& job : *jobs) {
        const QString clip = fileOf(job, clips);
        if (arguments.json)
            printResult(toJsonLine(job, clip, errorOf(job.phase)));
        else
            printResult(listLine(job, clip));
    }
    if (jobs->isEmpty())
        say(Text::tr("There are no jobs yet."));
    return ExitCode::Done;
}

} // namespace clipkiln::cli
