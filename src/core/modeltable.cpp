// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/modeltable.h"

#include "core/jsonreader.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <initializer_list>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr std::initializer_list<Mode> allModes = {Mode::Text, Mode::Image, Mode::Reference, Mode::Edit, Mode::Extend};

/// A higher price is a typing error; up to it no sum overflows 64 bits.
constexpr Money highestPrice = Money{Money::ticksPerDollar} * 1000;

std::optional<Money> findPrice(JsonReader& reader, const QString& key)
{
    const auto text = reader.find<QString>(key);
    if (!text)
        return std::nullopt;
    const auto price = moneyFromDecimal(*text);
    if (!price || *price < Money{} || *price > highestPrice) {
        reader.note(key, u"a price in dollars as text is needed (\"0.07\"), at most 1000"_s);
        return std::nullopt;
    }
    return price;
}

void checkDefault(JsonReader& reader, const QString& key, const QString& value, const QStringList& choices)
{
    if (!value.isEmpty() && !choices.contains(value))
        reader.note(key, u"is not one of the values offered"_s);
}

ModeLimits readLimits(JsonReader reader)
{
    ModeLimits limits;
    limits.minSeconds = reader.get(u"minSeconds"_s, 0);
    limits.maxSeconds = reader.get(u"maxSeconds"_s, 0);
    limits.defaultSeconds = reader.get(u"defaultSeconds"_s, 0);
    if (limits.minSeconds < 0 || limits.maxSeconds < limits.minSeconds)
        reader.note(u"maxSeconds"_s, u"a number not below minSeconds is needed"_s);
    if (limits.defaultSeconds < limits.minSeconds || limits.defaultSeconds > limits.maxSeconds)
        reader.note(u"defaultSeconds"_s, u"a number from minSeconds to maxSeconds is needed"_s);
    limits.aspectRatios = reader.get(u"aspectRatios"_s, QStringList());
    limits.defaultAspectRatio = reader.get(u"defaultAspectRatio"_s, QString());
    checkDefault(reader, u"defaultAspectRatio"_s, limits.defaultAspectRatio, limits.aspectRatios);
    limits.resolutions = reader.get(u"resolutions"_s, QStringList());
    limits.defaultResolution = reader.get(u"defaultResolution"_s, QString());
    checkDefault(reader, u"defaultResolution"_s, limits.defaultResolution, limits.resolutions);
    limits.maxImages = reader.get(u"maxImages"_s, 0);
    limits.maxKeyframes = reader.get(u"maxKeyframes"_s, 0);
    limits.maxVoices = reader.get(u"maxVoices"_s, 0);
    limits.lastFrame = reader.get(u"lastFrame"_s, false);
    limits.firstFrame = reader.get(u"firstFrame"_s, false);
    limits.silence = reader.get(u"silence"_s, false);
    limits.minSourceSeconds = reader.get(u"minSourceSeconds"_s, 0.0);
    limits.maxSourceSeconds = reader.get(u"maxSourceSeconds"_s, 0.0);
    reader.refuseOthers();
    return limits;
}

Model readModel(JsonReader reader)
{
    Model model;
    model.id = reader.get<QString>(u"id"_s);
    if (model.id.isEmpty())
        reader.note(u"id"_s, u"must not be empty"_s);
    model.name = reader.get(u"name"_s, model.id);
    model.aliases = reader.get(u"aliases"_s, QStringList());
    if (auto prices = reader.findObject(u"perSecond"_s)) {
        for (const QString& resolution : prices->keys()) {
            if (const auto price = findPrice(*prices, resolution))
                model.perSecond.insert(resolution, *price);
        }
    }
    model.perImage = findPrice(reader, u"perImage"_s);
    model.perInputSecond = findPrice(reader, u"perInputSecond"_s);
    JsonReader modes = reader.getObject(u"modes"_s);
    for (const Mode mode : allModes) {
        if (const auto limits = modes.findObject(toName(mode)))
            model.modes.insert(mode, readLimits(*limits));
    }
    modes.refuseOthers();
    reader.refuseOthers();
    return model;
}

void addMissing(QStringList& list, const QStringList& more)
{
    for (const QString& text : more) {
        if (!list.contains(text))
            list.append(text);
    }
}

/// Widens limits so that they hold all that `more` allows too; the defaults stay.
void widen(ModeLimits& limits, const ModeLimits& more)
{
    limits.minSeconds = std::min(limits.minSeconds, more.minSeconds);
    limits.maxSeconds = std::max(limits.maxSeconds, more.maxSeconds);
    addMissing(limits.aspectRatios, more.aspectRatios);
    addMissing(limits.resolutions, more.resolutions);
    limits.maxImages = std::max(limits.maxImages, more.maxImages);
    limits.maxKeyframes = std::max(limits.maxKeyframes, more.maxKeyframes);
    limits.maxVoices = std::max(limits.maxVoices, more.maxVoices);
    limits.lastFrame = limits.lastFrame || more.lastFrame;
    limits.firstFrame = limits.firstFrame || more.firstFrame;
    limits.silence = limits.silence || more.silence;
    limits.minSourceSeconds = std::min(limits.minSourceSeconds, more.minSourceSeconds);
    const bool unlimited = limits.maxSourceSeconds == 0 || more.maxSourceSeconds == 0;
    limits.maxSourceSeconds = unlimited ? 0 : std::max(limits.maxSourceSeconds, more.maxSourceSeconds);
}

