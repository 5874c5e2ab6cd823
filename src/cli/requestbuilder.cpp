// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requestbuilder.h"

#include "cli/inputoptions.h"
#include "cli/inputs.h"
#include "core/text.h"
#include "core/validate.h"

#include <QStringList>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

/// What to write on the command line instead, with a blank in front; empty where no option says it.
QString adviceFor(const QList<Fix>& fixes)
{
    for (const Fix& fix : fixes) {
        QString option;
        if (const auto* length = std::get_if<fix::SetDuration>(&fix); length && length->duration)
            option = u"--duration %1"_s.arg(length->duration->count());
        else if (const auto* ratio = std::get_if<fix::SetAspectRatio>(&fix); ratio && ratio->ratio)
            option = u"--aspect-ratio "_s + *ratio->ratio;
        else if (const auto* resolution = std::get_if<fix::SetResolution>(&fix); resolution && resolution->resolution)
            option = u"--resolution "_s + *resolution->resolution;
        else if (const auto* model = std::get_if<fix::UseModel>(&fix))
            option = u"--model "_s + model->id;
        else if (const auto* part = std::get_if<fix::Trim>(&fix))
            return u' ' + trimAdvice(part->mostSeconds);
        if (!option.isEmpty())
            return u' ' + Text::tr("Use %1.").arg(option);
    }
    return {};
}

} // namespace

Result<GenerationRequest> buildRequest(const Arguments& arguments, const Model& model, const ModelTable& models,
                                       const QString& folder)
{
    GenerationRequest request = defaultRequest(arguments.mode, model);
    request.prompt = arguments.prompt;
    if (!arguments.model.isEmpty())
        request.model = arguments.model;
    if (arguments.duration)
        request.duration = arguments.duration;
    if (!arguments.aspectRatio.isEmpty())
        request.aspectRatio = arguments.aspectRatio;
    if (!arguments.resolution.isEmpty())
        request.resolution = arguments.resolution;

    const Result<ModeInputs> inputs = Inputs(arguments, model, folder).read();
    if (!inputs)
        return inputs.error();
    request.inputs = *inputs;

    QStringList sentences;
    for (const Problem& problem : validate(request, model, arguments.takes))
        sentences.append(problem.sentence + adviceFor(fixesFor(problem, request, model, models)));
    if (!sentences.isEmpty())
        return Error{ErrorKind::InvalidRequest, sentences.join(u' ')};
    return request;
}

} // namespace clipkiln::cli
