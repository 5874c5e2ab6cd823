// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createpanel.h"

#include "gui/filedialogs.h"
#include "gui/format.h"
#include "gui/generatebutton.h"
#include "gui/incoming.h"
#include "gui/inputsform.h"
#include "gui/lengthslider.h"
#include "gui/notice.h"
#include "gui/promptedit.h"
#include "gui/prompttags.h"
#include "gui/ratiotiles.h"
#include "gui/referencestrip.h"
#include "gui/serviceoptions.h"
#include "gui/theme.h"
#include "gui/voicepicker.h"
#include "settings/settings.h"
#include "ui_createpanel.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QMimeData>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr auto askAgainWithin = 2000ms;

std::chrono::milliseconds steadyTime()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace

CreatePanel::CreatePanel(Theme& theme, Settings& settings, const ModelTable& models, const QString& pasteFolder,
                         QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_models(models)
    , m_workshop(pasteFolder, settings)
    , m_clock(steadyTime)
    , m_ui(std::make_unique<Ui::CreatePanel>())
    , m_notices(new NoticeArea(theme))
    , m_inputs(new InputsForm(theme, m_workshop))
    , m_prompt(new PromptEdit(theme, settings))
    , m_length(new LengthSlider(theme))
    , m_total(new QLabel)
    , m_ratios(new RatioTiles(theme))
    , m_voices(new VoicePicker(theme))
    , m_options(new ServiceOptions(theme))
    , m_tags(new TagHighlighter(theme, m_prompt->document()))
    , m_tagOffer(new TagOffer(*m_prompt))
    , m_generate(new GenerateButton(theme))
    , m_origin(settings.origin())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_StyledBackground);
    setRole(this, "panel");
    makeFields();
    wireFields();
    m_mode = settings.mode();
    fillSettings(settings.lastRequest(m_mode).value_or(GenerationRequest()));
}

CreatePanel::~CreatePanel() = default;

void CreatePanel::makeFields()
{
    m_ui->formLayout->insertWidget(0, m_notices);
    m_ui->formLayout->insertWidget(1, m_inputs);
    m_ui->promptLayout->addWidget(m_prompt);
    m_ui->promptLabel->setBuddy(m_prompt);
    m_ui->lengthLayout->addWidget(m_length);
    m_ui->lengthLayout->addWidget(m_total);
    m_total->setObjectName(u"totalLabel"_s);
    setRole(m_total, "hint");
    m_ui->lengthLabel->setBuddy(m_length);
    m_ui->ratioLayout->addWidget(m_ratios);
    m_ui->ratioLabel->setBuddy(m_ratios);
    m_ui->voicesLayout->addWidget(m_voices);
    m_ui->voicesLabel->setBuddy(m_voices);
    m_ui->formLayout->insertWidget(m_ui->formLayout->indexOf(m_ui->formSpacer), m_options);
    m_ui->footerLayout->addWidget(m_generate);

    QList<QWidget*> order{m_prompt,         m_ui->modelCombo, m_ui->resolutionCombo, m_length, m_ratios,
                          m_ui->soundCheck, m_voices};
    order += m_options->fields();
    order += m_generate;
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
}

