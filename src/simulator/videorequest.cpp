// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/videorequest.h"

#include "simulator/fieldreader.h"

#include <algorithm>
#include <cmath>
#include <tuple>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr int longestSeconds = 15; ///< also of extensions, whatever is documented (CONTRACT.md 5)
constexpr int defaultExtensionSeconds = 6;
constexpr int longestStorageSeconds = 2592000;

/// The values the service knows, and those of all models in the table.
QStringList valuesKnown(QStringList known, const Models& models, QStringList ModeTerms::*more)
{
    for (const Model& model : models.list()) {
        for (const ModeTerms& terms : model.modes)
            known += terms.*more;
    }
    known.removeDuplicates();
    return known;
}

/// Reads one body; what is wrong is kept apart by the status it leads to.
class BodyReader
{
public:
    BodyReader(const Models& models, Mode mode, const QJsonObject& body)
        : m_models(models), m_mode(mode), m_fields(body, m_typeError)
    {
    }

    std::variant<VideoRequest, Refusal> read(bool strict)
    {
        readTypes();
        if (!m_typeError.isEmpty())
            return Refusal{422, {}, u"Failed to deserialize the JSON body into the target type: "_s + m_typeError};
        const std::optional<Model> model = m_models.find(m_modelId);
        if (!model)
            return Refusal{
                404, u"not-found"_s,
                u"The model %1 does not exist or your team simulator does not have access to it. If you "
                "believe this is a mistake, please contact support and quote your team id and the model."_s.arg(
                    m_modelId)};
        m_request.model = *model;
        if (strict && !m_unknown.isEmpty())
            return Refusal{400, u"invalid-argument"_s, u"Unknown field `%1`."_s.arg(m_unknown.first())};
        QString problem = m_mediaError;
        if (problem.isEmpty())
            problem = isVideoMode() ? videoModeProblem() : generationProblem();
        if (!problem.isEmpty())
            return Refusal{400, u"invalid-argument"_s, problem};
        return m_request;
    }

private:
    bool isVideoMode() const { return m_mode == Mode::Edit || m_mode == Mode::Extend; }

    void readTypes()
    {
        m_request.mode = m_mode;
        m_modelId = m_fields.text(u"model"_s).value_or(u"grok-imagine-video"_s);
        if (isVideoMode()) {
            m_fields.require(u"prompt"_s);
            m_fields.require(u"video"_s);
            m_request.video = media(m_fields.object(u"video"_s), u"video"_s);
        }
        m_request.prompt = m_fields.text(u"prompt"_s).value_or(QString());
        readStorage();
        if (m_mode != Mode::Extend)
            m_fields.text(u"user"_s);
        if (m_mode == Mode::Extend)
            m_request.seconds = m_fields.wholeNumber(u"duration"_s).value_or(defaultExtensionSeconds);
        if (!isVideoMode())
            readGenerationTypes();
        m_unknown += m_fields.unread();
    }

    void readGenerationTypes()
    {
        const std::optional<int> alias = m_fields.wholeNumber(u"seconds"_s);
        m_request.seconds = m_fields.wholeNumber(u"duration"_s).value_or(alias.value_or(m_request.seconds));
        const QStringList ratios =
            valuesKnown({u"1:1"_s, u"16:9"_s, u"9:16"_s, u"4:3"_s, u"3:4"_s, u"3:2"_s, u"2:3"_s, u"21:9"_s, u"5:2"_s},
                        m_models, &ModeTerms::aspectRatios);
        m_request.aspectRatio = m_fields.oneOf(u"aspect_ratio"_s, ratios).value_or(QString());
        const QStringList resolutions =
            valuesKnown({u"480p"_s, u"720p"_s, u"1080p"_s}, m_models, &ModeTerms::resolutions);
        const QString resolution = m_fields.oneOf(u"resolution"_s, resolutions).value_or(u"480p"_s);
        m_request.lines = linesOf(resolution).value_or(m_request.lines);
        m_request.sound = m_fields.flag(u"generate_audio"_s).value_or(true);
        m_request.image = media(m_fields.object(u"image"_s), u"image"_s);
        m_request.lastFrame = media(m_fields.object(u"last_frame"_s), u"last_frame"_s);
        for (const QJsonValue entry : m_fields.array(u"reference_images"_s)) {
            if (const auto reference = media(nested(entry, u"reference_images"_s), u"reference_images"_s))
                m_request.references.append(*reference);
        }
        for (const QJsonValue entry : m_fields.array(u"keyframes"_s))
            readKeyframe(nested(entry, u"keyframes"_s));
        for (const QJsonValue entry : m_fields.array(u"reference_audios"_s))
            readVoice(nested(entry, u"reference_audios"_s));
    }

