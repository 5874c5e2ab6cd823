// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include "cli/commandcontext.h"
#include "cli/keys.h"
#include "cli/outputpath.h"
#include "cli/queuerun.h"
#include "cli/report.h"
#include "cli/requestbuilder.h"
#include "core/files.h"
#include "core/text.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <QTemporaryDir>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

Result<Origin> originOf(const Arguments& arguments)
{
    if (arguments.simulator)
        return Origin::simulator();
    return arguments.apiUrl.isEmpty() ? Origin::service() : Origin::fromAddress(arguments.apiUrl);
}

Model modelOf(const Arguments& arguments, const ModelTable& models)
{
    const QString id = arguments.model.isEmpty() ? models.defaultModel() : arguments.model;
    const Model* known = models.find(id);
    return known ? *known : models.unknownModel(id);
}

/// Why a price of so many takes is more than the person wants to pay.
std::optional<Error> tooDear(const std::optional<Price>& price, int takes, const std::optional<Money>& most)
{
    if (!most || (price && price->total * takes <= *most))
        return std::nullopt;
    const QString sentence = price
                                 ? Text::tr("It would cost about %1, more than the %2 of --max-cost. Nothing was sent.")
                                       .arg(formatUsd(price->total * takes), formatUsd(*most))
                                 : Text::tr("The price is unknown, so --max-cost %1 cannot be kept. Nothing was sent.")
                                       .arg(formatUsd(*most));
    return Error{ErrorKind::InvalidRequest, sentence};
}

/// Jobs that can be sent, and with what.
struct Prepared
{
    QList<Job> jobs; ///< a take each
    Secret key;
    std::optional<Price> price; ///< of one
};

/// Where the takes go: into the folder, or to the file and, numbered, beside it.
Result<QStringList> outputsOf(const Arguments& arguments)
{
    const Result<QString> first = resolveOutput(arguments.output);
    if (!first)
        return first.error();
    if (first->endsWith(u'/'))
        return QStringList(arguments.takes, *first);
    QStringList outputs{*first};
    const QFileInfo name(*first);
    const QString suffix = name.suffix().isEmpty() ? QString() : u'.' + name.suffix();
    for (int take = 2; take <= arguments.takes; ++take) {
        const QString numbered = u"%1 %2%3"_s.arg(name.completeBaseName(), QString::number(take), suffix);
        const Result<QString> output = resolveOutput(name.dir().filePath(numbered));
        if (!output)
            return output.error();
        outputs.append(*output);
    }
    return outputs;
}

/// All that can be checked without the profile and the network.
Result<Prepared> prepare(const Arguments& arguments, const CommandContext& context, const QString& folder)
{
    const Result<Origin> origin = originOf(arguments);
    if (!origin)
        return origin.error();
    const Model model = modelOf(arguments, context.models);
    const Result<GenerationRequest> request = buildRequest(arguments, model, context.models, folder);
    if (!request)
        return request.error();
    const std::optional<Price> price = estimate(*request, model);
    if (const auto error = tooDear(price, arguments.takes, arguments.maxCost))
        return *error;
    const Result<QStringList> outputs = outputsOf(arguments);
    if (!outputs)
        return outputs.error();
    const Result<Secret> key = keyFor(*origin, context);
    if (!key)
        return key.error();

    const auto money = price ? std::optional(price->total) : std::nullopt;
    Prepared prepared{jobsOf(takesOf(*request, money, arguments.takes), *origin), *key, price};
    for (qsizetype i = 0; i < prepared.jobs.size(); ++i)
        prepared.jobs[i].outputPath = outputs->at(i);
    return prepared;
}

/// The limits of the settings: without a window there is nobody who could allow more.
std::optional<Error> pastLimit(const QList<Job>& jobs, const JobQueue& queue)
{
    const auto limit = queue.limitPassedBy(jobs);
    if (!limit)
        return limit.error();
    if (!*limit)
        return std::nullopt;
    return Error{ErrorKind::InvalidRequest, (*limit)->sentence() + u' ' + Text::tr("Nothing was sent.")};
}

/// What the jobs need around them, once the profile is ours.
std::optional<Error> makeReady(const Job& job, const CommandContext& context)
{
    if (job.origin.isSimulated()) {
        if (const Result<QUrl> address = context.simulatorAddress(); !address)
            return address.error();
    }
    if (job.outputPath.endsWith(u'/') && !QDir().mkpath(job.outputPath))
        return diskError(job.outputPath, Text::tr("The folder cannot be made."));
    return std::nullopt;
}

void sayPrice(const Prepared& prepared, const ModelTable& models)
{
    if (!prepared.price) {
        say(Text::tr("The price is unknown."));
        return;
    }
    const auto takes = static_cast<int>(prepared.jobs.size());
    const QString sentence = prepared.jobs.first().origin.isSimulated()
                                 ? Text::tr("Simulated: it would cost about %1 (%2, prices of %3).")
                                 : Text::tr("It will cost about %1 (%2, prices of %3).");
    say(sentence.arg(formatUsd(prepared.price->total * takes), prepared.price->partsText(takes), models.pricesOf()));
}

ExitCode refuse(const Error& error)
{
    reportError(error);
    return exitCodeOf(error);
}

/// The sentences of such errors speak of this computer alone.
ExitCode refuseUnsent(const Error& error)
{
    say(Text::tr("Nothing was sent."));
    return refuse(error);
}

} // namespace

ExitCode generate(const Arguments& arguments, const CommandContext& context)
{
    QTemporaryDir inputs;
    const Result<Prepared> prepared = prepare(arguments, context, inputs.path());
    if (!prepared)
        return refuse(prepared.error());
    Result<std::unique_ptr<QueueRun>> run = QueueRun::open(context, arguments);
    if (!run)
        return refuse(run.error());
    if (const auto error = pastLimit(prepared->jobs, (*run)->queue()))
        return refuse(*error);
    if (const auto error = makeReady(prepared->jobs.first(), context))
        return refuse(*error);
    if (const auto error = (*run)->queue().lackOfRoom(prepared->jobs))
        return refuseUnsent(*error);
    sayPrice(*prepared, context.models);

    QList<ExitCode> exitCodes;
    const auto ended = [&](const JobEnd& end) {
        exitCodes.append(end.code);
        say(outcomeText(end));
        printEnd(end, arguments.json);
    };
    JobQueue& queue = (*run)->queue();
    queue.setKey(prepared->jobs.first().origin, prepared->key);
    const Result<QList<JobId>> ids = queue.enqueueAll(prepared->jobs);
    if (!ids)
        return refuseUnsent(ids.error());
    inputs.remove(); // the jobs have copies of their own
    (*run)->follow(QSet<JobId>(ids->begin(), ids->end()), !arguments.wait, ended);
    return exitCodes.isEmpty() ? ExitCode::LocalTrouble : worstOf(exitCodes);
}

} // namespace clipkiln::cli
