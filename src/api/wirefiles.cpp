// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/wirefiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace clipkiln::wire {

namespace {

/// A text between the quotation marks of a header, as browsers write it (HTML, "multipart form data").
QByteArray quoted(const QString& text)
{
    QByteArray bytes = text.toUtf8();
    bytes.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    return '"' + bytes + '"';
}

QDateTime timeFrom(const QJsonValue& seconds)
{
    return seconds.isDouble() ? QDateTime::fromSecsSinceEpoch(seconds.toInteger()).toUTC() : QDateTime();
}

RemoteFile fileFrom(const QJsonValue& json)
{
    RemoteFile file;
    file.id = json["id"_L1].toString();
    file.name = json["filename"_L1].toString();
    file.bytes = json["bytes"_L1].toInteger();
    file.createdAt = timeFrom(json["created_at"_L1]);
    file.expiresAt = timeFrom(json["expires_at"_L1]);
    return file;
}

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

} // namespace

QList<Segment> uploadForm(const FileToUpload& file, std::chrono::seconds keepFor, const QByteArray& boundary)
{
    const QByteArray part = "--" + boundary + "\r\nContent-Disposition: form-data; name=";
    // The expiry comes first: the service reads the parts as they arrive.
    const QByteArray head = part + "\"expires_after\"\r\n\r\n" + QByteArray::number(qint64{keepFor.count()}) + "\r\n" +
                            part + "\"file\"; filename=" + quoted(file.name) +
                            "\r\nContent-Type: " + file.mime.toLatin1() + "\r\n\r\n";
    return {{head, {}}, {{}, file.path, Segment::Encoding::None}, {"\r\n--" + boundary + "--\r\n", {}}};
}

UploadOutcome readUpload(int status, const QByteArray& body, std::optional<std::chrono::seconds> retryAfter)
{
    const RemoteFile file = fileFrom(QJsonDocument::fromJson(body).object());
    if (isSuccess(status) && !file.id.isEmpty())
        return {UploadOutcome::Stored{file}};
    Error error = readError(status, body);
    if (error.kind == ErrorKind::RateLimited) {
        noteWait(error, retryAfter);
        return {UploadOutcome::RateLimited{error}};
    }
    if (status >= 400 && status < 500 && error.kind != ErrorKind::ServerFault)
        return {UploadOutcome::Refused{error}};
    return {UploadOutcome::Lost{error}};
}

Result<FilePage> readFilePage(int status, const QByteArray& body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    if (status != 200 || !json.value("data"_L1).isArray())
        return readError(status, body);
    FilePage page;
    for (const auto& entry : json.value("data"_L1).toArray()) {
        if (const RemoteFile file = fileFrom(entry); !file.id.isEmpty())
            page.files.append(file);
    }
    page.nextPage = json.value("pagination_token"_L1).toString();
    return page;
}

std::optional<Error> readDeletion(int status, const QByteArray& body)
{
    if (isSuccess(status) || status == 404)
        return std::nullopt;
    return readError(status, body);
}

} // namespace clipkiln::wire