    void readKeyframe(const QJsonObject& json)
    {
        FieldReader fields(json, m_typeError);
        fields.require(u"image"_s);
        fields.require(u"timestamp_s"_s);
        const auto image = media(fields.object(u"image"_s), u"keyframes"_s);
        const auto seconds = fields.number(u"timestamp_s"_s);
        if (image && seconds)
            m_request.keyframes.append({*image, *seconds});
        m_unknown += fields.unread();
    }

    void readVoice(const QJsonObject& json)
    {
        FieldReader fields(json, m_typeError);
        const auto voice = fields.text(u"voice_id"_s);
        const auto url = fields.text(u"url"_s);
        m_request.voices.append(voice.value_or(url.value_or(QString())));
        m_unknown += fields.unread();
    }

    void readStorage()
    {
        if (const auto output = m_fields.object(u"output"_s)) {
            FieldReader fields(*output, m_typeError);
            m_request.uploadUrl = fields.text(u"upload_url"_s).value_or(QString());
            m_unknown += fields.unread();
        }
        const auto json = m_fields.object(u"storage_options"_s);
        if (!json)
            return;
        FieldReader fields(*json, m_typeError);
        fields.require(u"filename"_s);
        StorageOptions storage;
        storage.filename = fields.text(u"filename"_s).value_or(QString());
        storage.expiresAfter = fields.wholeNumber(u"expires_after"_s);
        if ((*json)[u"public_url"_s].isObject()) {
            const auto publicUrl = fields.object(u"public_url"_s);
            storage.publicUrl = true;
            storage.publicUrlExpiresAfter = FieldReader(*publicUrl, m_typeError).wholeNumber(u"expires_after"_s);
        } else {
            storage.publicUrl = fields.flag(u"public_url"_s).value_or(false);
        }
        m_unknown += fields.unread();
        m_request.storage = storage;
    }

    QJsonObject nested(const QJsonValue& entry, const QString& key)
    {
        return FieldReader({{key, entry}}, m_typeError).object(key).value_or(QJsonObject());
    }

    std::optional<Media> media(const std::optional<QJsonObject>& json, const QString& key)
    {
        if (!json)
            return std::nullopt;
        FieldReader fields(*json, m_typeError);
        const Media result{fields.text(u"url"_s).value_or(QString()), fields.text(u"file_id"_s).value_or(QString())};
        if (result.url.isEmpty() == result.fileId.isEmpty() && m_mediaError.isEmpty())
            m_mediaError = u"`%1` must have exactly one of `url` and `file_id`."_s.arg(key);
        m_unknown += fields.unread();
        return result;
    }

    QString videoModeProblem() const
    {
        const QString mode = m_mode == Mode::Edit ? u"editing"_s : u"extension"_s;
        if (!m_request.model.supports(m_mode))
            return u"Video %1 is not supported for this model."_s.arg(mode);
        if (m_request.prompt.trimmed().isEmpty())
            return emptyPrompt();
        if (const QString text = m_mode == Mode::Extend ? durationProblem() : QString(); !text.isEmpty())
            return text;
        return storageProblem();
    }

    QString generationProblem() const
    {
        const VideoRequest& r = m_request;
        if (const QString text = modelProblem(); !text.isEmpty())
            return text;
        const bool hasPicture = r.image || r.lastFrame || !r.references.isEmpty() || !r.keyframes.isEmpty();
        if (r.prompt.trimmed().isEmpty() && !hasPicture)
            return emptyPrompt();
        if (const QString text = durationProblem(); !text.isEmpty())
            return text;
        if (r.keyframes.size() > r.model.mostKeyframes())
            return u"Too many keyframes: %1. Maximum allowed is %2."_s.arg(r.keyframes.size())
                .arg(r.model.mostKeyframes());
        for (const Keyframe& keyframe : r.keyframes) {
            const double thirds = keyframe.seconds * 3;
            if (keyframe.seconds <= 0 || keyframe.seconds >= r.seconds || std::abs(thirds - std::round(thirds)) > 0.01)
                return u"Keyframe timestamp %1s must be inside the video and on a 1/3 second grid."_s.arg(
                    keyframe.seconds);
        }
        if (r.voices.size() > r.model.mostVoices())
            return u"Too many reference audio clips: %1. Maximum allowed is %2."_s.arg(r.voices.size())
                .arg(r.model.mostVoices());
        return storageProblem();
    }

