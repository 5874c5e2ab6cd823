// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace clipkiln {

/// What a file is by its first bytes, whatever its name says.
enum class FileType {
    Empty,
    Unknown,
    Jpeg,
    Png,
    WebP,
    Gif,
    Bmp,
    Tiff, ///< also what most cameras call raw
    Heic,
    Avif,
    JpegXl,
    Svg,
    Pdf,
    WebPage,
    Mp4,
    QuickTime,
    Matroska, ///< WebM too
    OtherVideo,
};

/// As many bytes from the start of a file as fileTypeOf() looks at.
inline constexpr qsizetype fileTypeBytes = 512;

[[nodiscard]] FileType fileTypeOf(QByteArrayView start);

[[nodiscard]] bool isVideo(FileType type);

/// "JPEG", "HEIC": the short name of a kind of picture; empty for what is none.
[[nodiscard]] QString pictureName(FileType type);

/// "image/jpeg", "video/mp4"; empty for what cannot be an input of ours.
[[nodiscard]] QString mimeOf(FileType type);

/// The name of the Qt reader for a kind of picture ("jpeg"); empty where we let none of Qt's readers run.
[[nodiscard]] QByteArray qtFormatOf(FileType type);

} // namespace clipkiln
