// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QUrl>

QT_BEGIN_NAMESPACE
class QMimeData;
QT_END_NAMESPACE

namespace clipkiln {

/// What dropped or pasted data can be used for, known from its formats and file names alone: nothing is read from disk.
struct DroppedContent
{
    enum class Kind {
        Nothing,
        Images,  ///< files that are images, or may be: their content decides
        Pixels,  ///< a picture itself
        Address, ///< of an image on the web
        Text,
        Videos,       ///< files whose names say so
        VideoAddress, ///< of an MP4 file on the web
        Lists,        ///< files whose names say that they are lists of prompts
        OtherFiles,
    };

    Kind kind = Kind::Nothing;
    QStringList files; ///< of Images, Videos and Lists: their paths
    QUrl address;
    QString text;

    /// True for what can be the image of a request.
    [[nodiscard]] bool isImage() const { return kind == Kind::Images || kind == Kind::Pixels || kind == Kind::Address; }
    /// True for what can be the video of a request.
    [[nodiscard]] bool isVideo() const { return kind == Kind::Videos || kind == Kind::VideoAddress; }
};

[[nodiscard]] DroppedContent droppedContentFrom(const QMimeData& data);

/// The first format of the data that is a whole image file as the service takes it ("image/png"); else empty.
[[nodiscard]] QString encodedImageFormat(const QMimeData& data);

} // namespace clipkiln
