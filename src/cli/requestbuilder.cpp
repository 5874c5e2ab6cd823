// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requestbuilder.h"

#include "core/text.h"
#include "core/validate.h"
#include "media/probe.h"

#include <QDir>
#include <QStringList>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

enum class Kind { Image, Video };

bool isWebAddress(const QString& text)
{
    return text.startsWith("http://"_L1, Qt::CaseInsensitive) || text.startsWith("https://"_L1, Qt::CaseInsensitive);
}

/// What is wrong with a file, with its name in front.
Error about(const QString& file, const QString& sentence)
{
    return {ErrorKind::InputUnusable, QDir::toNativeSeparators(file) + u": "_s + sentence};
}

Result<LocalFile> readFile(const QString& path, Kind kind)
{
    const Result<LocalFile> file = kind == Kind::Image ? probeImage(path) : probeInput(path);
    if (!file) {
        const bool isUnusable = file.error().kind == ErrorKind::InputUnusable;
        return about(path, isUnusable ? file.error().detail : explain(file.error()).sentence);
    }
    if (kind == Kind::Video && !file->mime.startsWith("video/"_L1))
        return about(path, Text::tr("This is a picture, not a video. Give an MP4 video."));
    return file;
}

/// Reads several inputs and stops at the first that cannot be used.
class Inputs
{
public:
    Input read(const QString& text, Kind kind)
    {
        if (isWebAddress(text))
            return RemoteUrl{QUrl(text, QUrl::StrictMode)};
        const Result<LocalFile> file = readFile(text, kind);
        if (!file && !m_error)
            m_error = file.error();
        return file.value_or(LocalFile{});
    }

    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    std::optional<Error> m_error;
};

ModeInputs readInputs(const Arguments& arguments, Inputs& inputs)
{
    switch (arguments.mode) {
    case Mode::Text:
        break;
    case Mode::Image:
        return FromImage{inputs.read(arguments.image, Kind::Image), {}, {}};
    case Mode::Reference: {
        FromReferences references;
        for (const QString& image : arguments.references)
            references.images.append(inputs.read(image, Kind::Image));
        if (!arguments.image.isEmpty())
            references.firstFrame = inputs.read(arguments.image, Kind::Image);
        return references;
    }
    case Mode::Edit:
        return EditClip{inputs.read(arguments.video, Kind::Video)};
    case Mode::Extend:
        return ExtendClip{inputs.read(arguments.video, Kind::Video)};
    }
    return FromText{};
}

} // namespace

Result<GenerationRequest> buildRequest(const Arguments& arguments, const Model& model)
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

    Inputs inputs;
    request.inputs = readInputs(arguments, inputs);
    if (inputs.error())
        return *inputs.error();

    QStringList sentences;
    for (const Problem& problem : validate(request, model))
        sentences.append(problem.sentence);
    if (!sentences.isEmpty())
        return Error{ErrorKind::InvalidRequest, sentences.join(u"\n          "_s)};
    return request;
}

} // namespace clipkiln::cli
