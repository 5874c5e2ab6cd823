// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/memorysecrets.h"

#include <QTimer>

namespace clipkiln {

void MemorySecrets::read(const QString& name, std::function<void(Result<Secret>)> done)
{
    QTimer::singleShot(0, [secret = m_secrets.value(name), done = std::move(done)] { done(secret); });
}

void MemorySecrets::write(const QString& name, const Secret& secret, std::function<void(std::optional<Error>)> done)
{
    m_secrets.insert(name, secret);
    QTimer::singleShot(0, [done = std::move(done)] { done({}); });
}

void MemorySecrets::remove(const QString& name, std::function<void(std::optional<Error>)> done)
{
    m_secrets.remove(name);
    QTimer::singleShot(0, [done = std::move(done)] { done({}); });
}

} // namespace clipkiln
