// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulk/bulkfields.h"

#include "gui/look/theme.h"
#include "gui/widgets/elidedcombo.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

const QString asImage = u"image"_s;
const QString differs = u"–"_s;
const QString soundOn = u"on"_s;
const QString soundOff = u"off"_s;

/// What all rows have, nothing where they differ.
template <typename Value>
std::optional<Value> commonOf(const QList<BulkRow>& rows, const std::function<Value(const BulkRow&)>& valueOf)
{
    if (rows.isEmpty())
        return std::nullopt;
    const Value first = valueOf(rows.first());
    const bool isCommon =
        std::all_of(rows.begin(), rows.end(), [&](const BulkRow& row) { return valueOf(row) == first; });
    return isCommon ? std::optional(first) : std::nullopt;
}

QString ratioOf(const BulkRow& row)
{
    return row.request.aspectRatio.value_or(asImage);
}

QString soundOf(const BulkRow& row)
{
    return row.request.generateAudio.value_or(true) ? soundOn : soundOff;
}

/// Shows a number, or nothing where it is not the same for all.
void showNumber(QSpinBox& spin, int least, int most, const std::optional<int>& common)
{
    const QSignalBlocker quiet(spin);
    // A spin box says nothing by a special text at its least value, so that one is below those a person can choose.
    spin.setRange(common ? std::min(least, *common) : least - 1, common ? std::max(most, *common) : most);
    spin.setSpecialValueText(common ? QString() : differs);
    spin.setValue(common.value_or(least - 1));
}

} // namespace

BulkFields::BulkFields(const ModelTable& models, const QString& formPrompt, QWidget* parent)
    : QWidget(parent)
    , m_models(models)
    , m_title(new QLabel)
    , m_fields(new QHBoxLayout)
    , m_prompt(new QLineEdit)
    , m_useFormPrompt(new QPushButton(tr("Use the form's prompt")))
    , m_model(new ElidedCombo)
    , m_length(new QSpinBox)
    , m_ratio(new ElidedCombo)
    , m_resolution(new ElidedCombo)
    , m_takes(new QSpinBox)
    , m_sound(new ElidedCombo)
{
    setRole(m_title, "strong");
    m_title->setObjectName(u"bulkFieldsTitle"_s);
    auto* promptRow = new QHBoxLayout;
    promptRow->setSpacing(Theme::gap3);
    promptRow->addWidget(m_title);
    promptRow->addWidget(m_prompt, 1);
    promptRow->addWidget(m_useFormPrompt);
    m_fields->setSpacing(Theme::gap3);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::gap4, Theme::gap3, Theme::gap4, Theme::gap3);
    layout->setSpacing(Theme::gap2);
    layout->addLayout(promptRow);
    layout->addLayout(m_fields);

    m_prompt->setObjectName(u"bulkPromptEdit"_s);
    m_prompt->setAccessibleName(tr("Prompt"));
    m_model->setObjectName(u"bulkModelCombo"_s);
    m_length->setObjectName(u"bulkLengthSpin"_s);
    m_ratio->setObjectName(u"bulkRatioCombo"_s);
    m_resolution->setObjectName(u"bulkResolutionCombo"_s);
    m_takes->setObjectName(u"bulkTakesSpin"_s);
    m_sound->setObjectName(u"bulkSoundCombo"_s);
    m_useFormPrompt->setObjectName(u"useFormPromptButton"_s);
    m_useFormPrompt->setAutoDefault(false);
    m_useFormPrompt->setVisible(!formPrompt.isEmpty());
    m_length->setSuffix(tr(" s"));
    for (QComboBox* combo : {m_model, m_ratio, m_resolution, m_sound})
        combo->setPlaceholderText(differs);
    for (QSpinBox* spin : {m_length, m_takes})
        spin->setKeyboardTracking(false); // 12 is not 1 and then 12
    addField(tr("Model"), m_model, 3);
    addField(tr("Length"), m_length, 1);
    addField(tr("Aspect ratio"), m_ratio, 1);
    addField(tr("Resolution"), m_resolution, 1);
    addField(tr("Takes"), m_takes, 1);
    addField(tr("Sound"), m_sound, 1);

    const auto setPrompt = [this](const QString& prompt) {
        Q_EMIT edited(BulkColumn::Prompt, [prompt](BulkRow& row) { row.request.prompt = prompt; });
    };
    connect(m_prompt, &QLineEdit::textEdited, this, [setPrompt](const QString& text) { setPrompt(text.trimmed()); });
    connect(m_useFormPrompt, &QPushButton::clicked, this, [setPrompt, formPrompt] { setPrompt(formPrompt); });
    connect(m_model, &QComboBox::activated, this, [this] { changeModel(m_model->currentData().toString()); });
    connect(m_length, &QSpinBox::valueChanged, this, [this](int seconds) {
        Q_EMIT edited(BulkColumn::Duration,
                      [seconds](BulkRow& row) { row.request.duration = std::chrono::seconds(seconds); });
    });
    connect(m_ratio, &QComboBox::activated, this, [this] {
        const QString ratio = m_ratio->currentData().toString();
        Q_EMIT edited(BulkColumn::AspectRatio, [ratio](BulkRow& row) {
            if (ratio != asImage)
                row.request.aspectRatio = ratio;
            else if (row.request.mode() == Mode::Image) // a text has no ratio of its own
                row.request.aspectRatio.reset();
        });
    });
    connect(m_resolution, &QComboBox::activated, this, [this] {
        const QString resolution = m_resolution->currentData().toString();
        Q_EMIT edited(BulkColumn::Resolution, [resolution](BulkRow& row) { row.request.resolution = resolution; });
    });
    connect(m_takes, &QSpinBox::valueChanged, this,
            [this](int takes) { Q_EMIT edited(BulkColumn::Takes, [takes](BulkRow& row) { row.takes = takes; }); });
    connect(m_sound, &QComboBox::activated, this, [this] {
        const bool on = m_sound->currentData() == soundOn;
        Q_EMIT edited(BulkColumn::Sound,
                      [on](BulkRow& row) { row.request.generateAudio = on ? std::nullopt : std::optional(false); });
    });
}

