// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/inputoptions.h"

#include "core/decimals.h"
#include "core/enumnames.h"
#include "core/text.h"

#include <QCommandLineParser>
#include <QRegularExpression>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr EnumNames<ImageFit::How, 3> fitNames{{"keep"_L1, "crop"_L1, "pad"_L1}};

Error wrong(const QString& sentence)
{
    return {ErrorKind::InvalidRequest, sentence};
}

std::optional<Error> readFit(const QCommandLineParser& parser, Arguments& arguments)
{
    if (parser.isSet(u"fit"_s)) {
        arguments.fit = fitNames.fromName(parser.value(u"fit"_s));
        if (!arguments.fit)
            return wrong(Text::tr("--fit takes crop, pad or keep."));
        if (arguments.image.isEmpty() || arguments.aspectRatio.isEmpty())
            return wrong(Text::tr("--fit belongs to --image together with --aspect-ratio."));
    }
    if (!parser.isSet(u"pad-color"_s))
        return std::nullopt;
    if (arguments.fit != ImageFit::How::Pad)
        return wrong(Text::tr("--pad-color belongs to --fit pad."));
    arguments.padColour = QColor(parser.value(u"pad-color"_s));
    if (!arguments.padColour->isValid())
        return wrong(Text::tr("--pad-color takes a colour as #RRGGBB or by its English name."));
    return std::nullopt;
}

std::optional<Error> readTrim(const QCommandLineParser& parser, Arguments& arguments)
{
    if (!parser.isSet(u"trim"_s))
        return std::nullopt;
    static const QRegularExpression span(u"^([0-9]+(?:\\.[0-9]+)?)-([0-9]+(?:\\.[0-9]+)?)$"_s);
    const QRegularExpressionMatch match = span.match(parser.value(u"trim"_s));
    const VideoPart part{match.captured(1).toDouble(), match.captured(2).toDouble()};
    if (!match.hasMatch() || part.from >= part.to)
        return wrong(Text::tr("--trim takes two times in seconds, the earlier one first, for example 2.5-11."));
    if (arguments.video.isEmpty())
        return wrong(Text::tr("--trim belongs to --video."));
    arguments.trim = part;
    return std::nullopt;
}

} // namespace

std::optional<Error> readInputOptions(const QCommandLineParser& parser, Arguments& arguments)
{
    arguments.keepMetadata = parser.isSet(u"keep-metadata"_s);
    if (const auto error = readFit(parser, arguments))
        return error;
    return readTrim(parser, arguments);
}

QString trimAdvice(double longest)
{
    return Text::tr("Say which part to send with --trim, for example --trim 0-%1.").arg(decimal(longest));
}

} // namespace clipkiln::cli
