// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/ledger.h"

#include "simulator/http.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr qsizetype largestNotedBody = 64 * 1024;

QByteArray hashOf(const HttpRequest& request)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(request.body);
    for (const FormPart& part : request.parts) {
        if (part.name == "file"_L1)
            hash.addData(part.content);
    }
    return hash.result().toHex();
}

} // namespace

qsizetype Ledger::note(Step step, const HttpRequest& request, const QString& mode)
{
    LedgerEntry entry;
    entry.at = QDateTime::currentDateTimeUtc();
    entry.step = step;
    entry.method = request.method;
    entry.path = request.path;
    entry.headers = request.headers;
    entry.authorized = entry.headers.remove("authorization") > 0;
    entry.complete = request.complete;
    entry.bodySize = request.bodySize;
    entry.bodySha256 = hashOf(request);
    entry.mode = mode;
    if (request.body.size() < largestNotedBody)
        entry.body = QJsonDocument::fromJson(request.body).object();

    const std::lock_guard lock(m_mutex);
    m_entries.append(entry);
    return m_cleared + m_entries.size() - 1;
}

void Ledger::answered(qsizetype number, const HttpAnswer& answer)
{
    const std::lock_guard lock(m_mutex);
    if (number < m_cleared)
        return;
    LedgerEntry& entry = m_entries[number - m_cleared];
    entry.status = answer.status;
    entry.servedFile = answer.file;
    for (const auto& [name, value] : answer.headers) {
        if (name == requestIdHeader)
            entry.requestId = QString::fromLatin1(value);
    }
}

QList<LedgerEntry> Ledger::entries() const
{
    const std::lock_guard lock(m_mutex);
    return m_entries;
}

void Ledger::clear()
{
    const std::lock_guard lock(m_mutex);
    m_cleared += m_entries.size();
    m_entries.clear();
}

QJsonArray toJson(const QList<LedgerEntry>& entries)
{
    QJsonArray result;
    for (const LedgerEntry& entry : entries) {
        QJsonObject headers;
        for (auto header = entry.headers.begin(); header != entry.headers.end(); ++header)
            headers[QString::fromLatin1(header.key())] = QString::fromLatin1(header.value());
        QJsonObject json{
            {u"at"_s, entry.at.toString(Qt::ISODateWithMs)},
            {u"step"_s, stepName(entry.step)},
            {u"method"_s, QString::fromLatin1(entry.method)},
            {u"path"_s, entry.path},
            {u"headers"_s, headers},
            {u"authorized"_s, entry.authorized},
            {u"complete"_s, entry.complete},
            {u"body_size"_s, entry.bodySize},
            {u"body_sha256"_s, QString::fromLatin1(entry.bodySha256)},
            {u"mode"_s, entry.mode},
            {u"status"_s, entry.status},
        };
        if (!entry.requestId.isEmpty())
            json[u"request_id"_s] = entry.requestId;
        if (!entry.body.isEmpty())
            json[u"body"_s] = entry.body;
        result.append(json);
    }
    return result;
}

} // namespace clipkiln::simulator
