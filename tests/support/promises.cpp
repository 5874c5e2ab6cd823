// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/promises.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>
#include <QVariant>
#include <QtEndian>

#include <memory>

using namespace Qt::StringLiterals;
using clipkiln::simulator::LedgerEntry;
using clipkiln::simulator::Step;

namespace clipkiln::test {

namespace {

struct Row
{
    QString state;
    QString phase; ///< JSON
};

struct ClipRow
{
    QString job;
    QString requestId;
    QString path;
};

/// The rows of a profile, whatever wrote them.
struct Rows
{
    QHash<QString, Row> jobs; ///< by id, removed ones too
    QList<ClipRow> clips;
};

Rows readRows(const QString& file)
{
    Rows rows;
    const QString connection = u"promises"_s;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection);
        database.setDatabaseName(file);
        database.setConnectOptions(u"QSQLITE_OPEN_READONLY"_s);
        if (database.open()) {
            QSqlQuery query(database);
            query.exec(u"SELECT id, state, phase FROM jobs"_s);
            while (query.next())
                rows.jobs.insert(query.value(0).toString(), {query.value(1).toString(), query.value(2).toString()});
            query.exec(u"SELECT job, request_id, path FROM clips"_s);
            while (query.next())
                rows.clips.append({query.value(0).toString(), query.value(1).toString(), query.value(2).toString()});
        }
    }
    QSqlDatabase::removeDatabase(connection);
    return rows;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return !path.isEmpty() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The top-level boxes of an MP4 file fill it exactly.
bool isWholeMp4(const QByteArray& content)
{
    qsizetype at = 0;
    bool hasMovie = false;
    while (at + 8 <= content.size()) {
        quint64 length = qFromBigEndian<quint32>(content.constData() + at);
        hasMovie = hasMovie || content.sliced(at + 4, 4) == "moov";
        if (length == 1 && at + 16 <= content.size())
            length = qFromBigEndian<quint64>(content.constData() + at + 8);
        if (length < 8 || length > static_cast<quint64>(content.size() - at))
            return false;
        at += static_cast<qsizetype>(length);
    }
    return at == content.size() && hasMovie;
}

QStringList brokenBySubmits(const Traces& traces, const Rows& rows)
{
    QStringList broken;
    const QByteArray accepted = contentOf(QDir(traces.profile).filePath(u"accepted.jsonl"_s));
    QSet<QString> settled; // jobs after whose last whole POST no other may come
    for (const LedgerEntry& entry : traces.ledger) {
        if (entry.step != Step::Post || !entry.complete)
            continue;
        const QString job = QString::fromLatin1(entry.headers.value("idempotency-key"));
        if (job.isEmpty()) // of another program
            continue;
        if (settled.contains(job))
            broken.append(u"Job %1 was sent whole again, though it may have been accepted."_s.arg(job));
        // 404: an uploaded file is not known any more, so nothing was accepted; it is uploaded anew.
        if (entry.status != 429 && entry.status != 404)
            settled.insert(job);
        if (entry.requestId.isEmpty())
            continue;
        const QByteArray id = entry.requestId.toLatin1();
        const auto row = rows.jobs.constFind(job);
        if (row == rows.jobs.cend() && !traces.said.contains(id))
            broken.append(u"Job %1 was accepted and has no row."_s.arg(job));
        // An answer that never came whole leaves a row that says so.
        const bool isUnclear = row != rows.jobs.cend() && (row->state == u"unconfirmed" || row->state == u"submitting");
        const bool isKept = (row != rows.jobs.cend() && row->phase.contains(entry.requestId)) ||
                            accepted.contains(id) || traces.said.contains(id);
        if (!isKept && !isUnclear)
            broken.append(u"The request id of job %1 is lost; its row is %2."_s.arg(
                job, row == rows.jobs.cend() ? u"missing"_s : row->state + u' ' + row->phase));
    }
    return broken;
}

QStringList brokenByClips(const Traces& traces, const Rows& rows)
{
    QStringList broken;
    QHash<QString, QString> served; // by job: the file of the simulator that it was given
    QHash<QString, QString> jobs;   // by request id
    for (const LedgerEntry& entry : traces.ledger) {
        if (entry.step == Step::Post && !entry.requestId.isEmpty())
            jobs.insert(entry.requestId, QString::fromLatin1(entry.headers.value("idempotency-key")));
    }
    for (const LedgerEntry& entry : traces.ledger) {
        if (entry.step == Step::Download && !entry.servedFile.isEmpty())
            served.insert(jobs.value(entry.requestId), entry.servedFile);
    }
    for (const ClipRow& clip : rows.clips) {
        const QByteArray content = contentOf(clip.path);
        const QByteArray original = contentOf(served.value(clip.job));
        if (content.isEmpty())
            broken.append(u"The clip of job %1 is not at %2."_s.arg(clip.job, clip.path));
        else if (!original.isEmpty() && !content.startsWith(original))
            broken.append(u"%1 is not what was served."_s.arg(clip.path));
    }
    for (const QString& folder : traces.clipsFolders) {
        QDirIterator files(folder, {u"*.mp4"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            // An empty one keeps the name free for a clip that is still to come.
            if (const QByteArray content = contentOf(path); !content.isEmpty() && !isWholeMp4(content))
                broken.append(u"%1 is cut: %2 bytes."_s.arg(path).arg(content.size()));
        }
    }
    return broken;
}

} // namespace

QStringList brokenPromises(const Traces& traces)
{
    const Rows rows = readRows(QDir(traces.profile).filePath(u"library.sqlite"_s));
    return brokenBySubmits(traces, rows) + brokenByClips(traces, rows);
}

void verifyPromises(const Traces& traces)
{
    for (const QString& broken : brokenPromises(traces))
        QTest::qFail(qPrintable(broken), __FILE__, __LINE__);
}

} // namespace clipkiln::test