ModeInputs noInputs(Mode mode)
{
    switch (mode) {
    case Mode::Text:
        return FromText{};
    case Mode::Image:
        return FromImage{};
    case Mode::Reference:
        return FromReferences{};
    case Mode::Edit:
        return EditClip{};
    case Mode::Extend:
        return ExtendClip{};
    }
    return {};
}

} // namespace

ModelTable ModelTable::builtIn()
{
    QFile file(u":/clipkiln/models.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The program was built without its table of models.");
    const Result<ModelTable> table = fromJson(file.readAll());
    if (!table)
        qFatal("The built-in table of models is broken: %s", qUtf8Printable(table.error().detail));
    return *table;
}

Result<ModelTable> ModelTable::fromJson(const QByteArray& json)
{
    return ModelTable().with(json);
}

Result<ModelTable> ModelTable::with(const QByteArray& json) const
{
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    if (parseError.error != QJsonParseError::NoError) {
        const qsizetype line = json.left(parseError.offset).count('\n') + 1;
        return Error{ErrorKind::InvalidRequest, u"line %1: %2"_s.arg(line).arg(parseError.errorString())};
    }

    QString problem;
    JsonReader reader(document.object(), problem);
    ModelTable table = *this;
    if (const auto date = reader.find<QString>(u"date"_s))
        table.m_date = QDate::fromString(*date, Qt::ISODate);
    if (!table.m_date.isValid())
        reader.note(u"date"_s, u"a date is needed (2026-10-31)"_s);
    table.m_pricesOf = reader.find<QString>(u"pricesOf"_s).value_or(m_pricesOf);
    if (table.m_pricesOf.isEmpty())
        reader.note(u"pricesOf"_s, u"is missing"_s);
    table.m_sources = reader.get(u"sources"_s, m_sources);
    table.m_defaultModel = reader.get(u"defaultModel"_s, m_defaultModel);
    QStringList ids;
    for (const JsonReader& modelReader : reader.objects(u"models"_s)) {
        const Model model = readModel(modelReader);
        ids += model.id;
        table.put(model);
    }
    QStringList names;
    for (const Model& model : std::as_const(table.m_models))
        names += QStringList(model.id) + model.aliases;
    if (ids.removeDuplicates() + names.removeDuplicates() > 0)
        reader.note(u"models"_s, u"an id or alias stands there twice"_s);
    if (!table.find(table.m_defaultModel))
        reader.note(u"defaultModel"_s, u"is not among the models"_s);
    reader.refuseOthers();
    if (!problem.isEmpty())
        return Error{ErrorKind::InvalidRequest, problem};
    return table;
}

/// In the place of the model it replaces, else last.
void ModelTable::put(const Model& model)
{
    const auto same = [&](const Model& other) { return other.id == model.id; };
    const auto known = std::find_if(m_models.begin(), m_models.end(), same);
    if (known == m_models.end())
        m_models.append(model);
    else
        *known = model;
}

const Model* ModelTable::find(const QString& id) const
{
    const auto found = std::find_if(m_models.begin(), m_models.end(),
                                    [&](const Model& model) { return model.id == id || model.aliases.contains(id); });
    return found == m_models.end() ? nullptr : &*found;
}

QList<Model> ModelTable::modelsFor(Mode mode) const
{
    QList<Model> models;
    std::copy_if(m_models.begin(), m_models.end(), std::back_inserter(models),
                 [mode](const Model& model) { return model.supports(mode); });
    return models;
}

Model ModelTable::unknownModel(const QString& id) const
{
    Model model;
    model.id = id;
    model.name = id;
    // The default model first: its defaults are the ones that stay.
    if (const Model* first = find(m_defaultModel))
        model.modes = first->modes;
    for (const Model& other : m_models) {
        for (auto limits = other.modes.begin(); limits != other.modes.end(); ++limits) {
            if (model.supports(limits.key()))
                widen(model.modes[limits.key()], limits.value());
            else
                model.modes.insert(limits.key(), limits.value());
        }
    }
    return model;
}

GenerationRequest defaultRequest(Mode mode, const Model& model)
{
    const ModeLimits limits = model.modes.value(mode);
    GenerationRequest request;
    request.model = model.id;
    if (limits.defaultSeconds > 0)
        request.duration = std::chrono::seconds(limits.defaultSeconds);
    if (!limits.defaultAspectRatio.isEmpty())
        request.aspectRatio = limits.defaultAspectRatio;
    if (!limits.defaultResolution.isEmpty())
        request.resolution = limits.defaultResolution;
    request.inputs = noInputs(mode);
    return request;
}

} // namespace clipkiln
