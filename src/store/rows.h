// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/money.h"
#include "core/origin.h"

#include <QDateTime>
#include <QList>
#include <QSqlQuery>
#include <QVariant>

namespace clipkiln::rows {

// How values stand in a column, and back. An absent value is NULL; a text never is.

[[nodiscard]] QString toColumn(const QString& text);
[[nodiscard]] QVariant toColumn(const QDateTime& time);
[[nodiscard]] QVariant toColumn(const std::optional<Money>& money);
[[nodiscard]] QString toColumn(const QJsonObject& json);

[[nodiscard]] QDateTime timeFrom(const QVariant& column);
[[nodiscard]] std::optional<Money> moneyFrom(const QVariant& column);
/// A Database error for text that is no JSON object.
[[nodiscard]] Result<QJsonObject> jsonFrom(const QVariant& column);
[[nodiscard]] Result<GenerationRequest> requestFrom(const QVariant& column);
[[nodiscard]] Result<Origin> originFrom(const QVariant& column);

/// Says in the log which row could not be read, and why.
void logUnreadable(const QVariant& id, const Error& error);

/// All rows of a query that can be read; the id stands in the first column. One bad row must not take the others away:
/// it is logged and stays in the file as it is.
template <typename T>
[[nodiscard]] Result<QList<T>> readAll(Result<QSqlQuery> query, Result<T> (*read)(const QSqlQuery& row))
{
    if (!query)
        return query.error();
    QList<T> values;
    while (query->next()) {
        if (const auto value = read(*query))
            values.append(*value);
        else
            logUnreadable(query->value(0), value.error());
    }
    return values;
}

/// The one row of a query; a Database error when there is none.
template <typename T>
[[nodiscard]] Result<T> readOne(Result<QSqlQuery> query, Result<T> (*read)(const QSqlQuery& row))
{
    if (!query)
        return query.error();
    if (!query->next())
        return Error{ErrorKind::Database, QStringLiteral("There is no such row.")};
    return read(*query);
}

} // namespace clipkiln::rows
