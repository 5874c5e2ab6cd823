// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/script.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QMultiMap>

#include <mutex>

namespace clipkiln::simulator {

struct HttpAnswer;
struct HttpRequest;

/// One request that the simulator saw.
struct LedgerEntry
{
    QDateTime at;
    Step step{};
    QByteArray method;
    QString path;
    QMultiMap<QByteArray, QByteArray> headers; ///< names in lower case; without Authorization
    bool authorized = false;                   ///< an Authorization header was there; its value is kept nowhere
    bool complete = true;                      ///< false: the connection ended while the body came
    qint64 bodySize = 0;
    QByteArray bodySha256; ///< hexadecimal; of a multipart body that of its file
    QString mode;          ///< text, image, reference, edit, extend; empty where it is not known
    QJsonObject body;      ///< of JSON bodies below 64 KiB
    int status = 0;        ///< what was answered; 0 while it is not
    QString requestId;     ///< of the job that was accepted, or whose clip was served
    QString servedFile;    ///< path of the file that was answered with; empty for other answers
};

/// Every request to the service and for clips, for tests to count. Safe from any thread.
class Ledger
{
public:
    /// Returns the number by which answered() knows it.
    qsizetype note(Step step, const HttpRequest& request, const QString& mode);
    void answered(qsizetype number, const HttpAnswer& answer);
    QList<LedgerEntry> entries() const;
    void clear();

private:
    mutable std::mutex m_mutex;
    QList<LedgerEntry> m_entries;
    qsizetype m_cleared = 0; ///< how many entries were dropped before the first of m_entries
};

QJsonArray toJson(const QList<LedgerEntry>& entries);

} // namespace clipkiln::simulator
