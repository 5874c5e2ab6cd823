// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QJsonObject>
#include <QList>

namespace clipkiln::simulator {

/// Small JSON files, one per record, replaced whole or not at all.
bool saveRecord(const QDir& folder, const QString& id, const QJsonObject& record);
void removeRecord(const QDir& folder, const QString& id);
/// All readable records of a folder; others are passed over.
QList<QJsonObject> loadRecords(const QDir& folder);

/// Random and in UUID form, but as with the service not of a version of RFC 4122.
QString randomUuid();

} // namespace clipkiln::simulator
