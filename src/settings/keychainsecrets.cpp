// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/keychainsecrets.h"

#include <qt6keychain/keychain.h>

#include <QTimer>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

const QString serviceName = u"Clipkiln"_s;

Error keychainError(const QKeychain::Job& job)
{
    return {ErrorKind::Keychain, job.errorString()};
}

/// Starts a job of QtKeychain, which deletes itself after finished().
template <typename Job, typename Finished>
void start(Job* job, const QString& name, Finished finished)
{
    job->setInsecureFallback(false);
    job->setKey(name);
    QObject::connect(job, &QKeychain::Job::finished, job, [job, finished = std::move(finished)] { finished(*job); });
    job->start();
}

} // namespace

KeychainSecrets::KeychainSecrets() : m_kept(std::make_shared<Kept>()) {}

void KeychainSecrets::read(const QString& name, std::function<void(Result<Secret>)> done)
{
    if (const auto kept = m_kept->constFind(name); kept != m_kept->cend()) {
        QTimer::singleShot(0, [secret = *kept, done = std::move(done)] { done(secret); });
        return;
    }
    start(new QKeychain::ReadPasswordJob(serviceName), name,
          [done = std::move(done)](const QKeychain::ReadPasswordJob& job) {
              if (job.error() == QKeychain::NoError)
                  done(Secret(job.textData().toUtf8()));
              else if (job.error() == QKeychain::EntryNotFound) // also for a locked keychain
                  done(Secret());
              else
                  done(keychainError(job));
          });
}

void KeychainSecrets::write(const QString& name, const Secret& secret, std::function<void(std::optional<Error>)> done)
{
    auto* job = new QKeychain::WritePasswordJob(serviceName);
    job->setTextData(QString::fromUtf8(secret.reveal()));
    start(job, name,
          [kept = m_kept, name, secret, done = std::move(done)](const QKeychain::WritePasswordJob& finished) {
              if (finished.error() == QKeychain::NoError) {
                  kept->remove(name);
                  done({});
              } else {
                  kept->insert(name, secret);
                  done(keychainError(finished));
              }
          });
}

void KeychainSecrets::remove(const QString& name, std::function<void(std::optional<Error>)> done)
{
    const bool wasKept = m_kept->remove(name);
    start(new QKeychain::DeletePasswordJob(serviceName), name,
          [wasKept, done = std::move(done)](const QKeychain::DeletePasswordJob& job) {
              // Without a keychain the secret in memory was the only one; a locked keychain may still have an older
              // one.
              const bool isGone =
                  job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound ||
                  (wasKept && job.error() != QKeychain::AccessDenied && job.error() != QKeychain::AccessDeniedByUser);
              done(isGone ? std::nullopt : std::optional<Error>(keychainError(job)));
          });
}

} // namespace clipkiln
