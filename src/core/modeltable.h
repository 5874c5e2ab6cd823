// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/money.h"

#include <QDate>
#include <QHash>

namespace clipkiln {

/// What a model supports in one mode.
struct ModeLimits
{
    int minSeconds = 0; ///< 0 and 0: the mode has no duration
    int maxSeconds = 0;
    int defaultSeconds = 0;     ///< what Clipkiln sends by default; the service's own default may differ
    QStringList aspectRatios;   ///< empty: the mode has no ratio
    QString defaultAspectRatio; ///< empty: none is sent ("as the image")
    QStringList resolutions;
    QString defaultResolution;
    int maxImages = 0; ///< reference images
    int maxKeyframes = 0;
    int maxVoices = 0;
    bool lastFrame = false;
    bool firstFrame = false; ///< an image beside reference images
    bool silence = false;    ///< supports generate_audio
    double minSourceSeconds = 0;
    double maxSourceSeconds = 0; ///< 0: no limit known

    friend bool operator==(const ModeLimits&, const ModeLimits&) = default;
};

/// A model with its limits and prices.
struct Model
{
    QString id;
    QString name;
    QStringList aliases;
    QHash<Mode, ModeLimits> modes;
    QHash<QString, Money> perSecond; ///< of output, by resolution
    std::optional<Money> perImage;
    std::optional<Money> perInputSecond; ///< of a source video

    [[nodiscard]] bool supports(Mode mode) const { return modes.contains(mode); }
};

inline constexpr qint64 mostModelsBytes = 1024 * 1024; ///< of a person's own table; the built-in one has 8 kB

/// Models, limits and prices: data with a date, from resources/models.json.
class ModelTable
{
public:
    /// The table built into the program.
    [[nodiscard]] static ModelTable builtIn();
    /// A table of the same form; the error's detail names line and field.
    [[nodiscard]] static Result<ModelTable> fromJson(const QByteArray& json);

    /// This table with the models of a person's own text of the same form added, those of a known id replaced. What the
    /// text does not say (dates, sources, default model) stays. The error's detail names line and field.
    [[nodiscard]] Result<ModelTable> with(const QByteArray& json) const;

    [[nodiscard]] QList<Model> models() const { return m_models; }
    /// By id or alias; nullptr for a model the table does not know. Lives as long as the table.
    [[nodiscard]] const Model* find(const QString& id) const;
    /// The models that have a mode, in the table's order.
    [[nodiscard]] QList<Model> modelsFor(Mode mode) const;
    [[nodiscard]] QString defaultModel() const { return m_defaultModel; }
    /// The month of the prices, "2026-10".
    [[nodiscard]] QString pricesOf() const { return m_pricesOf; }
    /// The day the table was last checked, and the pages it was checked against.
    [[nodiscard]] QDate date() const { return m_date; }
    [[nodiscard]] QStringList sources() const { return m_sources; }
    /// A model of any id with every value the service documents and no price.
    [[nodiscard]] Model unknownModel(const QString& id) const;

private:
    void put(const Model& model);

    QList<Model> m_models;
    QString m_defaultModel;
    QString m_pricesOf;
    QDate m_date;
    QStringList m_sources;
};

/// A price and the parts that add up to it.
struct Price
{
    struct Part
    {
        QString text; ///< "6 s × $0.07", "image $0.002"
        Money money;
    };
    QList<Part> parts;
    Money total;

    /// "6 s × $0.07 + image $0.002"; of several takes "4 × (6 s × $0.07 + image $0.002)".
    [[nodiscard]] QString partsText(int takes = 1) const;
};

/// The cost of the request by the table; nothing when that is not known (model, resolution or source length).
[[nodiscard]] std::optional<Price> estimate(const GenerationRequest& request, const Model& model);

/// The request a form or the command line starts from: the model's defaults for the mode, no inputs, no prompt.
[[nodiscard]] GenerationRequest defaultRequest(Mode mode, const Model& model);

} // namespace clipkiln
