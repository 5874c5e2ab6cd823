// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/loopback.h"

#include <httplib.h>

#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr qsizetype largestFile = qsizetype{128} << 20;
constexpr time_t patienceSeconds = 10;

httplib::Client clientFor(const QUrl& url)
{
    const QUrl origin =
        url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    httplib::Client client(origin.toString(QUrl::FullyEncoded).toStdString());
    client.set_connection_timeout(patienceSeconds);
    client.set_read_timeout(patienceSeconds);
    return client;
}

/// Path and query, as they stand in a request.
std::string targetOf(const QUrl& url)
{
    QString target = url.path(QUrl::FullyEncoded);
    if (target.isEmpty())
        target = u"/"_s;
    if (url.hasQuery())
        target += u'?' + url.query(QUrl::FullyEncoded);
    return target.toStdString();
}

/// What is wrong with an answer; empty for success.
QString problemOf(const httplib::Result& result)
{
    if (!result)
        return u"connection failed (%1)"_s.arg(QString::fromStdString(httplib::to_string(result.error())));
    if (result->status < 200 || result->status > 299)
        return u"HTTP %1 %2"_s.arg(result->status).arg(QString::fromStdString(result->reason));
    return {};
}

} // namespace

bool isLoopback(const QUrl& url)
{
    // By digits, not by prefix: 127.example.com is another machine.
    static const QRegularExpression network(u"^127(\\.\\d{1,3}){3}$"_s);
    const QString host = url.host();
    const bool here = host == "localhost"_L1 || host == "::1"_L1 || network.match(host).hasMatch();
    return here && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1);
}

std::variant<QByteArray, QString> fetchFromLoopback(const QUrl& url)
{
    QByteArray content;
    const httplib::Result result = clientFor(url).Get(targetOf(url), [&content](const char* data, size_t length) {
        content.append(data, static_cast<qsizetype>(length));
        return content.size() <= largestFile;
    });
    if (const QString problem = problemOf(result); !problem.isEmpty())
        return problem;
    return content;
}

std::optional<QString> putToLoopback(const QUrl& url, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return file.errorString();
    const httplib::Result result = clientFor(url).Put(targetOf(url), file.readAll().toStdString(), "video/mp4");
    const QString problem = problemOf(result);
    return problem.isEmpty() ? std::nullopt : std::optional(problem);
}

} // namespace clipkiln::simulator
