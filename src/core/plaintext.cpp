// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plaintext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr char16_t nextLine = 0x85; // a C1 control that breaks a line

bool breaksLine(QChar c)
{
    return c == u'\n' || c == u'\r' || c == nextLine || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

/// Controls (C0, DEL, C1), line breaks, and the bidirectional embeddings, overrides and isolates.
bool isUnsafe(QChar c)
{
    const char16_t code = c.unicode();
    return code < 0x20 || (code >= 0x7f && code <= 0x9f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

} // namespace

QString cleanLine(const QString& text)
{
    QString line = cleanText(text);
    line.replace(u'\n', u' ').replace(u'\t', u' ');
    return line;
}

QString cleanText(const QString& text)
{
    if (std::none_of(text.begin(), text.end(), isUnsafe))
        return text;
    QString clean;
    clean.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'\t' || !isUnsafe(c))
            clean += c;
        else if (breaksLine(c) && !(c == u'\r' && i + 1 < text.size() && text.at(i + 1) == u'\n'))
            clean += u'\n';
    }
    return clean;
}

QString cleanHtml(const QString& text)
{
    return u"<p>"_s + cleanText(text).toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</p>"_s;
}

QString cleanToolTip(const QString& text)
{
    return text.contains(u'<') ? cleanHtml(text) : cleanText(text);
}

QByteArray cleanJson(const QByteArray& json)
{
    const QString text = QString::fromUtf8(json);
    if (std::none_of(text.begin(), text.end(), isUnsafe))
        return json;
    QString clean;
    clean.reserve(text.size());
    for (const QChar c : text) {
        if (isUnsafe(c))
            clean += u"\\u%1"_s.arg(ushort{c.unicode()}, 4, 16, QLatin1Char('0'));
        else
            clean += c;
    }
    return clean.toUtf8();
}

} // namespace clipkiln
