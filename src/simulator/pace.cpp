// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/pace.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr int highest480p = 488; ///< clips of the service come out a few lines higher: 482 (CONTRACT.md 4)

/// How much longer than the first model one takes.
double slownessOf(const Model& model)
{
    return model.id == "grok-imagine-video-1.5"_L1 ? 3.5 : 1;
}

} // namespace

std::chrono::milliseconds recordedTime(const VideoRequest& request)
{
    double seconds = 0;
    switch (request.mode) {
    case Mode::Edit:
        seconds = 36; // the source's length is not known yet
        break;
    case Mode::Extend:
        seconds = 12 + 3.0 * request.seconds; // 10 s: 40 to 45 s
        break;
    case Mode::Text:
    case Mode::Image:
    case Mode::Reference: {
        const double byLines = request.lines > 720 ? 2.2 : request.lines > 480 ? 1.6 : 1;
        seconds = (3 + 2.0 * request.seconds) * byLines; // text, 8 s at 480p: 16 to 22 s
        if (!request.images().isEmpty())
            seconds += 4; // image, 6 s at 720p: 28 s
        break;
    }
    }
    return std::chrono::milliseconds(std::lround(seconds * slownessOf(request.model) * 1000));
}

int recordedProgress(double fraction, bool stalling)
{
    static constexpr std::array steady{0, 0, 14, 30, 58, 77, 95};
    static constexpr std::array stalled{1, 1, 20, 35, 35};
    const auto at = [fraction](const auto& sequence) {
        const double place = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(sequence.size());
        return sequence[std::min(static_cast<std::size_t>(place), sequence.size() - 1)];
    };
    return stalling ? at(stalled) : at(steady);
}

qint64 costInTicks(const VideoRequest& request, double sourceSeconds, int sourceLines)
{
    const Model& model = request.model;
    if (request.mode == Mode::Edit || request.mode == Mode::Extend) {
        const qint64 perSecond = model.ticksPerSecond.value(sourceLines > highest480p ? 720 : 480);
        const double used = request.mode == Mode::Edit ? std::min(sourceSeconds, longestEditSeconds) : sourceSeconds;
        const qint64 input = std::lround(used);
        const qint64 output = request.mode == Mode::Edit ? input : request.seconds;
        return output * perSecond + input * model.ticksPerInputSecond;
    }
    return request.seconds * model.ticksPerSecond.value(request.lines) + request.images().size() * model.ticksPerImage;
}

} // namespace clipkiln::simulator
