// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/createpanel.h"

#include "core/bulklist.h"
#include "core/clipdetails.h"
#include "core/plaintext.h"
#include "gui/create/generatebutton.h"
#include "gui/create/outputform.h"
#include "gui/create/pendingsubmitnote.h"
#include "gui/create/presetmenu.h"
#include "gui/create/priceline.h"
#include "gui/create/problemnotice.h"
#include "gui/create/promptedit.h"
#include "gui/create/promptrecall.h"
#include "gui/create/prompttags.h"
#include "gui/create/serviceoptions.h"
#include "gui/inputs/inputsform.h"
#include "gui/inputs/referencestrip.h"
#include "gui/look/theme.h"
#include "gui/widgets/notice.h"
#include "inputs/droppedcontent.h"
#include "media/read/xmpbox.h"
#include "settings/settings.h"
#include "ui_createpanel.h"

#include <QFutureWatcher>
#include <QMimeData>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

CreatePanel::CreatePanel(Theme& theme, Dialogs& dialogs, NoticeArea& notices, Settings& settings,
                         const ModelTable& models, const QString& pasteFolder, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_dialogs(dialogs)
    , m_settings(settings)
    , m_models(models)
    , m_pool(pasteFolder, settings)
    , m_ui(std::make_unique<Ui::CreatePanel>())
    , m_notices(notices)
    , m_inputs(new InputsForm(theme, dialogs, m_pool))
    , m_prompt(new PromptEdit(theme, settings))
    , m_output(new OutputForm(theme, dialogs, models))
    , m_options(new ServiceOptions(theme))
    , m_tags(new TagHighlighter(theme, m_prompt->document()))
    , m_tagOffer(new TagOffer(*m_prompt))
    , m_recall(new PromptRecall(theme, *m_prompt))
    , m_price(new PriceLine)
    , m_generate(new GenerateButton(theme))
    , m_wait(new PendingSubmitNote)
    , m_problem(std::make_unique<ProblemNotice>(notices))
    , m_submit([this] {
        return Draft{request(), m_output->model(), m_output->takes(), m_inputs->isLoading(), m_inputs->isTrimming()};
    })
    , m_origin(settings.origin())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_StyledBackground);
    setRole(this, "panel");
    makeFields();
    wireFields();
    wireSubmit();
    m_mode = settings.mode();
    fillSettings(settings.lastRequest(m_mode).value_or(GenerationRequest()));
}

CreatePanel::~CreatePanel() = default;

void CreatePanel::makeFields()
{
    placeNotices(); // first: the Tab key follows this order
    m_ui->formLayout->insertWidget(1, m_inputs);
    m_ui->promptLayout->addWidget(m_prompt);
    m_ui->promptLabel->setBuddy(m_prompt);
    m_ui->formLayout->insertWidget(m_ui->formLayout->indexOf(m_ui->promptSection) + 1, m_output);
    m_ui->formLayout->insertWidget(m_ui->formLayout->indexOf(m_ui->formSpacer), m_options);
    m_ui->footerLayout->addWidget(m_price);
    m_ui->footerLayout->addWidget(m_wait);
    m_ui->footerLayout->addWidget(m_generate);

    QList<QWidget*> order{m_prompt};
    order += m_output->fields();
    order += m_options->fields();
    order += m_generate;
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
}

void CreatePanel::placeNotices()
{
    m_ui->formLayout->insertWidget(0, &m_notices);
}