void CreatePanel::wireFields()
{
    connect(m_prompt, &QPlainTextEdit::textChanged, this, &CreatePanel::onEdited);
    connect(m_prompt, &PromptEdit::submitted, this, &CreatePanel::generate);
    connect(m_prompt, &PromptEdit::imagePasted, this, &CreatePanel::pasteFrom);
    connect(m_ui->modelCombo, &QComboBox::currentIndexChanged, this, [this] {
        if (m_filling)
            return;
        if (m_ui->modelCombo->currentData().isValid())
            fillSettings(request());
        else
            askForModel();
        onSettingEdited();
    });
    connect(m_ui->resolutionCombo, &QComboBox::currentIndexChanged, this, &CreatePanel::onSettingEdited);
    connect(m_length, &LengthSlider::secondsChanged, m_inputs, &InputsForm::setSeconds);
    connect(m_length, &LengthSlider::secondsChanged, this, &CreatePanel::onSettingEdited);
    connect(m_ratios, &RatioTiles::currentChanged, this, &CreatePanel::onSettingEdited);
    connect(m_inputs, &InputsForm::changed, this, &CreatePanel::onInputChanged);
    connect(m_inputs, &InputsForm::loaded, this, &CreatePanel::onInputLoaded);
    connect(m_ui->soundCheck, &QCheckBox::toggled, this, &CreatePanel::onSettingEdited);
    connect(m_voices, &VoicePicker::voicesChanged, this, &CreatePanel::onEdited);
    connect(m_options, &ServiceOptions::edited, this, &CreatePanel::onSettingEdited);
    connect(m_inputs, &InputsForm::leftOut, this,
            [this](const QString& sentence) { m_notices->post(Notice::Kind::Info, sentence); });
    connect(m_inputs, &InputsForm::failed, this, &CreatePanel::showInputTrouble);
    connect(m_generate, &QPushButton::clicked, this, &CreatePanel::generate);
}

void CreatePanel::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    m_generateWhenLoaded = false;
    m_settings.setMode(mode);
    fillSettings(m_settings.lastRequest(mode).value_or(GenerationRequest()));
    Q_EMIT modeChanged(mode);
    onEdited();
    showSourceProblem();
}

GenerationRequest CreatePanel::request() const
{
    GenerationRequest request;
    request.prompt = m_prompt->prompt().trimmed();
    request.model = m_ui->modelCombo->currentData().toString();
    const ModeLimits limits = model().modes.value(m_mode);
    if (limits.maxSeconds > 0)
        request.duration = std::chrono::seconds(m_length->seconds());
    if (!limits.aspectRatios.isEmpty())
        request.aspectRatio = m_ratios->current();
    if (!limits.resolutions.isEmpty())
        request.resolution = m_ui->resolutionCombo->currentData().toString();
    if (limits.silence && !m_ui->soundCheck->isChecked())
        request.generateAudio = false;
    m_options->addTo(request);
    request.inputs = m_inputs->inputs();
    if (auto* references = std::get_if<FromReferences>(&request.inputs); references && limits.maxVoices > 0)
        references->voices = m_voices->voices();
    return request;
}

void CreatePanel::setRequest(const GenerationRequest& request)
{
    m_prompt->setPrompt(request.prompt);
    setMode(request.mode());
    fillSettings(request);
    m_options->setOptions(request);
    m_inputs->setInputs(request.inputs);
    if (const auto* references = std::get_if<FromReferences>(&request.inputs))
        m_voices->setVoices(references->voices);
    onSettingEdited();
    focusPrompt();
}

void CreatePanel::setOrigin(const Origin& origin)
{
    m_origin = origin;
    showPrice();
}

void CreatePanel::setStartImage(const QString& path)
{
    setMode(Mode::Image);
    m_inputs->setStartImage(path);
}

void CreatePanel::setSource(Mode mode, const QString& path)
{
    setMode(mode);
    m_inputs->setVideo(path);
}

bool CreatePanel::pasteFrom(const QMimeData* mime)
{
    const Incoming incoming = mime ? incomingFrom(*mime) : Incoming();
    switch (incoming.kind) {
    case Incoming::Kind::Nothing:
    case Incoming::Kind::Text:
        return false;
    case Incoming::Kind::OtherFiles:
        m_notices->post(Notice::Kind::Warn,
                        tr("This kind of file cannot be used. Use an image (JPEG, PNG or WebP) or an MP4 video."));
        return true;
    case Incoming::Kind::Videos:
    case Incoming::Kind::VideoAddress:
        setMode(m_mode == Mode::Edit ? Mode::Edit : Mode::Extend);
        if (incoming.files.size() > 1)
            m_notices->post(Notice::Kind::Info, tr("One video is changed or extended at a time. The first of %1 was "
                                                   "taken.")
                                                    .arg(incoming.files.size()));
        break;
    case Incoming::Kind::Images:
    case Incoming::Kind::Pixels:
    case Incoming::Kind::Address:
        if (m_mode == Mode::Reference)
            break;
        setMode(Mode::Image);
        if (incoming.files.size() > 1)
            m_notices->post(Notice::Kind::Info,
                            tr("A clip starts from one image. The first of %1 was taken.").arg(incoming.files.size()));
        break;
    }
    return m_inputs->takeFrom(*mime);
}

