// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rows.h"

#include "core/plaintext.h"

#include <QJsonDocument>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace clipkiln::rows {

namespace {

Q_LOGGING_CATEGORY(storeLog, "clipkiln.store")

} // namespace

QString toColumn(const QString& text)
{
    return text.isNull() ? u""_s : text; // a null QString would be bound as NULL
}

QVariant toColumn(const QDateTime& time)
{
    return time.isValid() ? QVariant(time.toUTC().toString(Qt::ISODateWithMs)) : QVariant();
}

QVariant toColumn(const std::optional<Money>& money)
{
    return money ? QVariant(qint64{money->ticks}) : QVariant();
}

QString toColumn(const QJsonObject& json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

QDateTime timeFrom(const QVariant& column)
{
    return column.isNull() ? QDateTime() : QDateTime::fromString(column.toString(), Qt::ISODateWithMs).toUTC();
}

std::optional<Money> moneyFrom(const QVariant& column)
{
    if (column.isNull())
        return std::nullopt;
    return Money{column.toLongLong()};
}

Result<QJsonObject> jsonFrom(const QVariant& column)
{
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(column.toString().toUtf8(), &problem);
    if (!document.isObject())
        return Error{ErrorKind::Database, problem.errorString()};
    return document.object();
}

Result<GenerationRequest> requestFrom(const QVariant& column)
{
    const auto json = jsonFrom(column);
    if (!json)
        return json.error();
    return requestFromJson(*json);
}

Result<Origin> originFrom(const QVariant& column)
{
    return Origin::fromString(column.toString());
}

void logUnreadable(const QVariant& id, const Error& error)
{
    qCWarning(storeLog).noquote() << "Row" << cleanLine(id.toString()) << "cannot be read:" << cleanLine(error.detail);
}

} // namespace clipkiln::rows
