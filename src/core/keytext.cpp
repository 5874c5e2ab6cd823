// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keytext.h"

#include "core/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// White space, and what shows nothing at all: zero-width spaces, marks of direction, a byte order mark.
bool isInvisible(QChar c)
{
    return c.isSpace() || c.category() == QChar::Other_Format || c.category() == QChar::Other_Control;
}

/// The only character of a key that is named: one that no key has gives nothing of it away.
QString nameOf(QStringView text, qsizetype index)
{
    const QChar c = text.at(index);
    char32_t code = c.unicode();
    if (c.isHighSurrogate() && index + 1 < text.size() && text.at(index + 1).isLowSurrogate())
        code = QChar::surrogateToUcs4(c, text.at(index + 1));
    const QString number = u"U+"_s + QString::number(code, 16).toUpper().rightJustified(4, u'0');
    return isInvisible(c) ? number : u"\"%1\" (%2)"_s.arg(QString::fromUcs4(&code, 1), number);
}

} // namespace

Result<Secret> keyFromText(const QString& text)
{
    const auto first = std::find_if_not(text.begin(), text.end(), isInvisible);
    const auto last = std::find_if_not(text.rbegin(), std::make_reverse_iterator(first), isInvisible).base();
    const QStringView key(first, last);
    // A header takes no other characters, and the services' keys have none.
    const auto isForeign = [](QChar c) { return c <= u' ' || c > u'~'; };
    if (const auto foreign = std::find_if(key.begin(), key.end(), isForeign); foreign != key.end())
        return Error{ErrorKind::KeyRefused,
                     Text::tr("This cannot be a key: it contains %1. A key has only plain letters, digits and signs. "
                              "Copy it again.")
                         .arg(nameOf(key, foreign - key.begin()))};
    return Secret(key.toUtf8());
}

} // namespace clipkiln
