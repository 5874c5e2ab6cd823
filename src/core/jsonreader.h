// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace clipkiln {

/// Reads the fields of a JSON object and notes the first that is missing or of the wrong kind, with its path
/// ("models[0].modes.text.maxSeconds: a whole number is needed"). Readers of inner objects note in the same text.
class JsonReader
{
public:
    /// `problem` stays empty while all is well and must outlive the reader.
    JsonReader(const QJsonObject& object, QString& problem, const QString& path = {});

    /// The field's value, nothing when it is absent. T: QString, int, qint64, double, bool, QUrl, QDateTime,
    /// QStringList.
    template <typename T>
    [[nodiscard]] std::optional<T> find(const QString& key)
    {
        T value{};
        if (!find(key))
            return std::nullopt;
        if (const char* needed = read(m_object.value(key), value)) {
            note(key, needed);
            return std::nullopt;
        }
        return value;
    }
    /// The field's value; absent is a problem.
    template <typename T>
    [[nodiscard]] T get(const QString& key)
    {
        if (!m_object.contains(key))
            note(key, "is missing");
        return find<T>(key).value_or(T{});
    }
    /// The field's value or the fallback when it is absent.
    template <typename T>
    [[nodiscard]] T get(const QString& key, const T& fallback)
    {
        return find<T>(key).value_or(fallback);
    }

    [[nodiscard]] std::optional<JsonReader> findObject(const QString& key);
    /// The inner object; absent is a problem, and an empty one is read instead.
    [[nodiscard]] JsonReader getObject(const QString& key);
    /// The objects of an array; an absent one is empty.
    [[nodiscard]] QList<JsonReader> objects(const QString& key);

    [[nodiscard]] QStringList keys() const { return m_object.keys(); }
    /// Notes what is wrong with a field.
    void note(const QString& key, const QString& what);
    /// Notes the first field that was never read: in a file written by hand it is a typing error.
    void refuseOthers();

private:
    [[nodiscard]] bool find(const QString& key);
    void note(const QString& key, const char* what);
    [[nodiscard]] QString pathOf(const QString& key) const;

    // Each returns nullptr, or the type that was expected.
    static const char* read(const QJsonValue& json, QString& value);
    static const char* read(const QJsonValue& json, int& value);
    static const char* read(const QJsonValue& json, qint64& value);
    static const char* read(const QJsonValue& json, double& value);
    static const char* read(const QJsonValue& json, bool& value);
    static const char* read(const QJsonValue& json, QUrl& value);
    static const char* read(const QJsonValue& json, QDateTime& value);
    static const char* read(const QJsonValue& json, QStringList& value);

    QJsonObject m_object;
    QString* m_problem;
    QString m_path;
    QSet<QString> m_read;
};

} // namespace clipkiln
