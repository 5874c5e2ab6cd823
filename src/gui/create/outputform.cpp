// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/outputform.h"

#include "core/format.h"
#include "core/job.h"
#include "core/plaintext.h"
#include "gui/create/voicepicker.h"
#include "gui/look/theme.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/lengthslider.h"
#include "gui/widgets/ratiotiles.h"
#include "ui_outputform.h"

#include <QLabel>
#include <QScopedValueRollback>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln {

OutputForm::OutputForm(Theme& theme, Dialogs& dialogs, const ModelTable& models, QWidget* parent)
    : QWidget(parent)
    , m_dialogs(dialogs)
    , m_models(models)
    , m_ui(std::make_unique<Ui::OutputForm>())
    , m_length(new LengthSlider(theme))
    , m_total(new QLabel)
    , m_ratios(new RatioTiles(theme))
    , m_voices(new VoicePicker(theme))
{
    m_ui->setupUi(this);
    m_ui->lengthLayout->addWidget(m_length);
    m_ui->lengthLayout->addWidget(m_total);
    m_total->setObjectName(u"totalLabel"_s);
    setRole(m_total, "hint");
    m_ui->lengthLabel->setBuddy(m_length);
    m_ui->ratioLayout->addWidget(m_ratios);
    m_ui->ratioLabel->setBuddy(m_ratios);
    m_ui->voicesLayout->addWidget(m_voices);
    m_ui->voicesLabel->setBuddy(m_voices);
    for (int takes = 1; takes <= mostTakes; ++takes)
        m_ui->takesCombo->addItem(QString::number(takes), takes);
    const auto order = fields();
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));

    connect(m_ui->modelCombo, &QComboBox::currentIndexChanged, this, &OutputForm::onModelIndexChanged);
    connect(m_ui->resolutionCombo, &QComboBox::currentIndexChanged, this, &OutputForm::onEdited);
    connect(m_ui->takesCombo, &QComboBox::currentIndexChanged, this, &OutputForm::onEdited);
    connect(m_length, &LengthSlider::secondsChanged, this, &OutputForm::onEdited);
    connect(m_ratios, &RatioTiles::currentChanged, this, &OutputForm::onEdited);
    connect(m_ui->soundCheck, &QCheckBox::toggled, this, &OutputForm::onEdited);
    connect(m_voices, &VoicePicker::voicesChanged, this, &OutputForm::onEdited);
}

OutputForm::~OutputForm() = default;

void OutputForm::fill(Mode mode, const GenerationRequest& settings)
{
    const QScopedValueRollback filling(m_filling, true);
    m_mode = mode;
    fillModels(settings.model);

    const Model chosen = model();
    const ModeLimits limits = chosen.modes.value(m_mode);
    const GenerationRequest defaults = defaultRequest(m_mode, chosen);
    const bool firstTime = settings.model.isEmpty();

    m_ui->lengthLabel->setText(m_mode == Mode::Extend ? tr("Added &length") : tr("&Length"));
    m_length->setRange(limits.minSeconds, limits.maxSeconds);
    m_length->setSeconds(static_cast<int>(settings.duration.value_or(defaults.duration.value_or(0s)).count()));
    m_ui->lengthSection->setVisible(limits.maxSeconds > 0);
    fillResolutions(limits.resolutions, settings.resolution.value_or(QString()),
                    defaults.resolution.value_or(QString()));

    const bool withImage = m_mode == Mode::Image;
    const bool keepRatio =
        settings.aspectRatio ? limits.aspectRatios.contains(*settings.aspectRatio) : withImage && !firstTime;
    m_ratios->setRatios(limits.aspectRatios, withImage);
    m_ratios->setCurrent(keepRatio ? settings.aspectRatio : defaults.aspectRatio);
    m_ui->ratioSection->setVisible(!limits.aspectRatios.isEmpty());

    m_ui->soundCheck->setVisible(limits.silence);
    m_ui->soundCheck->setChecked(settings.generateAudio.value_or(true));
    m_ui->voicesSection->setVisible(limits.maxVoices > 0);
    m_voices->setMost(limits.maxVoices);
    placeTakes();
    showTotal();
}

void OutputForm::writeTo(GenerationRequest& request) const
{
    request.model = m_modelId;
    const ModeLimits taken = limits();
    if (taken.maxSeconds > 0)
        request.duration = std::chrono::seconds(m_length->seconds());
    if (!taken.aspectRatios.isEmpty())
        request.aspectRatio = m_ratios->current();
    if (!taken.resolutions.isEmpty())
        request.resolution = m_ui->resolutionCombo->currentData().toString();
    if (taken.silence && !m_ui->soundCheck->isChecked())
        request.generateAudio = false;
    if (auto* references = std::get_if<FromReferences>(&request.inputs); references && taken.maxVoices > 0)
        references->voices = m_voices->voices();
}

