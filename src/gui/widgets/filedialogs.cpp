// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/filedialogs.h"

#include "core/text.h"

#include <QColorDialog>
#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace clipkiln::filedialogs {

namespace {

Answers& answers()
{
    static Answers instance;
    return instance;
}

/// The filter of a dialog: what is meant, and all files.
QString filterFor(const QString& meant)
{
    return meant + u";;"_s + Text::tr("All files (%1)").arg(u"*"_s);
}

QString imageFilter()
{
    return filterFor(
        Text::tr("Images (%1)").arg(u"*.jpg *.jpeg *.png *.webp *.heic *.heif *.avif *.tif *.tiff *.bmp *.gif"_s));
}

} // namespace

QString openImage(QWidget* parent, const QString& folder)
{
    if (answers().openImage)
        return answers().openImage(folder);
    return QFileDialog::getOpenFileName(parent, Text::tr("Choose image"), folder, imageFilter());
}

QStringList openImages(QWidget* parent, const QString& folder)
{
    if (answers().openImages)
        return answers().openImages(folder);
    return QFileDialog::getOpenFileNames(parent, Text::tr("Choose images"), folder, imageFilter());
}

QString openVideo(QWidget* parent, const QString& folder)
{
    if (answers().openVideo)
        return answers().openVideo(folder);
    return QFileDialog::getOpenFileName(
        parent, Text::tr("Choose video"), folder,
        filterFor(Text::tr("Videos (%1)").arg(u"*.mp4 *.m4v *.mov *.mkv *.webm *.avi"_s)));
}

QString openFile(QWidget* parent, const QString& title, const QString& folder, const QString& filter)
{
    if (answers().openFile)
        return answers().openFile(folder);
    return QFileDialog::getOpenFileName(parent, title, folder, filterFor(filter));
}

QString saveFile(QWidget* parent, const QString& title, const QString& suggestedPath, const QString& filter)
{
    if (answers().saveFile)
        return answers().saveFile(suggestedPath);
    return QFileDialog::getSaveFileName(parent, title, suggestedPath, filter);
}

QString chooseFolder(QWidget* parent, const QString& title, const QString& folder)
{
    if (answers().chooseFolder)
        return answers().chooseFolder(folder);
    return QFileDialog::getExistingDirectory(parent, title, folder);
}

QString askText(QWidget* parent, const QString& title, const QString& label)
{
    if (answers().askText)
        return answers().askText(label);
    return QInputDialog::getText(parent, title, label);
}

std::optional<QColor> chooseColor(QWidget* parent, const QString& title, const QColor& color)
{
    if (answers().chooseColor)
        return answers().chooseColor(color);
    const QColor chosen = QColorDialog::getColor(color, parent, title);
    return chosen.isValid() ? std::optional(chosen) : std::nullopt;
}

bool ask(QWidget* parent, const Question& question)
{
    if (answers().ask)
        return answers().ask(question);
    QMessageBox box(QMessageBox::NoIcon, question.title, question.text, QMessageBox::NoButton, parent);
    box.setInformativeText(question.detail);
    const QPushButton* yes = box.addButton(question.yes, QMessageBox::AcceptRole);
    QPushButton* no = box.addButton(question.no.isEmpty() ? Text::tr("Cancel") : question.no, QMessageBox::RejectRole);
    box.setDefaultButton(no);
    box.setEscapeButton(no);
    box.exec();
    return box.clickedButton() == yes;
}

void answerWith(Answers given)
{
    answers() = std::move(given);
}

} // namespace clipkiln::filedialogs
