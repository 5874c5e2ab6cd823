// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/queue/detailspanel.h"

#include "core/format.h"
#include "core/plaintext.h"
#include "gui/look/theme.h"
#include "gui/models/jobrow.h"
#include "ui_detailspanel.h"

#include <QClipboard>
#include <QDir>
#include <QEvent>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace clipkiln {
namespace {

QString nameOf(const Input& input)
{
    if (const auto* file = std::get_if<LocalFile>(&input))
        return file->name;
    if (const auto* remote = std::get_if<RemoteUrl>(&input))
        return remote->url.toDisplayString();
    return std::get<UploadedFile>(input).fileId;
}

QString inputNames(const GenerationRequest& request)
{
    QStringList names;
    const auto inputs = inputsOf(request);
    for (const Input& input : inputs)
        names << nameOf(input);
    return names.join(u", "_s);
}

QString settingsOf(const GenerationRequest& request)
{
    QStringList parts{formatSettings(request)};
    if (request.aspectRatio)
        parts << *request.aspectRatio;
    if (request.generateAudio == false)
        parts << DetailsPanel::tr("no sound");
    return parts.join(u" · "_s);
}

QString serviceName(const Origin& origin)
{
    switch (origin.kind()) {
    case Origin::Kind::Simulator:
        return DetailsPanel::tr("Simulator");
    case Origin::Kind::Service:
        return DetailsPanel::tr("xAI service");
    case Origin::Kind::Other:
        return origin.address().toDisplayString();
    }
    return {};
}

QString simulatedPrice(const QString& price)
{
    return DetailsPanel::tr("%1, simulated: nothing is spent").arg(price);
}

QString priceOf(const Job& job)
{
    const QString price = priceText(job);
    const bool isKnown = !price.isEmpty() && (job.cost || job.estimate);
    return isKnown && job.origin.isSimulated() ? simulatedPrice(price) : price;
}

QString priceOf(const Clip& clip)
{
    if (!clip.cost)
        return DetailsPanel::tr("price unknown");
    const QString price = formatUsd(*clip.cost);
    return clip.origin.isSimulated() ? simulatedPrice(price) : price;
}

QString clipFacts(const Clip& clip)
{
    QStringList facts{formatSize(clip.size), formatSeconds(clip.seconds), formatBytes(clip.bytes)};
    if (!clip.hasAudio)
        facts << DetailsPanel::tr("silent");
    return facts.join(u" · "_s);
}

/// The style role of a label in the colour of a state.
const char* stateRole(Token color)
{
    switch (color) {
    case Token::Info:
        return "info";
    case Token::Done:
        return "done";
    case Token::Warn:
        return "warn";
    case Token::Moderated:
        return "moderated";
    case Token::Failed:
        return "failed";
    default:
        return "strong";
    }
}

/// What the button under the sentence does.
std::optional<JobAction> buttonAction(const Job& job)
{
    if (job.state() == State::Unconfirmed)
        return JobAction::TryAgain;
    if (const auto action = defaultActionFor(job))
        return action;
    return isUnfinished(job.state()) ? std::optional(JobAction::Cancel) : std::nullopt;
}

} // namespace

DetailsPanel::DetailsPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::DetailsPanel>())
{
    m_ui->setupUi(this);
    m_ui->copyPathButton->setIcon(theme.icon(u"copy"_s));
    m_ui->showInFolderButton->setIcon(theme.icon(u"folder"_s));
    m_ui->copyRequestIdButton->setIcon(theme.icon(u"copy"_s));
    m_ui->copyRawButton->setIcon(theme.icon(u"copy"_s));
    m_ui->rawButton->setIcon(theme.icon(u"chevron-down"_s));

    connect(m_ui->actionButton, &QPushButton::clicked, this, &DetailsPanel::act);
    connect(m_ui->rawButton, &QPushButton::toggled, m_ui->rawEdit, &QWidget::setVisible);
    connect(m_ui->copyRawButton, &QToolButton::clicked, this,
            [this] { copyToClipboard(m_ui->rawEdit->toPlainText()); });
    connect(m_ui->copyRequestIdButton, &QToolButton::clicked, this,
            [this] { copyToClipboard(m_ui->requestIdValue->text()); });
    connect(m_ui->copyPathButton, &QToolButton::clicked, this, [this] {
        if (m_clip)
            copyToClipboard(QDir::toNativeSeparators(m_clip->path));
    });
    connect(m_ui->showInFolderButton, &QToolButton::clicked, this, [this] {
        if (m_clip)
            Q_EMIT clipActionRequested(ClipAction::ShowInFolder, *m_clip);
    });
    alignTexts();
    clear();
}

