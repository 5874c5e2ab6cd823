// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/sources.h"
#include "simulator/videorequest.h"

#include <atomic>
#include <variant>

namespace clipkiln::simulator {

struct RenderOrder
{
    const VideoRequest& request;
    const Sources& sources;
    QString file;                 ///< to be written; empty: the inputs are looked at, but nothing is drawn
    const std::atomic_bool& stop; ///< rendering stops soon after this is set
};

/// What is known when a clip is done.
struct Rendered
{
    double sourceSeconds = 0; ///< of the video that was edited or extended
    int sourceLines = 0;      ///< of its shorter side
};

/// Makes the clip of a request: H.264 and AAC in MP4, 24 frames a second and one more, as measured (CONTRACT.md 7).
std::variant<Rendered, Failure> renderClip(const RenderOrder& order);

/// A second of video, small in every way.
bool renderCanned(const QString& file);

/// The size of a clip: the table of CONTRACT.md 7; where no ratio was sent, that of the first picture (if not empty).
QSize clipSize(const VideoRequest& request, QSize picture);

} // namespace clipkiln::simulator
