// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>

namespace clipkiln {

/// The settings of the form under a name, to be used again. The request has no inputs and no address for the result; an
/// empty prompt means that the preset has none and leaves the one in the form alone.
struct Preset
{
    QString name;
    bool starred = false;
    GenerationRequest request;

    friend bool operator==(const Preset&, const Preset&) = default;
};

/// A preset of a form's settings, without inputs and the address for the result, which belong to one clip.
[[nodiscard]] Preset makePreset(const QString& name, GenerationRequest request);

inline constexpr int mostPresets = 1000;
inline constexpr int mostPresetName = 200; ///< characters of its name

/// The content of a file of presets, and back. The error's detail says what is wrong, with line and field.
[[nodiscard]] QByteArray toJson(const QList<Preset>& presets);
[[nodiscard]] Result<QList<Preset>> presetsFromJson(const QByteArray& json);
/// Whether a newer Clipkiln wrote the file: nothing is wrong with it, but it cannot be read here.
[[nodiscard]] bool arePresetsNewer(const QByteArray& json);
/// The error when there are too many presets, or one with too long a name.
[[nodiscard]] std::optional<Error> excessOf(const QList<Preset>& presets);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::Preset)