DetailsPanel::~DetailsPanel() = default;

void DetailsPanel::showJob(const Job& job, const std::optional<Clip>& clip, bool isOnHold)
{
    const auto* before = std::get_if<Job>(&m_shown);
    const bool sameJob = before && before->id == job.id;
    m_shown = job;
    m_clip = clip;
    showState();
    m_ui->sentenceLabel->setText(stateSentence(job, isOnHold));
    showFacts(job.request, job.origin);
    showRow(m_ui->priceValue, priceOf(job), {m_ui->priceLabel});
    showRow(m_ui->createdValue, formatMoment(job.createdAt), {m_ui->createdLabel});
    const auto took = job.finishedAt.isValid() ? elapsed(job, job.finishedAt) : std::nullopt;
    showRow(m_ui->tookValue, took ? formatSpan(static_cast<double>(took->count())) : QString(), {m_ui->tookLabel});
    showRow(m_ui->requestIdValue, requestIdOf(job.phase).toString(), {m_ui->requestIdLabel, m_ui->copyRequestIdButton});
    showFile(clip);
    if (!sameJob)
        m_ui->rawButton->setChecked(false);
    const auto error = errorOf(job.phase);
    showRawText(error ? cleanText(error->detail) : QString());
}

void DetailsPanel::showClip(const Clip& clip)
{
    m_shown = clip;
    m_clip = clip;
    showState();
    showFacts(clip.request, clip.origin);
    showRow(m_ui->priceValue, priceOf(clip), {m_ui->priceLabel});
    showRow(m_ui->createdValue, formatMoment(clip.createdAt), {m_ui->createdLabel});
    showRow(m_ui->tookValue, {}, {m_ui->tookLabel});
    showRow(m_ui->requestIdValue, clip.requestId.toString(), {m_ui->requestIdLabel, m_ui->copyRequestIdButton});
    showFile(clip);
    showRawText({});
}

void DetailsPanel::clear()
{
    m_shown = std::monostate();
    m_clip.reset();
    showState();
    showFile(std::nullopt);
    showRawText({});
    showRow(m_ui->settingsValue, {}, {m_ui->settingsLabel});
    showRow(m_ui->modelValue, {}, {m_ui->modelLabel});
    showRow(m_ui->inputValue, {}, {m_ui->inputLabel});
    showRow(m_ui->serviceValue, {}, {m_ui->serviceLabel});
    showRow(m_ui->priceValue, {}, {m_ui->priceLabel});
    showRow(m_ui->createdValue, {}, {m_ui->createdLabel});
    showRow(m_ui->tookValue, {}, {m_ui->tookLabel});
    showRow(m_ui->requestIdValue, {}, {m_ui->requestIdLabel, m_ui->copyRequestIdButton});
}

void DetailsPanel::showRaw()
{
    m_ui->rawButton->setChecked(m_ui->rawButton->isVisibleTo(this));
}

void DetailsPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        alignTexts();
}

/// All texts begin at the panel's leading edge, whatever script they are in.
void DetailsPanel::alignTexts()
{
    const auto edge = layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    const auto labels = findChildren<QLabel*>();
    for (QLabel* label : labels) {
        if (label != m_ui->emptyLabel)
            label->setAlignment(edge | Qt::AlignAbsolute | Qt::AlignVCenter);
    }
}

