// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/generationrequest.h"

#include "core/enumnames.h"
#include "core/jsonreader.h"
#include "core/text.h"

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr EnumNames<Mode, 5> modeNames{{"text"_L1, "image"_L1, "reference"_L1, "edit"_L1, "extend"_L1}};

QString encoded(const QUrl& url)
{
    return url.toString(QUrl::FullyEncoded);
}

/// Collects pointers to all inputs of a mode, in the order they stand in the request.
struct InputCollector
{
    QList<Input*> inputs;

    void operator()(FromText& text) { add(text.keyframes); }
    void operator()(FromImage& image)
    {
        inputs.append(&image.image);
        add(image.lastFrame);
        add(image.keyframes);
    }
    void operator()(FromReferences& references)
    {
        for (Input& image : references.images)
            inputs.append(&image);
        add(references.firstFrame);
    }
    void operator()(EditClip& edit) { inputs.append(&edit.video); }
    void operator()(ExtendClip& extend) { inputs.append(&extend.video); }

private:
    void add(std::optional<Input>& input)
    {
        if (input)
            inputs.append(&*input);
    }
    void add(QList<Keyframe>& keyframes)
    {
        for (Keyframe& keyframe : keyframes)
            inputs.append(&keyframe.image);
    }
};

struct InputWriter
{
    QJsonObject operator()(const LocalFile& file) const
    {
        QJsonObject json{
            {u"file"_s, file.path}, {u"name"_s, file.name}, {u"mime"_s, file.mime}, {u"bytes"_s, file.bytes}};
        if (!file.hash.isEmpty())
            json.insert(u"hash"_s, file.hash);
        if (!file.size.isEmpty()) {
            json.insert(u"width"_s, file.size.width());
            json.insert(u"height"_s, file.size.height());
        }
        if (file.seconds > 0)
            json.insert(u"seconds"_s, file.seconds);
        return json;
    }
    QJsonObject operator()(const RemoteUrl& remote) const { return {{u"url"_s, encoded(remote.url)}}; }
    QJsonObject operator()(const UploadedFile& uploaded) const { return {{u"fileId"_s, uploaded.fileId}}; }
};

QJsonObject toJson(const Input& input)
{
    return std::visit(InputWriter{}, input);
}

QJsonArray toJson(const QList<Keyframe>& keyframes)
{
    QJsonArray array;
    for (const Keyframe& keyframe : keyframes)
        array.append(QJsonObject{{u"image"_s, toJson(keyframe.image)}, {u"seconds"_s, keyframe.seconds}});
    return array;
}

/// Writes a mode's inputs into the request's object. What is empty is left out.
struct ModeWriter
{
    QJsonObject& json;

    void operator()(const FromText& text) const { write(text.keyframes); }
    void operator()(const FromImage& image) const
    {
        write(u"image"_s, image.image);
        write(u"lastFrame"_s, image.lastFrame);
        write(image.keyframes);
    }
    void operator()(const FromReferences& references) const
    {
        QJsonArray images;
        for (const Input& image : references.images)
            images.append(toJson(image));
        json.insert(u"images"_s, images);
        if (!references.voices.isEmpty())
            json.insert(u"voices"_s, QJsonArray::fromStringList(references.voices));
        write(u"firstFrame"_s, references.firstFrame);
    }
    void operator()(const EditClip& edit) const { write(u"video"_s, edit.video); }
    void operator()(const ExtendClip& extend) const { write(u"video"_s, extend.video); }

private:
    void write(const QString& key, const std::optional<Input>& input) const
    {
        if (input)
            json.insert(key, toJson(*input));
    }
    void write(const QList<Keyframe>& keyframes) const
    {
        if (!keyframes.isEmpty())
            json.insert(u"keyframes"_s, toJson(keyframes));
    }
};

Input readInput(JsonReader reader)
{
    if (const auto url = reader.find<QUrl>(u"url"_s))
        return RemoteUrl{*url};
    if (const auto fileId = reader.find<QString>(u"fileId"_s))
        return UploadedFile{*fileId};
    LocalFile file;
    file.path = reader.get<QString>(u"file"_s);
    file.name = reader.get<QString>(u"name"_s);
    file.mime = reader.get<QString>(u"mime"_s);
    file.hash = reader.get(u"hash"_s, QString());
    file.bytes = reader.get<qint64>(u"bytes"_s);
    file.size = QSize(reader.get(u"width"_s, -1), reader.get(u"height"_s, -1));
    file.seconds = reader.get(u"seconds"_s, 0.0);
    return file;
}

std::optional<Input> findInput(JsonReader& reader, const QString& key)
{
    const auto object = reader.findObject(key);
    return object ? std::optional(readInput(*object)) : std::nullopt;
}

QList<Keyframe> readKeyframes(JsonReader& reader)
{
    QList<Keyframe> keyframes;
    for (JsonReader& keyframe : reader.objects(u"keyframes"_s))
        keyframes.append({readInput(keyframe.getObject(u"image"_s)), keyframe.get<double>(u"seconds"_s)});
    return keyframes;
}