    QString modelProblem() const
    {
        const VideoRequest& r = m_request;
        const bool references = m_mode == Mode::Reference;
        if (!r.model.supports(m_mode))
            return u"%1-to-video is not supported for this model."_s.arg(m_mode == Mode::Text ? u"Text"_s
                                                                         : references         ? u"Reference"_s
                                                                                              : u"Image"_s);
        const ModeTerms terms = r.model.modes.value(m_mode);
        if (r.image && references && !terms.firstFrame)
            return u"`image` and `reference_images` cannot be used together."_s;
        if (r.references.size() > terms.references)
            return u"Too many reference images: %1. Maximum allowed is %2."_s.arg(r.references.size())
                .arg(terms.references);
        const std::tuple<bool, bool, QString> extras[] = {
            {r.lastFrame.has_value(), r.model.takesLastFrame(), u"last_frame"_s},
            {!r.keyframes.isEmpty(), r.model.mostKeyframes() > 0, u"keyframes"_s},
            {!r.voices.isEmpty(), r.model.mostVoices() > 0, u"reference_audios"_s}};
        for (const auto& [used, taken, name] : extras) {
            if (used && !taken)
                return u"`%1` is not supported for this model."_s.arg(name);
        }
        if (references && !terms.resolutions.contains(u"%1p"_s.arg(r.lines)))
            return u"%1p video resolution is not supported for reference-to-video requests."_s.arg(r.lines);
        if (!r.model.ticksPerSecond.contains(r.lines))
            return u"%1p video resolution is not available for your team."_s.arg(r.lines);
        return {};
    }

    QString durationProblem() const
    {
        const int seconds = m_request.seconds;
        const int longest = m_request.model.modes.value(m_mode).longestSeconds;
        if (m_mode == Mode::Reference && seconds > longest)
            return u"Duration %1s exceeds the maximum allowed for reference-to-video, which is %2s."_s.arg(seconds).arg(
                longest);
        const int most = std::max(longest, longestSeconds);
        if (seconds < 1 || seconds > most)
            return u"Duration must be between 1 and %1 seconds"_s.arg(most);
        return {};
    }

    QString storageProblem() const
    {
        if (!m_request.storage)
            return {};
        if (m_request.storage->filename.isEmpty())
            return u"`storage_options.filename` cannot be empty."_s;
        const int expiry = m_request.storage->expiresAfter.value_or(longestStorageSeconds);
        if (expiry < 1 || expiry > longestStorageSeconds)
            return u"`storage_options.expires_after` must be between 1 and %1 seconds."_s.arg(longestStorageSeconds);
        return {};
    }

    static QString emptyPrompt() { return u"Prompt cannot be empty. Please provide a prompt."_s; }

    const Models& m_models;
    Mode m_mode;
    QString m_typeError;  ///< 422
    QString m_mediaError; ///< 400
    QStringList m_unknown;
    FieldReader m_fields;
    QString m_modelId;
    VideoRequest m_request;
};

} // namespace

QList<Media> VideoRequest::images() const
{
    QList<Media> result = references;
    for (const std::optional<Media>& media : {image, lastFrame}) {
        if (media)
            result.append(*media);
    }
    for (const Keyframe& keyframe : keyframes)
        result.append(keyframe.image);
    return result;
}

Mode modeOf(const QString& path, const QJsonObject& body)
{
    if (path.endsWith(u"/edits"_s))
        return Mode::Edit;
    if (path.endsWith(u"/extensions"_s))
        return Mode::Extend;
    if (!body[u"reference_images"_s].toArray().isEmpty())
        return Mode::Reference;
    return body[u"image"_s].isObject() ? Mode::Image : Mode::Text;
}

std::variant<VideoRequest, Refusal> readVideoRequest(const Models& models, const QString& path, const QJsonObject& body,
                                                     bool strict)
{
    return BodyReader(models, modeOf(path, body), body).read(strict);
}

} // namespace clipkiln::simulator
