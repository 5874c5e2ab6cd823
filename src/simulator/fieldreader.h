// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace clipkiln::simulator {

/// Reads the typed fields of a JSON object as the service's deserializer does: null counts as absent, other types are
/// an error, and the first error is the one that is reported.
class FieldReader
{
public:
    /// error is shared by the readers of nested objects and stays as it is once it has a text.
    FieldReader(const QJsonObject& json, QString& error) : m_json(json), m_error(error) {}

    bool has(const QString& key) const;
    std::optional<QString> text(const QString& key);
    std::optional<QString> oneOf(const QString& key, const QStringList& allowed);
    std::optional<bool> flag(const QString& key);
    std::optional<double> number(const QString& key);
    /// A whole number, or a string of one: both are accepted.
    std::optional<int> wholeNumber(const QString& key);
    std::optional<QJsonObject> object(const QString& key);
    QJsonArray array(const QString& key);
    /// Makes the absence of a field the error.
    void require(const QString& key);
    /// The fields that were not read.
    QStringList unread() const;

private:
    QJsonValue read(const QString& key);
    void wrongType(const QString& key, const QJsonValue& value, const QString& expected);
    void fail(const QString& text);

    const QJsonObject m_json;
    QString& m_error;
    QStringList m_read;
};

} // namespace clipkiln::simulator