/// State, sentence and button; and whether there is anything to show at all.
void DetailsPanel::showState()
{
    const auto* job = std::get_if<Job>(&m_shown);
    const auto* clip = std::get_if<Clip>(&m_shown);
    m_ui->emptyLabel->setVisible(!job && !clip);
    for (QWidget* part : std::initializer_list<QWidget*>{m_ui->stateLabel, m_ui->promptSeparator, m_ui->promptLabel,
                                                         m_ui->promptValue, m_ui->factsSeparator})
        part->setVisible(job || clip);
    m_ui->sentenceLabel->setVisible(job);
    m_ui->actionButton->setVisible(clip);
    if (clip) {
        m_ui->stateLabel->setText(clip->origin.isSimulated() ? tr("Simulated clip") : tr("Clip"));
        m_ui->promptValue->setText(cleanText(clip->request.prompt));
        m_ui->actionButton->setText(actionText(ClipAction::Play));
    } else if (job) {
        m_ui->stateLabel->setText(displayName(job->state()));
        m_ui->promptValue->setText(cleanText(job->request.prompt));
        const auto action = buttonAction(*job);
        m_ui->actionButton->setVisible(action.has_value());
        if (action)
            m_ui->actionButton->setText(actionText(*action, *job));
    }
    setRole(m_ui->stateLabel, job ? stateRole(rowFor(*job, job->createdAt, 0).stateColor) : "strong");
}

void DetailsPanel::showFacts(const GenerationRequest& request, const Origin& origin)
{
    showRow(m_ui->settingsValue, settingsOf(request), {m_ui->settingsLabel});
    showRow(m_ui->modelValue, request.model, {m_ui->modelLabel});
    showRow(m_ui->inputValue, inputNames(request), {m_ui->inputLabel});
    showRow(m_ui->serviceValue, serviceName(origin), {m_ui->serviceLabel});
}

void DetailsPanel::showFile(const std::optional<Clip>& clip)
{
    showRow(m_ui->clipValue, clip ? clipFacts(*clip) : QString(), {m_ui->clipLabel});
    showRow(m_ui->fileValue, clip ? QDir::toNativeSeparators(clip->path) : QString(),
            {m_ui->fileLabel, m_ui->copyPathButton, m_ui->showInFolderButton});
}

void DetailsPanel::showRawText(const QString& text)
{
    // Set anew only when it is new: a person may be marking some of it.
    if (m_ui->rawEdit->toPlainText() != text)
        m_ui->rawEdit->setPlainText(text);
    m_ui->rawButton->setVisible(!text.isEmpty());
    m_ui->copyRawButton->setVisible(!text.isEmpty());
    m_ui->rawEdit->setVisible(!text.isEmpty() && m_ui->rawButton->isChecked());
}

/// A row without a value takes no room. Rows of a grid: QFormLayout::setRowVisible of Qt 6.4 writes past its memory
/// when texts wrap.
void DetailsPanel::showRow(QLabel* value, const QString& content, std::initializer_list<QWidget*> others)
{
    const QString text = cleanLine(content);
    if (value->text() != text)
        value->setText(text);
    value->setToolTip(qobject_cast<ElidedLabel*>(value) ? cleanToolTip(text) : QString());
    value->setVisible(!text.isEmpty());
    for (QWidget* other : others)
        other->setVisible(!text.isEmpty());
}

void DetailsPanel::act()
{
    if (const auto* job = std::get_if<Job>(&m_shown)) {
        if (const auto action = buttonAction(*job))
            Q_EMIT jobActionRequested(*action, job->id);
    } else if (const auto* clip = std::get_if<Clip>(&m_shown)) {
        Q_EMIT clipActionRequested(ClipAction::Play, *clip);
    }
}

void DetailsPanel::copyToClipboard(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace clipkiln