bool CreatePanel::dropFrom(const QMimeData* mime)
{
    if (pasteFrom(mime))
        return true;
    const QString text = mime ? incomingFrom(*mime).text : QString();
    if (text.isEmpty())
        return false;
    m_prompt->insertPlainText(text);
    focusPrompt();
    return true;
}

QSize CreatePanel::minimumSizeHint() const
{
    const int bar = m_ui->formScrollArea->verticalScrollBar()->sizeHint().width();
    return QWidget::minimumSizeHint().expandedTo({m_ui->form->minimumSizeHint().width() + bar, 0});
}

QString CreatePanel::dropText(const Incoming& incoming) const
{
    const qsizetype count = incoming.files.size();
    if (m_mode == Mode::Reference && incoming.isImage()) {
        const ReferenceStrip& strip = m_inputs->references();
        const int first = strip.count() + 1;
        const qsizetype last = std::min<qsizetype>(strip.most(), strip.count() + std::max<qsizetype>(1, count));
        if (first > strip.most())
            return tr("There are %1 reference images already. Remove one first.").arg(strip.count());
        return last > first ? tr("Add as references %1 to %2").arg(first).arg(last)
                            : tr("Add as reference %1").arg(first);
    }
    switch (incoming.kind) {
    case Incoming::Kind::Images:
    case Incoming::Kind::Pixels:
        return count > 1 ? tr("Animate this image (the first of %1)").arg(count) : tr("Animate this image");
    case Incoming::Kind::Address:
        return tr("Animate the image from %1").arg(incoming.address.host());
    case Incoming::Kind::Videos:
    case Incoming::Kind::VideoAddress:
        if (m_mode == Mode::Edit)
            return count > 1 ? tr("Edit this clip (the first of %1)").arg(count) : tr("Edit this clip");
        return count > 1 ? tr("Extend this clip (the first of %1)").arg(count) : tr("Extend this clip");
    case Incoming::Kind::Text:
        return tr("Put this text into the prompt");
    case Incoming::Kind::OtherFiles:
        return tr("This kind of file cannot be used here. Drop an image or an MP4 video.");
    case Incoming::Kind::Nothing:
        break;
    }
    return {};
}

void CreatePanel::chooseInput()
{
    if (m_mode == Mode::Text)
        setMode(Mode::Image);
    m_inputs->choose();
}

void CreatePanel::focusPrompt()
{
    m_prompt->setFocus(Qt::OtherFocusReason);
    m_ui->formScrollArea->ensureWidgetVisible(m_prompt);
}

void CreatePanel::fillSettings(const GenerationRequest& settings)
{
    const QScopedValueRollback filling(m_filling, true);
    fillModels(settings.model);

    const Model chosen = model();
    const ModeLimits limits = chosen.modes.value(m_mode);
    const GenerationRequest defaults = defaultRequest(m_mode, chosen);
    const bool firstTime = settings.model.isEmpty();

    m_length->setRange(limits.minSeconds, limits.maxSeconds);
    m_length->setSeconds(static_cast<int>(settings.duration.value_or(defaults.duration.value_or(0s)).count()));
    m_ui->lengthSection->setVisible(limits.maxSeconds > 0);
    m_inputs->setSeconds(m_length->seconds());

    m_ui->resolutionCombo->clear();
    for (const QString& resolution : limits.resolutions)
        m_ui->resolutionCombo->addItem(resolution, resolution);
    const int resolution = m_ui->resolutionCombo->findData(settings.resolution.value_or(QString()));
    m_ui->resolutionCombo->setCurrentIndex(
        resolution >= 0 ? resolution : m_ui->resolutionCombo->findData(defaults.resolution.value_or(QString())));
    m_ui->resolutionSection->setVisible(!limits.resolutions.isEmpty());

    const bool withImage = m_mode == Mode::Image;
    const bool keepRatio =
        settings.aspectRatio ? limits.aspectRatios.contains(*settings.aspectRatio) : withImage && !firstTime;
    m_ratios->setRatios(limits.aspectRatios, withImage);
    m_ratios->setCurrent(keepRatio ? settings.aspectRatio : defaults.aspectRatio);
    m_ui->ratioSection->setVisible(!limits.aspectRatios.isEmpty());

    m_inputs->setMode(m_mode, limits);
    m_ui->lengthLabel->setText(m_mode == Mode::Extend ? tr("Added &length") : tr("&Length"));
    m_ratios->setImageSize(m_inputs->imageSize());
    m_ui->soundCheck->setVisible(limits.silence);
    m_ui->soundCheck->setChecked(settings.generateAudio.value_or(true));
    m_ui->voicesSection->setVisible(limits.maxVoices > 0);
    m_voices->setMost(limits.maxVoices);
    m_options->setMode(m_mode);
    m_options->setRemembered(settings);
    showTags();
    showPrice();
    showTotal();
    showWhetherComplete();
}

