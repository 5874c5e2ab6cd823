// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/models.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace clipkiln::simulator {

/// A picture or video that a request names: exactly one of the two is set.
struct Media
{
    QString url;    ///< what came as a data URI is an inputUrl() (bodymedia.h) by now
    QString fileId; ///< of the Files API
};

struct Keyframe
{
    Media image;
    double seconds;
};

/// Where a request wants its clip kept beside the usual address.
struct StorageOptions
{
    QString filename;
    std::optional<int> expiresAfter; ///< seconds
    bool publicUrl = false;
    std::optional<int> publicUrlExpiresAfter; ///< seconds
};

/// A request for a video, checked and with its defaults filled in.
struct VideoRequest
{
    Mode mode{};
    Model model;
    QString prompt;
    int seconds = 8;     ///< of the new part in extend mode; without meaning in edit mode
    int lines = 480;     ///< of the shorter side; without meaning in edit and extend mode
    QString aspectRatio; ///< as sent, "16:9"; empty: not sent
    bool sound = true;
    std::optional<Media> image;
    std::optional<Media> lastFrame;
    std::optional<Media> video;
    QList<Media> references;
    QList<Keyframe> keyframes;
    QStringList voices;
    std::optional<StorageOptions> storage;
    QString uploadUrl; ///< where the result is to be put; empty: not sent

    QList<Media> images() const; ///< all that are charged as input images
};

/// What the service says instead of taking a request.
struct Refusal
{
    int status = 400;
    QString code; ///< empty: the text is sent as plain text
    QString text;
};

/// The mode that the path and the fields of a body make it.
Mode modeOf(const QString& path, const QJsonObject& body);

/// Checks the body of a POST to /v1/videos/generations, edits or extensions like the service does.
/// strict: refuses fields that are not documented, which the service ignores.
std::variant<VideoRequest, Refusal> readVideoRequest(const Models& models, const QString& path, const QJsonObject& body,
                                                     bool strict);

} // namespace clipkiln::simulator
