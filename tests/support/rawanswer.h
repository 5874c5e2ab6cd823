// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace clipkiln::test {

/// Whether an HTTP answer read from a socket, in how many pieces ever, is there with all of its body.
inline bool isWholeAnswer(const QByteArray& answer)
{
    const qsizetype end = answer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArray head = answer.first(end).toLower();
    const QByteArray name = "\r\ncontent-length: ";
    const qsizetype at = head.indexOf(name);
    if (at < 0)
        return false;
    const qsizetype begin = at + name.size();
    const qsizetype line = head.indexOf("\r\n", begin);
    return answer.size() - end - 4 >= head.mid(begin, line < 0 ? -1 : line - begin).toLongLong();
}

} // namespace clipkiln::test
