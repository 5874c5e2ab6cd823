// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/keyapi.h"

#include "simulator/answers.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr qint64 modelsCreatedAt = 1779840000;

/// As the service lists them (CONTRACT.md 9): video stands for edit and extend, audio for voices.
QJsonArray inputModalities(const Model& model)
{
    QJsonArray modalities{u"text"_s};
    if (model.supports(Mode::Image))
        modalities.append(u"image"_s);
    if (model.supports(Mode::Edit))
        modalities.append(u"video"_s);
    if (model.mostVoices() > 0)
        modalities.append(u"audio"_s);
    return modalities;
}

QJsonObject describe(const Model& model)
{
    return {
        {u"id"_s, model.id},
        {u"fingerprint"_s, u"fp_simulator"_s},
        {u"created"_s, modelsCreatedAt},
        {u"object"_s, u"model"_s},
        {u"owned_by"_s, u"xai"_s},
        {u"version"_s, u"1.0"_s},
        {u"input_modalities"_s, inputModalities(model)},
        {u"output_modalities"_s, QJsonArray{u"video"_s}},
        {u"aliases"_s, QJsonArray::fromStringList(model.aliases)},
    };
}

/// A list under a name, or the one model that the rest of the path names.
HttpAnswer answerModels(const Models& models, const QString& id, const QString& listName)
{
    if (!id.isEmpty()) {
        const std::optional<Model> model = models.find(id);
        return model ? jsonAnswer(200, describe(*model))
                     : errorAnswer(404, u"not-found"_s, u"The model %1 does not exist."_s.arg(id));
    }
    QJsonArray list;
    for (const Model& model : models.list())
        list.append(describe(model));
    return jsonAnswer(200, {{listName, list}});
}

HttpAnswer describeKey()
{
    const QString name = u"simulator"_s;
    const QString time = u"2026-11-01T10:00:00Z"_s;
    return jsonAnswer(200, {
                               {u"redacted_api_key"_s, u"xai-...simu"_s},
                               {u"user_id"_s, name},
                               {u"name"_s, name},
                               {u"create_time"_s, time},
                               {u"modify_time"_s, time},
                               {u"modified_by"_s, name},
                               {u"team_id"_s, name},
                               {u"acls"_s, QJsonArray{u"api-key:model:*"_s, u"api-key:endpoint:*"_s}},
                               {u"api_key_id"_s, name},
                               {u"team_blocked"_s, false},
                               {u"api_key_blocked"_s, false},
                               {u"api_key_disabled"_s, false},
                           });
}

} // namespace

HttpAnswer answerKeyApi(const HttpRequest& request, const Models& models)
{
    const QString endpoint = request.path.section(u'/', 1, 2);
    const QString id = request.path.section(u'/', 3);
    const bool isModels = endpoint == "v1/models"_L1;
    const bool isVideoModels = endpoint == "v1/video-generation-models"_L1;
    const bool isKey = endpoint == "v1/api-key"_L1 && id.isEmpty();
    const bool isVoices = endpoint == "v1/custom-voices"_L1 && id.isEmpty();
    if (!isModels && !isVideoModels && !isKey && !isVoices)
        return noRoute();
    if (request.method != "GET")
        return textAnswer(405, {});
    if (isKey)
        return describeKey();
    if (isVoices)
        return jsonAnswer(200, {{u"voices"_s, QJsonArray()}, {u"total_count"_s, 0}, {u"cap"_s, 30}});
    return answerModels(models, id, isModels ? u"data"_s : u"models"_s);
}

} // namespace clipkiln::simulator
