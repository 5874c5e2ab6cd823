// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/formdata.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

QByteArray boundaryIn(const QByteArray& contentType)
{
    static const QRegularExpression boundary(u"boundary=(?:\"([^\"]+)\"|([^;\\s]+))"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    const auto match = boundary.match(QString::fromLatin1(contentType));
    return (match.captured(1) + match.captured(2)).toLatin1();
}

/// name="..." of a part's head.
QString parameter(const QString& head, const QString& name)
{
    const QRegularExpression quoted(u"Content-Disposition:[^\\n]*[;\\s]%1=\"([^\"\\r\\n]*)\""_s.arg(name),
                                    QRegularExpression::CaseInsensitiveOption);
    return quoted.match(head).captured(1);
}

} // namespace

std::optional<QList<FormPart>> readForm(const QByteArray& contentType, const QByteArray& body)
{
    const QByteArray boundary = boundaryIn(contentType);
    const QByteArray delimiter = "\r\n--" + boundary;
    if (boundary.isEmpty() || !body.startsWith(delimiter.mid(2)))
        return std::nullopt;
    QList<FormPart> parts;
    for (qsizetype at = delimiter.size() - 2; body.mid(at, 2) != "--";) {
        const qsizetype headEnd = body.indexOf("\r\n\r\n", at);
        const qsizetype end = headEnd < 0 ? -1 : body.indexOf(delimiter, headEnd + 2);
        if (end < 0)
            return std::nullopt;
        const QString head = QString::fromUtf8(body.mid(at, headEnd - at));
        const qsizetype content = headEnd + 4;
        parts.append({parameter(head, u"name"_s), parameter(head, u"filename"_s),
                      end > content ? body.mid(content, end - content) : QByteArray()});
        at = end + delimiter.size();
    }
    return parts;
}

} // namespace clipkiln::simulator