void CreatePanel::fillModels(const QString& id)
{
    QComboBox& combo = *m_ui->modelCombo;
    combo.clear();
    const auto models = m_models.modelsFor(m_mode);
    for (const Model& each : models) {
        combo.addItem(each.id, each.id);
        combo.setItemData(combo.count() - 1, each.name, Qt::ToolTipRole);
    }
    const Model* known = m_models.find(id);
    if (!known && !id.isEmpty())
        combo.addItem(id, id);
    combo.addItem(tr("Another model…"));
    const int wanted = combo.findData(known ? known->id : id);
    combo.setCurrentIndex(wanted >= 0 ? wanted : std::max(0, combo.findData(m_models.defaultModel())));
}

/// A model that the table does not know; without an answer the one before stays.
void CreatePanel::askForModel()
{
    const QString id =
        filedialogs::askText(this, tr("Another model"), tr("Id of the model, as the service writes it:"));
    GenerationRequest wanted = request();
    wanted.model = id.trimmed();
    if (wanted.model.isEmpty())
        wanted =
            m_settings.lastRequest(m_mode).value_or(defaultRequest(m_mode, *m_models.find(m_models.defaultModel())));
    fillSettings(wanted);
}

Model CreatePanel::model() const
{
    const QString id = m_ui->modelCombo->currentData().toString();
    const Model* known = m_models.find(id);
    return known ? *known : m_models.unknownModel(id);
}

void CreatePanel::onSettingEdited()
{
    if (m_filling)
        return;
    m_settings.setLastRequest(request());
    onEdited();
}

void CreatePanel::onEdited()
{
    if (m_filling)
        return;
    showPrice();
    showTotal();
    showWhetherComplete();
    Q_EMIT edited();
}

void CreatePanel::onInputChanged()
{
    m_generateWhenLoaded = false; // it was pressed for other inputs
    followInputs();
}

void CreatePanel::onInputLoaded()
{
    followInputs();
    if (m_generateWhenLoaded)
        generate();
    else
        showSourceProblem();
}

void CreatePanel::followInputs()
{
    m_ratios->setImageSize(m_inputs->imageSize());
    showTags();
    onEdited();
}

void CreatePanel::showTags()
{
    const bool hasTags = m_mode == Mode::Reference;
    m_tags->setImageCount(hasTags ? m_inputs->references().count() : -1);
    m_tagOffer->setPreviews(hasTags ? m_inputs->references().previews() : QList<QPixmap>());
}

void CreatePanel::showTotal()
{
    const double source = m_inputs->sourceSeconds();
    m_total->setVisible(m_mode == Mode::Extend && source > 0);
    m_total->setText(tr("%1 + %2 = %3")
                         .arg(formatMeasured(source), formatSeconds(m_length->seconds()),
                              formatMeasured(source + m_length->seconds())));
}

