// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"

#include <QList>
#include <QString>

#include <optional>

/// What the file a clip is made from may be, and how to say what it may not: the one set of rules for checking a
/// request, preparing a file, the window and the command line. Pure: nothing is read from disk.
namespace clipkiln {

struct ModeLimits;

enum class InputKind { Image, Video };

/// Bytes of the largest image that the service is known to accept (CONTRACT.md 3.2).
inline constexpr qint64 mostImageBytes = 20 * 1024 * 1024;

/// Bytes of the largest video that the Files API accepts (CONTRACT.md 10).
inline constexpr qint64 mostVideoBytes = 48'000'000;

/// The kind of input that a mode cannot do without; nothing for text.
[[nodiscard]] std::optional<InputKind> sourceKindOf(Mode mode);

/// True for the MIME types that the service takes as they are; other files of the kind are converted first.
[[nodiscard]] bool isSendable(InputKind kind, const QString& mime);

/// True for a source video longer than `longest`, both in seconds; 0: no limit is known.
[[nodiscard]] bool isTooLong(double seconds, double longest);

/// A reason why a file cannot be sent as it is.
struct SourceFault
{
    enum class What {
        WrongKind, ///< a video for an image, or an image for a video
        WrongType, ///< the right kind in a format that has to be converted
        TooLarge,  ///< in bytes
        TooShort,
        TooLong,
    };

    What what{};
    QString sentence; ///< what is wrong and what would be right, with the file's name

    friend bool operator==(const SourceFault&, const SourceFault&) = default;
};

/// What is wrong with a file as an input of a kind in a mode with these limits; of a file of the wrong kind or type
/// nothing else is said.
[[nodiscard]] QList<SourceFault> faultsOf(const LocalFile& file, InputKind kind, const ModeLimits& limits);

/// Of a source video for which isTooLong() holds.
[[nodiscard]] QString tooLongSentence(const QString& name, double seconds, double longest);

/// For a file of the other kind, found out by its content: what to choose, and where it can be used.
[[nodiscard]] QString wrongKindSentence(InputKind wanted);

} // namespace clipkiln
