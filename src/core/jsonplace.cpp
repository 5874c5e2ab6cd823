// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsonplace.h"

#include <QStringList>

namespace clipkiln {

namespace {

/// Walks through text that is known to be JSON; Qt's own parser forgets where things stood.
class Walker
{
public:
    explicit Walker(const QByteArray& json) : m_json(json) { skipSpace(); }

    [[nodiscard]] qsizetype place() const { return m_at; }

    /// To the value of a key of the object that begins here; false when it has none.
    bool enterKey(const QByteArray& key)
    {
        if (!take('{'))
            return false;
        while (here() == '"') {
            const qsizetype begin = m_at;
            skipValue();
            const bool found = m_json.mid(begin + 1, m_at - begin - 2) == key;
            skipSpace();
            if (found) {
                m_at = begin;
                return true;
            }
            take(':');
            skipValue();
            skipSpace();
            take(',');
        }
        return false;
    }

    /// From a key to its value.
    void passKey()
    {
        skipValue();
        skipSpace();
        take(':');
    }

    /// To an element of the list that begins here; false when it is shorter.
    bool enterElement(int index)
    {
        if (!take('['))
            return false;
        for (int i = 0; i < index && here() != ']' && here() != '\0'; ++i) {
            skipValue();
            skipSpace();
            take(',');
        }
        return here() != ']' && here() != '\0';
    }

private:
    [[nodiscard]] char here() const { return m_at < m_json.size() ? m_json.at(m_at) : '\0'; }

    bool take(char c)
    {
        if (here() != c)
            return false;
        ++m_at;
        skipSpace();
        return true;
    }

    void skipSpace()
    {
        while (m_at < m_json.size() && QByteArrayView(" \t\r\n").contains(m_json.at(m_at)))
            ++m_at;
    }

    void skipString()
    {
        for (++m_at; here() != '"' && here() != '\0'; ++m_at) {
            if (here() == '\\')
                ++m_at;
        }
        ++m_at;
    }

    void skipValue()
    {
        if (here() == '"')
            return skipString();
        if (here() != '{' && here() != '[') {
            while (here() != '\0' && !QByteArrayView(",]} \t\r\n").contains(here()))
                ++m_at;
            return;
        }
        int depth = 0;
        do {
            const char c = here();
            if (c == '"') {
                skipString();
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : 0;
            depth -= c == '}' || c == ']' ? 1 : 0;
            ++m_at;
        } while (depth > 0 && here() != '\0');
    }

    const QByteArray& m_json;
    qsizetype m_at = 0;
};

} // namespace

qsizetype lineOf(const QByteArray& json, const QString& path)
{
    Walker walker(json);
    qsizetype place = walker.place();
    for (const QString& step : path.split(u'.')) {
        const qsizetype bracket = step.indexOf(u'[');
        if (!walker.enterKey(step.left(bracket).toUtf8()))
            break;
        place = walker.place();
        walker.passKey();
        if (bracket < 0)
            continue;
        if (!walker.enterElement(step.mid(bracket + 1).chopped(1).toInt()))
            break;
        place = walker.place();
    }
    return json.left(place).count('\n') + 1;
}

} // namespace clipkiln
