// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/loopback.h"

#include <httplib.h>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr qsizetype largestFile = qsizetype{128} << 20;
constexpr time_t patienceSeconds = 10;

} // namespace

bool isLoopback(const QUrl& url)
{
    // By digits, not by prefix: 127.example.com is somebody else.
    static const QRegularExpression network(u"^127(\\.\\d{1,3}){3}$"_s);
    const QString host = url.host();
    const bool here = host == "localhost"_L1 || host == "::1"_L1 || network.match(host).hasMatch();
    return here && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1);
}

std::variant<QByteArray, QString> fetchFromLoopback(const QUrl& url)
{
    const QUrl origin =
        url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    httplib::Client client(origin.toString(QUrl::FullyEncoded).toStdString());
    client.set_connection_timeout(patienceSeconds);
    client.set_read_timeout(patienceSeconds);
    QString target = url.path(QUrl::FullyEncoded);
    if (target.isEmpty())
        target = u"/"_s;
    if (url.hasQuery())
        target += u'?' + url.query(QUrl::FullyEncoded);

    QByteArray content;
    const httplib::Result result = client.Get(target.toStdString(), [&content](const char* data, size_t length) {
        content.append(data, static_cast<qsizetype>(length));
        return content.size() <= largestFile;
    });
    if (!result)
        return u"connection failed (%1)"_s.arg(QString::fromStdString(httplib::to_string(result.error())));
    if (result->status != 200)
        return u"HTTP %1 %2"_s.arg(result->status).arg(QString::fromStdString(result->reason));
    return content;
}

} // namespace clipkiln::simulator
