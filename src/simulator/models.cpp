// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/models.h"

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

const QList<Model>& models()
{
    static const QList<Model> table{
        {.id = u"grok-imagine-video"_s,
         .aliases = {},
         .inputModalities = {u"text"_s, u"image"_s, u"video"_s},
         .ticksPerSecond = {{480, 5 * ticksPerCent}, {720, 7 * ticksPerCent}},
         .ticksPerImage = ticksPerCent / 5,
         .references = 7,
         .referenceSeconds = 10,
         .editsAndExtends = true},
        {.id = u"grok-imagine-video-1.5"_s,
         .aliases = {u"grok-imagine-video-1.5-preview"_s, u"grok-imagine-video-1.5-2026-05-30"_s},
         .inputModalities = {u"text"_s, u"image"_s, u"audio"_s},
         .ticksPerSecond = {{480, 8 * ticksPerCent}, {720, 14 * ticksPerCent}, {1080, 25 * ticksPerCent}},
         .ticksPerImage = ticksPerCent,
         .references = 14,
         .referenceSeconds = 15,
         .extras = true,
         .slowness = 3.5},
        {.id = u"grok-imagine-video-1.5-lite"_s,
         .aliases = {},
         .inputModalities = {u"text"_s, u"image"_s},
         .ticksPerSecond = {{480, 2 * ticksPerCent}, {720, 3 * ticksPerCent}, {1080, 14 * ticksPerCent}},
         .ticksPerImage = ticksPerCent},
    };
    return table;
}

std::optional<Model> modelNamed(const QString& name)
{
    for (const Model& model : models()) {
        if (model.id == name || model.aliases.contains(name))
            return model;
    }
    return std::nullopt;
}

} // namespace clipkiln::simulator
