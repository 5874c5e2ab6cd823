// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/http.h"
#include "api/uploaddevice.h"

#include <QNetworkAccessManager>
#include <QSet>

namespace clipkiln {

/// The POST behind Client::uploadFile().
class HttpUploadFileCall final : public UploadFileCall
{
    Q_OBJECT

public:
    HttpUploadFileCall(const Endpoint& endpoint, const FileToUpload& file, std::chrono::seconds keepFor,
                       const Deadlines& deadlines, QObject* parent);
    ~HttpUploadFileCall() override;

    [[nodiscard]] const UploadOutcome& result() const override { return m_outcome; }

private:
    void post(const Endpoint& endpoint);
    void advance();
    void conclude();
    void finish(const UploadOutcome& outcome);

    Deadlines m_deadlines;
    const QByteArray m_boundary;
    UploadDevice m_body;
    QNetworkAccessManager m_network; // one of its own, as for a submit
    std::unique_ptr<http::Answer> m_answer;
    http::ProgressGate m_progressGate;
    UploadOutcome m_outcome;
};

/// The GETs behind Client::listFiles().
class HttpListFilesCall final : public ListFilesCall
{
    Q_OBJECT

public:
    HttpListFilesCall(QNetworkAccessManager& network, const Endpoint& endpoint, std::chrono::milliseconds deadline,
                      QObject* parent);

    [[nodiscard]] const Result<QList<RemoteFile>>& result() const override { return m_result; }

private:
    void askForPage(const QString& token);
    void readPage(const http::Answer& answer);
    void finish(const Result<QList<RemoteFile>>& result);

    QNetworkAccessManager& m_network;
    Endpoint m_endpoint;
    std::chrono::milliseconds m_deadline;
    QList<RemoteFile> m_files;
    QSet<QString> m_pages; ///< the tokens of all pages but the first
    Result<QList<RemoteFile>> m_result = QList<RemoteFile>();
};

/// The DELETE behind Client::deleteFile().
class HttpDeleteFileCall final : public DeleteFileCall
{
    Q_OBJECT

public:
    HttpDeleteFileCall(QNetworkAccessManager& network, const Endpoint& endpoint, const QString& fileId,
                       std::chrono::milliseconds deadline, QObject* parent);

    [[nodiscard]] const std::optional<Error>& result() const override { return m_error; }

private:
    void finish(const std::optional<Error>& error);

    std::optional<Error> m_error;
};

} // namespace clipkiln