void BulkFields::setRows(const QList<BulkRow>& rows, const QString& title)
{
    setEnabled(!rows.isEmpty());
    m_title->setText(title);

    QStringList modelIds;
    QStringList ratios;
    QStringList resolutions;
    bool takesSilence = false;
    int shortest = 1;
    int longest = 1;
    const auto add = [](QStringList& list, const QStringList& more) {
        for (const QString& each : more) {
            if (!list.contains(each))
                list.append(each);
        }
    };
    for (const Mode mode : {Mode::Text, Mode::Image}) {
        const auto hasMode = [mode](const BulkRow& row) { return row.request.mode() == mode; };
        if (std::none_of(rows.begin(), rows.end(), hasMode))
            continue;
        if (mode == Mode::Image)
            ratios.prepend(asImage);
        for (const Model& model : m_models.modelsFor(mode))
            add(modelIds, {model.id});
        QStringList seen; // a thousand rows have few models
        for (const BulkRow& row : rows) {
            if (!hasMode(row) || seen.contains(row.request.model))
                continue;
            seen.append(row.request.model);
            const ModeLimits limits = modelOf(row.request, m_models).modes.value(mode);
            add(modelIds, {row.request.model});
            add(ratios, limits.aspectRatios);
            add(resolutions, limits.resolutions);
            takesSilence = takesSilence || limits.silence;
            longest = std::max(longest, limits.maxSeconds);
        }
    }

    const auto prompt = commonOf<QString>(rows, [](const BulkRow& row) { return row.request.prompt; });
    if (m_prompt->text().trimmed() != prompt.value_or(QString())) { // a person may be writing in it
        m_prompt->setText(prompt.value_or(QString()));
        m_prompt->setCursorPosition(0); // its beginning tells more than its end
    }
    m_prompt->setPlaceholderText(prompt || rows.isEmpty()
                                     ? tr("A prompt for all of them")
                                     : tr("Different prompts; what is written here replaces them"));
    showChoice(*m_model, modelIds, commonOf<QString>(rows, [](const BulkRow& row) { return row.request.model; }));
    showChoice(*m_ratio, ratios, commonOf<QString>(rows, ratioOf));
    showChoice(*m_resolution, resolutions,
               commonOf<QString>(rows, [](const BulkRow& row) { return row.request.resolution.value_or(QString()); }));
    showChoice(*m_sound, {soundOn, soundOff}, commonOf<QString>(rows, soundOf));
    m_sound->setItemText(0, tr("On"));
    m_sound->setItemText(1, tr("Off"));
    m_sound->setEnabled(takesSilence);
    showNumber(*m_length, shortest, longest, commonOf<int>(rows, [](const BulkRow& row) {
        return static_cast<int>(row.request.duration.value_or(std::chrono::seconds(0)).count());
    }));
    showNumber(*m_takes, 1, mostTakes, commonOf<int>(rows, [](const BulkRow& row) { return row.takes; }));
}

/// What the other model does not take as well becomes its default, as in the form.
void BulkFields::changeModel(const QString& id)
{
    const Model* known = m_models.find(id);
    const Model model = known ? *known : m_models.unknownModel(id);
    Q_EMIT edited(BulkColumn::Model, [model](BulkRow& row) {
        GenerationRequest request = settingsFor(row.request.mode(), model, row.request);
        request.prompt = row.request.prompt;
        request.inputs = row.request.inputs;
        row.request = request;
    });
}

void BulkFields::addField(const QString& title, QWidget* field, int stretch)
{
    auto* label = new QLabel(title);
    setRole(label, "label");
    label->setBuddy(field);
    field->setAccessibleName(title);
    auto* column = new QVBoxLayout;
    column->setSpacing(Theme::gap1);
    column->addWidget(label);
    column->addWidget(field);
    m_fields->addLayout(column, stretch);
}

void BulkFields::showChoice(QComboBox& combo, const QStringList& offered, const std::optional<QString>& common)
{
    const QSignalBlocker quiet(combo);
    combo.clear();
    for (const QString& each : offered)
        combo.addItem(each == asImage ? tr("image") : each, each);
    combo.setCurrentIndex(common ? combo.findData(*common) : -1);
}

} // namespace clipkiln
