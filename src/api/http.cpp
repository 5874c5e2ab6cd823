// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/http.h"

#include "api/wire.h"
#include "core/origin.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace clipkiln::http {

namespace {

constexpr qsizetype largestAnswer = 1024 * 1024; // bytes of JSON, unpacked

/// Whether an exchange ended before a whole answer was there. Every HTTP status of 400 and above is an error() too.
bool isBroken(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::NoError:
        return false;
    case QNetworkReply::ContentReSendError: // the body could not be sent a second time, as we want it
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure:
        return true;
    default:
        return error <
               QNetworkReply::ContentAccessDenied; // codes of network and proxy; behind it those made from a status
    }
}

/// The body without the key, in plain or with any of its characters escaped as JSON, an address or HTML would.
QByteArray masked(const QByteArray& body, const Secret& key)
{
    QString pattern;
    for (const char c : key.reveal()) {
        const auto code = static_cast<unsigned>(static_cast<unsigned char>(c));
        pattern += u"(?:\\\\?%1|\\\\u00%2|%%2|&#(?:x0*%2|0*%3);)"_s.arg(
            QRegularExpression::escape(QString(QChar::fromLatin1(c))),
            QString::number(code, 16).rightJustified(2, u'0'), QString::number(code));
    }
    // Latin-1 keeps every byte as it is on the way there and back.
    const QRegularExpression written(pattern, QRegularExpression::CaseInsensitiveOption);
    QString text = QString::fromLatin1(body);
    return text.contains(written) ? text.replace(written, QString::fromLatin1("…")).toLatin1() : body;
}

ErrorKind kindOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
        return ErrorKind::TlsFailed;
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure:
        return ErrorKind::BadAnswer;
    default:
        return ErrorKind::Offline;
    }
}

} // namespace

QNetworkRequest plainRequest(const QUrl& url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Clipkiln/"_s + QCoreApplication::applicationVersion());
    return request;
}

QNetworkRequest keyedRequest(const Endpoint& endpoint, const QString& path)
{
    QUrl url = endpoint.base;
    url.setPath(url.path(QUrl::FullyEncoded) + path, QUrl::TolerantMode);
    QNetworkRequest request = plainRequest(url);
    if (!endpoint.key.isEmpty()) {
        const QByteArray header = "Bearer " + endpoint.key.reveal();
        keepFromDumps(header);
        request.setRawHeader("Authorization", header);
    }
    return request;
}

bool isAllowed(const QUrl& url, bool allowLocal)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || (isLocal(url) && !allowLocal))
        return false;
    return url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url));
}

std::optional<Error> refusal(const Endpoint& endpoint)
{
    if (!isAllowed(endpoint.base, true))
        return Error{ErrorKind::AddressRefused, endpoint.base.toString(QUrl::RemoveUserInfo)};
    // A line break in a key would begin a header of its own.
    const QByteArray& key = endpoint.key.reveal();
    if (std::ranges::any_of(key, [](char c) { return c <= ' ' || c > '~'; }))
        return Error{ErrorKind::KeyRefused, u"the key holds characters that no key has"_s};
    return std::nullopt;
}

int statusOf(const QNetworkReply& reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

std::optional<std::chrono::seconds> retryAfterOf(const QNetworkReply& reply)
{
    return wire::readRetryAfter(reply.rawHeader("Retry-After"), QDateTime::currentDateTimeUtc());
}

std::optional<Error> networkError(const QNetworkReply& reply)
{
    if (statusOf(reply) != 0 && !isBroken(reply.error()))
        return std::nullopt;
    return Error{kindOf(reply.error()), reply.errorString()};
}

Error timeout(std::chrono::milliseconds after)
{
    return {ErrorKind::Timeout, u"nothing came for %1 s"_s.arg(static_cast<double>(after.count()) / 1000)};
}

void drop(QNetworkReply* reply)
{
    if (!reply)
        return;
    reply->disconnect();
    reply->deleteLater(); // which ends the exchange; abort() would warn of a reply that has just failed
}

bool ProgressGate::opens()
{
    constexpr qint64 interval = 100; // ms
    if (m_last.isValid() && !m_last.hasExpired(interval))
        return false;
    m_last.start();
    return true;
}

Answer::Answer(QNetworkReply* reply, const Secret& key, QObject* parent) : QObject(parent), m_reply(reply), m_key(key)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { stop(timeout(m_deadline.intervalAsDuration())); });
    connect(m_reply, &QNetworkReply::readyRead, this, &Answer::collect);
    connect(m_reply, &QNetworkReply::finished, this, &Answer::finish);
}

Answer::~Answer()
{
    drop(m_reply);
}

void Answer::expectWithin(std::chrono::milliseconds time)
{
    m_deadline.start(time);
}

void Answer::waitWithoutEnd()
{
    m_deadline.stop();
}

void Answer::stop(const Error& error)
{
    if (!m_reply)
        return;
    m_deadline.stop();
    m_trouble = error;
    drop(std::exchange(m_reply, nullptr));
    Q_EMIT ended();
}

void Answer::collect()
{
    m_body += m_reply->read(largestAnswer + 1 - m_body.size());
    if (m_body.size() > largestAnswer)
        stop({ErrorKind::BadAnswer, u"the answer is longer than 1 MiB"_s});
}

void Answer::finish()
{
    collect();
    if (!m_reply)
        return;
    m_status = statusOf(*m_reply);
    m_retryAfter = retryAfterOf(*m_reply);
    m_trouble = networkError(*m_reply);
    // A reset within the body can look like its end (src/README.md, Qt fact 5). Qt drops the header when it unpacks.
    const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    if (!m_trouble && length.isValid() && m_body.size() < length.toLongLong())
        m_trouble = Error{ErrorKind::Offline, u"%1 of %2 bytes came"_s.arg(m_body.size()).arg(length.toLongLong())};
    m_deadline.stop();
    m_reply->disconnect(this);
    std::exchange(m_reply, nullptr)->deleteLater();
    if (!m_key.isEmpty())
        m_body = masked(m_body, m_key);
    Q_EMIT ended();
}

} // namespace clipkiln::http

namespace clipkiln {

bool isLocal(const QUrl& url)
{
    const QString host = url.host();
    if (isLoopback(url) || host.endsWith(".localhost"_L1))
        return true;
    QHostAddress address;
    if (!address.setAddress(host))
        return false; // a name
    // An IPv4 address may be written as an IPv6 one.
    bool isIpv4 = false;
    if (const quint32 ipv4 = address.toIPv4Address(&isIpv4); isIpv4)
        address.setAddress(ipv4);
    static const std::array subnets{"0.0.0.0/8",      "10.0.0.0/8",    "100.64.0.0/10",  "127.0.0.0/8",
                                    "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "::/128",
                                    "::1/128",        "fc00::/7",      "fe80::/10"};
    return std::ranges::any_of(subnets, [&address](const char* subnet) {
        return address.isInSubnet(QHostAddress::parseSubnet(QString::fromLatin1(subnet)));
    });
}

} // namespace clipkiln
