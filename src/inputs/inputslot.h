// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/sourcerules.h"
#include "inputs/inputloader.h"

#include <QObject>
#include <QPixmap>
#include <QTimer>

#include <optional>

QT_BEGIN_NAMESPACE
class QMimeData;
QT_END_NAMESPACE

namespace clipkiln {

/// One input of a form, given as a file, an address or pasted data: what is known of it and how it will be sent. It
/// loads through the pool and has no widget.
class InputSlot final : public QObject
{
    Q_OBJECT

public:
    InputSlot(InputKind kind, PreparationPool& pool, QObject* parent = nullptr);

    [[nodiscard]] InputKind kind() const { return m_kind; }
    /// What is sent. Nothing while there is none or during the first load; while isLoading() it is still the result of
    /// the load before.
    [[nodiscard]] std::optional<Input> input() const { return m_input; }
    /// True while the input is loaded, or prepared anew for another fit or part.
    [[nodiscard]] bool isLoading() const { return m_loader->isLoading() || m_refit.isActive(); }
    [[nodiscard]] bool isEmpty() const { return !m_input && !isLoading(); }
    /// The input when it is a file of this machine, else nullptr.
    [[nodiscard]] const LocalFile* file() const { return m_input ? std::get_if<LocalFile>(&*m_input) : nullptr; }
    /// The file that was given, whatever is sent for it; empty when there is none on this machine.
    [[nodiscard]] QString original() const { return m_loaded ? m_loaded->original : QString(); }
    /// All of it, as seen: before any fit or cut.
    [[nodiscard]] QSize wholeSize() const { return m_loaded ? m_loaded->whole.file.size : QSize(); }
    [[nodiscard]] double wholeSeconds() const { return m_loaded ? m_loaded->whole.file.seconds : 0; }

    // Texts and pictures to show
    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] QString facts() const { return m_facts; }
    [[nodiscard]] QString toolTip() const;
    /// What was done to the file, a sentence each.
    [[nodiscard]] QStringList notes() const { return m_loaded ? m_loaded->sent.notes : QStringList(); }
    [[nodiscard]] QPixmap preview() const { return m_preview; } ///< null while there is none
    /// The whole image, however it is fitted.
    [[nodiscard]] QImage image() const { return m_loaded ? m_loaded->preview : QImage(); }
    /// What stands for the preview: the name of a line icon.
    [[nodiscard]] QString icon() const;
    /// Of a load that takes long, 0 to 1.
    [[nodiscard]] double progress() const { return m_progress; }

    void setFile(const QString& path);
    void setInput(const Input& input);
    /// Takes what of its kind the data holds; false when it has none.
    bool takeFrom(const QMimeData& mime);
    void clear();

    // Of an image
    /// The ratio of the clip; empty when that follows the image. An image of another ratio is cropped in the middle
    /// unless a person chooses otherwise; one of an earlier request is kept as it was sent then.
    void setRatio(QSize ratio);
    /// As it is wanted for the clip's ratio, also when it fits by itself.
    [[nodiscard]] const ImageFit& fit() const { return m_fit; }
    void setFit(const ImageFit& fit);
    /// A file of another ratio than the clip's.
    [[nodiscard]] bool isMisfit() const;
    /// What may happen to a misfit that is sent as it is; empty when none is.
    [[nodiscard]] QString stretchNote() const;
    /// Of the ratio that an image is fitted to, for a person.
    [[nodiscard]] QString ratioName() const;

    // Of a video
    /// What the mode takes at most, in seconds; 0: no limit. A longer one is not prepared until a part is chosen.
    void setLongest(double seconds);
    [[nodiscard]] bool isTooLong() const;
    [[nodiscard]] double framesPerSecond() const { return m_loaded ? m_loaded->framesPerSecond : 0; }
    [[nodiscard]] std::optional<VideoPart> part() const { return m_loaded ? m_loaded->part : std::nullopt; }
    /// Sends a part in place of the whole; when that cannot be done, what was sent before stays.
    void cut(const VideoPart& part);
    [[nodiscard]] bool isCutting() const { return m_loaded && m_kind == InputKind::Video && m_loader->isLoading(); }
    void cancelCut();

Q_SIGNALS:
    /// The input, the way it is sent or the loading state has changed, by a person or by code.
    void changed();
    /// A load has ended well; input() is there.
    void loaded();
    void progressed();
    /// A load has failed; the input is gone, except that a failed cut keeps the video as it was.
    void failed(const clipkiln::Error& error);

private:
    void take(const LoadedInput& input);
    void fail(const Error& error);
    /// Goes back to what would have been sent before the load, or clears the input when that was never prepared.
    void giveUp();
    void beginLoad(const QString& name, const ImageFit& fit);
    /// The fit for the loader: none where the image fits by itself.
    [[nodiscard]] ImageFit neededFit() const;
    void follow(std::chrono::milliseconds delay);
    void setFacts(const QString& name, const QString& facts, const QString& toolTip);

    InputKind m_kind;
    InputLoader* m_loader;
    QTimer m_refit; ///< delays preparing until the fit has not changed for a while
    std::optional<Input> m_input;
    std::optional<LoadedInput> m_loaded; ///< of a file
    ImageFit m_fit;
    double m_longest = 0;
    double m_progress = 0;
    QString m_name;
    QString m_facts;
    QString m_toolTip;
    QPixmap m_preview;
};

} // namespace clipkiln