void CreatePanel::wireFields()
{
    connect(m_prompt, &QPlainTextEdit::textChanged, this, &CreatePanel::onEdited);
    connect(m_prompt, &PromptEdit::submitted, &m_submit, &SubmitController::submit);
    connect(m_prompt, &PromptEdit::imagePasted, this, &CreatePanel::pasteFrom);
    connect(m_prompt, &PromptEdit::textPasted, this, &CreatePanel::offerBulk);
    connect(m_output, &OutputForm::edited, this, [this] {
        m_inputs->setSeconds(m_output->seconds());
        onSettingEdited();
    });
    connect(m_output, &OutputForm::modelChosen, this, [this] {
        fillSettings(request());
        onSettingEdited();
    });
    connect(m_inputs, &InputsForm::changed, this, &CreatePanel::followInputs);
    connect(m_inputs, &InputsForm::loaded, this, &CreatePanel::onInputLoaded);
    connect(m_options, &ServiceOptions::edited, this, &CreatePanel::onSettingEdited);
    connect(m_inputs, &InputsForm::leftOut, this,
            [this](const QString& sentence) { m_notices.post(Notice::Kind::Info, sentence); });
    connect(m_inputs, &InputsForm::failed, this, &CreatePanel::showInputTrouble);
    connect(m_generate, &QPushButton::clicked, &m_submit, &SubmitController::submit);
}

void CreatePanel::wireSubmit()
{
    connect(&m_submit, &SubmitController::waitingChanged, m_wait, &QWidget::setVisible);
    connect(m_wait, &PendingSubmitNote::cancelled, &m_submit, &SubmitController::stopWaiting);
    connect(&m_submit, &SubmitController::problemFound, this, &CreatePanel::showProblem);
    connect(&m_submit, &SubmitController::uncutTrimFound, this, [this] {
        m_notices.post(Notice::Kind::Warn, tr("The part of the video that you chose is not cut yet. Press \"Use this "
                                              "part\", or Cancel to send the video as it is."));
    });
    connect(&m_submit, &SubmitController::repeatAsked, this, &CreatePanel::askWhetherToRepeat);
    connect(&m_submit, &SubmitController::repeatWithdrawn, this, [this] {
        if (m_repeat)
            m_repeat->dismiss();
    });
    connect(&m_submit, &SubmitController::submitted, this, &CreatePanel::onSubmitted);
    connect(&m_submit, &SubmitController::accepted, this, [this](const GenerationRequest& sent) {
        if (sent.uploadUrl)
            m_options->forgetAddress(*sent.uploadUrl);
    });
}

void CreatePanel::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
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
    request.inputs = m_inputs->inputs();
    m_output->writeTo(request);
    m_options->addTo(request);
    return request;
}

GenerationRequest CreatePanel::settingsIn(Mode mode) const
{
    const Model* fallback = m_models.find(m_models.defaultModel());
    GenerationRequest settings =
        mode == m_mode ? request() : m_settings.lastRequest(mode).value_or(defaultRequest(mode, *fallback));
    settings.prompt = m_prompt->prompt().trimmed();
    settings.inputs = defaultRequest(mode, *fallback).inputs;
    return settings;
}

void CreatePanel::setRequest(const GenerationRequest& request)
{
    m_prompt->setPrompt(request.prompt);
    setMode(request.mode());
    fillSettings(request);
    m_inputs->setInputs(request.inputs);
    if (const auto* references = std::get_if<FromReferences>(&request.inputs))
        m_output->setVoices(references->voices);
    m_options->setOptions(request);
    onSettingEdited();
    focusPrompt();
}

void CreatePanel::apply(const Preset& preset)
{
    const GenerationRequest& kept = preset.request;
    setMode(kept.mode());
    GenerationRequest settings = request();
    settings.model = kept.model;
    settings.duration = kept.duration;
    settings.aspectRatio = kept.aspectRatio;
    settings.resolution = kept.resolution;
    settings.generateAudio = kept.generateAudio;
    if (kept.storage)
        settings.storage = kept.storage;
    if (kept.user)
        settings.user = kept.user;
    fillSettings(settings);
    if (const auto* references = std::get_if<FromReferences>(&kept.inputs); references && !references->voices.isEmpty())
        m_output->setVoices(references->voices);
    if (!kept.prompt.isEmpty())
        m_prompt->setPrompt(kept.prompt);
    onSettingEdited();
    focusPrompt();
}

