// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QStringList>

#include <functional>
#include <optional>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

/// Every box that asks for a file, a folder, a text or a yes passes through here, so that a test can answer.
namespace clipkiln::filedialogs {

/// Something to be confirmed before it is done.
struct Question
{
    QString title;
    QString text;   ///< one sentence: what will happen
    QString detail; ///< what it means; may be empty
    QString yes;    ///< the verb on the button that does it: "Move to bin"
    QString no;     ///< empty: "Cancel"
};

/// The path of the image picked; empty when none was.
[[nodiscard]] QString openImage(QWidget* parent, const QString& folder = {});
/// Several at once; none when cancelled.
[[nodiscard]] QStringList openImages(QWidget* parent, const QString& folder = {});
[[nodiscard]] QString openVideo(QWidget* parent, const QString& folder = {});
/// The path of any other file picked; empty when none was.
[[nodiscard]] QString openFile(QWidget* parent, const QString& title, const QString& folder, const QString& filter);
/// Where to save; empty when cancelled. Asks by itself before an existing file is taken.
[[nodiscard]] QString saveFile(QWidget* parent, const QString& title, const QString& suggestedPath,
                               const QString& filter);
[[nodiscard]] QString chooseFolder(QWidget* parent, const QString& title, const QString& folder);
/// A line of text; empty when cancelled.
[[nodiscard]] QString askText(QWidget* parent, const QString& title, const QString& label);
/// Starts at the colour given; nothing when cancelled.
[[nodiscard]] std::optional<QColor> chooseColor(QWidget* parent, const QString& title, const QColor& color);
/// True for yes. The safe answer is the default one.
[[nodiscard]] bool ask(QWidget* parent, const Question& question);

/// What a test answers instead of a person; a function left empty shows its box.
struct Answers
{
    std::function<QString(const QString& folder)> openImage;
    std::function<QString(const QString& suggestedPath)> saveFile;
    std::function<QString(const QString& folder)> chooseFolder;
    std::function<bool(const Question&)> ask;
    std::function<QString(const QString& label)> askText{};
    std::function<QStringList(const QString& folder)> openImages = {};
    std::function<QString(const QString& folder)> openVideo = {};
    std::function<std::optional<QColor>(const QColor& color)> chooseColor = {};
    std::function<QString(const QString& folder)> openFile = {};
};
void answerWith(Answers answers);

} // namespace clipkiln::filedialogs
