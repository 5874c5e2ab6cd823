// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"

namespace clipkiln {

/// Changes to a request that solve a problem of validate().
namespace fix {

struct SetDuration
{
    std::optional<std::chrono::seconds> duration; ///< nothing: it is left out

    friend bool operator==(const SetDuration&, const SetDuration&) = default;
};
struct SetAspectRatio
{
    std::optional<QString> ratio; ///< nothing: it is left out

    friend bool operator==(const SetAspectRatio&, const SetAspectRatio&) = default;
};
struct SetResolution
{
    std::optional<QString> resolution; ///< nothing: it is left out

    friend bool operator==(const SetResolution&, const SetResolution&) = default;
};
struct UseModel
{
    QString id;

    friend bool operator==(const UseModel&, const UseModel&) = default;
};
/// Keeps the first `count` reference images.
struct KeepImages
{
    int count = 0;

    friend bool operator==(const KeepImages&, const KeepImages&) = default;
};
struct KeepVoices
{
    int count = 0;

    friend bool operator==(const KeepVoices&, const KeepVoices&) = default;
};
struct KeepKeyframes
{
    int count = 0;

    friend bool operator==(const KeepKeyframes&, const KeepKeyframes&) = default;
};
struct MoveKeyframe
{
    qsizetype index = 0;
    double seconds = 0;

    friend bool operator==(const MoveKeyframe&, const MoveKeyframe&) = default;
};
struct RemoveLastFrame
{
    friend bool operator==(const RemoveLastFrame&, const RemoveLastFrame&) = default;
};
/// Removes the first frame that is set beside reference images.
struct RemoveFirstFrame
{
    friend bool operator==(const RemoveFirstFrame&, const RemoveFirstFrame&) = default;
};
/// Leaves the sound setting out: the clip has sound.
struct LeaveSound
{
    friend bool operator==(const LeaveSound&, const LeaveSound&) = default;
};
/// The source video is to be cut, which only a person can do: apply() returns nothing.
struct Trim
{
    double mostSeconds = 0;

    friend bool operator==(const Trim&, const Trim&) = default;
};
/// The file is to be converted or scaled (media/prepare): apply() returns nothing.
struct Prepare
{
    friend bool operator==(const Prepare&, const Prepare&) = default;
};

} // namespace fix

using Fix = std::variant<fix::SetDuration, fix::SetAspectRatio, fix::SetResolution, fix::UseModel, fix::KeepImages,
                         fix::KeepVoices, fix::KeepKeyframes, fix::MoveKeyframe, fix::RemoveLastFrame,
                         fix::RemoveFirstFrame, fix::LeaveSound, fix::Trim, fix::Prepare>;

/// The changed request; nothing when the fix needs a person or a file. Pure.
[[nodiscard]] std::optional<GenerationRequest> apply(const Fix& fix, GenerationRequest request);

/// The label of the button that applies it: "Make it 10 s", "Trim…".
[[nodiscard]] QString fixText(const Fix& fix);

} // namespace clipkiln