void CreatePanel::setPresets(Presets& presets)
{
    auto* menu = new PresetMenu(
        m_theme, m_dialogs, presets, [this] { return request(); }, m_notices);
    auto* head = new QHBoxLayout;
    m_ui->promptLayout->removeWidget(m_ui->promptLabel);
    head->addWidget(m_ui->promptLabel, 1);
    head->addWidget(menu);
    m_ui->promptLayout->insertLayout(0, head);
    setTabOrder(m_prompt, menu);
    connect(menu, &PresetMenu::chosen, this, &CreatePanel::apply);
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
    const DroppedContent dropped = mime ? droppedContentFrom(*mime) : DroppedContent();
    switch (dropped.kind) {
    case DroppedContent::Kind::Nothing:
    case DroppedContent::Kind::Text:
        return false;
    case DroppedContent::Kind::Lists:
        Q_EMIT bulkWanted(dropped);
        return true;
    case DroppedContent::Kind::OtherFiles:
        m_notices.post(Notice::Kind::Warn,
                       tr("This kind of file cannot be used. Use an image (JPEG, PNG or WebP) or an MP4 video."));
        return true;
    case DroppedContent::Kind::Videos:
    case DroppedContent::Kind::VideoAddress:
        setMode(m_mode == Mode::Edit ? Mode::Edit : Mode::Extend);
        if (dropped.files.size() > 1)
            m_notices.post(Notice::Kind::Info, tr("One video is changed or extended at a time. The first of %1 was "
                                                  "taken.")
                                                   .arg(dropped.files.size()));
        if (!dropped.files.isEmpty())
            offerSettingsOf(dropped.files.first());
        break;
    case DroppedContent::Kind::Images:
    case DroppedContent::Kind::Pixels:
    case DroppedContent::Kind::Address:
        if (m_mode == Mode::Reference)
            break;
        if (dropped.files.size() > 1) {
            Q_EMIT bulkWanted(dropped);
            return true;
        }
        setMode(Mode::Image);
        break;
    }
    return m_inputs->takeFrom(*mime);
}

bool CreatePanel::dropFrom(const QMimeData* mime)
{
    if (pasteFrom(mime))
        return true;
    const QString text = mime ? droppedContentFrom(*mime).text : QString();
    if (text.isEmpty())
        return false;
    m_prompt->insertPlainText(text);
    focusPrompt();
    offerBulk(text);
    return true;
}

void CreatePanel::offerSettingsOf(const QString& video)
{
    auto* watcher = new QFutureWatcher<QByteArray>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        const auto details =
            watcher->future().resultCount() > 0 ? detailsFromXmp(watcher->result()) : Result<ClipDetails>(Error{});
        if (!details)
            return;
        // A stranger's words: they fill the form when a person says so, and lead to no file, account or address.
        GenerationRequest request = details->request;
        request.storage.reset();
        Notice* notice = m_notices.post(Notice::Kind::Info,
                                        details->promptIsCut
                                            ? tr("This clip says how it was made, with the beginning of its prompt.")
                                            : tr("This clip says how it was made."),
                                        tr("Use its settings"));
        connect(notice, &Notice::actionTriggered, this, [this, preset = makePreset({}, request)] { apply(preset); });
    });
    watcher->setFuture(
        m_pool.run<QByteArray>([video](QPromise<QByteArray>& promise) { promise.addResult(readXmp(video)); }));
}

void CreatePanel::offerBulk(const QString& text)
{
    const Result<BulkList> list = bulkListFromLines(text);
    const qsizetype lines = list ? list->lines.size() : 0;
    if (lines < 2)
        return;
    Notice* notice = m_notices.post(Notice::Kind::Info, tr("This text has %1 lines. Each can be a clip.").arg(lines),
                                    tr("Several at once…"));
    connect(notice, &Notice::actionTriggered, this, [this, text] {
        Q_EMIT bulkWanted({DroppedContent::Kind::Text, {}, {}, text});
    });
}

