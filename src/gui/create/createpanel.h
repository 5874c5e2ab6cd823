// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fix.h"
#include "core/origin.h"
#include "gui/create/submitcontroller.h"
#include "inputs/preparationpool.h"

#include <QPointer>
#include <QWidget>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QMimeData;
QT_END_NAMESPACE

namespace Ui {
class CreatePanel;
}

namespace clipkiln {

struct DroppedContent;
struct Preset;

class Dialogs;
class GenerateButton;
class InputsForm;
class Notice;
class NoticeArea;
class OutputForm;
class PriceLine;
class ProblemNotice;
class PromptEdit;
class Presets;
class PromptRecall;
class ServiceOptions;
class PendingSubmitNote;
class Settings;
class TagHighlighter;
class TagOffer;
class Theme;

/// The form of what to make: shows the fields that mode and model take, what it will cost, and sends it with one click.
class CreatePanel final : public QWidget
{
    Q_OBJECT

public:
    /// notices: the window's; those of the form go there, too. Pasted and prepared files lie in pasteFolder until their
    /// job has its own copy.
    CreatePanel(Theme& theme, Dialogs& dialogs, NoticeArea& notices, Settings& settings, const ModelTable& models,
                const QString& pasteFolder, QWidget* parent = nullptr);
    ~CreatePanel() override;

    [[nodiscard]] Mode mode() const { return m_mode; }
    /// Keeps the prompt and the inputs; the settings are those last used in the mode.
    void setMode(Mode mode);

    /// What the form says now, complete or not.
    [[nodiscard]] GenerationRequest request() const;
    /// The settings of a mode, those last used when it is not the one that shows, with the prompt and without inputs.
    [[nodiscard]] GenerationRequest settingsIn(Mode mode) const;
    /// Fills in everything, inputs included.
    void setRequest(const GenerationRequest& request);
    /// Takes what the preset has; all else stays.
    void apply(const Preset& preset);
    /// Offers these beside the prompt; called once.
    void setPresets(Presets& presets);
    void setOrigin(const Origin& origin);

    /// Makes the image of this file the start image, in image mode.
    void setStartImage(const QString& path);
    /// Makes this video the source of an edit or of an extension, in that mode.
    void setSource(Mode mode, const QString& path);
    /// For Ctrl+V: takes an image, a video, a file or an address, also says why it cannot. False for text and for
    /// nothing.
    bool pasteFrom(const QMimeData* mime);
    /// For a drop anywhere: as pasteFrom(), and text goes into the prompt.
    bool dropFrom(const QMimeData* mime);
    /// What dropFrom() would do: "Animate this image".
    [[nodiscard]] QString dropText(const DroppedContent& dropped) const;

    [[nodiscard]] PreparationPool& pool() { return m_pool; }
    /// Takes the notices to the head of the form.
    void placeNotices();
    /// What brings earlier prompts back.
    [[nodiscard]] PromptRecall& recall() { return *m_recall; }
    /// Sends what the form asks for.
    [[nodiscard]] SubmitController& submitController() { return m_submit; }

    /// Wide enough for the whole form, also with a person's larger font: it scrolls downwards only.
    [[nodiscard]] QSize minimumSizeHint() const override;

public Q_SLOTS:
    /// Asks for the files the mode starts from; from text mode for a start image.
    void chooseInput();
    void focusPrompt();
    /// Opens the trim bar for the source video.
    void trimSource();

Q_SIGNALS:
    void modeChanged(clipkiln::Mode mode);
    /// Several images, lists, or a text of several lines: each may become a clip of its own.
    void bulkWanted(const clipkiln::DroppedContent& dropped);
    void edited();

private:
    void makeFields();
    void wireFields();
    void wireSubmit();
    void fillSettings(const GenerationRequest& settings);
    void onSettingEdited();
    void onEdited();
    void onInputLoaded();
    void followInputs();
    /// Lets the prompt know the reference images there are.
    void showTags();
    void showPrice();
    /// A quiet hint at the button, and the end of the notice that said what is mended now.
    void showWhetherComplete();
    /// Asks what to do with a text of several lines: it is in the prompt already.
    void offerBulk(const QString& text);
    /// Looks whether the video says how it was made, and offers to fill the form with it.
    void offerSettingsOf(const QString& video);
    void showInputTrouble(const Error& error);
    void showProblem(const Problem& problem);
    /// Says the problem, with the first thing that would mend it as the notice's action.
    void offerFix(const Problem& problem);
    void mend(const Fix& fix);
    [[nodiscard]] static bool canMend(const Fix& fix);
    /// Says at once when the source video cannot be sent as it is, not only when Generate is pressed.
    void showSourceProblem();
    [[nodiscard]] QWidget* fieldOf(Problem::Field field) const;
    void askWhetherToRepeat();
    void onSubmitted(const GenerationRequest& request);

    Theme& m_theme;
    Dialogs& m_dialogs;
    Settings& m_settings;
    const ModelTable& m_models;
    PreparationPool m_pool;
    std::unique_ptr<Ui::CreatePanel> m_ui;

    NoticeArea& m_notices;
    InputsForm* m_inputs;
    PromptEdit* m_prompt;
    OutputForm* m_output;
    ServiceOptions* m_options;
    TagHighlighter* m_tags;
    TagOffer* m_tagOffer;
    PromptRecall* m_recall;
    PriceLine* m_price;
    GenerateButton* m_generate;
    PendingSubmitNote* m_wait;
    std::unique_ptr<ProblemNotice> m_problem;
    QPointer<Notice> m_repeat; ///< asks whether the same is to be sent once more
    SubmitController m_submit;

    Mode m_mode = Mode::Text;
    Origin m_origin;
    bool m_filling = false; ///< the fields change by us, not by a person
};

} // namespace clipkiln
