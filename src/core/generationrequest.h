// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QSize>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>
#include <variant>

namespace clipkiln {

/// A file on this machine. Once its job is queued, `path` is the copy under the profile, named by content hash.
struct LocalFile
{
    QString path;
    QString name; ///< of the file that was chosen: "harbour_dawn.jpg"
    QString mime; ///< "image/jpeg"
    QString hash; ///< SHA-256 in hex; empty until the copy is made
    qint64 bytes = 0;
    QSize size;         ///< pixels, as seen (rotation applied); empty when not known
    double seconds = 0; ///< of a video; 0 when not known

    friend bool operator==(const LocalFile&, const LocalFile&) = default;
};

/// An address that the service fetches; this program never does.
struct RemoteUrl
{
    QUrl url;

    friend bool operator==(const RemoteUrl&, const RemoteUrl&) = default;
};

/// A file that is already stored at the service (Files API).
struct UploadedFile
{
    QString fileId;

    friend bool operator==(const UploadedFile&, const UploadedFile&) = default;
};

/// An image or a video that a request starts from.
using Input = std::variant<LocalFile, RemoteUrl, UploadedFile>;

/// A picture the clip passes through at a time strictly inside it, on a grid of 1/3 s (CONTRACT.md 3.1).
struct Keyframe
{
    Input image;
    double seconds = 0;

    friend bool operator==(const Keyframe&, const Keyframe&) = default;
};

struct FromText
{
    QList<Keyframe> keyframes;

    friend bool operator==(const FromText&, const FromText&) = default;
};

struct FromImage
{
    Input image;
    std::optional<Input> lastFrame;
    QList<Keyframe> keyframes;

    friend bool operator==(const FromImage&, const FromImage&) = default;
};

struct FromReferences
{
    QList<Input> images;
    QStringList voices; ///< voice ids
    std::optional<Input> firstFrame;

    friend bool operator==(const FromReferences&, const FromReferences&) = default;
};

struct EditClip
{
    Input video;

    friend bool operator==(const EditClip&, const EditClip&) = default;
};

struct ExtendClip
{
    Input video;

    friend bool operator==(const ExtendClip&, const ExtendClip&) = default;
};

/// Puts the result into the service's Files API too (CONTRACT.md 3.1).
struct StorageOptions
{
    QString filename;
    std::optional<std::chrono::seconds> expiresAfter;
    std::optional<bool> publicUrl;

    friend bool operator==(const StorageOptions&, const StorageOptions&) = default;
};

enum class Mode { Text, Image, Reference, Edit, Extend }; // in the order of ModeInputs

using ModeInputs = std::variant<FromText, FromImage, FromReferences, EditClip, ExtendClip>;

/// What a person asked for. A value that is not set is not sent: defaults belong to the form and the command line.
struct GenerationRequest
{
    QString prompt;
    QString model;
    std::optional<std::chrono::seconds> duration; ///< in extend mode the length of the added part
    std::optional<QString> aspectRatio;           ///< "16:9"
    std::optional<QString> resolution;            ///< "720p"
    std::optional<bool> generateAudio;
    std::optional<StorageOptions> storage;
    std::optional<QUrl> uploadUrl; ///< where the service puts the result (Zero-Data-Retention teams)
    std::optional<QString> user;
    ModeInputs inputs;

    [[nodiscard]] Mode mode() const { return static_cast<Mode>(inputs.index()); }

    friend bool operator==(const GenerationRequest&, const GenerationRequest&) = default;
};

/// "text", "image", "reference", "edit", "extend": for files, arguments and --json.
[[nodiscard]] QString toName(Mode mode);
[[nodiscard]] std::optional<Mode> modeFromName(const QString& name);
/// The mode's name in the person's language: "Text".
[[nodiscard]] QString displayName(Mode mode);

/// All inputs in the order of the request, to read or to change in place.
[[nodiscard]] QList<Input> inputsOf(const GenerationRequest& request);
[[nodiscard]] QList<Input*> mutableInputsOf(GenerationRequest& request);

/// Our own JSON, not the service's: stored in the database, and copied by "Copy settings".
[[nodiscard]] QJsonObject toJson(const GenerationRequest& request);
[[nodiscard]] Result<GenerationRequest> requestFromJson(const QJsonObject& json);

} // namespace clipkiln

Q_DECLARE_METATYPE(clipkiln::GenerationRequest)
