// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clipdetails.h"

#include <QHash>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

namespace ns {
constexpr auto x = "adobe:ns:meta/"_L1;
constexpr auto rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"_L1;
constexpr auto dc = "http://purl.org/dc/elements/1.1/"_L1;
constexpr auto xmp = "http://ns.adobe.com/xap/1.0/"_L1;
constexpr auto iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"_L1;
constexpr auto own = "https://clipkiln.org/xmp/1/"_L1;
constexpr auto xml = "http://www.w3.org/XML/1998/namespace"_L1;
} // namespace ns

constexpr qsizetype mostNameLength = 120;                // UTF-16 units of an input's name
constexpr qsizetype mostIdLength = 200;                  // of a request id
constexpr Money mostCost{1'000 * Money::ticksPerDollar}; // a clip costs dollars; a claim above is none

/// https://cv.iptc.org/newscodes/digitalsourcetype/
QString sourceTypeOf(Mode mode)
{
    const bool isComposite = mode == Mode::Edit || mode == Mode::Extend;
    return u"http://cv.iptc.org/newscodes/digitalsourcetype/"_s +
           (isComposite ? u"compositeWithTrainedAlgorithmicMedia"_s : u"trainedAlgorithmicMedia"_s);
}

/// The text with what XML 1.0 cannot carry left out. A carriage return would come back as a line feed.
QString xmlText(const QString& text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool isPair = c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        if (isPair)
            result += text.mid(i++, 2);
        else if ((c.unicode() >= 0x20 && !c.isSurrogate() && c.unicode() < 0xfffe) || c == u'\n' || c == u'\t')
            result += c;
    }
    return result;
}

/// All of the request but the prompt, which stands in dc:description; one that XML cannot carry stands here too.
QByteArray settingsJson(const ClipDetails& details)
{
    QJsonObject json = toJson(details.request);
    if (details.promptIsCut || xmlText(details.request.prompt) == details.request.prompt)
        json.remove(u"prompt"_s);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QByteArray write(const ClipDetails& details)
{
    // The form of a packet is XMP Specification Part 1, 7.3.2.
    QByteArray packet("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    QXmlStreamWriter xml(&packet);
    xml.writeNamespace(ns::x, u"x"_s);
    xml.writeStartElement(ns::x, u"xmpmeta"_s);
    xml.writeNamespace(ns::rdf, u"rdf"_s);
    xml.writeStartElement(ns::rdf, u"RDF"_s);
    xml.writeNamespace(ns::dc, u"dc"_s);
    xml.writeNamespace(ns::xmp, u"xmp"_s);
    xml.writeNamespace(ns::iptc, u"Iptc4xmpExt"_s);
    xml.writeNamespace(ns::own, u"clipkiln"_s);
    xml.writeStartElement(ns::rdf, u"Description"_s);
    xml.writeAttribute(ns::rdf, u"about"_s, u""_s);

    xml.writeStartElement(ns::dc, u"description"_s);
    xml.writeStartElement(ns::rdf, u"Alt"_s);
    xml.writeStartElement(ns::rdf, u"li"_s);
    xml.writeAttribute(ns::xml, u"lang"_s, u"x-default"_s);
    xml.writeCharacters(xmlText(details.request.prompt));
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();

    xml.writeTextElement(ns::xmp, u"CreatorTool"_s, u"Clipkiln"_s);
    xml.writeTextElement(ns::xmp, u"CreateDate"_s, details.createdAt.toUTC().toString(Qt::ISODateWithMs));
    xml.writeTextElement(ns::iptc, u"DigitalSourceType"_s, sourceTypeOf(details.request.mode()));
    xml.writeTextElement(ns::own, u"model"_s, xmlText(details.request.model)); // for people: settings have it too
    xml.writeTextElement(ns::own, u"requestId"_s, xmlText(details.requestId.toString()));
    xml.writeTextElement(ns::own, u"origin"_s, details.origin.toString());
    if (details.cost)
        xml.writeTextElement(ns::own, u"cost"_s, toDecimal(*details.cost));
    if (details.promptIsCut)
        xml.writeTextElement(ns::own, u"promptIsCut"_s, u"True"_s);
    xml.writeTextElement(ns::own, u"servedSha256"_s, details.servedHash);
    xml.writeTextElement(ns::own, u"servedBytes"_s, QString::number(details.servedBytes));
    xml.writeTextElement(ns::own, u"settings"_s, xmlText(QString::fromUtf8(settingsJson(details))));
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
    packet += "\n<?xpacket end=\"r\"?>";
    return packet;
}

ClipDetails withPromptCutTo(const ClipDetails& details, qsizetype length)
{
    ClipDetails cut = details;
    cut.promptIsCut = true;
    if (length > 0 && details.request.prompt.at(length - 1).isHighSurrogate())
        --length;
    cut.request.prompt.truncate(length);
    return cut;
}

/// The texts of the elements that are ours, by name; nothing for what is no XML or has a DTD.
std::optional<QHash<QString, QString>> readElements(const QByteArray& packet)
{
    QHash<QString, QString> texts;
    QXmlStreamReader xml(packet);
    bool isInDescription = false;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.tokenType() == QXmlStreamReader::DTD || xml.tokenType() == QXmlStreamReader::EntityReference)
            return std::nullopt;
        if (xml.tokenType() != QXmlStreamReader::StartElement)
            continue;
        const QString name = xml.name().toString();
        if (xml.namespaceUri() == ns::dc && name == "description"_L1) {
            isInDescription = true;
        } else if (xml.namespaceUri() == ns::rdf && name == "li"_L1 && isInDescription) {
            texts.insert(u"prompt"_s, xml.readElementText());
            isInDescription = false;
        } else if (xml.namespaceUri() == ns::own || (xml.namespaceUri() == ns::xmp && name == "CreateDate"_L1)) {
            texts.insert(name, xml.readElementText());
        }
    }
    if (xml.hasError() || !texts.contains(u"settings"_s))
        return std::nullopt;
    return texts;
}

