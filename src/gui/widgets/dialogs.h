// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QStringList>

#include <optional>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace clipkiln {

/// The modal boxes that ask a person for a file, a folder, a text, a colour or a yes. One object shows them for the
/// whole window and is handed to whoever asks; tests hand in one that answers.
class Dialogs
{
public:
    /// Something to be confirmed before it is done.
    struct Question
    {
        QString title;
        QString text;   ///< one sentence: what will happen
        QString detail; ///< what it means; may be empty
        QString yes;    ///< the verb on the button that does it: "Move to bin"
        QString no;     ///< empty: "Cancel"
    };

    Dialogs() = default;
    Dialogs(const Dialogs&) = delete;
    Dialogs& operator=(const Dialogs&) = delete;
    virtual ~Dialogs() = default;

    /// The path of the image picked; empty when none was.
    [[nodiscard]] virtual QString openImage(QWidget* parent, const QString& folder);
    /// Several at once; none when cancelled.
    [[nodiscard]] virtual QStringList openImages(QWidget* parent, const QString& folder);
    [[nodiscard]] virtual QString openVideo(QWidget* parent, const QString& folder);
    /// The path of any other file picked; empty when none was.
    [[nodiscard]] virtual QString openFile(QWidget* parent, const QString& title, const QString& folder,
                                           const QString& filter);
    /// Where to save; empty when cancelled. Asks by itself before an existing file is overwritten.
    [[nodiscard]] virtual QString saveFile(QWidget* parent, const QString& title, const QString& suggestedPath,
                                           const QString& filter);
    /// The same for a clip. Its kinds are a video alone and one with details, which the person chooses between here:
    /// the system's dialogs take no further tick. `withDetails`: what is chosen at first, and in the end.
    [[nodiscard]] virtual QString saveClip(QWidget* parent, const QString& suggestedPath, bool& withDetails);
    [[nodiscard]] virtual QString chooseFolder(QWidget* parent, const QString& title, const QString& folder);
    /// A line of text; empty when cancelled.
    [[nodiscard]] virtual QString askText(QWidget* parent, const QString& title, const QString& label);
    /// Starts at the colour given; nothing when cancelled.
    [[nodiscard]] virtual std::optional<QColor> chooseColor(QWidget* parent, const QString& title, const QColor& color);
    /// True for yes. The default button is the one that changes nothing.
    [[nodiscard]] virtual bool ask(QWidget* parent, const Question& question);
};

} // namespace clipkiln
