// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/read/inputfile.h"

#include "core/files.h"
#include "core/sourcerules.h"
#include "core/text.h"
#include "media/read/picturereader.h"

#include <QFile>
#include <QFileInfo>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

/// A picture that would take more memory than this is not decoded to see whether it can be: its structure has to do.
constexpr qint64 maxTrialBytes = 100 * 1024 * 1024;

} // namespace

Error unusable(const QString& sentence)
{
    return {ErrorKind::InputUnusable, sentence};
}

QString sizeText(QSize size)
{
    return u"%1 × %2"_s.arg(QString::number(size.width()), QString::number(size.height()));
}

QString refusal(FileType type)
{
    if (isVideo(type))
        return wrongKindSentence(InputKind::Image);
    if (type == FileType::Empty)
        return Text::tr("This file is empty.");
    if (type == FileType::WebPage)
        return Text::tr("This is a web page, not a picture. Save the picture itself and use that.");
    if (type == FileType::Pdf)
        return Text::tr("This is a PDF document. Save the page as a JPEG or PNG picture and use that.");
    if (const QString name = pictureName(type); !name.isEmpty())
        return Text::tr(
                   "This is a %1 picture; the service takes JPEG, PNG and WebP. Save it as one of these and use that.")
            .arg(name);
    return Text::tr("This is no picture that Clipkiln knows. Choose a JPEG, PNG or WebP file.");
}

QString videoRefusal(FileType type)
{
    if (!pictureName(type).isEmpty())
        return wrongKindSentence(InputKind::Video);
    if (type == FileType::Empty)
        return Text::tr("This file is empty.");
    if (type == FileType::WebPage)
        return Text::tr("This is a web page, not a video. Save the video itself and use that.");
    return Text::tr("This is no video that Clipkiln knows. Choose an MP4 file.");
}

LocalFile describe(const QString& path, FileType type)
{
    const QFileInfo info(path);
    LocalFile file;
    file.path = info.absoluteFilePath();
    file.name = info.fileName();
    file.mime = mimeOf(type);
    file.bytes = info.size();
    return file;
}

Result<FileType> openAndIdentify(QFile& file)
{
    if (QFileInfo(file).isDir())
        return unusable(Text::tr("This is a folder. Choose a file."));
    if (!file.open(QIODevice::ReadOnly))
        return diskError(file.fileName(), file.errorString());
    return fileTypeOf(file.peek(fileTypeBytes));
}

Result<LocalFile> probePicture(QFile& file, FileType type)
{
    const QString name = pictureName(type);
    if (!PictureReader::isSupported(type))
        return unusable(
            Text::tr("%1 pictures cannot be read on this system: Qt's plugin for them is missing.").arg(name));
    PictureReader reader(file, type);
    const QSize size = reader.size();
    const QString damaged = Text::tr("This %1 picture is damaged or cut off. Save or copy it again.").arg(name);
    if (size.isEmpty())
        return unusable(damaged);
    if (reader.isTooBig())
        return unusable(
            Text::tr("This picture has %1 × %2 pixels; more than 100 megapixels are not opened. Make it smaller "
                     "and use that.")
                .arg(size.width())
                .arg(size.height()));

    QFile whole(file.fileName());
    if (!whole.open(QIODevice::ReadOnly))
        return diskError(file.fileName(), whole.errorString());
    const bool tryDecoding = reader.decodedBytes() <= maxTrialBytes;
    const bool hasEndMark = type == FileType::Jpeg || type == FileType::Png || type == FileType::WebP;
    if ((hasEndMark && !isWholePicture(type, whole)) || (tryDecoding && reader.read({256, 256}).isNull()))
        return unusable(damaged);

    LocalFile picture = describe(file.fileName(), type);
    picture.size = size;
    return picture;
}

} // namespace clipkiln
