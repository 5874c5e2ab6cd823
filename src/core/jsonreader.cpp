// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsonreader.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace clipkiln {

JsonReader::JsonReader(const QJsonObject& object, QString& problem, const QString& path)
    : m_object(object), m_problem(&problem), m_path(path)
{
}

std::optional<JsonReader> JsonReader::findObject(const QString& key)
{
    if (!find(key))
        return std::nullopt;
    const QJsonValue value = m_object.value(key);
    if (!value.isObject())
        note(key, "an object is needed");
    return JsonReader(value.toObject(), *m_problem, pathOf(key));
}

JsonReader JsonReader::getObject(const QString& key)
{
    if (!m_object.contains(key))
        note(key, "is missing");
    return findObject(key).value_or(JsonReader({}, *m_problem, pathOf(key)));
}

QList<JsonReader> JsonReader::objects(const QString& key)
{
    QList<JsonReader> readers;
    if (!find(key))
        return readers;
    if (!m_object.value(key).isArray())
        note(key, "a list is needed");
    const QJsonArray array = m_object.value(key).toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString element = u"%1[%2]"_s.arg(key).arg(i);
        if (!array.at(i).isObject())
            note(element, "an object is needed");
        readers.append(JsonReader(array.at(i).toObject(), *m_problem, pathOf(element)));
    }
    return readers;
}

void JsonReader::note(const QString& key, const QString& what)
{
    if (m_problem->isEmpty())
        *m_problem = pathOf(key) + u": "_s + what;
}

void JsonReader::note(const QString& key, const char* what)
{
    note(key, QString::fromLatin1(what));
}

void JsonReader::refuseOthers()
{
    for (const QString& key : m_object.keys()) {
        if (!m_read.contains(key))
            note(key, "is not a field that is known here");
    }
}

bool JsonReader::find(const QString& key)
{
    m_read.insert(key);
    return m_object.contains(key);
}

QString JsonReader::pathOf(const QString& key) const
{
    return m_path.isEmpty() ? key : m_path + u'.' + key;
}

const char* JsonReader::read(const QJsonValue& json, QString& value)
{
    value = json.toString();
    return json.isString() ? nullptr : "a text is needed";
}

const char* JsonReader::read(const QJsonValue& json, int& value)
{
    qint64 wide = 0;
    const char* needed = read(json, wide);
    if (!needed && (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()))
        needed = "the number is too large";
    value = needed ? 0 : static_cast<int>(wide);
    return needed;
}

const char* JsonReader::read(const QJsonValue& json, qint64& value)
{
    // For a number with a fraction toInteger() returns the fallback, which two different fallbacks reveal.
    value = json.toInteger(0);
    return json.isDouble() && value == json.toInteger(1) ? nullptr : "a whole number is needed";
}

const char* JsonReader::read(const QJsonValue& json, double& value)
{
    value = json.toDouble();
    return json.isDouble() ? nullptr : "a number is needed";
}

const char* JsonReader::read(const QJsonValue& json, bool& value)
{
    value = json.toBool();
    return json.isBool() ? nullptr : "true or false is needed";
}

const char* JsonReader::read(const QJsonValue& json, QUrl& value)
{
    value = QUrl(json.toString());
    return json.isString() && (value.isValid() || json.toString().isEmpty()) ? nullptr : "an address is needed";
}

const char* JsonReader::read(const QJsonValue& json, QDateTime& value)
{
    value = QDateTime::fromString(json.toString(), Qt::ISODateWithMs).toUTC();
    return value.isValid() ? nullptr : "a time is needed (2026-10-31T12:00:00.000Z)";
}

const char* JsonReader::read(const QJsonValue& json, QStringList& value)
{
    const char* needed = json.isArray() ? nullptr : "a list of texts is needed";
    for (const QJsonValue& element : json.toArray()) {
        if (!element.isString())
            needed = "a list of texts is needed";
        value.append(element.toString());
    }
    return needed;
}

} // namespace clipkiln
