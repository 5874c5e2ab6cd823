// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace clipkiln::wire {

namespace {

/// Writes one JSON object as segments, so that no file is ever held in memory.
class BodyWriter
{
public:
    [[nodiscard]] QList<Segment> finish()
    {
        flush();
        return std::move(m_segments);
    }

    void begin(char bracket)
    {
        separate();
        m_text += bracket;
        m_afterValue = false;
    }
    void end(char bracket)
    {
        m_text += bracket;
        m_afterValue = true;
    }
    void key(QLatin1StringView name)
    {
        value(QString(name));
        m_text += ':';
        m_afterValue = false;
    }
    void value(const QJsonValue& json)
    {
        separate();
        const QByteArray array = QJsonDocument(QJsonArray{json}).toJson(QJsonDocument::Compact);
        m_text += array.mid(1, array.size() - 2);
        m_afterValue = true;
    }
    void member(QLatin1StringView name, const QJsonValue& json)
    {
        key(name);
        value(json);
    }
    /// A string with a data URI around the file's base64.
    void dataUri(const LocalFile& file)
    {
        value("data:"_L1 + file.mime + ";base64,"_L1);
        m_text.chop(1); // the closing quote comes behind the file
        flush();
        m_segments.append({{}, file.path});
        m_text += '"';
    }

private:
    void separate()
    {
        if (m_afterValue)
            m_text += ',';
    }
    void flush() { m_segments.append({std::exchange(m_text, {}), {}}); }

    QList<Segment> m_segments;
    QByteArray m_text;
    bool m_afterValue = false;
};

void write(BodyWriter& body, const Input& input)
{
    body.begin('{');
    if (const auto* local = std::get_if<LocalFile>(&input)) {
        body.key("url"_L1);
        body.dataUri(*local);
    } else if (const auto* remote = std::get_if<RemoteUrl>(&input)) {
        body.member("url"_L1, remote->url.toString(QUrl::FullyEncoded));
    } else {
        body.member("file_id"_L1, std::get<UploadedFile>(input).fileId);
    }
    body.end('}');
}

void write(BodyWriter& body, const Keyframe& keyframe)
{
    body.begin('{');
    body.key("image"_L1);
    write(body, keyframe.image);
    body.member("timestamp_s"_L1, keyframe.seconds);
    body.end('}');
}

void writeMember(BodyWriter& body, QLatin1StringView name, const Input& input)
{
    body.key(name);
    write(body, input);
}

template <typename T>
void writeMember(BodyWriter& body, QLatin1StringView name, const QList<T>& list)
{
    if (list.isEmpty())
        return;
    body.key(name);
    body.begin('[');
    for (const T& element : list)
        write(body, element);
    body.end(']');
}

void writeInputs(BodyWriter& body, const FromText& inputs)
{
    writeMember(body, "keyframes"_L1, inputs.keyframes);
}

void writeInputs(BodyWriter& body, const FromImage& inputs)
{
    writeMember(body, "image"_L1, inputs.image);
    if (inputs.lastFrame)
        writeMember(body, "last_frame"_L1, *inputs.lastFrame);
    writeMember(body, "keyframes"_L1, inputs.keyframes);
}

void writeInputs(BodyWriter& body, const FromReferences& inputs)
{
    if (inputs.firstFrame)
        writeMember(body, "image"_L1, *inputs.firstFrame);
    writeMember(body, "reference_images"_L1, inputs.images);
    QJsonArray voices;
    for (const QString& voice : inputs.voices)
        voices.append(QJsonObject{{u"voice_id"_s, voice}});
    if (!voices.isEmpty())
        body.member("reference_audios"_L1, voices);
}

void writeInputs(BodyWriter& body, const EditClip& inputs)
{
    writeMember(body, "video"_L1, inputs.video);
}

void writeInputs(BodyWriter& body, const ExtendClip& inputs)
{
    writeMember(body, "video"_L1, inputs.video);
}

QJsonObject toJson(const StorageOptions& storage)
{
    QJsonObject json{{u"filename"_s, storage.filename}};
    if (storage.expiresAfter)
        json.insert("expires_after"_L1, static_cast<qint64>(storage.expiresAfter->count()));
    if (storage.publicUrl)
        json.insert("public_url"_L1, *storage.publicUrl);
    return json;
}

} // namespace

QString path(Mode mode)
{
    switch (mode) {
    case Mode::Edit:
        return u"/videos/edits"_s;
    case Mode::Extend:
        return u"/videos/extensions"_s;
    case Mode::Text:
    case Mode::Image:
    case Mode::Reference:
        break;
    }
    return u"/videos/generations"_s;
}

QList<Segment> body(const GenerationRequest& request)
{
    // An endpoint ignores fields that it does not document, and charges for what it made instead (CONTRACT.md 3.1): so
    // fields that a mode does not have are left out here too.
    const Mode mode = request.mode();
    const bool generates = mode != Mode::Edit && mode != Mode::Extend;

    BodyWriter body;
    body.begin('{');
    if (!request.model.isEmpty())
        body.member("model"_L1, request.model);
    if (!request.prompt.isEmpty())
        body.member("prompt"_L1, request.prompt);
    if (request.duration && mode != Mode::Edit)
        body.member("duration"_L1, static_cast<qint64>(request.duration->count()));
    if (request.aspectRatio && generates)
        body.member("aspect_ratio"_L1, *request.aspectRatio);
    if (request.resolution && generates)
        body.member("resolution"_L1, *request.resolution);
    if (request.generateAudio && generates)
        body.member("generate_audio"_L1, *request.generateAudio);
    std::visit([&body](const auto& inputs) { writeInputs(body, inputs); }, request.inputs);
    if (request.storage)
        body.member("storage_options"_L1, toJson(*request.storage));
    if (request.uploadUrl)
        body.member("output"_L1, QJsonObject{{u"upload_url"_s, request.uploadUrl->toString(QUrl::FullyEncoded)}});
    if (request.user && mode != Mode::Extend)
        body.member("user"_L1, *request.user);
    body.end('}');
    return body.finish();
}

} // namespace clipkiln::wire
