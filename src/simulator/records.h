// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QJsonObject>
#include <QList>

namespace clipkiln::simulator {

/// Small JSON files, one per record, replaced whole or not at all.
bool saveRecord(const QDir& folder, const QString& id, const QJsonObject& record);
void removeRecord(const QDir& folder, const QString& id);
/// All readable records of a folder; others are skipped.
QList<QJsonObject> loadRecords(const QDir& folder);

/// A random id in UUID form that, like the service's, has no valid RFC 4122 version (CONTRACT.md 3.4).
QString randomUuid();

} // namespace clipkiln::simulator
