// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/result.h"
#include "media/read/filetype.h"

class QFile;

/// What probing and preparing an input share.
namespace clipkiln {

/// InputUnusable with a sentence.
[[nodiscard]] Error unusable(const QString& sentence);

/// "1920 × 1080".
[[nodiscard]] QString sizeText(QSize size);

/// Why a file of this kind is no picture that can be sent.
[[nodiscard]] QString refusal(FileType type);
/// Why a file of this kind is no video.
[[nodiscard]] QString videoRefusal(FileType type);

/// Opens the file and finds out its kind.
[[nodiscard]] Result<FileType> openAndIdentify(QFile& file);

/// Name, kind and bytes of a file.
[[nodiscard]] LocalFile describe(const QString& path, FileType type);

/// Looks at a picture of any kind that Qt reads, without decoding it whole: readable, not too big, not cut off.
[[nodiscard]] Result<LocalFile> probePicture(QFile& file, FileType type);

} // namespace clipkiln
