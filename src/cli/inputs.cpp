// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/inputs.h"

#include "cli/inputoptions.h"
#include "cli/report.h"
#include "cli/stopsignals.h"
#include "core/origin.h"
#include "core/sourcerules.h"
#include "core/text.h"
#include "inputs/sourcevideo.h"
#include "media/prepare/imagefit.h"

#include <QDir>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

/// What is wrong with a file, with its name in front.
Error about(const QString& file, const QString& sentence)
{
    return {ErrorKind::InputUnusable, QDir::toNativeSeparators(file) + u": "_s + sentence};
}

Error about(const QString& file, const Error& error)
{
    return about(file, error.kind == ErrorKind::InputUnusable ? error.detail : explain(error).sentence);
}

Result<LocalFile> reported(const QString& path, const Result<PreparedInput>& prepared)
{
    if (!prepared)
        return about(path, prepared.error());
    if (!prepared->notes.isEmpty())
        say(QDir::toNativeSeparators(path) + u": "_s + prepared->notes.join(u' '));
    return prepared->file;
}

} // namespace

Inputs::Inputs(const Arguments& arguments, const Model& model, const QString& folder)
    : m_arguments(arguments), m_model(model), m_folder(folder)
{
}

Result<ModeInputs> Inputs::read()
{
    ModeInputs inputs;
    switch (m_arguments.mode) {
    case Mode::Text:
        break;
    case Mode::Image:
        inputs = FromImage{image(m_arguments.image, true), {}, {}};
        break;
    case Mode::Reference: {
        FromReferences references;
        for (const QString& reference : m_arguments.references)
            references.images.append(image(reference, false));
        if (!m_arguments.image.isEmpty())
            references.firstFrame = image(m_arguments.image, true);
        inputs = references;
        break;
    }
    case Mode::Edit:
        inputs = EditClip{video(m_arguments.video)};
        break;
    case Mode::Extend:
        inputs = ExtendClip{video(m_arguments.video)};
        break;
    }
    if (m_error)
        return *m_error;
    return inputs;
}

Input Inputs::image(const QString& text, bool isFitted)
{
    if (isWebAddress(text))
        return RemoteUrl{QUrl(text, QUrl::StrictMode)};
    return keepError(m_error ? *m_error : preparedImage(text, isFitted));
}

Input Inputs::video(const QString& text)
{
    if (isWebAddress(text)) {
        if (m_arguments.trim)
            m_error = Error{ErrorKind::InvalidRequest,
                            Text::tr("--trim works on a file, not on an address that the service fetches itself.")};
        return RemoteUrl{QUrl(text, QUrl::StrictMode)};
    }
    return keepError(preparedVideo(text));
}

Result<LocalFile> Inputs::preparedImage(const QString& path, bool isFitted)
{
    ImagePreparation wanted;
    wanted.keepMetadata = m_arguments.keepMetadata;
    const QSize ratio = ratioFromText(m_arguments.aspectRatio);
    if (!isFitted || ratio.isEmpty())
        return reported(path, prepareImage(path, wanted, m_folder));

    wanted.fit = {m_arguments.fit.value_or(ImageFit::How::Keep), ratio, {0.5, 0.5}, m_arguments.padColour};
    const Result<PreparedInput> prepared = prepareImage(path, wanted, m_folder);
    if (prepared && !m_arguments.fit && !hasRatio(prepared->file.size, ratio))
        return about(path, Text::tr("The image has %1 × %2 pixels, which is not %3. Say what to do with --fit: crop "
                                    "(cut to the ratio), pad (add bars) or keep (send it as it is; the service may "
                                    "stretch it).")
                               .arg(QString::number(prepared->file.size.width()),
                                    QString::number(prepared->file.size.height()), m_arguments.aspectRatio));
    return reported(path, prepared);
}

Result<LocalFile> Inputs::preparedVideo(const QString& path)
{
    const double longest = m_model.modes.value(m_arguments.mode).maxSourceSeconds;
    const Result<SourceVideo> source = readSourceVideo(path, longest);
    if (!source)
        return about(path, source.error());
    if (source->isTooLong && !m_arguments.trim)
        return Error{ErrorKind::InputUnusable,
                     tooLongSentence(QDir::toNativeSeparators(path), source->input.file.seconds, longest) + u' ' +
                         trimAdvice(longest)};

    bool isStopped = false;
    bool isAnnounced = false;
    const StopSignals signals;
    QObject::connect(&signals, &StopSignals::caught, &signals, [&] { isStopped = true; });
    const auto progress = [&](double) {
        if (!isAnnounced)
            say(Text::tr("Preparing %1 …").arg(QDir::toNativeSeparators(path)));
        isAnnounced = true;
        QCoreApplication::processEvents();
        return !isStopped;
    };
    return reported(path, prepareVideo(path, {m_arguments.trim, m_arguments.keepMetadata}, m_folder, progress));
}

Input Inputs::keepError(const Result<LocalFile>& file)
{
    if (!file && !m_error)
        m_error = file.error();
    return file.value_or(LocalFile{});
}

} // namespace clipkiln::cli
