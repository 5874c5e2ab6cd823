// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"

#include "api/downloadcall.h"
#include "api/httpfilecalls.h"
#include "api/keycheckcall.h"
#include "api/pollcall.h"
#include "api/submitcall.h"

namespace clipkiln {

class Client::Private
{
public:
    Deadlines deadlines;
    // Two, so that downloads never take the six connections that Qt grants a host from the polls of a one-host service.
    QNetworkAccessManager questions;
    QNetworkAccessManager downloads;
    KnownClips knownClips;
};

Client::Client(QObject* parent) : QObject(parent), d(std::make_unique<Private>()) {}

Client::~Client()
{
    // Calls refer to what `d` holds, and QObject would delete them after it.
    qDeleteAll(findChildren<Call*>(QString(), Qt::FindDirectChildrenOnly));
}

void Client::setDeadlines(const Deadlines& deadlines)
{
    d->deadlines = deadlines;
}

SubmitCall* Client::submit(const Endpoint& endpoint, const GenerationRequest& request, const JobId& id)
{
    return new HttpSubmitCall(endpoint, request, id, d->deadlines, this);
}

PollCall* Client::poll(const Endpoint& endpoint, const RequestId& id)
{
    return new HttpPollCall(d->questions, endpoint, id, d->deadlines.poll, this);
}

DownloadCall* Client::download(const QUrl& address, bool allowLocal, const QString& temporaryFile)
{
    return new HttpDownloadCall(d->downloads, d->knownClips, address, allowLocal, temporaryFile,
                                d->deadlines.downloadStall, this);
}

KeyCheckCall* Client::checkKey(const Endpoint& endpoint)
{
    return new HttpKeyCheckCall(d->questions, endpoint, d->deadlines.poll, this);
}

UploadFileCall* Client::uploadFile(const Endpoint& endpoint, const FileToUpload& file, std::chrono::seconds keepFor)
{
    return new HttpUploadFileCall(endpoint, file, keepFor, d->deadlines, this);
}

ListFilesCall* Client::listFiles(const Endpoint& endpoint)
{
    return new HttpListFilesCall(d->questions, endpoint, d->deadlines.poll, this);
}

DeleteFileCall* Client::deleteFile(const Endpoint& endpoint, const QString& fileId)
{
    return new HttpDeleteFileCall(d->questions, endpoint, fileId, d->deadlines.poll, this);
}

} // namespace clipkiln
