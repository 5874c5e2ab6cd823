// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/detailspanel.h"

#include "gui/format.h"
#include "gui/jobrow.h"
#include "gui/theme.h"
#include "ui_detailspanel.h"

#include <QClipboard>
#include <QDir>
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
        return DetailsPanel::tr("Grok Imagine");
    case Origin::Kind::Other:
        return origin.address().toDisplayString();
    }
    return {};
}

/// Of a simulated one the price says what it would be, and that it is not.
QString priceOf(const std::optional<Money>& cost, const std::optional<Money>& estimate, const Origin& origin)
{
    const auto price = priceText(cost, estimate);
    return origin.isSimulated() && (cost || estimate) ? DetailsPanel::tr("%1, simulated: nothing is spent").arg(price)
                                                      : price;
}

QString clipFacts(const Clip& clip)
{
    QStringList facts{formatSize(clip.size), formatSeconds(clip.seconds), formatBytes(clip.bytes)};
    if (!clip.hasAudio)
        facts << DetailsPanel::tr("silent");
    return facts.join(u" · "_s);
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
    : QWidget(parent), m_ui(std::make_unique<Ui::DetailsPanel>()), m_theme(theme)
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
    connect(&theme, &Theme::changed, this, &DetailsPanel::retint);
    clear();
}

DetailsPanel::~DetailsPanel() = default;

void DetailsPanel::showJob(const Job& job, const std::optional<Clip>& clip)
{
    const auto* before = std::get_if<Job>(&m_shown);
    const bool sameJob = before && before->id == job.id;
    m_shown = job;
    m_clip = clip;
    showState();
    showFacts(job.request, job.origin);
    showValue(m_ui->priceValue, priceOf(job.cost, job.estimate, job.origin));
    showValue(m_ui->createdValue, formatMoment(job.createdAt));
    const auto took = job.finishedAt.isValid() ? elapsed(job, job.finishedAt) : std::nullopt;
    showValue(m_ui->tookValue, took ? formatSpan(static_cast<double>(took->count())) : QString());
    showValue(m_ui->requestIdValue, requestIdOf(job.phase).toString());
    showFile(clip);
    if (!sameJob)
        m_ui->rawButton->setChecked(false);
    const auto error = errorOf(job.phase);
    showRawText(error ? error->detail : QString());
}

void DetailsPanel::showClip(const Clip& clip)
{
    m_shown = clip;
    m_clip = clip;
    showState();
    showFacts(clip.request, clip.origin);
    showValue(m_ui->priceValue, priceOf(clip.cost, std::nullopt, clip.origin));
    showValue(m_ui->createdValue, formatMoment(clip.createdAt));
    showValue(m_ui->tookValue, {});
    showValue(m_ui->requestIdValue, clip.requestId.toString());
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
    for (QLabel* value :
         {m_ui->settingsValue, m_ui->modelValue, static_cast<QLabel*>(m_ui->inputValue), m_ui->priceValue,
          m_ui->serviceValue, m_ui->createdValue, m_ui->tookValue, static_cast<QLabel*>(m_ui->requestIdValue)})
        showValue(value, {});
}

void DetailsPanel::showRaw()
{
    m_ui->rawButton->setChecked(m_ui->rawButton->isVisibleTo(this));
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
        m_ui->promptValue->setText(clip->request.prompt);
        m_ui->actionButton->setText(actionText(ClipAction::Play));
    } else if (job) {
        m_ui->stateLabel->setText(displayName(job->state()));
        m_ui->sentenceLabel->setText(stateSentence(*job));
        m_ui->promptValue->setText(job->request.prompt);
        const auto action = buttonAction(*job);
        m_ui->actionButton->setVisible(action.has_value());
        if (action)
            m_ui->actionButton->setText(actionText(*action, *job));
    }
    retint();
}

void DetailsPanel::showFacts(const GenerationRequest& request, const Origin& origin)
{
    showValue(m_ui->settingsValue, settingsOf(request));
    showValue(m_ui->modelValue, request.model);
    showValue(m_ui->inputValue, inputNames(request));
    showValue(m_ui->serviceValue, serviceName(origin));
}

void DetailsPanel::showFile(const std::optional<Clip>& clip)
{
    showValue(m_ui->clipValue, clip ? clipFacts(*clip) : QString());
    showValue(m_ui->fileValue, clip ? QDir::toNativeSeparators(clip->path) : QString());
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

/// A row without a value takes no room.
void DetailsPanel::showValue(QLabel* value, const QString& text)
{
    if (value->text() != text)
        value->setText(text);
    value->setToolTip(qobject_cast<ElidedLabel*>(value) ? text : QString());
    QFormLayout* facts = m_ui->factsLayout;
    if (value == m_ui->fileValue)
        facts->setRowVisible(m_ui->fileRow, !text.isEmpty());
    else if (value == m_ui->requestIdValue)
        facts->setRowVisible(m_ui->requestIdRow, !text.isEmpty());
    else
        facts->setRowVisible(value, !text.isEmpty());
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

void DetailsPanel::retint()
{
    Token token = Token::Text;
    if (const auto* job = std::get_if<Job>(&m_shown))
        token = rowFor(*job, job->createdAt, 0).stateColor;
    QPalette palette = m_ui->stateLabel->palette();
    palette.setColor(QPalette::WindowText, m_theme.color(token));
    m_ui->stateLabel->setPalette(palette);
    palette = m_ui->emptyLabel->palette();
    palette.setColor(QPalette::WindowText, m_theme.color(Token::Text3));
    m_ui->emptyLabel->setPalette(palette);
}

} // namespace clipkiln
