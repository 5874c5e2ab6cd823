// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/fieldreader.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

QString describe(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return u"boolean `%1`"_s.arg(value.toBool() ? u"true"_s : u"false"_s);
    case QJsonValue::Double: {
        const double number = value.toDouble();
        return (number == std::floor(number) ? u"integer `%1`"_s : u"floating point `%1`"_s).arg(number);
    }
    case QJsonValue::String:
        return u"string \"%1\""_s.arg(value.toString().left(80));
    case QJsonValue::Array:
        return u"sequence"_s;
    case QJsonValue::Object:
        return u"map"_s;
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return u"null"_s;
}

} // namespace

bool FieldReader::has(const QString& key) const
{
    const QJsonValue value = m_json.value(key);
    return !value.isNull() && !value.isUndefined();
}

std::optional<QString> FieldReader::text(const QString& key)
{
    const QJsonValue value = read(key);
    if (value.isString())
        return value.toString();
    if (!value.isNull())
        wrongType(key, value, u"a string"_s);
    return std::nullopt;
}

std::optional<QString> FieldReader::oneOf(const QString& key, const QStringList& allowed)
{
    const std::optional<QString> value = text(key);
    if (value && !allowed.contains(*value))
        fail(u"%1: unknown variant `%2`, expected one of `%3`"_s.arg(key, *value, allowed.join(u"`, `"_s)));
    return value;
}

std::optional<bool> FieldReader::flag(const QString& key)
{
    const QJsonValue value = read(key);
    if (value.isBool())
        return value.toBool();
    if (!value.isNull())
        wrongType(key, value, u"a boolean"_s);
    return std::nullopt;
}

std::optional<double> FieldReader::number(const QString& key)
{
    const QJsonValue value = read(key);
    if (value.isDouble())
        return value.toDouble();
    if (!value.isNull())
        wrongType(key, value, u"a number"_s);
    return std::nullopt;
}

std::optional<int> FieldReader::wholeNumber(const QString& key)
{
    const QJsonValue value = read(key);
    bool whole = false;
    const int fromText = value.toString().toInt(&whole);
    if (whole)
        return fromText;
    const double number = value.toDouble();
    if (value.isDouble() && number == std::floor(number) && std::abs(number) < 1e9)
        return static_cast<int>(number);
    if (!value.isNull())
        wrongType(key, value, u"i32"_s);
    return std::nullopt;
}

std::optional<QJsonObject> FieldReader::object(const QString& key)
{
    const QJsonValue value = read(key);
    if (value.isObject())
        return value.toObject();
    if (!value.isNull())
        wrongType(key, value, u"a map"_s);
    return std::nullopt;
}

QJsonArray FieldReader::array(const QString& key)
{
    const QJsonValue value = read(key);
    if (!value.isArray() && !value.isNull())
        wrongType(key, value, u"a sequence"_s);
    return value.toArray();
}

void FieldReader::require(const QString& key)
{
    if (!has(key))
        fail(u"missing field `%1`"_s.arg(key));
}

QStringList FieldReader::unread() const
{
    QStringList result;
    for (const QString& key : m_json.keys()) {
        if (!m_read.contains(key))
            result.append(key);
    }
    return result;
}

QJsonValue FieldReader::read(const QString& key)
{
    m_read.append(key);
    return has(key) ? m_json.value(key) : QJsonValue(QJsonValue::Null);
}

void FieldReader::wrongType(const QString& key, const QJsonValue& value, const QString& expected)
{
    fail(u"%1: invalid type: %2, expected %3"_s.arg(key, describe(value), expected));
}

void FieldReader::fail(const QString& text)
{
    if (m_error.isEmpty())
        m_error = text;
}

} // namespace clipkiln::simulator
