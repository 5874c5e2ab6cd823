// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/dialogs.h"

#include "core/plaintext.h"
#include "core/text.h"

#include <QColorDialog>
#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

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

QString Dialogs::openImage(QWidget* parent, const QString& folder)
{
    return QFileDialog::getOpenFileName(parent, Text::tr("Choose image"), folder, imageFilter());
}

QStringList Dialogs::openImages(QWidget* parent, const QString& folder)
{
    return QFileDialog::getOpenFileNames(parent, Text::tr("Choose images"), folder, imageFilter());
}

QString Dialogs::openVideo(QWidget* parent, const QString& folder)
{
    return QFileDialog::getOpenFileName(
        parent, Text::tr("Choose video"), folder,
        filterFor(Text::tr("Videos (%1)").arg(u"*.mp4 *.m4v *.mov *.mkv *.webm *.avi"_s)));
}

QString Dialogs::openFile(QWidget* parent, const QString& title, const QString& folder, const QString& filter)
{
    return QFileDialog::getOpenFileName(parent, title, folder, filterFor(filter));
}

QString Dialogs::saveFile(QWidget* parent, const QString& title, const QString& suggestedPath, const QString& filter)
{
    return QFileDialog::getSaveFileName(parent, title, suggestedPath, filter);
}

QString Dialogs::saveClip(QWidget* parent, const QString& suggestedPath, bool& withDetails)
{
    const QString alone = Text::tr("MP4 video (%1)").arg(u"*.mp4"_s);
    const QString detailed = Text::tr("MP4 video with prompt and settings in it (%1)").arg(u"*.mp4"_s);
    QString kind = withDetails ? detailed : alone;
    const QString path = QFileDialog::getSaveFileName(parent, Text::tr("Save clip as"), suggestedPath,
                                                      alone + u";;"_s + detailed, &kind);
    withDetails = kind == detailed;
    return path;
}

QString Dialogs::chooseFolder(QWidget* parent, const QString& title, const QString& folder)
{
    return QFileDialog::getExistingDirectory(parent, title, folder);
}

QString Dialogs::askText(QWidget* parent, const QString& title, const QString& label)
{
    return QInputDialog::getText(parent, title, label);
}

std::optional<QColor> Dialogs::chooseColor(QWidget* parent, const QString& title, const QColor& color)
{
    const QColor chosen = QColorDialog::getColor(color, parent, title);
    return chosen.isValid() ? std::optional(chosen) : std::nullopt;
}

bool Dialogs::ask(QWidget* parent, const Question& question)
{
    // A box takes a text with a tag for markup, as a tool tip does.
    QMessageBox box(QMessageBox::NoIcon, cleanLine(question.title), cleanToolTip(question.text), QMessageBox::NoButton,
                    parent);
    box.setInformativeText(cleanToolTip(question.detail));
    const QPushButton* yes = box.addButton(question.yes, QMessageBox::AcceptRole);
    QPushButton* no = box.addButton(question.no.isEmpty() ? Text::tr("Cancel") : question.no, QMessageBox::RejectRole);
    box.setDefaultButton(no);
    box.setEscapeButton(no);
    box.exec();
    return box.clickedButton() == yes;
}

} // namespace clipkiln
