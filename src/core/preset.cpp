// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/preset.h"

#include "core/jsonreader.h"
#include "core/text.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int fileVersion = 1;
constexpr qsizetype mostBytes = 16 * 1024 * 1024; ///< far more than any person's presets
const QString versionKey = u"clipkilnPresets"_s;
const QString presetsKey = u"presets"_s;

Error unusable(const QString& detail)
{
    return {ErrorKind::InputUnusable, detail};
}

Error tooMany(qsizetype count)
{
    return unusable(Text::tr("These are %1 presets; %2 at most are possible. Leave some out.")
                        .arg(QString::number(count), QString::number(mostPresets)));
}

Preset presetFrom(const QJsonObject& json, const QString& path, QString& problem)
{
    JsonReader reader(json, problem, path);
    const QString name = reader.get<QString>(u"name"_s).simplified();
    if (name.isEmpty())
        reader.note(u"name"_s, u"is missing"_s);
    const bool starred = reader.get(u"starred"_s, false);
    const auto request = requestFromJson(json[u"request"_s].toObject());
    if (!request && problem.isEmpty())
        problem = path + u".request."_s + request.error().detail;
    Preset preset = makePreset(name, request.value_or(GenerationRequest()));
    preset.starred = starred;
    return preset;
}

} // namespace

Preset makePreset(const QString& name, GenerationRequest request)
{
    QStringList voices;
    if (const auto* references = std::get_if<FromReferences>(&request.inputs))
        voices = references->voices;
    std::visit([](auto& inputs) { inputs = {}; }, request.inputs);
    if (auto* references = std::get_if<FromReferences>(&request.inputs))
        references->voices = voices;
    request.uploadUrl.reset();
    return {name, false, std::move(request)};
}

QByteArray toJson(const QList<Preset>& presets)
{
    QJsonArray array;
    for (const Preset& preset : presets)
        array.append(QJsonObject{
            {u"name"_s, preset.name}, {u"starred"_s, preset.starred}, {u"request"_s, toJson(preset.request)}});
    return QJsonDocument(QJsonObject{{versionKey, fileVersion}, {presetsKey, array}}).toJson();
}

Result<QList<Preset>> presetsFromJson(const QByteArray& json)
{
    if (json.size() > mostBytes)
        return unusable(Text::tr("This file is too big for presets."));
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    if (parseError.error != QJsonParseError::NoError) {
        const qsizetype line = json.left(parseError.offset).count('\n') + 1;
        return unusable(
            Text::tr("This is no file of presets: line %1, %2.").arg(QString::number(line), parseError.errorString()));
    }
    const QJsonValue version = document.object()[versionKey];
    if (!version.isDouble() || !document.object()[presetsKey].isArray())
        return unusable(Text::tr("This is no file of presets of Clipkiln."));
    if (version.toInt() > fileVersion)
        return unusable(Text::tr("These presets were made by a newer Clipkiln. Use that one to read them."));

    QList<Preset> presets;
    QString problem;
    const QJsonArray array = document.object()[presetsKey].toArray();
    if (array.size() > mostPresets)
        return tooMany(array.size());
    for (qsizetype i = 0; i < array.size() && problem.isEmpty(); ++i)
        presets.append(presetFrom(array[i].toObject(), u"%1[%2]"_s.arg(presetsKey).arg(i), problem));
    if (!problem.isEmpty())
        return unusable(Text::tr("These presets cannot be read: %1.").arg(problem));
    if (const auto error = excessOf(presets))
        return *error;
    return presets;
}

bool arePresetsNewer(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object()[versionKey].toInt() > fileVersion;
}

std::optional<Error> excessOf(const QList<Preset>& presets)
{
    if (presets.size() > mostPresets)
        return tooMany(presets.size());
    for (const Preset& preset : presets) {
        if (preset.name.size() > mostPresetName)
            return unusable(Text::tr("The name of a preset can have %1 characters at most. Choose a shorter one: %2")
                                .arg(QString::number(mostPresetName), preset.name.left(40) + u'…'));
    }
    return std::nullopt;
}

} // namespace clipkiln