QSize CreatePanel::minimumSizeHint() const
{
    const int bar = m_ui->formScrollArea->verticalScrollBar()->sizeHint().width();
    return QWidget::minimumSizeHint().expandedTo({m_ui->form->minimumSizeHint().width() + bar, 0});
}

QString CreatePanel::dropText(const DroppedContent& dropped) const
{
    const qsizetype count = dropped.files.size();
    if (m_mode == Mode::Reference && dropped.isImage()) {
        const ReferenceStrip& strip = m_inputs->references();
        const int first = strip.count() + 1;
        const qsizetype last = std::min<qsizetype>(strip.most(), strip.count() + std::max<qsizetype>(1, count));
        if (first > strip.most())
            return tr("There are %1 reference images already. Remove one first.").arg(strip.count());
        return last > first ? tr("Add as references %1 to %2").arg(first).arg(last)
                            : tr("Add as reference %1").arg(first);
    }
    switch (dropped.kind) {
    case DroppedContent::Kind::Images:
    case DroppedContent::Kind::Pixels:
        return count > 1 ? tr("%1 images: %1 jobs").arg(count) : tr("Animate this image");
    case DroppedContent::Kind::Lists:
        return tr("A job for each prompt of this list");
    case DroppedContent::Kind::Address:
        return tr("Animate the image from %1").arg(dropped.address.host());
    case DroppedContent::Kind::Videos:
    case DroppedContent::Kind::VideoAddress:
        if (m_mode == Mode::Edit)
            return count > 1 ? tr("Edit this clip (the first of %1)").arg(count) : tr("Edit this clip");
        return count > 1 ? tr("Extend this clip (the first of %1)").arg(count) : tr("Extend this clip");
    case DroppedContent::Kind::Text:
        return tr("Put this text into the prompt");
    case DroppedContent::Kind::OtherFiles:
        return tr("This kind of file cannot be used here. Drop an image or an MP4 video.");
    case DroppedContent::Kind::Nothing:
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

void CreatePanel::trimSource()
{
    m_inputs->trim();
}

void CreatePanel::fillSettings(const GenerationRequest& settings)
{
    const QScopedValueRollback filling(m_filling, true);
    m_output->fill(m_mode, settings);
    m_output->setTakes(m_settings.takes(m_mode));
    m_inputs->setMode(m_mode, m_output->limits());
    m_inputs->setRatio(m_output->ratio());
    m_inputs->setSeconds(m_output->seconds());
    m_output->setImageSize(m_inputs->imageSize());
    m_output->setSourceSeconds(m_inputs->sourceSeconds());
    m_options->setMode(m_mode);
    m_options->setRemembered(settings);
    showTags();
    showPrice();
    showWhetherComplete();
}

void CreatePanel::onSettingEdited()
{
    if (m_filling)
        return;
    m_inputs->setRatio(m_output->ratio());
    m_settings.setLastRequest(request());
    m_settings.setTakes(m_mode, m_output->takes());
    onEdited();
}

void CreatePanel::onEdited()
{
    if (m_filling)
        return;
    m_submit.noteEdit();
    showPrice();
    showWhetherComplete();
    Q_EMIT edited();
}

void CreatePanel::onInputLoaded()
{
    const bool isWanted = m_submit.isWaiting(); // before what follows from the input itself counts as an edit
    followInputs();
    if (isWanted)
        m_submit.submit();
    else
        showSourceProblem();
}

void CreatePanel::followInputs()
{
    m_output->setImageSize(m_inputs->imageSize());
    m_output->setSourceSeconds(m_inputs->sourceSeconds());
    showTags();
    onEdited();
}

void CreatePanel::showTags()
{
    const bool hasTags = m_mode == Mode::Reference;
    m_tags->setImageCount(hasTags ? m_inputs->references().count() : -1);
    m_tagOffer->setPreviews(hasTags ? m_inputs->references().previews() : QList<QPixmap>());
}

void CreatePanel::showPrice()
{
    m_price->showPrice(estimate(request(), m_output->model()), m_output->takes(), m_models.pricesOf(),
                       m_origin.isSimulated());
    m_generate->setCount(m_output->takes());
}

void CreatePanel::showWhetherComplete()
{
    const auto problems = validate(request(), m_output->model(), m_output->takes());
    m_generate->setToolTip(problems.isEmpty() ? QString() : cleanToolTip(problems.first().sentence));
    m_problem->keepWhile(problems);
}

void CreatePanel::showInputTrouble(const Error& error)
{
    // For a file that cannot be used the detail is a whole sentence (media/read/probe.h).
    const QString sentence = error.kind == ErrorKind::InputUnusable ? error.detail : explain(error).sentence;
    m_submit.stopWaiting();
    Notice* notice = m_notices.post(Notice::Kind::Failed, sentence, tr("Choose another…"));
    connect(notice, &Notice::actionTriggered, this, &CreatePanel::chooseInput);
    if (sentence != error.detail)
        notice->setDetail(error.detail);
}

void CreatePanel::askWhetherToRepeat()
{
    m_repeat = m_notices.post(Notice::Kind::Warn, tr("You sent the same request a moment ago."), tr("Generate again"));
    connect(m_repeat, &Notice::actionTriggered, &m_submit, &SubmitController::repeat);
}

void CreatePanel::showProblem(const Problem& problem)
{
    offerFix(problem);
    m_ui->formScrollArea->ensureWidgetVisible(&m_notices);
    if (QWidget* field = fieldOf(problem.field))
        field->setFocus(Qt::OtherFocusReason);
}

void CreatePanel::offerFix(const Problem& problem)
{
    // A prompt that is there and still a problem has a tag without its image.
    if (problem.field == Problem::Field::Prompt && !m_prompt->prompt().trimmed().isEmpty())
        return m_problem->show(problem, tr("Add image"), [this] { chooseInput(); });
    const auto fixes = fixesFor(problem, request(), m_output->model(), m_models);
    const auto fix = std::find_if(fixes.begin(), fixes.end(), [this](const Fix& each) { return canMend(each); });
    if (fix == fixes.end())
        return m_problem->show(problem);
    m_problem->show(problem, fixText(*fix), [this, mending = *fix] { mend(mending); });
}

bool CreatePanel::canMend(const Fix& fix)
{
    return std::holds_alternative<fix::Trim>(fix) || clipkiln::apply(fix, GenerationRequest());
}

void CreatePanel::mend(const Fix& fix)
{
    if (std::holds_alternative<fix::Trim>(fix))
        return trimSource();
    const GenerationRequest before = request();
    const auto mended = clipkiln::apply(fix, before);
    if (!mended)
        return;
    fillSettings(*mended);
    if (mended->inputs != before.inputs)
        m_inputs->setInputs(mended->inputs);
    if (const auto* references = std::get_if<FromReferences>(&mended->inputs))
        m_output->setVoices(references->voices);
    onSettingEdited();
}

void CreatePanel::showSourceProblem()
{
    if (m_inputs->isTrimming())
        return; // the bar says it, and offers the way out
    const auto problems = validate(request(), m_output->model());
    const auto isOfSource = [](const Problem& problem) { return problem.field == Problem::Field::Video; };
    const auto found = std::find_if(problems.begin(), problems.end(), isOfSource);
    if (found != problems.end() && m_inputs->sourceSeconds() > 0)
        offerFix(*found);
}

QWidget* CreatePanel::fieldOf(Problem::Field field) const
{
    switch (field) {
    case Problem::Field::Prompt:
        return m_prompt;
    case Problem::Field::Storage:
    case Problem::Field::UploadUrl:
    case Problem::Field::User:
        return m_options->openAt(field);
    default:
        QWidget* output = m_output->fieldOf(field);
        return output ? output : m_inputs->fieldOf(field);
    }
}

void CreatePanel::onSubmitted(const GenerationRequest& request)
{
    m_notices.end(Notice::Subject::Form);
    m_settings.setLastRequest(request);
}

} // namespace clipkiln