QUrl withoutSecrets(const QUrl& url)
{
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return {}; // a picture as data:, a path as file:
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

struct ShareableInput
{
    Input operator()(LocalFile file) const
    {
        static const QRegularExpression sha256(u"^[0-9a-f]{64}$"_s);
        file.path.clear();
        const qsizetype slash = std::max(file.name.lastIndexOf(u'/'), file.name.lastIndexOf(u'\\'));
        file.name = file.name.mid(slash + 1).left(mostNameLength);
        if (!sha256.match(file.hash).hasMatch())
            file.hash.clear();
        return file;
    }
    Input operator()(const RemoteUrl& remote) const { return RemoteUrl{withoutSecrets(remote.url)}; }
    Input operator()(const UploadedFile&) const { return UploadedFile{}; }
};

Error unreadable(const QString& why)
{
    return {ErrorKind::InvalidRequest, why};
}

} // namespace

ClipDetails detailsOf(const Clip& clip)
{
    ClipDetails details;
    details.request = shareable(clip.request);
    details.requestId = clip.requestId;
    details.origin = clip.origin;
    details.cost = clip.cost;
    details.createdAt = clip.createdAt;
    details.servedHash = clip.servedHash;
    details.servedBytes = clip.servedBytes;
    return details;
}

GenerationRequest shareable(GenerationRequest request)
{
    request.uploadUrl.reset();
    request.user.reset();
    for (Input* input : mutableInputsOf(request))
        *input = std::visit(ShareableInput{}, *input);
    return request;
}

QByteArray toXmp(const ClipDetails& details)
{
    QByteArray packet = write(details);
    if (packet.size() <= mostXmpBytes)
        return packet;
    // How much a letter takes depends on the letter, so the longest prompt that fits is searched for.
    qsizetype fits = 0;
    qsizetype tooLong = details.request.prompt.size();
    while (tooLong - fits > 1) {
        const qsizetype middle = fits + (tooLong - fits) / 2;
        (write(withPromptCutTo(details, middle)).size() <= mostXmpBytes ? fits : tooLong) = middle;
    }
    packet = write(withPromptCutTo(details, fits));
    return packet.size() <= mostXmpBytes ? packet : QByteArray();
}

Result<ClipDetails> detailsFromXmp(const QByteArray& xmp)
{
    if (xmp.size() > mostXmpBytes)
        return unreadable(u"The XMP packet is too long"_s);
    const auto texts = readElements(xmp);
    if (!texts)
        return unreadable(u"This is no XMP packet of Clipkiln"_s);
    QJsonObject json = QJsonDocument::fromJson(texts->value(u"settings"_s).toUtf8()).object();
    if (!json.contains(u"prompt"_s))
        json.insert(u"prompt"_s, texts->value(u"prompt"_s));
    auto request = requestFromJson(json);
    if (!request)
        return request.error();

    ClipDetails details;
    details.request = shareable(*std::move(request));
    details.promptIsCut = texts->contains(u"promptIsCut"_s);
    details.requestId = RequestId(texts->value(u"requestId"_s).left(mostIdLength));
    const auto origin = Origin::fromString(texts->value(u"origin"_s));
    if (!origin)
        return origin.error();
    details.origin = *origin;
    details.cost = moneyFromDecimal(texts->value(u"cost"_s));
    if (details.cost && (*details.cost < Money{} || mostCost < *details.cost))
        details.cost.reset();
    details.createdAt = QDateTime::fromString(texts->value(u"CreateDate"_s), Qt::ISODateWithMs).toUTC();
    details.servedHash = texts->value(u"servedSha256"_s);
    details.servedBytes = std::max(texts->value(u"servedBytes"_s).toLongLong(), qint64{0});
    return details;
}

} // namespace clipkiln
