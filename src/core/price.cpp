// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/modeltable.h"
#include "core/text.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

// The service's defaults for fields that a request leaves out (CONTRACT.md 3.1 and 5).
constexpr std::int64_t serviceSeconds = 8;
constexpr std::int64_t serviceExtensionSeconds = 6;
constexpr QLatin1StringView serviceResolution = "480p"_L1;

/// No clip is longer; a larger number is a mistake, and sums of such numbers would overflow 64 bits.
constexpr std::int64_t mostSeconds = 3600;

/// The service's own 480p clips come out a few pixels higher (850x482 was measured, CONTRACT.md 4).
constexpr int pixelTolerance = 8;

using Milliseconds = std::chrono::duration<std::int64_t, std::milli>;

/// A rate per second for a length, rounded up to whole ticks.
Money charge(Money perSecond, Milliseconds length)
{
    const std::int64_t seconds = length.count() / 1000;
    const std::int64_t rest = length.count() % 1000;
    return perSecond * seconds + Money{(perSecond.ticks * rest + 999) / 1000};
}

/// "6 s", "5.04 s": rounded, unlike what is charged for it.
QString secondsText(Milliseconds length)
{
    return Text::tr("%1 s").arg(QString::number(std::round(static_cast<double>(length.count()) / 10) / 100));
}

Price::Part secondsPart(Milliseconds length, Money perSecond)
{
    return {Text::tr("%1 × %2").arg(secondsText(length), formatUsd(perSecond)), charge(perSecond, length)};
}

Price::Part sourcePart(Milliseconds length, Money perSecond)
{
    return {Text::tr("source %1 × %2").arg(secondsText(length), formatUsd(perSecond)), charge(perSecond, length)};
}

Price::Part imagesPart(qsizetype count, Money perImage)
{
    const QString text = count == 1 ? Text::tr("image %1").arg(formatUsd(perImage))
                                    : Text::tr("%1 images × %2").arg(QString::number(count), formatUsd(perImage));
    return {text, perImage * count};
}

std::optional<Milliseconds> lengthOf(const LocalFile& source)
{
    if (!(source.seconds > 0 && source.seconds <= static_cast<double>(mostSeconds)))
        return std::nullopt;
    constexpr double noise = 1e-6; // of a decimal number in binary: 8.7 s are 8700 ms, not 8701
    return Milliseconds(static_cast<std::int64_t>(std::ceil(source.seconds * 1000 - noise)));
}

std::optional<Milliseconds> outputLength(const GenerationRequest& request)
{
    const std::int64_t fallback = request.mode() == Mode::Extend ? serviceExtensionSeconds : serviceSeconds;
    const std::int64_t seconds = request.duration ? std::int64_t{request.duration->count()} : fallback;
    if (seconds < 1 || seconds > mostSeconds)
        return std::nullopt;
    return Milliseconds(seconds * 1000);
}

/// The resolution a changed or continued clip gets: that of its source, at most 720p (CONTRACT.md 4 and 5).
QString resolutionOf(const LocalFile& source)
{
    const int lines = std::min(source.size.width(), source.size.height());
    return lines <= 480 + pixelTolerance ? u"480p"_s : u"720p"_s;
}

std::optional<Money> pricePerSecond(const Model& model, const QString& resolution)
{
    const auto price = model.perSecond.constFind(resolution);
    return price == model.perSecond.constEnd() ? std::nullopt : std::optional(*price);
}

std::optional<QList<Price::Part>> partsOfNew(const GenerationRequest& request, const Model& model)
{
    const auto perSecond = pricePerSecond(model, request.resolution.value_or(serviceResolution));
    const auto length = outputLength(request);
    const qsizetype images = inputsOf(request).size();
    if (!perSecond || !length || (images > 0 && !model.perImage))
        return std::nullopt;
    QList<Price::Part> parts{secondsPart(*length, *perSecond)};
    if (images > 0)
        parts.append(imagesPart(images, *model.perImage));
    return parts;
}

/// Edit and extend: the price depends on the source's length and size.
std::optional<QList<Price::Part>> partsFromSource(const GenerationRequest& request, const Model& model,
                                                  const Input& input)
{
    const auto* source = std::get_if<LocalFile>(&input);
    if (!source || source->size.isEmpty() || !model.perInputSecond)
        return std::nullopt;
    auto sourceLength = lengthOf(*source);
    const auto perSecond = pricePerSecond(model, resolutionOf(*source));
    if (!sourceLength || !perSecond)
        return std::nullopt;

    std::optional<Milliseconds> length = outputLength(request);
    if (request.mode() == Mode::Edit) {
        const double most = model.modes.value(Mode::Edit).maxSourceSeconds; // the service cuts longer sources
        if (most > 0)
            sourceLength = std::min(*sourceLength, Milliseconds(std::llround(most * 1000)));
        length = sourceLength;
    }
    if (!length)
        return std::nullopt;
    return QList<Price::Part>{secondsPart(*length, *perSecond), sourcePart(*sourceLength, *model.perInputSecond)};
}

std::optional<QList<Price::Part>> partsOf(const GenerationRequest& request, const Model& model)
{
    if (const auto* edit = std::get_if<EditClip>(&request.inputs))
        return partsFromSource(request, model, edit->video);
    if (const auto* extend = std::get_if<ExtendClip>(&request.inputs))
        return partsFromSource(request, model, extend->video);
    return partsOfNew(request, model);
}

} // namespace

QString Price::partsText(int takes) const
{
    QStringList texts;
    for (const Part& part : parts)
        texts.append(part.text);
    const QString sum = texts.join(u" + "_s);
    if (takes == 1)
        return sum;
    return u"%1 × %2"_s.arg(QString::number(takes), parts.size() == 1 ? sum : u'(' + sum + u')');
}

std::optional<Price> estimate(const GenerationRequest& request, const Model& model)
{
    if (!model.supports(request.mode()))
        return std::nullopt;
    const auto parts = partsOf(request, model);
    if (!parts)
        return std::nullopt;
    Price price{*parts, {}};
    for (const Price::Part& part : price.parts)
        price.total += part.money;
    return price;
}

} // namespace clipkiln
