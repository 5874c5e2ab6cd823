// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requestbuilder.h"

#include "cli/inputs.h"
#include "core/validate.h"

#include <QStringList>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

Result<GenerationRequest> buildRequest(const Arguments& arguments, const Model& model, const QString& folder)
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
    for (const Problem& problem : validate(request, model))
        sentences.append(problem.sentence);
    if (!sentences.isEmpty())
        return Error{ErrorKind::InvalidRequest, sentences.join(u"\n          "_s)};
    return request;
}

} // namespace clipkiln::cli
