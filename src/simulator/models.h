// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace clipkiln::simulator {

/// What the service accepts for one model and what it charges (contract sections 3 and 9).
struct Model
{
    QString id;
    QStringList aliases;
    QStringList inputModalities;      ///< as GET /v1/video-generation-models lists them
    QMap<int, qint64> ticksPerSecond; ///< by lines (480, 720, 1080); absent: not available
    qint64 ticksPerImage = 0;         ///< for each input image
    int references = 0;               ///< most reference images; 0: no such mode
    int referenceSeconds = 0;         ///< longest clip in reference mode
    bool editsAndExtends = false;
    bool extras = false; ///< last_frame, keyframes, reference_audios, image together with references
    double slowness = 1; ///< time to render, relative to the first model
};

/// 1 USD is 10^10 ticks.
inline constexpr qint64 ticksPerCent = 100'000'000;
/// Of the input video of an edit or extension, for each second.
inline constexpr qint64 ticksPerInputSecond = ticksPerCent;

const QList<Model>& models();
/// By id or alias.
std::optional<Model> modelNamed(const QString& name);

} // namespace clipkiln::simulator
