// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/modeltable.h"
#include "core/validate.h"

#include <QWidget>

#include <memory>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace Ui {
class OutputForm;
}

namespace clipkiln {

class Dialogs;
class LengthSlider;
class RatioTiles;
class Theme;
class VoicePicker;

/// How the clip is to come out: the model, and of resolution, length, ratio, sound and voices what mode and model take;
/// and how many takes.
class OutputForm final : public QWidget
{
    Q_OBJECT

public:
    OutputForm(Theme& theme, Dialogs& dialogs, const ModelTable& models, QWidget* parent = nullptr);
    ~OutputForm() override;

    /// Shows what the mode and the settings' model take, as the settings say; what they do not say, or what does not
    /// fit, as the model's defaults say.
    void fill(Mode mode, const GenerationRequest& settings);
    /// Puts what the fields say into a request that has its inputs.
    void writeTo(GenerationRequest& request) const;

    [[nodiscard]] Model model() const;
    [[nodiscard]] ModeLimits limits() const { return model().modes.value(m_mode); }
    [[nodiscard]] int seconds() const;
    /// As chosen; nothing for that of the start image, and where the mode takes none.
    [[nodiscard]] std::optional<QString> ratio() const;
    [[nodiscard]] int takes() const; ///< 1 to mostTakes
    void setTakes(int takes);
    void setVoices(const QStringList& voices);
    /// Of the start image, for the ratio tile that goes by it.
    void setImageSize(const QSize& size);
    /// Of the video to be extended, for the sum; 0 when not known.
    void setSourceSeconds(double seconds);

    /// Where a problem is mended; nullptr when not here.
    [[nodiscard]] QWidget* fieldOf(Problem::Field field) const;
    /// In the order of Tab.
    [[nodiscard]] QList<QWidget*> fields() const;

Q_SIGNALS:
    /// By a person.
    void edited();
    /// Another model was chosen: all that goes by it is to be filled anew.
    void modelChosen();

private:
    void fillModels(const QString& id);
    void fillResolutions(const QStringList& resolutions, const QString& chosen, const QString& usual);
    void placeTakes();
    void onModelIndexChanged();
    void askForModel();
    void onEdited();
    void showTotal();

    Dialogs& m_dialogs;
    const ModelTable& m_models;
    std::unique_ptr<Ui::OutputForm> m_ui;
    LengthSlider* m_length;
    QLabel* m_total; ///< how long an extended clip will be
    RatioTiles* m_ratios;
    VoicePicker* m_voices;

    Mode m_mode = Mode::Text;
    QString m_modelId; ///< chosen last; where "Another model…" leads back to
    double m_sourceSeconds = 0;
    bool m_filling = false; ///< the fields change by us, not by a person
};

} // namespace clipkiln