Model OutputForm::model() const
{
    const Model* known = m_models.find(m_modelId);
    return known ? *known : m_models.unknownModel(m_modelId);
}

std::optional<QString> OutputForm::ratio() const
{
    return limits().aspectRatios.isEmpty() ? std::nullopt : m_ratios->current();
}

int OutputForm::seconds() const
{
    return m_length->seconds();
}

int OutputForm::takes() const
{
    return m_ui->takesCombo->currentData().toInt();
}

void OutputForm::setTakes(int takes)
{
    const QScopedValueRollback filling(m_filling, true);
    m_ui->takesCombo->setCurrentIndex(std::clamp(takes, 1, mostTakes) - 1);
}

void OutputForm::setVoices(const QStringList& voices)
{
    const QScopedValueRollback filling(m_filling, true);
    m_voices->setVoices(voices);
}

void OutputForm::setImageSize(const QSize& size)
{
    m_ratios->setImageSize(size);
}

void OutputForm::setSourceSeconds(double seconds)
{
    m_sourceSeconds = seconds;
    showTotal();
}

QWidget* OutputForm::fieldOf(Problem::Field field) const
{
    switch (field) {
    case Problem::Field::Model:
        return m_ui->modelCombo;
    case Problem::Field::Duration:
        return m_length;
    case Problem::Field::AspectRatio:
        return m_ratios;
    case Problem::Field::Resolution:
        return m_ui->resolutionCombo;
    case Problem::Field::Audio:
        return m_ui->soundCheck;
    case Problem::Field::Voices:
        return m_voices;
    default:
        return nullptr;
    }
}

QList<QWidget*> OutputForm::fields() const
{
    return {m_ui->modelCombo, m_ui->resolutionCombo, m_length, m_ui->takesCombo, m_ratios, m_ui->soundCheck, m_voices};
}

void OutputForm::fillModels(const QString& id)
{
    QComboBox& combo = *m_ui->modelCombo;
    combo.clear();
    const auto models = m_models.modelsFor(m_mode);
    for (const Model& each : models) {
        combo.addItem(each.id, each.id);
        combo.setItemData(combo.count() - 1, cleanToolTip(each.name), Qt::ToolTipRole);
    }
    const Model* known = m_models.find(id);
    if (!known && !id.isEmpty())
        combo.addItem(id, id);
    combo.addItem(tr("Another model…"));
    const int wanted = combo.findData(known ? known->id : id);
    combo.setCurrentIndex(wanted >= 0 ? wanted : std::max(0, combo.findData(m_models.defaultModel())));
    m_modelId = combo.currentData().toString();
}

void OutputForm::fillResolutions(const QStringList& resolutions, const QString& chosen, const QString& usual)
{
    QComboBox& combo = *m_ui->resolutionCombo;
    combo.clear();
    for (const QString& resolution : resolutions)
        combo.addItem(resolution, resolution);
    const int index = combo.findData(chosen);
    combo.setCurrentIndex(index >= 0 ? index : combo.findData(usual));
    m_ui->resolutionSection->setVisible(!resolutions.isEmpty());
}

/// Below the resolution, or in its place.
void OutputForm::placeTakes()
{
    const int row = m_ui->resolutionCombo->count() > 0 ? 1 : 0;
    m_ui->gridLayout->removeWidget(m_ui->takesSection);
    m_ui->gridLayout->addWidget(m_ui->takesSection, row, 1);
}

void OutputForm::onModelIndexChanged()
{
    if (m_filling)
        return;
    if (!m_ui->modelCombo->currentData().isValid())
        return askForModel();
    m_modelId = m_ui->modelCombo->currentData().toString();
    Q_EMIT modelChosen();
}

/// A model that the table does not know; without an answer the one before stays.
void OutputForm::askForModel()
{
    const QString id =
        m_dialogs.askText(this, tr("Another model"), tr("Id of the model, as the service writes it:")).trimmed();
    if (!id.isEmpty())
        m_modelId = id;
    Q_EMIT modelChosen();
}

void OutputForm::onEdited()
{
    if (m_filling)
        return;
    showTotal();
    Q_EMIT edited();
}

void OutputForm::showTotal()
{
    m_total->setVisible(m_mode == Mode::Extend && m_sourceSeconds > 0);
    m_total->setText(tr("%1 + %2 = %3")
                         .arg(formatMeasured(m_sourceSeconds), formatSeconds(m_length->seconds()),
                              formatMeasured(m_sourceSeconds + m_length->seconds())));
}

} // namespace clipkiln