void CreatePanel::showPrice()
{
    const auto price = estimate(request(), model());
    const QString date = tr("prices of %1").arg(m_models.pricesOf());
    m_ui->pricePartsLabel->setText(price ? price->partsText() + u'\n' + date : date);
    const QString sum = price ? formatAbout(price->total) : tr("price unknown");
    const bool wouldCost = price && m_origin.isSimulated();
    m_ui->simulatedPriceLabel->setVisible(wouldCost);
    m_ui->priceLabel->setText(sum);
    m_ui->priceLabel->setAccessibleName(wouldCost ? tr("would cost %1").arg(sum) : sum);
}

void CreatePanel::showWhetherComplete()
{
    const auto problems = validate(request(), model());
    m_generate->setToolTip(problems.isEmpty() ? QString() : problems.first().sentence);
    const auto isShown = [this](const Problem& problem) { return problem.sentence == m_problem->sentence(); };
    if (m_problem && std::none_of(problems.begin(), problems.end(), isShown))
        m_problem->dismiss();
}

void CreatePanel::showInputTrouble(const Error& error)
{
    // The file's own trouble is told by its detail, a whole sentence (media/probe.h).
    const QString sentence = error.kind == ErrorKind::InputUnusable ? error.detail : explain(error).sentence;
    Notice* notice = m_notices->post(Notice::Kind::Failed, sentence, tr("Choose another…"));
    connect(notice, &Notice::actionTriggered, this, &CreatePanel::chooseInput);
    if (sentence != error.detail)
        notice->setDetail(error.detail);
}

void CreatePanel::generate()
{
    m_generateWhenLoaded = m_inputs->isLoading();
    if (m_generateWhenLoaded)
        return;
    const GenerationRequest wanted = request();
    const auto problems = validate(wanted, model());
    if (!problems.isEmpty())
        return showProblem(problems.first());
    if (wasJustSent(wanted))
        return;
    send(wanted);
}

void CreatePanel::showProblem(const Problem& problem)
{
    // A prompt that is there and still a problem has a tag without its image.
    const bool lacksImage = problem.field == Problem::Field::Prompt && !m_prompt->prompt().trimmed().isEmpty();
    m_problem = m_notices->post(Notice::Kind::Warn, problem.sentence, lacksImage ? tr("Add image") : QString());
    connect(m_problem, &Notice::actionTriggered, this, &CreatePanel::chooseInput);
    m_ui->formScrollArea->ensureWidgetVisible(m_notices);
    if (QWidget* field = fieldOf(problem.field))
        field->setFocus(Qt::OtherFocusReason);
}

void CreatePanel::showSourceProblem()
{
    const auto problems = validate(request(), model());
    const auto isOfSource = [](const Problem& problem) { return problem.field == Problem::Field::Video; };
    const auto found = std::find_if(problems.begin(), problems.end(), isOfSource);
    if (found != problems.end() && m_inputs->sourceSeconds() > 0)
        m_problem = m_notices->post(Notice::Kind::Warn, found->sentence);
}

QWidget* CreatePanel::fieldOf(Problem::Field field) const
{
    switch (field) {
    case Problem::Field::Prompt:
        return m_prompt;
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
    case Problem::Field::Storage:
    case Problem::Field::UploadUrl:
    case Problem::Field::User:
        return m_options->openAt(field);
    default:
        return m_inputs->fieldOf(field);
    }
}

bool CreatePanel::wasJustSent(const GenerationRequest& request)
{
    if (m_lastSent != request)
        return false;
    const auto since = m_clock() - m_lastSentAt;
    if (since >= askAgainWithin)
        return false;
    // The second half of a double click is no second wish.
    if (since > std::chrono::milliseconds(QApplication::doubleClickInterval())) {
        Notice* notice =
            m_notices->post(Notice::Kind::Warn, tr("You sent the same request a moment ago."), tr("Generate again"));
        connect(notice, &Notice::actionTriggered, this, [this, request] { send(request); });
    }
    return true;
}

void CreatePanel::send(const GenerationRequest& request)
{
    m_lastSent = request;
    m_lastSentAt = m_clock();
    m_notices->clear();
    m_settings.setLastRequest(request);
    const auto price = estimate(request, model());
    Q_EMIT generateRequested(request, price ? std::optional(price->total) : std::nullopt);
}

} // namespace clipkiln
