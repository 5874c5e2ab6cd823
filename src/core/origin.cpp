// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/origin.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

Error refused(const QString& address)
{
    return Error{ErrorKind::AddressRefused, address};
}

/// The same address in one spelling, so that origins compare: no default port, no slash at the end.
QUrl normalized(QUrl url)
{
    if (url.port() == (url.scheme() == "https"_L1 ? 443 : 80))
        url.setPort(-1);
    return url.adjusted(QUrl::StripTrailingSlash);
}

} // namespace

Origin Origin::service()
{
    return Origin(Kind::Service, QUrl(u"https://api.x.ai/v1"_s));
}

Result<Origin> Origin::fromAddress(const QString& address)
{
    const QUrl url(address.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return refused(address);
    // A name or password in an address would end up in logs and rows.
    if (!url.userInfo().isEmpty())
        return refused(url.toString(QUrl::RemoveUserInfo));
    const bool encrypted = url.scheme() == "https"_L1;
    if (!encrypted && !(url.scheme() == "http"_L1 && isLoopback(url)))
        return refused(address);
    const QUrl base = normalized(url);
    if (url.hasQuery() || url.hasFragment() || !base.path().endsWith("/v1"_L1))
        return refused(address);
    if (base == service().address())
        return service();
    return Origin(Kind::Other, base);
}

Result<Origin> Origin::fromString(const QString& text)
{
    if (text == "simulator"_L1)
        return simulator();
    if (text == "service"_L1)
        return service();
    return fromAddress(text);
}

QString Origin::toString() const
{
    switch (m_kind) {
    case Kind::Simulator:
        return u"simulator"_s;
    case Kind::Service:
        return u"service"_s;
    case Kind::Other:
        break;
    }
    return m_address.toString(QUrl::FullyEncoded);
}

bool isLoopback(const QUrl& url)
{
    const QString host = url.host();
    if (host == "localhost"_L1 || host == "::1"_L1)
        return true;
    // QUrl writes every IPv4 address with four decimal parts; anything else is a name.
    const QStringList parts = host.split(u'.');
    return parts.size() == 4 && parts.first() == "127"_L1 &&
           std::all_of(parts.begin(), parts.end(), [](const QString& part) {
               bool number = false;
               return part.toUInt(&number) <= 255 && number;
           });
}

bool isWebAddress(const QString& text)
{
    return text.startsWith("http://"_L1, Qt::CaseInsensitive) || text.startsWith("https://"_L1, Qt::CaseInsensitive);
}

} // namespace clipkiln
