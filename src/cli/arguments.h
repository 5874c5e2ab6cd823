// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/money.h"
#include "core/result.h"
#include "media/prepare/prepare.h"

#include <QStringList>

#include <chrono>
#include <optional>

namespace clipkiln::cli {

/// The word on the command line that says what to do; without one the window opens.
enum class Verb { None, Generate, Jobs, Resume, Serve, Rebuild };

/// What stood on the command line. What was not given is empty; which field a verb takes is checked already.
struct Arguments
{
    Verb verb = Verb::None;
    bool help = false;
    bool version = false;

    bool simulator = false;
    QString apiUrl;
    QString profile; ///< folder
    bool json = false;
    QStringList folders; ///< of rebuild, beside those of the profile

    std::chrono::milliseconds pollInterval{5'000};
    std::chrono::milliseconds timeout{600'000};
    bool wait = true;

    Mode mode = Mode::Text;
    QString prompt;
    QString model;
    std::optional<std::chrono::seconds> duration;
    QString aspectRatio;
    QString resolution;
    QString image; ///< file or address, as the two below
    QStringList references;
    QString video;
    std::optional<ImageFit::How> fit; ///< of `image`, to `aspectRatio`
    std::optional<QColor> padColour;  ///< nothing: the image itself, blurred
    std::optional<VideoPart> trim;
    bool keepMetadata = false;
    std::optional<bool> uploadVideos; ///< --send-videos; nothing: as the settings say
    QString output;
    std::optional<Money> maxCost;
    int takes = 1;

    int port = 0;
    double speed = 10;
};

/// Reads the arguments, the program's name first; InvalidRequest with a sentence when something is wrong with them.
[[nodiscard]] Result<Arguments> readArguments(const QStringList& arguments);

/// What `--help` prints for a verb.
[[nodiscard]] QString helpText(Verb verb);

} // namespace clipkiln::cli
