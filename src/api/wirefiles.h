// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/filecalls.h"
#include "api/wire.h"

/// Bodies and answers of the Files API (CONTRACT.md 10): pure functions, no network.
namespace clipkiln::wire {

/// The multipart body of an upload; `boundary` must not occur in the file.
[[nodiscard]] QList<Segment> uploadForm(const FileToUpload& file, std::chrono::seconds keepFor,
                                        const QByteArray& boundary);

/// Reads a complete answer to an upload.
[[nodiscard]] UploadOutcome readUpload(int status, const QByteArray& body,
                                       std::optional<std::chrono::seconds> retryAfter);

struct FilePage
{
    QList<RemoteFile> files;
    QString nextPage; ///< empty after the last page
};

/// The answer to GET /files. A file without an id is left out.
[[nodiscard]] Result<FilePage> readFilePage(int status, const QByteArray& body);

/// The answer to DELETE /files/{id}: nothing when the file is gone, also when it was before.
[[nodiscard]] std::optional<Error> readDeletion(int status, const QByteArray& body);

} // namespace clipkiln::wire
