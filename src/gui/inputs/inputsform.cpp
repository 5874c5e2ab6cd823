// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inputs/inputsform.h"

#include "gui/inputs/addressrow.h"
#include "gui/inputs/fiteditor.h"
#include "gui/inputs/inputwell.h"
#include "gui/inputs/keyframeruler.h"
#include "gui/inputs/keyframesection.h"
#include "gui/inputs/lastframeview.h"
#include "gui/inputs/referencestrip.h"
#include "gui/inputs/trimbar.h"
#include "gui/look/theme.h"
#include "media/prepare/imagefit.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// For a well that may stay empty: one that is still loading counts as filled.
std::optional<Input> inputOrLoading(const InputWell& well)
{
    return well.isLoading() ? std::optional(Input()) : well.input();
}

/// Refills a well that may stay empty.
void refill(InputWell& well, const std::optional<Input>& input)
{
    if (input)
        well.setInput(*input);
    else
        well.clear();
}

} // namespace

InputsForm::InputsForm(Theme& theme, Dialogs& dialogs, PreparationPool& pool, QWidget* parent)
    : QWidget(parent)
    , m_image(new InputWell(InputKind::Image, theme, dialogs, pool))
    , m_lastFrame(new InputWell(InputKind::Image, theme, dialogs, pool))
    , m_references(new ReferenceStrip(theme, dialogs, pool))
    , m_firstFrame(new InputWell(InputKind::Image, theme, dialogs, pool))
    , m_keyframes(new KeyframeSection(theme, dialogs, pool))
    , m_video(new InputWell(InputKind::Video, theme, dialogs, pool))
    , m_trimBar(new TrimBar(m_video->slot(), theme, pool))
    , m_lastFrameOfVideo(new LastFrameView(theme))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(Theme::gap3);
    m_imageSection = addSection(tr("Start image"), m_image);
    m_lastFrameSection = addSection(tr("Last frame, if you want one"), m_lastFrame);
    m_lastFrame->setObjectName(u"lastFrameWell"_s);
    m_referenceSection = addReferenceSection();
    m_firstFrameSection = addSection(tr("First frame, if you want one"), m_firstFrame);
    m_firstFrame->setObjectName(u"firstFrameWell"_s);
    layout->addWidget(m_keyframes);
    m_videoSection = addSection(tr("Source video"), m_video);
    m_videoSection->layout()->addWidget(m_trimBar);
    connect(m_video, &InputWell::trimRequested, m_trimBar, &TrimBar::open);
    m_lastFrameOfVideoSection = addSection(tr("Goes on from its last frame"), m_lastFrameOfVideo);
    connect(m_video, &InputWell::changed, m_trimBar, &TrimBar::follow);
    connect(m_video, &InputWell::loaded, m_trimBar, &TrimBar::follow);
    for (InputWell* well : {m_image, m_lastFrame, m_firstFrame, m_video})
        follow(well);
    const std::initializer_list<std::pair<InputWell*, QWidget*>> fitted{
        {m_image, m_imageSection}, {m_lastFrame, m_lastFrameSection}, {m_firstFrame, m_firstFrameSection}};
    for (const auto& [well, section] : fitted)
        section->layout()->addWidget(new FitEditor(well->slot(), theme, dialogs, section));
    connect(m_references, &ReferenceStrip::changed, this, &InputsForm::changed);
    connect(m_references, &ReferenceStrip::loaded, this, &InputsForm::loaded);
    connect(m_references, &ReferenceStrip::failed, this, &InputsForm::failed);
    connect(m_references, &ReferenceStrip::leftOut, this, [this](int count) {
        Q_EMIT leftOut(tr("At most %1 reference images are possible here. Left out: %2.")
                           .arg(QString::number(m_references->most()), QString::number(count)));
    });
    KeyframeRuler& ruler = m_keyframes->ruler();
    connect(&ruler, &KeyframeRuler::changed, this, &InputsForm::changed);
    connect(&ruler, &KeyframeRuler::loaded, this, &InputsForm::loaded);
    connect(&ruler, &KeyframeRuler::failed, this, &InputsForm::failed);
    connect(&ruler, &KeyframeRuler::leftOut, this, [this](int count) {
        Q_EMIT leftOut(tr("At most %1 keyframes are possible here. Left out: %2.")
                           .arg(QString::number(m_limits.maxKeyframes), QString::number(count)));
    });
    connect(m_references, &ReferenceStrip::changed, this, &InputsForm::showReferenceCount);
    connect(this, &InputsForm::changed, this, &InputsForm::showLastFrame);
    connect(this, &InputsForm::loaded, this, &InputsForm::showLastFrame);
    connect(m_image, &InputWell::loaded, this, &InputsForm::followRatio);
}

