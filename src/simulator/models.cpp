// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/models.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr Mode allModes[] = {Mode::Text, Mode::Image, Mode::Reference, Mode::Edit, Mode::Extend};
constexpr int decimalsOfTicks = 10;
constexpr int mostDollarDigits = 4; ///< of a price; any sum of such prices fits into 64 bits
constexpr int mostLines = 4320;

/// "0.07" in ticks; nothing for another form.
std::optional<qint64> ticksOf(const QJsonValue& dollars)
{
    const QString text = dollars.toString();
    const QString whole = text.section(u'.', 0, 0);
    const QString fraction = text.section(u'.', 1);
    const bool digitsOnly = std::ranges::all_of(whole + fraction, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (whole.isEmpty() || whole.size() > mostDollarDigits || fraction.size() > decimalsOfTicks || !digitsOnly)
        return std::nullopt;
    return (whole + fraction.leftJustified(decimalsOfTicks, u'0')).toLongLong();
}

QStringList textsOf(const QJsonValue& array)
{
    QStringList texts;
    for (const QJsonValue text : array.toArray()) {
        if (text.isString())
            texts.append(text.toString());
    }
    return texts;
}

ModeTerms termsFrom(const QJsonObject& json)
{
    return {.longestSeconds = json["maxSeconds"_L1].toInt(),
            .resolutions = textsOf(json["resolutions"_L1]),
            .aspectRatios = textsOf(json["aspectRatios"_L1]),
            .references = json["maxImages"_L1].toInt(),
            .keyframes = json["maxKeyframes"_L1].toInt(),
            .voices = json["maxVoices"_L1].toInt(),
            .lastFrame = json["lastFrame"_L1].toBool(),
            .firstFrame = json["firstFrame"_L1].toBool()};
}

Model modelFrom(const QJsonObject& json)
{
    Model model{.id = json["id"_L1].toString(), .aliases = textsOf(json["aliases"_L1])};
    const QJsonObject modes = json["modes"_L1].toObject();
    for (const Mode mode : allModes) {
        if (const QJsonValue terms = modes[modeName(mode)]; terms.isObject())
            model.modes.insert(mode, termsFrom(terms.toObject()));
    }
    const QJsonObject prices = json["perSecond"_L1].toObject();
    for (auto price = prices.begin(); price != prices.end(); ++price) {
        const std::optional<int> lines = linesOf(price.key());
        const std::optional<qint64> ticks = ticksOf(price.value());
        if (lines && ticks)
            model.ticksPerSecond.insert(*lines, *ticks);
    }
    model.ticksPerImage = ticksOf(json["perImage"_L1]).value_or(0);
    model.ticksPerInputSecond = ticksOf(json["perInputSecond"_L1]).value_or(0);
    return model;
}

/// The most that any mode of a model takes of something.
int mostOf(const Model& model, int ModeTerms::*what)
{
    int most = 0;
    for (const ModeTerms& terms : model.modes)
        most = std::max(most, terms.*what);
    return most;
}

} // namespace

QString modeName(Mode mode)
{
    switch (mode) {
    case Mode::Text:
        return u"text"_s;
    case Mode::Image:
        return u"image"_s;
    case Mode::Reference:
        return u"reference"_s;
    case Mode::Edit:
        return u"edit"_s;
    case Mode::Extend:
        return u"extend"_s;
    }
    return {};
}

bool Model::takesLastFrame() const
{
    return std::ranges::any_of(modes, &ModeTerms::lastFrame);
}

int Model::mostKeyframes() const
{
    return mostOf(*this, &ModeTerms::keyframes);
}

int Model::mostVoices() const
{
    return mostOf(*this, &ModeTerms::voices);
}

Models Models::builtIn()
{
    QFile file(u":/clipkiln/simulator/models.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The simulator was built without its table of models.");
    return fromJson(file.readAll());
}

Models Models::fromJson(const QByteArray& json)
{
    Models models;
    for (const QJsonValue entry : QJsonDocument::fromJson(json)["models"_L1].toArray()) {
        const Model model = modelFrom(entry.toObject());
        if (!model.id.isEmpty())
            models.m_list.append(model);
    }
    return models;
}

Models Models::builtInAnd(const QString& file)
{
    Models models = builtIn();
    // A pipe would be waited for; what is larger is no table.
    constexpr qint64 mostBytes = 1024 * 1024;
    const QFileInfo info(file);
    QFile own(file);
    if (!info.isFile() || info.size() > mostBytes || !own.open(QIODevice::ReadOnly))
        return models;
    for (const Model& model : fromJson(own.readAll()).m_list) {
        const auto known = std::ranges::find(models.m_list, model.id, &Model::id);
        if (known == models.m_list.end())
            models.m_list.append(model);
        else
            *known = model;
    }
    return models;
}

std::optional<Model> Models::find(const QString& name) const
{
    const auto found = std::ranges::find_if(
        m_list, [&name](const Model& model) { return model.id == name || model.aliases.contains(name); });
    return found == m_list.end() ? std::nullopt : std::optional(*found);
}

std::optional<int> linesOf(const QString& resolution)
{
    bool whole = false;
    const int lines = resolution.chopped(std::min<qsizetype>(1, resolution.size())).toInt(&whole);
    return whole && resolution.endsWith(u'p') && lines > 0 && lines <= mostLines ? std::optional(lines) : std::nullopt;
}

} // namespace clipkiln::simulator
