// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include "cli/keys.h"
#include "cli/outputpath.h"
#include "cli/queuerun.h"
#include "cli/report.h"
#include "cli/requestbuilder.h"
#include "cli/surroundings.h"
#include "core/files.h"
#include "core/text.h"

#include <QDir>
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

/// Why a price is more than the person wants to pay.
std::optional<Error> tooDear(const std::optional<Price>& price, const std::optional<Money>& most)
{
    if (!most || (price && price->total <= *most))
        return std::nullopt;
    const QString sentence = price
                                 ? Text::tr("It would cost about %1, more than the %2 of --max-cost. Nothing was sent.")
                                       .arg(formatUsd(price->total), formatUsd(*most))
                                 : Text::tr("The price is unknown, so --max-cost %1 cannot be kept. Nothing was sent.")
                                       .arg(formatUsd(*most));
    return Error{ErrorKind::InvalidRequest, sentence};
}

/// A job that can be sent, and with what.
struct Prepared
{
    Job job;
    Secret key;
    std::optional<Price> price;
};

/// All that can be checked without the profile and the network.
Result<Prepared> prepare(const Arguments& arguments, const Surroundings& surroundings, const QString& folder)
{
    const Result<Origin> origin = originOf(arguments);
    if (!origin)
        return origin.error();
    const Model model = modelOf(arguments, surroundings.models);
    const Result<GenerationRequest> request = buildRequest(arguments, model, folder);
    if (!request)
        return request.error();
    const std::optional<Price> price = estimate(*request, model);
    if (const auto error = tooDear(price, arguments.maxCost))
        return *error;
    const Result<QString> output = resolveOutput(arguments.output);
    if (!output)
        return output.error();
    const Result<Secret> key = keyFor(*origin, surroundings);
    if (!key)
        return key.error();

    Prepared prepared{{}, *key, price};
    prepared.job.id = JobId::create();
    prepared.job.request = *request;
    prepared.job.origin = *origin;
    prepared.job.outputPath = *output;
    if (prepared.price)
        prepared.job.estimate = prepared.price->total;
    return prepared;
}

/// The limits of the settings; nobody is here to be asked.
std::optional<Error> pastLimit(const Job& job, const JobQueue& queue)
{
    const auto limit = queue.limitPassedBy({job});
    if (!limit)
        return limit.error();
    if (!*limit)
        return std::nullopt;
    return Error{ErrorKind::InvalidRequest, (*limit)->sentence() + u' ' + Text::tr("Nothing was sent.")};
}

/// What the job needs around it, once the profile is ours.
std::optional<Error> makeReady(const Job& job, const Surroundings& surroundings)
{
    if (job.origin.isSimulated()) {
        if (const Result<QUrl> address = surroundings.simulatorAddress(); !address)
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
    const QString sentence = prepared.job.origin.isSimulated()
                                 ? Text::tr("Simulated: it would cost about %1 (%2, prices of %3).")
                                 : Text::tr("It will cost about %1 (%2, prices of %3).");
    say(sentence.arg(formatUsd(prepared.price->total), prepared.price->partsText(), models.pricesOf()));
}

ExitCode refuse(const Error& error)
{
    complain(error);
    return exitCodeOf(error);
}

} // namespace

ExitCode generate(const Arguments& arguments, const Surroundings& surroundings)
{
    QTemporaryDir inputs;
    const Result<Prepared> prepared = prepare(arguments, surroundings, inputs.path());
    if (!prepared)
        return refuse(prepared.error());
    Result<std::unique_ptr<QueueRun>> run = QueueRun::open(surroundings, arguments);
    if (!run)
        return refuse(run.error());
    if (const auto error = pastLimit(prepared->job, (*run)->queue()))
        return refuse(*error);
    if (const auto error = makeReady(prepared->job, surroundings))
        return refuse(*error);
    sayPrice(*prepared, surroundings.models);

    ExitCode exitCode = ExitCode::LocalTrouble;
    const auto ended = [&](const Job& job, const std::optional<Error>& error, ExitCode code) {
        exitCode = code;
        const QString file = fileOf(job, (*run)->clips());
        say(outcomeText(job, file, error));
        if (arguments.json)
            printResult(toJsonLine(job, file, error));
        else if (!file.isEmpty())
            printResult(file);
    };
    JobQueue& queue = (*run)->queue();
    queue.setKey(prepared->job.origin, prepared->key);
    const JobId id = queue.enqueue(prepared->job);
    inputs.remove(); // the job has copies of its own
    (*run)->follow({id}, !arguments.wait, ended);
    return exitCode;
}

} // namespace clipkiln::cli
