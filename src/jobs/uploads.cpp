// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/uploads.h"

#include "core/plaintext.h"
#include "jobs/queuesettings.h"
#include "jobs/transfer.h"
#include "store/uploadstore.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

Q_LOGGING_CATEGORY(uploadsLog, "clipkiln.uploads")

/// What is not remembered is uploaded once more, and no more than that: a line in the log is enough.
void logTrouble(const std::optional<Error>& error)
{
    if (error)
        qCWarning(uploadsLog).noquote() << "Uploads are not remembered:" << cleanLine(error->detail);
}

} // namespace

Uploads::Uploads(Client& client, UploadStore& store, const QueueSettings& settings, const Clock& clock)
    : m_client(client), m_store(store), m_settings(settings), m_clock(clock)
{
}

Uploads::~Uploads()
{
    const auto underWay = std::exchange(m_transfers, {});
    qDeleteAll(underWay);
}

Upload* Uploads::bring(const LocalFile& file, const Origin& origin, const Endpoint& endpoint, QObject* parent)
{
    auto* share = new Upload(parent);
    const auto known = m_store.find(origin, file.hash);
    if (!known)
        logTrouble(known.error());
    if (known && *known) {
        RemoteFile there;
        there.id = **known;
        QMetaObject::invokeMethod(
            share, [share, there] { Q_EMIT share->finished({UploadOutcome::Stored{there}}); }, Qt::QueuedConnection);
        return share;
    }

    const QString key = origin.toString() + u' ' + file.hash;
    if (!m_transfers.contains(key)) {
        Transfer* transfer = start(file, endpoint);
        m_transfers.insert(key, transfer);
        // Connected before the shares: whatever they do next finds the file remembered.
        connect(transfer, &Transfer::finished, this, [this, key, file, origin](const UploadOutcome& outcome) {
            m_transfers.take(key)->deleteLater();
            if (const auto* stored = std::get_if<UploadOutcome::Stored>(&outcome.value))
                remember(file, origin, stored->file);
        });
    }
    Transfer* transfer = m_transfers.value(key);
    ++transfer->shares;
    connect(transfer, &Transfer::progressed, share, &Upload::progressed);
    connect(transfer, &Transfer::finished, share, &Upload::finished);
    connect(share, &QObject::destroyed, transfer, [this, key, transfer] {
        if (--transfer->shares == 0 && m_transfers.value(key) == transfer)
            m_transfers.take(key)->deleteLater();
    });
    return share;
}

Transfer* Uploads::start(const LocalFile& file, const Endpoint& endpoint)
{
    return new Transfer(m_client, endpoint, {file.path, file.name, file.mime}, m_settings.uploadLife,
                        m_settings.backoff, this);
}

void Uploads::remember(const LocalFile& file, const Origin& origin, const RemoteFile& stored)
{
    RemoteFile kept = stored;
    // Whichever clock is ahead: never thought to be there for longer than was asked for.
    const QDateTime asked = m_clock().utc.addSecs(m_settings.uploadLife.count());
    kept.expiresAt = stored.expiresAt.isValid() ? std::min(stored.expiresAt, asked) : asked;
    logTrouble(m_store.remember(origin, file.hash, file.mime, kept));
}

void Uploads::forget(const Origin& origin, const QString& fileId)
{
    logTrouble(m_store.forget(origin, fileId));
}

void Uploads::forgetContent(const Origin& origin, const QString& hash)
{
    logTrouble(m_store.forgetContent(origin, hash));
}

} // namespace clipkiln
