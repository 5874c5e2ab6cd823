// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fix.h"
#include "core/modeltable.h"

namespace clipkiln {

/// A reason why a request cannot be sent.
struct Problem
{
    enum class Field {
        Prompt,
        Model,
        Duration,
        AspectRatio,
        Resolution,
        Image, ///< also the first frame beside references
        References,
        Video,
        Keyframes,
        LastFrame,
        Voices,
        Audio,
        Storage,
        UploadUrl,
        User,
    };

    Field field{};
    QString sentence; ///< what is wrong and what would be valid, in the person's language
    QList<Fix> fixes; ///< what solves it with this model, the best first; often none

    friend bool operator==(const Problem&, const Problem&) = default;
};

/// What is wrong with so many takes of a request for this model; empty when they can be sent. Pure: reads no file, uses
/// no network.
[[nodiscard]] QList<Problem> validate(const GenerationRequest& request, const Model& model, int takes = 1);

/// What solves a problem of validate(), the best first: with this model, or with another of the table. Pure.
[[nodiscard]] QList<Fix> fixesFor(const Problem& problem, const GenerationRequest& request, const Model& model,
                                  const ModelTable& table);

} // namespace clipkiln