QWidget* InputsForm::addSection(const QString& title, QWidget* content)
{
    auto* section = new QWidget(this);
    auto* label = new QLabel(title, section);
    setRole(label, "label");
    if (content->accessibleName().isEmpty())
        content->setAccessibleName(title);
    auto* column = new QVBoxLayout(section);
    column->setContentsMargins({});
    column->setSpacing(Theme::gap1);
    column->addWidget(label);
    column->addWidget(content);
    layout()->addWidget(section);
    return section;
}

QWidget* InputsForm::addReferenceSection()
{
    QWidget* section = addSection({}, m_references);
    auto* column = static_cast<QVBoxLayout*>(section->layout());
    m_referenceLabel = section->findChild<QLabel*>();
    m_referenceLabel->setObjectName(u"referenceLabel"_s);
    m_references->setAccessibleName(tr("Reference images"));
    auto* address = new QPushButton(tr("Address…"), section);
    address->setObjectName(u"referenceAddressButton"_s);
    address->setToolTip(tr("Use an image on the web"));
    setRole(address, "link");
    auto* row = new AddressRow(tr("Address of the image"), u"referenceAddressEdit"_s, section);
    row->hide();

    auto* head = new QHBoxLayout;
    column->removeWidget(m_referenceLabel);
    head->addWidget(m_referenceLabel, 1);
    head->addWidget(address);
    column->insertLayout(0, head);
    column->addWidget(row);
    connect(address, &QPushButton::clicked, row, [row] {
        row->show();
        row->begin();
    });
    connect(row, &AddressRow::entered, this, [this, row](const QUrl& url) {
        row->hide();
        m_references->add(RemoteUrl{url});
    });
    connect(row, &AddressRow::left, row, &QWidget::hide);
    return section;
}

void InputsForm::follow(InputWell* well)
{
    connect(well, &InputWell::changed, this, &InputsForm::changed);
    connect(well, &InputWell::loaded, this, &InputsForm::loaded);
    connect(well, &InputWell::failed, this, &InputsForm::failed);
}

void InputsForm::setMode(Mode mode, const ModeLimits& limits)
{
    m_mode = mode;
    m_limits = limits;
    m_imageSection->setVisible(mode == Mode::Image);
    m_lastFrameSection->setVisible(takesLastFrame());
    m_referenceSection->setVisible(mode == Mode::Reference);
    m_references->setMost(limits.maxImages);
    m_firstFrameSection->setVisible(takesFirstFrame());
    m_videoSection->setVisible(takesVideo());
    m_keyframes->setVisible(takesKeyframes());
    m_keyframes->setMost(limits.maxKeyframes);
    setVisible(mode != Mode::Text || takesKeyframes());
    showReferenceCount();
    showLastFrame();
    followRatio();
    if (takesVideo())
        m_trimBar->setLimits(limits.minSourceSeconds, limits.maxSourceSeconds);
}

void InputsForm::setRatio(const std::optional<QString>& ratio)
{
    m_ratio = ratioFromText(ratio.value_or(QString()));
    followRatio();
}

void InputsForm::followRatio()
{
    // Those of the other modes keep what they have until they show again.
    if (m_mode == Mode::Image) {
        const QSize ratio = m_ratio.isEmpty() ? imageSize() : m_ratio;
        m_image->slot().setRatio(m_ratio);
        m_lastFrame->slot().setRatio(ratio);
        m_keyframes->ruler().setRatio(ratio);
    } else if (m_mode == Mode::Text) {
        m_keyframes->ruler().setRatio(m_ratio);
    } else if (m_mode == Mode::Reference) {
        m_firstFrame->slot().setRatio(m_ratio);
    }
}

