// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/call.h"
#include "core/remotefile.h"
#include "core/result.h"

namespace clipkiln {

/// A local file to be uploaded, with its name and type for the service.
struct FileToUpload
{
    QString path;
    QString name;
    QString mime;
};

/// How an upload ended. An upload costs nothing by itself and may be repeated.
struct UploadOutcome
{
    struct Stored
    {
        RemoteFile file;
    };
    /// A complete 429 rate-limit answer.
    struct RateLimited
    {
        Error error; ///< retryAfter set when the service said so
    };
    /// Repeating it is of no use: a complete answer that says no, or, before anything was sent, a file that cannot be
    /// read or is too large (InputUnusable), an address or a key that cannot be used.
    struct Refused
    {
        Error error;
    };
    /// An error of the network or the service.
    struct Lost
    {
        Error error;
    };
    std::variant<Lost, Stored, RateLimited, Refused> value;
};

/// POST of a file to the Files API, streamed from disk.
class UploadFileCall : public Call
{
    Q_OBJECT

public:
    using Call::Call;
    [[nodiscard]] virtual const UploadOutcome& result() const = 0;

Q_SIGNALS:
    /// Bytes of the body handed to the network, at most ten times a second.
    void progressed(qint64 sent, qint64 total);
};

/// GET of all files stored at the service, page by page.
class ListFilesCall : public Call
{
    Q_OBJECT

public:
    using Call::Call;
    [[nodiscard]] virtual const Result<QList<RemoteFile>>& result() const = 0;
};

/// DELETE of a file; success also when the file is not there any more.
class DeleteFileCall : public Call
{
    Q_OBJECT

public:
    using Call::Call;
    /// Nothing when the file is gone.
    [[nodiscard]] virtual const std::optional<Error>& result() const = 0;
};

} // namespace clipkiln
