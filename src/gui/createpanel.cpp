// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createpanel.h"

#include "gui/filedialogs.h"
#include "gui/format.h"
#include "gui/generatebutton.h"
#include "gui/imagewell.h"
#include "gui/incoming.h"
#include "gui/lengthslider.h"
#include "gui/notice.h"
#include "gui/promptedit.h"
#include "gui/ratiotiles.h"
#include "gui/theme.h"
#include "settings/settings.h"
#include "ui_createpanel.h"

#include <QApplication>
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
    , m_clock(steadyTime)
    , m_ui(std::make_unique<Ui::CreatePanel>())
    , m_notices(new NoticeArea(theme))
    , m_image(new ImageWell(theme, pasteFolder))
    , m_prompt(new PromptEdit(theme, settings))
    , m_length(new LengthSlider(theme))
    , m_ratios(new RatioTiles(theme))
    , m_generate(new GenerateButton(theme))
    , m_origin(settings.origin())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_StyledBackground);
    setRole(this, "panel");
    makeFields();
    wireFields();
    m_mode = hasForm(settings.mode()) ? settings.mode() : Mode::Text;
    fillSettings(settings.lastRequest(m_mode).value_or(GenerationRequest()));
}

CreatePanel::~CreatePanel() = default;

void CreatePanel::makeFields()
{
    m_ui->formLayout->insertWidget(0, m_notices);
    m_ui->startImageLayout->addWidget(m_image);
    m_ui->promptLayout->addWidget(m_prompt);
    m_ui->promptLabel->setBuddy(m_prompt);
    m_ui->lengthLayout->addWidget(m_length);
    m_ui->lengthLabel->setBuddy(m_length);
    m_ui->ratioLayout->addWidget(m_ratios);
    m_ui->ratioLabel->setBuddy(m_ratios);
    m_ui->footerLayout->addWidget(m_generate);

    const QList<QWidget*> order{m_prompt, m_ui->modelCombo, m_ui->resolutionCombo, m_length, m_ratios, m_generate};
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
    connect(m_length, &LengthSlider::secondsChanged, this, &CreatePanel::onSettingEdited);
    connect(m_ratios, &RatioTiles::currentChanged, this, &CreatePanel::onSettingEdited);
    connect(m_image, &ImageWell::changed, this, &CreatePanel::onImageChanged);
    connect(m_image, &ImageWell::loaded, this, [this] {
        if (m_generateWhenLoaded)
            generate();
    });
    connect(m_image, &ImageWell::failed, this, &CreatePanel::showImageTrouble);
    connect(m_generate, &QPushButton::clicked, this, &CreatePanel::generate);
}

void CreatePanel::setMode(Mode mode)
{
    if (mode == m_mode || !hasForm(mode))
        return;
    m_mode = mode;
    m_generateWhenLoaded = false;
    m_settings.setMode(mode);
    fillSettings(m_settings.lastRequest(mode).value_or(GenerationRequest()));
    Q_EMIT modeChanged(mode);
    onEdited();
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
    if (m_mode == Mode::Image)
        request.inputs = FromImage{m_image->input().value_or(Input()), {}, {}};
    return request;
}

void CreatePanel::setRequest(const GenerationRequest& request)
{
    m_prompt->setPrompt(request.prompt);
    if (!hasForm(request.mode())) {
        m_notices->post(
            Notice::Kind::Info,
            tr("There is no form for the mode \"%1\" here. Its prompt is kept.").arg(displayName(request.mode())));
        return;
    }
    setMode(request.mode());
    fillSettings(request);
    if (const auto* image = std::get_if<FromImage>(&request.inputs))
        m_image->setInput(image->image);
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
    m_image->setFile(path);
}

bool CreatePanel::pasteFrom(const QMimeData* mime)
{
    const Incoming incoming = mime ? incomingFrom(*mime) : Incoming();
    switch (incoming.kind) {
    case Incoming::Kind::Nothing:
    case Incoming::Kind::Text:
        return false;
    case Incoming::Kind::Videos:
        m_notices->post(Notice::Kind::Warn, tr("A clip cannot start from a video. Use an image: JPEG, PNG or WebP."));
        return true;
    case Incoming::Kind::OtherFiles:
        m_notices->post(Notice::Kind::Warn, tr("This kind of file cannot be used. Use an image: JPEG, PNG or WebP."));
        return true;
    case Incoming::Kind::Images:
    case Incoming::Kind::Pixels:
    case Incoming::Kind::Address:
        break;
    }
    setMode(Mode::Image);
    if (incoming.files.size() > 1)
        m_notices->post(Notice::Kind::Info,
                        tr("A clip starts from one image. The first of %1 was taken.").arg(incoming.files.size()));
    return m_image->takeFrom(*mime);
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

void CreatePanel::chooseImage()
{
    setMode(Mode::Image);
    m_image->choose();
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

    m_ui->startImageSection->setVisible(m_mode == Mode::Image);
    showPrice();
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
    showWhetherComplete();
    Q_EMIT edited();
}

void CreatePanel::onImageChanged()
{
    if (m_image->isLoading() || !m_image->input())
        m_generateWhenLoaded = false; // it was pressed for another image
    m_ratios->setImageSize(m_image->imageSize());
    onEdited();
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

void CreatePanel::showImageTrouble(const Error& error)
{
    // The file's own trouble is told by its detail, a whole sentence (media/probe.h).
    const QString sentence = error.kind == ErrorKind::InputUnusable ? error.detail : explain(error).sentence;
    Notice* notice = m_notices->post(Notice::Kind::Failed, sentence, tr("Choose image…"));
    connect(notice, &Notice::actionTriggered, this, &CreatePanel::chooseImage);
    if (sentence != error.detail)
        notice->setDetail(error.detail);
}

void CreatePanel::generate()
{
    m_generateWhenLoaded = m_mode == Mode::Image && m_image->isLoading();
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
    m_problem = m_notices->post(Notice::Kind::Warn, problem.sentence);
    m_ui->formScrollArea->ensureWidgetVisible(m_notices);
    if (QWidget* field = fieldOf(problem.field))
        field->setFocus(Qt::OtherFocusReason);
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
    case Problem::Field::Image:
        return m_image;
    default:
        return nullptr; // not on this form
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
