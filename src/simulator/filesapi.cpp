// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/filesapi.h"

#include "simulator/answers.h"
#include "simulator/filestore.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr qsizetype largestUpload = qsizetype{50} << 20;
constexpr qint64 shortestExpiry = 3600;
constexpr qint64 longestExpiry = 2592000;

HttpAnswer notFound(const QString& id)
{
    return errorAnswer(404, u"not-found"_s, u"File %1 not found."_s.arg(id));
}

HttpAnswer invalid(const QString& text)
{
    return errorAnswer(400, u"invalid-argument"_s, text);
}

const FormPart* partNamed(const HttpRequest& request, QLatin1StringView name)
{
    const auto found = std::ranges::find(request.parts, name, &FormPart::name);
    return found == request.parts.end() ? nullptr : &*found;
}

HttpAnswer upload(const HttpRequest& request, FileStore& files)
{
    const FormPart* file = partNamed(request, "file"_L1);
    if (!file)
        return invalid(u"The form field `file` is missing."_s);
    if (file->content.size() > largestUpload)
        return errorAnswer(413, u"invalid-argument"_s, u"The file exceeds the maximum size of 50 MB."_s);
    std::optional<qint64> expiresAfter;
    if (const FormPart* expiry = partNamed(request, "expires_after"_L1)) {
        bool whole = false;
        expiresAfter = expiry->content.toLongLong(&whole);
        if (!whole || *expiresAfter < shortestExpiry || *expiresAfter > longestExpiry)
            return invalid(
                u"`expires_after` must be between %1 and %2 seconds."_s.arg(shortestExpiry).arg(longestExpiry));
    }
    const std::optional<StoredFile> stored = files.add(file->filename, file->content, expiresAfter);
    return stored ? jsonAnswer(200, toJson(*stored))
                  : errorAnswer(500, u"internal"_s, u"The simulator cannot write to its folder."_s);
}

HttpAnswer list(const FileStore& files)
{
    QJsonArray data;
    for (const StoredFile& file : files.list())
        data.append(toJson(file));
    return jsonAnswer(200, {{u"data"_s, data}, {u"pagination_token"_s, QJsonValue()}});
}

HttpAnswer publish(const QString& id, const HttpRequest& request, FileStore& files, const QString& publicBase)
{
    const QJsonValue expiry = QJsonDocument::fromJson(request.body).object()["expires_after"_L1];
    const auto file = files.publish(id, expiry.isDouble() ? std::optional(expiry.toInteger()) : std::nullopt);
    if (!file)
        return notFound(id);
    QJsonObject body{{u"public_url"_s, publicAddress(*file, publicBase)}};
    if (file->publicExpiresAt)
        body[u"expires_at"_s] = *file->publicExpiresAt;
    return jsonAnswer(200, body);
}

} // namespace

HttpAnswer answerFilesApi(const HttpRequest& request, FileStore& files, const QString& publicBase)
{
    const QStringList parts = request.path.split(u'/', Qt::SkipEmptyParts); // v1, files, id, content
    if (parts.at(1) != "files"_L1 || parts.size() > 4)
        return noRoute();
    if (parts.size() == 2) {
        if (request.method == "POST")
            return upload(request, files);
        return request.method == "GET" ? list(files) : textAnswer(405, {});
    }
    const QString& id = parts.at(2);
    const std::optional<StoredFile> file = files.find(id);
    if (!file)
        return notFound(id);
    const QString what = parts.value(3);
    if (what == "public-url"_L1 && request.method == "POST")
        return publish(id, request, files, publicBase);
    if (what == "content"_L1 && request.method == "GET") {
        HttpAnswer answer;
        answer.contentType = "application/octet-stream";
        answer.file = files.contentPath(id);
        return answer;
    }
    if (!what.isEmpty())
        return noRoute();
    if (request.method == "DELETE") {
        files.remove(id);
        return jsonAnswer(200, {{u"id"_s, id}, {u"deleted"_s, true}, {u"object"_s, u"file"_s}});
    }
    return request.method == "GET" ? jsonAnswer(200, toJson(*file)) : textAnswer(405, {});
}

QString publicAddress(const StoredFile& file, const QString& publicBase)
{
    return publicBase + file.publicToken + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(file.filename));
}

} // namespace clipkiln::simulator