void InputsForm::showReferenceCount()
{
    m_referenceLabel->setText(
        tr("Reference images · %1 of %2")
            .arg(QLocale().toString(m_references->count()), QLocale().toString(m_references->most())));
}

void InputsForm::showLastFrame()
{
    // Decoded only where it is looked at.
    const LocalFile* video = m_mode == Mode::Extend ? m_video->file() : nullptr;
    m_lastFrameOfVideo->setVideo(video ? video->path : QString());
    m_lastFrameOfVideoSection->setVisible(video);
}

ModeInputs InputsForm::inputs() const
{
    const QList<Keyframe> keyframes = takesKeyframes() ? m_keyframes->ruler().keyframes() : QList<Keyframe>();
    switch (m_mode) {
    case Mode::Text:
        break;
    case Mode::Image:
        return FromImage{m_image->input().value_or(Input()),
                         takesLastFrame() ? inputOrLoading(*m_lastFrame) : std::nullopt, keyframes};
    case Mode::Reference:
        return FromReferences{
            m_references->inputs(), {}, takesFirstFrame() ? inputOrLoading(*m_firstFrame) : std::nullopt};
    case Mode::Edit:
        return EditClip{m_video->input().value_or(Input())};
    case Mode::Extend:
        return ExtendClip{m_video->input().value_or(Input())};
    }
    return FromText{keyframes};
}

void InputsForm::setInputs(const ModeInputs& inputs)
{
    if (const auto* text = std::get_if<FromText>(&inputs)) {
        m_keyframes->ruler().setKeyframes(text->keyframes);
    } else if (const auto* image = std::get_if<FromImage>(&inputs)) {
        m_image->setInput(image->image);
        refill(*m_lastFrame, image->lastFrame);
        m_keyframes->ruler().setKeyframes(image->keyframes);
    } else if (const auto* references = std::get_if<FromReferences>(&inputs)) {
        m_references->setInputs(references->images);
        refill(*m_firstFrame, references->firstFrame);
    } else if (const auto* edit = std::get_if<EditClip>(&inputs)) {
        m_video->setInput(edit->video);
    } else if (const auto* extend = std::get_if<ExtendClip>(&inputs)) {
        m_video->setInput(extend->video);
    }
}

bool InputsForm::isLoading() const
{
    return (m_mode == Mode::Image && m_image->isLoading()) || (takesLastFrame() && m_lastFrame->isLoading()) ||
           (m_mode == Mode::Reference && m_references->isLoading()) ||
           (takesFirstFrame() && m_firstFrame->isLoading()) || (takesKeyframes() && m_keyframes->ruler().isLoading()) ||
           (takesVideo() && m_video->isLoading());
}

QSize InputsForm::imageSize() const
{
    return m_image->slot().wholeSize();
}

double InputsForm::sourceSeconds() const
{
    return m_video->file() ? m_video->file()->seconds : 0;
}

void InputsForm::setSeconds(int seconds)
{
    m_keyframes->setSeconds(seconds);
}

void InputsForm::trim()
{
    m_trimBar->open();
}

bool InputsForm::isTrimming() const
{
    return takesVideo() && m_trimBar->isUndecided();
}

void InputsForm::setStartImage(const QString& path)
{
    m_image->setFile(path);
}

void InputsForm::setVideo(const QString& path)
{
    m_video->setFile(path);
}

bool InputsForm::takeFrom(const QMimeData& mime)
{
    if (takesVideo())
        return m_video->takeFrom(mime);
    if (m_mode == Mode::Reference)
        return m_references->takeFrom(mime);
    return m_mode == Mode::Image && m_image->takeFrom(mime);
}

void InputsForm::choose()
{
    if (takesVideo())
        m_video->choose();
    else if (m_mode == Mode::Reference)
        m_references->choose();
    else
        m_image->choose();
}

QWidget* InputsForm::fieldOf(Problem::Field field) const
{
    switch (field) {
    case Problem::Field::Image:
        return m_mode == Mode::Reference ? m_firstFrame : m_image;
    case Problem::Field::LastFrame:
        return m_lastFrame;
    case Problem::Field::References:
        return m_references;
    case Problem::Field::Keyframes:
        return m_keyframes;
    case Problem::Field::Video:
        return m_video;
    default:
        return nullptr;
    }
}

} // namespace clipkiln
