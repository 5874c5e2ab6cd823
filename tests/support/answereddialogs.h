// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets/dialogs.h"

#include <functional>

namespace clipkiln::test {

/// What a test answers instead of a person; a function left empty shows its box.
struct Answers
{
    std::function<QString(const QString& folder)> openImage;
    std::function<QStringList(const QString& folder)> openImages;
    std::function<QString(const QString& folder)> openVideo;
    std::function<QString(const QString& folder)> openFile;
    std::function<QString(const QString& suggestedPath)> saveFile;
    std::function<bool(bool offered)> saveWithDetails; ///< empty: as offered
    std::function<QString(const QString& folder)> chooseFolder;
    std::function<QString(const QString& label)> askText;
    std::function<std::optional<QColor>(const QColor& color)> chooseColor;
    std::function<bool(const Dialogs::Question&)> ask;
};

class AnsweredDialogs final : public Dialogs
{
public:
    Answers answers;

    QString openImage(QWidget* parent, const QString& folder) override
    {
        return answers.openImage ? answers.openImage(folder) : Dialogs::openImage(parent, folder);
    }
    QStringList openImages(QWidget* parent, const QString& folder) override
    {
        return answers.openImages ? answers.openImages(folder) : Dialogs::openImages(parent, folder);
    }
    QString openVideo(QWidget* parent, const QString& folder) override
    {
        return answers.openVideo ? answers.openVideo(folder) : Dialogs::openVideo(parent, folder);
    }
    QString openFile(QWidget* parent, const QString& title, const QString& folder, const QString& filter) override
    {
        return answers.openFile ? answers.openFile(folder) : Dialogs::openFile(parent, title, folder, filter);
    }
    QString saveFile(QWidget* parent, const QString& title, const QString& suggested, const QString& filter) override
    {
        return answers.saveFile ? answers.saveFile(suggested) : Dialogs::saveFile(parent, title, suggested, filter);
    }
    QString saveClip(QWidget* parent, const QString& suggested, bool& withDetails) override
    {
        if (!answers.saveFile)
            return Dialogs::saveClip(parent, suggested, withDetails);
        if (answers.saveWithDetails)
            withDetails = answers.saveWithDetails(withDetails);
        return answers.saveFile(suggested);
    }
    QString chooseFolder(QWidget* parent, const QString& title, const QString& folder) override
    {
        return answers.chooseFolder ? answers.chooseFolder(folder) : Dialogs::chooseFolder(parent, title, folder);
    }
    QString askText(QWidget* parent, const QString& title, const QString& label) override
    {
        return answers.askText ? answers.askText(label) : Dialogs::askText(parent, title, label);
    }
    std::optional<QColor> chooseColor(QWidget* parent, const QString& title, const QColor& color) override
    {
        return answers.chooseColor ? answers.chooseColor(color) : Dialogs::chooseColor(parent, title, color);
    }
    bool ask(QWidget* parent, const Question& question) override
    {
        return answers.ask ? answers.ask(question) : Dialogs::ask(parent, question);
    }
};

} // namespace clipkiln::test
