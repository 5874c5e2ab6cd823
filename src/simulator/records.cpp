// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/records.h"

#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QUuid>

#include <array>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

QString recordPath(const QDir& folder, const QString& id)
{
    return folder.filePath(id + u".json"_s);
}

} // namespace

bool saveRecord(const QDir& folder, const QString& id, const QJsonObject& record)
{
    const QByteArray json = QJsonDocument(record).toJson();
    QSaveFile file(recordPath(folder, id));
    return file.open(QIODevice::WriteOnly) && file.write(json) == json.size() && file.commit();
}

void removeRecord(const QDir& folder, const QString& id)
{
    QFile::remove(recordPath(folder, id));
}

QList<QJsonObject> loadRecords(const QDir& folder)
{
    QList<QJsonObject> result;
    for (const QString& name : folder.entryList({u"*.json"_s}, QDir::Files)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject record = QJsonDocument::fromJson(file.readAll()).object();
        if (!record.isEmpty())
            result.append(record);
    }
    return result;
}

QString randomUuid()
{
    std::array<quint32, 4> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    return QUuid::fromRfc4122(QByteArrayView(reinterpret_cast<const char*>(bits.data()), sizeof bits))
        .toString(QUuid::WithoutBraces);
}

} // namespace clipkiln::simulator