ModeInputs readInputs(Mode mode, JsonReader& reader)
{
    switch (mode) {
    case Mode::Text:
        return FromText{readKeyframes(reader)};
    case Mode::Image:
        return FromImage{readInput(reader.getObject(u"image"_s)), findInput(reader, u"lastFrame"_s),
                         readKeyframes(reader)};
    case Mode::Reference: {
        FromReferences references;
        for (const JsonReader& image : reader.objects(u"images"_s))
            references.images.append(readInput(image));
        references.voices = reader.get(u"voices"_s, QStringList());
        references.firstFrame = findInput(reader, u"firstFrame"_s);
        return references;
    }
    case Mode::Edit:
        return EditClip{readInput(reader.getObject(u"video"_s))};
    case Mode::Extend:
        return ExtendClip{readInput(reader.getObject(u"video"_s))};
    }
    return {};
}

StorageOptions readStorage(JsonReader reader)
{
    StorageOptions storage;
    storage.filename = reader.get<QString>(u"filename"_s);
    if (const auto seconds = reader.find<qint64>(u"expiresAfter"_s))
        storage.expiresAfter = std::chrono::seconds(*seconds);
    storage.publicUrl = reader.find<bool>(u"publicUrl"_s);
    return storage;
}

QJsonObject toJson(const StorageOptions& storage)
{
    QJsonObject json{{u"filename"_s, storage.filename}};
    if (storage.expiresAfter)
        json.insert(u"expiresAfter"_s, qint64{storage.expiresAfter->count()});
    if (storage.publicUrl)
        json.insert(u"publicUrl"_s, *storage.publicUrl);
    return json;
}

} // namespace

QString toName(Mode mode)
{
    return modeNames.toName(mode);
}

std::optional<Mode> modeFromName(const QString& name)
{
    return modeNames.fromName(name);
}

QString displayName(Mode mode)
{
    switch (mode) {
    case Mode::Text:
        return Text::tr("Text");
    case Mode::Image:
        return Text::tr("Image");
    case Mode::Reference:
        return Text::tr("Reference");
    case Mode::Edit:
        return Text::tr("Edit");
    case Mode::Extend:
        return Text::tr("Extend");
    }
    return {};
}

QList<Input*> mutableInputsOf(GenerationRequest& request)
{
    InputCollector collector;
    std::visit(collector, request.inputs);
    return collector.inputs;
}

QList<Input> inputsOf(const GenerationRequest& request)
{
    GenerationRequest copy = request;
    QList<Input> inputs;
    for (const Input* input : mutableInputsOf(copy))
        inputs.append(*input);
    return inputs;
}

QJsonObject toJson(const GenerationRequest& request)
{
    QJsonObject json{{u"mode"_s, toName(request.mode())}, {u"prompt"_s, request.prompt}, {u"model"_s, request.model}};
    if (request.duration)
        json.insert(u"duration"_s, qint64{request.duration->count()});
    if (request.aspectRatio)
        json.insert(u"aspectRatio"_s, *request.aspectRatio);
    if (request.resolution)
        json.insert(u"resolution"_s, *request.resolution);
    if (request.generateAudio)
        json.insert(u"generateAudio"_s, *request.generateAudio);
    if (request.storage)
        json.insert(u"storage"_s, toJson(*request.storage));
    if (request.uploadUrl)
        json.insert(u"uploadUrl"_s, encoded(*request.uploadUrl));
    if (request.user)
        json.insert(u"user"_s, *request.user);
    std::visit(ModeWriter{json}, request.inputs);
    return json;
}

Result<GenerationRequest> requestFromJson(const QJsonObject& json)
{
    QString problem;
    JsonReader reader(json, problem);
    const auto mode = modeFromName(reader.get<QString>(u"mode"_s));
    if (!mode)
        reader.note(u"mode"_s, u"text, image, reference, edit or extend is needed"_s);

    GenerationRequest request;
    request.prompt = reader.get<QString>(u"prompt"_s);
    request.model = reader.get<QString>(u"model"_s);
    if (const auto seconds = reader.find<qint64>(u"duration"_s))
        request.duration = std::chrono::seconds(*seconds);
    request.aspectRatio = reader.find<QString>(u"aspectRatio"_s);
    request.resolution = reader.find<QString>(u"resolution"_s);
    request.generateAudio = reader.find<bool>(u"generateAudio"_s);
    if (const auto storage = reader.findObject(u"storage"_s))
        request.storage = readStorage(*storage);
    request.uploadUrl = reader.find<QUrl>(u"uploadUrl"_s);
    request.user = reader.find<QString>(u"user"_s);
    if (mode)
        request.inputs = readInputs(*mode, reader);
    if (!problem.isEmpty())
        return Error{ErrorKind::InvalidRequest, problem};
    return request;
}

} // namespace clipkiln
