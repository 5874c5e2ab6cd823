// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/call.h"
#include "api/filecalls.h"
#include "core/generationrequest.h"
#include "core/secret.h"

#include <memory>

namespace clipkiln {

/// Where requests go and with which key.
/// The host is this machine or lies in its network: loopback, private and link-local addresses, and "localhost".
[[nodiscard]] bool isLocal(const QUrl& url);

struct Endpoint
{
    QUrl base; ///< with its "/v1"
    Secret key;
};

/// Our own deadlines instead of Qt's transfer timeout (src/README.md, Qt fact 4).
struct Deadlines
{
    std::chrono::milliseconds uploadStall{60'000}; ///< without a byte sent
    std::chrono::milliseconds answer{120'000};     ///< after the last byte of a submit
    std::chrono::milliseconds poll{30'000};
    std::chrono::milliseconds downloadStall{60'000}; ///< without a byte received
};

/// Makes calls to the service. Has no state but connections and knows nothing of jobs; lives on one thread.
/// Redirects are never followed with the key, HTTP/2 is off, a POST is never repeated (src/README.md, Qt facts 1, 2
/// and 3).
class Client final : public QObject
{
    Q_OBJECT

public:
    explicit Client(QObject* parent = nullptr);
    ~Client() override;

    void setDeadlines(const Deadlines& deadlines);

    /// The job's id is sent as Idempotency-Key. Inputs are streamed from disk.
    [[nodiscard]] SubmitCall* submit(const Endpoint& endpoint, const GenerationRequest& request, const JobId& id);
    [[nodiscard]] PollCall* poll(const Endpoint& endpoint, const RequestId& id);
    /// Without a key. HTTPS, and to this machine or its network only when allowLocal is set: when the API is there
    /// itself. On loopback HTTP will do.
    [[nodiscard]] DownloadCall* download(const QUrl& address, bool allowLocal, const QString& temporaryFile);
    [[nodiscard]] KeyCheckCall* checkKey(const Endpoint& endpoint);

    /// Streamed from disk. The service forgets the file after keepFor (shortestUploadLife to longestUploadLife).
    [[nodiscard]] UploadFileCall* uploadFile(const Endpoint& endpoint, const FileToUpload& file,
                                             std::chrono::seconds keepFor);
    [[nodiscard]] ListFilesCall* listFiles(const Endpoint& endpoint);
    [[nodiscard]] DeleteFileCall* deleteFile(const Endpoint& endpoint, const QString& fileId);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace clipkiln
