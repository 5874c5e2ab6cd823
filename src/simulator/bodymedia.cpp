// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/bodymedia.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr QLatin1StringView scheme("simulator-input:");

/// The end of the string literal that begins at the quote at start: the place of its closing quote, or -1.
qsizetype endOfString(const QByteArray& json, qsizetype start)
{
    for (qsizetype end = json.indexOf('"', start + 1); end >= 0; end = json.indexOf('"', end + 1)) {
        qsizetype escapes = 0;
        while (json.at(end - 1 - escapes) == '\\')
            ++escapes;
        if (escapes % 2 == 0)
            return end;
    }
    return -1;
}

QByteArray unescaped(const QByteArray& literal)
{
    if (!literal.contains('\\'))
        return literal;
    return QJsonDocument::fromJson("[\"" + literal + "\"]").array().first().toString().toUtf8();
}

/// "image/png" of "data:image/png;base64"; only what can stand in an address as it is.
QByteArray typeIn(const QByteArray& head)
{
    QByteArray type = head.sliced(head.indexOf(':') + 1).split(';').first().toLower();
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '-';
    };
    return std::ranges::all_of(type, isPlain) ? type : QByteArray();
}

/// Stores the content of a data URI and returns the address that stands for it.
QByteArray store(const QByteArray& uri, const QDir& folder)
{
    const qsizetype comma = uri.indexOf(',');
    const auto decoded = QByteArray::fromBase64Encoding(uri.mid(comma + 1), QByteArray::AbortOnBase64DecodingErrors);
    if (comma < 0 || !uri.first(comma).endsWith(";base64") || !decoded || decoded.decoded.isEmpty())
        return QByteArray(scheme.data(), scheme.size());
    const QByteArray name = QCryptographicHash::hash(decoded.decoded, QCryptographicHash::Sha256).toHex();
    const QString path = folder.filePath(QString::fromLatin1(name));
    if (!QFile::exists(path)) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(decoded.decoded) != decoded.decoded.size() || !file.commit())
            return QByteArray(scheme.data(), scheme.size());
    }
    return QByteArray(scheme.data(), scheme.size()) + name + ';' + typeIn(uri.first(comma));
}

} // namespace

QByteArray withoutDataUris(const QByteArray& body, const QDir& folder)
{
    QByteArray result;
    qsizetype kept = 0; // all before is in result
    bool afterUrlKey = false;
    for (qsizetype i = body.indexOf('"'); i >= 0; i = body.indexOf('"', i)) {
        const qsizetype end = endOfString(body, i);
        if (end < 0)
            break;
        const QByteArray literal = QByteArray::fromRawData(body.constData() + i + 1, end - i - 1);
        if (afterUrlKey && literal.startsWith("data:")) {
            result += body.mid(kept, i + 1 - kept);
            result += store(unescaped(literal), folder);
            kept = end;
        }
        afterUrlKey = !afterUrlKey && literal == "url";
        i = end + 1;
    }
    return result + body.mid(kept);
}

bool isInputUrl(const QString& url)
{
    return url.startsWith(scheme);
}

bool isBrokenInputUrl(const QString& url)
{
    return url == scheme;
}

QString inputFile(const QString& url, const QDir& folder)
{
    // Only the hash: whatever else a client wrote there must not lead out of the folder.
    const QString hash = url.mid(scheme.size()).section(u';', 0, 0);
    return folder.filePath(QString::fromLatin1(QByteArray::fromHex(hash.toLatin1()).toHex()));
}

QString inputType(const QString& url)
{
    return isInputUrl(url) ? url.section(u';', 1) : QString();
}

} // namespace clipkiln::simulator
