// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/modeltable.h"
#include "core/sourcerules.h"
#include "core/validate.h"

#include <QWidget>

#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
class QMimeData;
QT_END_NAMESPACE

namespace clipkiln {

class Dialogs;
class InputWell;
class PreparationPool;
class KeyframeSection;
class LastFrameView;
class ReferenceStrip;
class Theme;
class TrimBar;

/// What a request starts from: the images or the video that its mode and model take.
class InputsForm final : public QWidget
{
    Q_OBJECT

public:
    InputsForm(Theme& theme, Dialogs& dialogs, PreparationPool& pool, QWidget* parent = nullptr);

    /// Shows the inputs that the mode takes; those that are hidden keep their content.
    void setMode(Mode mode, const ModeLimits& limits);
    /// Of the mode shown, without voices; an input that is missing or still loading is an empty one.
    [[nodiscard]] ModeInputs inputs() const;
    /// Takes the place of the inputs of their mode.
    void setInputs(const ModeInputs& inputs);
    /// True while any visible input is loading.
    [[nodiscard]] bool isLoading() const;
    /// Pixels of the start image; empty when not known.
    [[nodiscard]] QSize imageSize() const;
    [[nodiscard]] const ReferenceStrip& references() const { return *m_references; }
    /// Of the source video; 0 when not known.
    [[nodiscard]] double sourceSeconds() const;

    /// How long the clip will be, for the keyframes in it.
    void setSeconds(int seconds);
    /// The ratio chosen for the clip, "16:9"; nothing: that of the image.
    void setRatio(const std::optional<QString>& ratio);
    /// Lets a person choose the part of the source video that is sent.
    void trim();
    /// A part was chosen that is not used yet.
    [[nodiscard]] bool isTrimming() const;
    void setStartImage(const QString& path);
    void setVideo(const QString& path);
    /// Takes what the mode shown can use of the data; false when it can use none.
    bool takeFrom(const QMimeData& mime);
    /// Asks for the files of the mode shown.
    void choose();
    /// Where a problem is mended; nullptr when not here.
    [[nodiscard]] QWidget* fieldOf(Problem::Field field) const;

Q_SIGNALS:
    /// An input was set or removed, or a load has begun; by a person or by code.
    void changed();
    /// A load has ended well.
    void loaded();
    void failed(const clipkiln::Error& error);
    /// There was no room for more; a whole sentence.
    void leftOut(const QString& sentence);

private:
    QWidget* addSection(const QString& title, QWidget* content);
    QWidget* addReferenceSection();
    void follow(InputWell* well);
    void showReferenceCount();
    [[nodiscard]] bool takesLastFrame() const { return m_mode == Mode::Image && m_limits.lastFrame; }
    [[nodiscard]] bool takesFirstFrame() const { return m_mode == Mode::Reference && m_limits.firstFrame; }
    [[nodiscard]] bool takesKeyframes() const { return m_limits.maxKeyframes > 0; }
    [[nodiscard]] bool takesVideo() const { return sourceKindOf(m_mode) == InputKind::Video; }
    void showLastFrame();
    void followRatio();

    Mode m_mode = Mode::Text;
    ModeLimits m_limits;
    QSize m_ratio; ///< of the clip; empty: as the image
    InputWell* m_image;
    InputWell* m_lastFrame;
    ReferenceStrip* m_references;
    InputWell* m_firstFrame;
    KeyframeSection* m_keyframes;
    InputWell* m_video;
    TrimBar* m_trimBar;
    LastFrameView* m_lastFrameOfVideo;
    QLabel* m_referenceLabel = nullptr;
    QWidget* m_imageSection;
    QWidget* m_lastFrameSection;
    QWidget* m_referenceSection;
    QWidget* m_firstFrameSection;
    QWidget* m_videoSection;
    QWidget* m_lastFrameOfVideoSection;
};

} // namespace clipkiln
