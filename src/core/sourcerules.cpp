// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sourcerules.h"

#include "core/decimals.h"
#include "core/modeltable.h"
#include "core/text.h"

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr qint64 mebibyte = 1024 * 1024; // the limit of images is in these
constexpr qint64 megabyte = 1'000'000;   // that of uploads in these

/// Seconds. A clip of 15 s has one frame more, and the service accepted it as a source (CONTRACT.md 5).
constexpr double sourceTolerance = 0.05;

/// Whole units, so many that no part of one is left out.
QString unitsOf(qint64 bytes, qint64 unit)
{
    return QString::number((bytes + unit - 1) / unit);
}

QString wrongFile(InputKind kind, const QString& name)
{
    return (kind == InputKind::Image ? Text::tr("%1 cannot be sent. Images must be JPEG, PNG or WebP.")
                                     : Text::tr("%1 cannot be sent. The source video must be MP4."))
        .arg(name);
}

} // namespace

std::optional<InputKind> sourceKindOf(Mode mode)
{
    switch (mode) {
    case Mode::Text:
        return std::nullopt;
    case Mode::Image:
    case Mode::Reference:
        return InputKind::Image;
    case Mode::Edit:
    case Mode::Extend:
        return InputKind::Video;
    }
    return std::nullopt;
}

bool isSendable(InputKind kind, const QString& mime)
{
    if (kind == InputKind::Video)
        return mime == "video/mp4"_L1;
    return mime == "image/jpeg"_L1 || mime == "image/png"_L1 || mime == "image/webp"_L1;
}

bool isTooLong(double seconds, double longest)
{
    return longest > 0 && seconds > longest + sourceTolerance;
}

QList<SourceFault> faultsOf(const LocalFile& file, InputKind kind, const ModeLimits& limits)
{
    using What = SourceFault::What;
    if (!isSendable(kind, file.mime)) {
        const bool isKind = file.mime.startsWith(kind == InputKind::Image ? "image/"_L1 : "video/"_L1);
        return {{isKind ? What::WrongType : What::WrongKind, wrongFile(kind, file.name)}};
    }
    if (kind == InputKind::Image) {
        if (file.bytes <= mostImageBytes)
            return {};
        return {
            {What::TooLarge, Text::tr("%1 has %2 MB. Images can have %3 MB at most: choose a smaller one.")
                                 .arg(file.name, unitsOf(file.bytes, mebibyte), unitsOf(mostImageBytes, mebibyte))}};
    }
    QList<SourceFault> faults;
    if (file.bytes > mostVideoBytes)
        faults.append(
            {What::TooLarge, Text::tr("%1 has %2 MB. The source video can have %3 MB at most: choose a smaller one.")
                                 .arg(file.name, unitsOf(file.bytes, megabyte), unitsOf(mostVideoBytes, megabyte))});
    if (file.seconds > 0 && file.seconds < limits.minSourceSeconds)
        faults.append(
            {What::TooShort, Text::tr("%1 is %2 s long. The source video must be at least %3 s.")
                                 .arg(file.name, decimalBelow(file.seconds), decimal(limits.minSourceSeconds))});
    if (isTooLong(file.seconds, limits.maxSourceSeconds))
        faults.append({What::TooLong, tooLongSentence(file.name, file.seconds, limits.maxSourceSeconds)});
    return faults;
}

QString tooLongSentence(const QString& name, double seconds, double longest)
{
    return Text::tr("%1 is %2 s long. The source video can be %3 s at most: choose a shorter one.")
        .arg(name, decimalAbove(seconds), decimal(longest));
}

QString wrongKindSentence(InputKind wanted)
{
    return wanted == InputKind::Image
               ? Text::tr(
                     "This is a video. Choose a JPEG, PNG or WebP picture here, or use the video in Edit or Extend.")
               : Text::tr("This is a picture, not a video. Choose an MP4 video here, or use the picture in Image or "
                          "Reference.");
}

} // namespace clipkiln
